"""Saving a part on its page: it works, leaves a trail, keeps what was typed, and joins two who write."""

import re

import pytest
from django.utils import timezone

from malmo_intl.models import Event
from reports.models import Answer, Part, ReportingYear, Saving, Submission
from tests import make

ANSWER = "/redovisning/2024/mf/fragor/1/"
PARTNERS = "/redovisning/2024/mf/parter/"
# What pages are called when they are opened.
HERS, HIS = "a" * 32, "b" * 32


@pytest.fixture
def year(db):
    return make.year(2024, questions=("Vad har ni gjort?", "Vad har ni lärt er?"))


@pytest.fixture
def draft(year, miljo):
    return make.submission(year, miljo)


@pytest.fixture
def before(year, miljo):
    made = make.year(2022, status=ReportingYear.Status.PUBLISHED)
    year.questions.filter(number=1).update(continues=made.questions.get())
    handed_in = make.submission(made, miljo, Submission.Status.APPROVED)
    return Answer.objects.create(
        submission=handed_in, question=made.questions.get(), text="<p>2022 kom 80 gäster.</p>"
    )


@pytest.fixture
def as_person(client):
    """as_person(rut) → a client of her own, so that two can be at work at once."""

    def log_in(person):
        made = type(client)()
        made.force_login(person)
        return made

    return log_in


def text(answer) -> str:
    return answer.content.decode()


def hidden(answer, name) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', text(answer))[1]


def messages(answer) -> str:
    return " ".join(re.findall(r'class="ds-alert"[^>]*>(.*?)</div></li>', text(answer), re.DOTALL))


# --- It works, and leaves a trail ----------------------------------------------------------------------


def test_an_answer_is_saved_and_the_page_stays(client, rut, draft):
    client.force_login(rut)
    answer = client.post(ANSWER, {"version": 0, "svar": "<p>Mycket.</p>"}, follow=True)
    assert answer.redirect_chain == [(ANSWER, 302)]
    assert re.search(r"Sparat \d\d\.\d\d\.", messages(answer))
    assert draft.answers.get().text == "<p>Mycket.</p>"
    saved = draft.parts.get().savings.first()
    assert (saved.how, saved.by, saved.values["svar"]) == ("saved", rut, "<p>Mycket.</p>")


def test_a_part_that_is_done_leads_on_to_the_next_and_leaves_an_event(client, rut, draft):
    client.force_login(rut)
    answer = client.post(ANSWER, {"version": 0, "svar": "<p>Mycket.</p>", "gor": "klar"})
    assert answer.url == "/redovisning/2024/mf/fragor/2/"
    assert draft.parts.get().status == Part.Status.DONE
    assert Event.objects.about(draft).filter(by=rut).get().comment == "Vad har ni gjort?"


def test_the_first_save_begins_the_report(client, rut, draft):
    Submission.objects.update(status=Submission.Status.NOT_STARTED)
    client.force_login(rut)
    client.post(ANSWER, {"svar": "<p>Början</p>"})
    draft.refresh_from_db()
    assert draft.status == Submission.Status.DRAFT


def test_an_automatic_save_is_answered_with_what_the_page_now_stands_on(client, rut, draft):
    client.force_login(rut)
    posted = {"version": 0, "sida": HERS, "svar": "<p>Ett</p>", "gor": "autospara"}
    told = client.post(ANSWER, posted).json()
    assert (told["version"], told["renamed"]) == (1, {})
    assert re.fullmatch(r"\d\d\.\d\d", told["at"])
    assert "joined" not in told
    assert draft.parts.get().savings.first().how == Saving.How.AUTO


def test_the_log_of_a_save_is_left_for_the_browser(client, rut, draft):
    client.force_login(rut)
    answer = client.post(ANSWER, {"version": 0, "sida": HERS, "svar": "<p>Ett</p>"})
    assert answer.cookies["sparat"].value == HERS


