"""The wall: one row an administration, one cell a part, with the state of each."""

import datetime

import pytest
from django.utils import timezone

from malmo_intl.models import Event
from reports import checks
from reports.models import Answer, Part, ReportingYear, Submission
from reports.wall import wall
from tests import make
from tests.reports.views.test_queries import queries

ADDRESS = "/redovisning/2024/laget/"
LAST = datetime.date(2025, 3, 15)
Status = Submission.Status


@pytest.fixture
def year(db):
    made = make.year(2024, questions=("Vad har ni gjort?", "Vad blev det av det?"))
    made.last_day = LAST
    made.save()
    return made


@pytest.fixture
def draft(year, miljo):
    return make.submission(year, miljo)


def begin(submission, key, status, by=None, at=None):
    return Part.objects.create(
        submission=submission, key=key, status=status, saved_by=by,
        saved_at=at or timezone.now(), signed_by="Rut" if status == "nothing" else "",
    )  # fmt: skip


def row(year, today=LAST):
    return wall(year, today).rows[0]


def words(year):
    return {cell.column.key: str(cell.state.word) for cell in row(year).cells}


def get(client, person, query=""):
    client.force_login(person)
    return client.get(ADDRESS + query)


def test_the_columns_are_the_parts_in_the_order_of_the_task_list(year):
    found = wall(year, LAST).columns
    assert [column.title for column in found] == [
        "Projekt", "Utbetalningar", "Mål", "Parter", "Aktiviteter", "Fråga 1", "Fråga 2",
        "Tjänsteskrivelse",
    ]  # fmt: skip
    assert found[5].about == "Vad har ni gjort?"


def test_what_is_being_written_has_the_state_its_writers_gave_it(year, draft):
    begin(draft, "projekt", "done")
    begin(draft, "parter", "nothing")
    begin(draft, "fragor/1", "started")
    begin(draft, "fragor/2", "incomplete")
    assert words(year) == {
        "projekt": "Klar", "utbetalningar": "Ej påbörjad", "mal": "Ej påbörjad",
        "parter": "Inget att rapportera", "aktiviteter": "Ej påbörjad", "fragor/1": "Påbörjad",
        "fragor/2": "Behöver kompletteras", "tjansteskrivelse": "Ej påbörjad",
    }  # fmt: skip
    assert row(year).finished == 1 + 1


def test_what_is_handed_in_has_the_four_states_of_an_answer(year, draft):
    first, second = year.questions.all()
    Answer.objects.create(submission=draft, question=first, text="<p>Träd.</p>")
    begin(draft, "fragor/1", "started")  # the answer itself says more
    begin(draft, "mal", "done")
    make.memo(year, draft.administration)
    Submission.objects.update(status=Status.SUBMITTED)
    found = words(year)
    assert (found["fragor/1"], found["fragor/2"]) == ("Besvarad", "Tomt svar")
    assert (found["mal"], found["parter"]) == ("Klar", "Uppgift saknas")
    assert found["tjansteskrivelse"] == "Ifylld"
    Answer.objects.create(
        submission=draft, question=second, nothing_to_report=True, signed_by="Rut"
    )
    assert words(year)["fragor/2"] == "Inget att rapportera"
    assert row(year).answered("fragor/2")


def test_what_never_came_says_so_in_every_part(year, draft):
    Submission.objects.update(status=Status.NOT_RECEIVED)
    assert set(words(year).values()) == {"Ej inkommen"}


@pytest.mark.parametrize(
    ("today", "said", "late"),
    [
        (LAST - datetime.timedelta(days=12), "12 dagar kvar", False),
        (LAST - datetime.timedelta(days=1), "1 dag kvar", False),
        (LAST, "sista dagen i dag", False),
        (LAST + datetime.timedelta(days=1), "1 dag sen", True),
    ],
)
def test_days_left_are_said_while_something_is_waited_for(year, draft, today, said, late):
    found = row(year, today)
    assert (found.time_left, found.is_late) == (said, late)
    Submission.objects.update(status=Status.SUBMITTED)
    assert row(year, today).time_left == ""