# --- Who, how, and when not ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "status"),
    [("lena", 403), ("olle", 404), ("sam", 403), ("siv", 404)],
)
def test_nobody_else_may_save(client, draft, person, status, request):
    client.force_login(request.getfixturevalue(person))
    for gor in ("spara", "autospara"):
        answer = client.post(ANSWER, {"version": 0, "svar": "<p>x</p>", "gor": gor})
        assert answer.status_code == status
    assert not Answer.objects.exists()


def test_the_manager_may(client, mans, draft):
    client.force_login(mans)
    client.post(ANSWER, {"version": 0, "svar": "<p>Chefen</p>"})
    assert draft.answers.get().text == "<p>Chefen</p>"


def test_other_methods_are_refused(client, rut, draft):
    client.force_login(rut)
    assert client.put(ANSWER).status_code == 405
    assert client.delete(ANSWER).status_code == 405
    assert client.get("/redovisning/2024/mf/borja/").status_code == 405
    assert client.get(f"{ANSWER}versioner/0/").status_code == 405


def test_a_question_that_is_not_there_is_not_found(client, rut, draft):
    client.force_login(rut)
    assert client.get("/redovisning/2024/mf/fragor/7/").status_code == 404
    assert client.post("/redovisning/2024/mf/fragor/7/", {"svar": "x"}).status_code == 404


@pytest.mark.parametrize("status", ["ready", "submitted", "approved", "not_received"])
def test_what_is_handed_in_meanwhile_is_not_changed_but_the_text_stays(client, rut, draft, status):
    Submission.objects.update(status=status)
    client.force_login(rut)
    answer = client.post(ANSWER, {"version": 0, "svar": "<p>För sent</p>"})
    assert answer.status_code == 409
    assert "går inte att ändra" in text(answer)
    assert "För sent" in text(answer)
    assert 'value="klar"' not in text(answer)
    told = client.post(ANSWER, {"version": 0, "svar": "<p>För sent</p>", "gor": "autospara"})
    assert told.status_code == 409
    assert "går inte att ändra" in told.json()["sentence"]
    assert not Answer.objects.exists()
    assert client.get(ANSWER).url == "/redovisning/2024/mf/"


def test_a_closed_year_is_not_written_in(client, rut, draft):
    ReportingYear.objects.update(status=ReportingYear.Status.CLOSED)
    client.force_login(rut)
    assert client.post(ANSWER, {"version": 0, "svar": "<p>x</p>"}).status_code == 409


def test_a_wrong_number_is_said_and_everything_typed_is_kept(client, rut, draft):
    client.force_login(rut)
    typed = {"version": 0, "parter-public": "många", "parter-private": "3"}
    answer = client.post(PARTNERS, typed)
    assert answer.status_code == 422
    assert "”många” går inte att läsa" in text(answer)
    assert 'value="många"' in text(answer)
    assert "<title>Fel: " in text(answer)
    told = client.post(PARTNERS, typed | {"gor": "autospara"})
    assert told.status_code == 422
    assert told.json()["sentence"].startswith("Offentlig: ”många”")
    assert not Part.objects.exists()


def test_the_same_post_twice_is_one_answer_and_no_conflict(client, rut, draft):
    client.force_login(rut)
    for _ in range(2):
        posted = {"version": 0, "sida": HERS, "svar": "<p>Ett</p>"}
        assert client.post(ANSWER, posted).status_code == 302
    assert draft.answers.get().text == "<p>Ett</p>"


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "²", "1.5", "7"])
def test_a_version_that_never_was_is_the_first(client, rut, draft, version):
    client.force_login(rut)
    assert client.post(ANSWER, {"version": version, "svar": "<p>Ett</p>"}).status_code == 302


# --- The buttons of the answer -------------------------------------------------------------------------


def test_last_years_answer_is_copied_after_what_is_written(client, rut, draft, before):
    client.force_login(rut)
    posted = {"version": 0, "svar": "<p>Nytt</p>", "gor": "kopiera"}
    answer = client.post(ANSWER, posted, follow=True)
    assert "Svaret från 2022 ligger nu sist i texten" in messages(answer)
    assert draft.answers.get().text == "<p>Nytt</p><p>2022 kom 80 gäster.</p>"
    assert draft.parts.get().savings.first().how == Saving.How.COPIED


def test_copying_where_nothing_was_answered_saves_what_is_written(client, rut, draft):
    client.force_login(rut)
    answer = client.post(ANSWER, {"version": 0, "svar": "<p>Nytt</p>", "gor": "kopiera"})
    assert answer.status_code == 302
    assert draft.answers.get().text == "<p>Nytt</p>"


def test_an_old_figure_is_kept_with_one_click_and_taken_back_with_another(
    client, rut, draft, before
):
    client.force_login(rut)
    posted = {"version": 0, "svar": before.text, "behall": "80 gäster"}
    answer = client.post(ANSWER, posted)
    assert answer.url == f"{ANSWER}#kvar"
    assert draft.waivers.get().finding == "kopierat:1:80 gäster"
    assert text(client.get(ANSWER)).count("data-leftover") == 1
    client.post(ANSWER, {"version": 1, "svar": before.text, "behall-inte": "80 gäster"})
    assert not draft.waivers.exists()


def test_only_a_figure_that_is_there_can_be_kept(client, rut, draft, before):
    client.force_login(rut)
    client.post(ANSWER, {"version": 0, "svar": before.text, "behall": "x" * 5_000})
    assert not draft.waivers.exists()


# --- Two at once ---------------------------------------------------------------------------------------


def test_the_second_sees_who_and_what_and_loses_nothing(as_person, rut, mans, draft):
    as_person(mans).post(ANSWER, {"version": 0, "svar": "<p>Månssons</p>", "sida": HIS})
    client = as_person(rut)
    answer = client.post(ANSWER, {"version": 0, "svar": "<p>Ruts</p>", "sida": HERS, "gor": "klar"})
    assert answer.status_code == 409
    assert "Mans sparade den här delen" in text(answer)
    assert "Månssons" in text(answer)
    assert "Ruts" in text(answer)
    assert draft.answers.get().text == "<p>Månssons</p>"
    told = client.post(
        ANSWER, {"version": 0, "svar": "<p>Ruts</p>", "sida": HERS, "gor": "autospara"}
    )
    assert (told.status_code, told.json()["conflict"]) == (409, True)


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ("deras", "<p>Månssons</p>"),
        ("mina", "<p>Ruts</p>"),
        ("bada", "<p>Månssons</p><p>Ruts</p>"),
    ],
)
def test_theirs_mine_or_both(as_person, rut, mans, draft, choice, kept):
    as_person(mans).post(ANSWER, {"version": 0, "svar": "<p>Månssons</p>", "sida": HIS})
    client = as_person(rut)
    asked = client.post(ANSWER, {"version": 0, "svar": "<p>Ruts</p>", "sida": HERS, "gor": "klar"})
    posted = {
        "version": hidden(asked, "version"),
        "sida": hidden(asked, "sida"),
        "visade": hidden(asked, "visade"),
        "gor": "klar",
        "deras-svar": "<p>Månssons</p>",
        "mina-svar": "<p>Ruts</p>",
        "valj-svar": choice,
        "inget_skal": "",
    }
    assert client.post(ANSWER, posted).status_code == 302
    assert draft.answers.get().text == kept
    assert draft.parts.get().status == Part.Status.DONE
    assert [row.by_name for row in draft.parts.get().savings.filter(version__gt=0)] == [
        "Rut",
        "Mans",
    ]


def test_somebody_who_saves_while_one_chooses_is_not_run_over(as_person, rut, mans, draft):
    other, client = as_person(mans), as_person(rut)
    other.post(ANSWER, {"version": 0, "svar": "<p>Månssons</p>", "sida": HIS})
    client.post(ANSWER, {"version": 0, "svar": "<p>Ruts</p>", "sida": HERS})
    other.post(ANSWER, {"version": 1, "svar": "<p>Månssons igen</p>", "sida": HIS})
    posted = {"version": 1, "sida": HERS, "mina-svar": "<p>Ruts</p>", "valj-svar": "mina"}
    assert client.post(ANSWER, posted).status_code == 409
    assert draft.answers.get().text == "<p>Månssons igen</p>"