def test_the_last_activity_is_the_latest_save_or_deed_but_no_reminder(year, draft, rut, sam):
    at = timezone.now() - datetime.timedelta(days=2)
    begin(draft, "mal", "done", rut, at)
    begin(draft, "parter", "done", sam, at - datetime.timedelta(days=1))
    assert (row(year).last_at, row(year).last_by) == (at, "Rut")
    Event.objects.record("påminde", draft, sam)
    assert row(year).last_by == "Rut"
    Event.objects.record("bad om godkännande", draft, rut)
    assert row(year).last_at > at


def test_errors_and_warnings_without_a_reason_are_counted(year, draft, rut):
    found = row(year)
    assert found.errors == 8  # every part is unfinished
    assert found.warnings == 0
    make.project("Rebus")
    Answer.objects.create(
        submission=draft,
        question=year.questions.first(),
        text="<p>I projektet Rebus har vi varit med.</p>",
    )
    begin(draft, "fragor/1", "done")
    assert row(year).errors == 7
    assert row(year).warnings == 1
    (warning,) = [item for item in checks.run(checks.build(draft)) if not item.is_error]
    draft.waivers.create(
        finding=warning.key, reason="Åhörare.", by=rut, by_name="Rut", at=timezone.now()
    )
    assert row(year).warnings == 0


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.NOT_RECEIVED])
def test_what_nobody_has_begun_is_not_checked(year, draft, status):
    Submission.objects.update(status=status)
    assert row(year).errors is None


def test_the_page_says_it_in_words_and_leads_to_each_part(client, sam, year, draft):
    begin(draft, "parter", "nothing")
    text = get(client, sam).content.decode()
    assert "0 av 1 förvaltning har lämnat in." in text
    assert (
        '<a href="/redovisning/2024/mf/granskning/#fragor-1" title="Fråga 1: ej påbörjad">' in text
    )
    assert "Inget: inget att rapportera." in text
    assert "2 svar väntas" in text
    assert "1 är sen" in text
    assert "/redovisning/2024/paminnelser/?till=sena" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Miljöförvaltningen", "Kulturförvaltningen"}),
        ("?lage=draft", {"Miljöförvaltningen"}),
        ("?lage=submitted", {"Kulturförvaltningen"}),
        ("?sena=on", {"Miljöförvaltningen"}),
        ("?obesvarad=fragor/1", {"Miljöförvaltningen"}),
        ("?obesvarad=fragor/2", {"Miljöförvaltningen", "Kulturförvaltningen"}),
        ("?varningar=on", {"Miljöförvaltningen", "Kulturförvaltningen"}),
        ("?lage=approved", set()),
        ("?lage=nix&obesvarad=%00&sida=x", {"Miljöförvaltningen", "Kulturförvaltningen"}),
    ],
)
def test_the_filters_choose_rows_and_leave_the_sums_alone(
    client, sam, year, draft, kultur, query, shown
):
    other = make.submission(year, kultur, Status.SUBMITTED)
    Answer.objects.create(submission=other, question=year.questions.first(), text="<p>Ja.</p>")
    answer = get(client, sam, query)
    assert {item.submission.administration.name for item in answer.context["wall"].rows} == shown
    assert answer.context["whole"].expected == 4
    assert ("Ingen förvaltning passar valet" in answer.content.decode()) == (not shown)


def test_a_year_with_nothing_but_published_figures_says_so(client, sam):
    make.year(2024, status=ReportingYear.Status.PUBLISHED)
    assert "Ingen förvaltning väntas redovisa" in get(client, sam).content.decode()


def test_the_number_of_queries_does_not_grow(client, sam, year, rut, esf):
    client.force_login(sam)

    def fill(first, last):
        for number in range(first, last):
            unit = make.administration(f"F{number}", f"Förvaltning {number}", f"Nämnd {number}")
            status = Status.SUBMITTED if number % 2 else Status.DRAFT
            made = make.submission(year, unit, status)
            begin(made, "parter", "done", rut)
            Event.objects.record("påbörjade", made, rut)
            project = make.project(f"Projekt {number}", funded_by=esf)
            make.participation(project, unit, paid={2024: 1000})
            make.memo(year, unit)

    fill(0, 3)
    few = queries(client, ADDRESS)
    fill(3, 12)
    assert queries(client, ADDRESS) == few
    assert few <= 60