def test_odd_and_repeated_names_do_no_harm(client, rut, draft):
    client.force_login(rut)
    posted = {
        "version": ["0", "0"],
        "svar": "<p>Ett</p>",
        "valj-": "mina",
        "valj-finns-inte": "bada",
        "valj-version": "deras",
        "deras-version": "7",
        "mina-<script>": ["x", "y"],
    }
    assert client.post(ANSWER, posted).status_code == 302
    assert draft.parts.get().version == 1


def test_who_is_joined_with_somebody_is_told(as_person, rut, mans, draft):
    as_person(mans).post(PARTNERS, {"version": 0, "parter-private": "5", "sida": HIS})
    answer = as_person(rut).post(
        PARTNERS,
        {"version": 0, "parter-private": "", "parter-public": "7", "sida": HERS},
        follow=True,
    )
    assert "Mans sparade samtidigt; era ändringar är sammanförda." in messages(answer)
    assert dict(draft.partner_counts.values_list("sector", "count")) == {"public": 7, "private": 5}
    assert draft.parts.get().savings.first().how == Saving.How.MERGED


def test_the_page_of_who_is_joined_gets_what_it_does_not_show(as_person, rut, mans, draft):
    as_person(mans).post(PARTNERS, {"version": 0, "parter-private": "5", "sida": HIS})
    posted = {"version": 0, "parter-private": "", "parter-public": "7", "sida": HERS}
    told = as_person(rut).post(PARTNERS, posted | {"gor": "autospara"}).json()
    assert told["values"] == {"parter-private": "5"}
    assert told["joined"].startswith("Mans sparade samtidigt")


def test_who_has_two_windows_is_told_so(as_person, rut, draft):
    client = as_person(rut)
    client.post(PARTNERS, {"version": 0, "parter-private": "5", "sida": HERS})
    answer = client.post(
        PARTNERS,
        {"version": 0, "parter-private": "", "parter-public": "7", "sida": HIS},
        follow=True,
    )
    assert "Du sparade också i ett annat fönster" in messages(answer)


def test_what_the_page_did_not_show_is_left_as_it_is(client, rut, draft):
    client.force_login(rut)
    client.post(PARTNERS, {"version": 0, "parter-private": "5", "parter-public": "7"})
    client.post(PARTNERS, {"version": 1, "parter-private": "", "visade": "parter-private"})
    assert dict(draft.partner_counts.values_list("sector", "count")) == {"public": 7}


def test_a_tick_that_is_taken_away_is_taken_away(client, rut, draft):
    client.force_login(rut)
    client.post(ANSWER, {"version": 0, "svar": "", "inget": "on", "inget_skal": "Inget hände"})
    assert draft.answers.get().nothing_to_report
    posted = {
        "version": 1,
        "svar": "<p>Jo!</p>",
        "inget_skal": "",
        "visade": "svar inget inget_skal",
    }
    client.post(ANSWER, posted)
    assert not draft.answers.get().nothing_to_report


# --- Looking back --------------------------------------------------------------------------------------


def test_every_change_is_listed_with_who_and_what(client, rut, mans, draft):
    for person, version, answer in ((rut, 0, "Tre projekt"), (mans, 1, "Fyra projekt")):
        client.force_login(person)
        client.post(ANSWER, {"version": version, "svar": f"<p>{answer}</p>"})
    page = text(client.get(f"{ANSWER}versioner/"))
    assert "Mans sparade." in page
    assert "<del>Tre</del><ins>Fyra</ins> projekt" in page


def test_a_long_history_begins_with_the_latest(client, rut, draft):
    client.force_login(rut)
    for version in range(33):
        client.post(PARTNERS, {"version": version, "parter-public": version})
    page = text(client.get(f"{PARTNERS}versioner/"))
    assert page.count('<li class="version">') == 30
    assert "Visa alla versioner" in page
    assert text(client.get(f"{PARTNERS}versioner/?alla=ja")).count('<li class="version">') == 33


def test_what_was_written_cannot_become_a_script_in_the_history(client, rut, draft):
    client.force_login(rut)
    client.post(ANSWER, {"version": 0, "svar": "<p>x</p><script>alert(1)</script>"})
    Saving.objects.filter(version=1).update(values={"svar": "<p><script>alert(1)</script></p>"})
    assert "<script>alert" not in text(client.get(f"{ANSWER}versioner/"))


def test_an_earlier_version_is_brought_back(client, rut, draft):
    client.force_login(rut)
    for version in (0, 1):
        client.post(ANSWER, {"version": version, "svar": f"<p>{version}</p>"})
    answer = client.post(f"{ANSWER}versioner/1/", follow=True)
    assert "Den tidigare versionen är tillbaka" in messages(answer)
    assert draft.answers.get().text == "<p>0</p>"
    assert client.post(f"{ANSWER}versioner/9/").status_code == 404


@pytest.mark.parametrize(
    ("person", "status"), [("lena", 403), ("olle", 404), ("sam", 403), ("siv", 404)]
)
def test_nobody_else_looks_back_or_brings_back(client, rut, draft, person, status, request):
    client.force_login(rut)
    client.post(ANSWER, {"version": 0, "svar": "<p>Ett</p>"})
    client.force_login(request.getfixturevalue(person))
    assert client.get(f"{ANSWER}versioner/").status_code == status
    assert client.post(f"{ANSWER}versioner/0/").status_code == status


def test_nothing_is_brought_back_into_what_is_handed_in(client, rut, draft):
    client.force_login(rut)
    client.post(ANSWER, {"version": 0, "svar": "<p>Ett</p>"})
    Submission.objects.update(status=Submission.Status.SUBMITTED)
    assert client.post(f"{ANSWER}versioner/0/").status_code == 403
    assert client.get(f"{ANSWER}versioner/").status_code == 200
    assert draft.answers.get().text == "<p>Ett</p>"


def activities(draft):
    return [activity.title for activity in draft.activities.order_by("position")]


def test_what_is_removed_is_offered_back_and_later_changes_stay(as_person, rut, mans, draft):
    client, address = as_person(rut), "/redovisning/2024/mf/aktiviteter/"
    row = {"slag": "conference", "vad": "Nordic City Lab"}
    client.post(address, {f"aktivitet-ny1-{name}": value for name, value in row.items()})
    pk = draft.activities.get().pk
    kept = {f"aktivitet-{pk}-{name}": value for name, value in row.items()}
    gone = client.post(address, kept | {"version": 1, f"aktivitet-{pk}-bort": "on"}, follow=True)
    assert activities(draft) == []
    assert "Du tog bort aktiviteten ”Nordic City Lab”." in messages(gone)
    undo = re.search(r'action="([^"]*)">.*?name="efter" value="(\d+)"', messages(gone), re.DOTALL)
    later = {"aktivitet-ny1-slag": "fair", "aktivitet-ny1-vad": "Jobbmässa", "version": 2}
    as_person(mans).post(address, later)
    back = client.post(undo[1], {"efter": undo[2]}, follow=True)
    assert "Det du tog bort är tillbaka." in messages(back)
    assert set(activities(draft)) == {"Nordic City Lab", "Jobbmässa"}


def test_the_offer_is_made_once_and_on_whatever_page_comes_next(client, rut, draft):
    client.force_login(rut)
    address = "/redovisning/2024/mf/aktiviteter/"
    client.post(address, {"aktivitet-ny1-slag": "fair", "aktivitet-ny1-vad": "Mässa"})
    pk = draft.activities.get().pk
    client.post(address, {"version": 1, f"aktivitet-{pk}-bort": "on", "gor": "klar"})
    assert "Du tog bort" in messages(client.get("/"))
    assert "Du tog bort" not in messages(client.get("/"))


def test_the_time_is_the_towns(client, rut, draft):
    client.force_login(rut)
    client.post(ANSWER, {"version": 0, "svar": "<p>Ett</p>"})
    at = timezone.localtime(draft.parts.get().saved_at)
    assert f"Sparat {at:%Y-%m-%d %H.%M} av Rut." in text(client.get(ANSWER))
