"""The list of the year's projects: one click for each, and nothing forgotten."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from malmo_intl.models import Event
from projects.models import Participation
from reports.entry import carry
from reports.entry.carry import Verdict
from reports.entry.projects import ProjectsForm, lines
from reports.models import Part, Submission
from tests import make

DAY = datetime.date
PAGE = "/redovisning/2024/mf/projekt/"
SAY = f"{PAGE}besked/"


@pytest.fixture
def parts(miljo):
    """Three of 2022: one that goes on, one that ends in 2024, one that ended before it."""
    return [
        part(miljo, "Rebus", role=Participation.Role.OWNER),
        part(miljo, "Slutar snart", ends_on=DAY(2024, 6, 30)),
        part(miljo, "Slut", ends_on=DAY(2022, 12, 31)),
    ]


@pytest.fixture
def begun(year, miljo, parts, rut):
    make.submission(make.year(2022), miljo, Submission.Status.APPROVED)
    submission = make.submission(year, miljo, Submission.Status.NOT_STARTED)
    carry.begin(submission, rut)
    return submission


def part(unit, name, role=Participation.Role.PARTNER, **fields):
    project = make.project(name, **({"starts_on": DAY(2020, 1, 1)} | fields))
    return make.participation(project, unit, role)


def verdicts(submission):
    return {str(item): item.verdict for item in submission.carried.all()}


@pytest.fixture
def say(client, begun, rut):
    """say("rebus", "unchanged", …) → the answer of the server."""
    client.force_login(rut)

    def say(slug, verdict, seen="waiting", **more):
        return client.post(SAY, {"projekt": slug, "besked": verdict, "sett": seen, **more})

    return say


def text(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


# --- The list ----------------------------------------------------------------------------------------


def test_the_list_says_what_is_known_of_each_and_how_many_are_confirmed(client, begun, rut, say):
    client.force_login(rut)
    page = text(client.get(PAGE))
    assert "0 av 3 bekräftade" in page
    assert "Projektägare" in page
    assert "Räknas inte 2024" not in page
    say("slut", "ended")
    page = text(client.get(PAGE))
    assert "1 av 3 bekräftade" in page
    assert "Räknas inte 2024" in page


def test_before_anyone_has_begun_it_shows_what_will_come_along(client, year, miljo, parts, rut):
    submission = make.submission(year, miljo, Submission.Status.NOT_STARTED)
    client.force_login(rut)
    page = text(client.get(PAGE))
    assert "0 av 2 bekräftade" in page
    assert not submission.carried.exists()
    answer = client.post(SAY, {"projekt": "rebus", "besked": "unchanged", "sett": "waiting"})
    assert answer["Location"] == f"{PAGE}#projekt-rebus"
    submission.refresh_from_db()
    assert submission.status == Submission.Status.DRAFT
    assert verdicts(submission) == {"Rebus": "unchanged", "Slutar snart": "waiting"}


def test_the_last_payout_is_shown_and_missing_is_not_zero(begun, parts, miljo):
    part(miljo, "Betalt", ends_on=DAY(2022, 12, 31))
    paid = Participation.objects.get(project__name="Betalt")
    paid.payouts.create(year=2021, amount=100)
    paid.payouts.create(year=2022, amount=0)
    paid.payouts.create(year=2024, amount=7)
    found = {line.project.name: line.last_payout for line in lines(begun)}
    assert found["Betalt"].amount == 0
    assert found["Rebus"] is None


def test_a_project_without_any_period_stands_on_the_list(begun, miljo):
    part(miljo, "Odaterat", starts_on=None)
    line = next(line for line in lines(begun) if line.project.name == "Odaterat")
    assert not line.has_period
    assert not line.counted
    assert line.item is None


def test_other_administrations_projects_are_not_there(begun, kultur):
    part(kultur, "Kulturens")
    assert [line.project.name for line in lines(begun)] == ["Rebus", "Slut", "Slutar snart"]


def test_the_list_asks_as_much_for_fifty_as_for_five(client, begun, miljo, rut):
    def asked():
        carry.items(begun)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        return len(queries)

    def add(first, last):
        for number in range(first, last):
            made = part(miljo, f"Projekt {number}")
            unit = make.administration(f"X{number}", f"Nr {number}", "N")
            make.participation(made.project, unit)
            made.project.grants.create(fund=make.fund())
            made.payouts.create(year=2022, amount=number)

    client.force_login(rut)
    add(0, 5)
    few = asked()
    add(5, 50)
    assert asked() == few <= 16


# --- The verdicts ------------------------------------------------------------------------------------


def test_one_click_confirms_and_comes_back_to_the_same_row(begun, say, rut):
    answer = say("rebus", "unchanged")
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}#projekt-rebus")
    assert verdicts(begun)["Rebus"] == Verdict.UNCHANGED
    event = Event.objects.about(begun).first()
    assert (event.verb, event.comment, event.by) == ("gav besked", "Rebus: oförändrat", rut)


def test_each_verdict_is_a_version_of_the_part(begun, say):
    say("rebus", "unchanged")
    say("rebus", "waiting", seen="unchanged")
    say("slut", "ended")
    part = begun.parts.get(key="projekt")
    assert part.status == Part.Status.STARTED
    values = [saving.values["besked-rebus"] for saving in part.savings.order_by("version")]
    assert values == ["", "Oförändrat", "", ""]
    assert part.savings.first().values["besked-slut"] == "Avslutat"


def test_changed_leads_to_the_projects_own_page(begun, say):
    assert say("rebus", "changed")["Location"] == f"{PAGE}rebus/"
    assert verdicts(begun)["Rebus"] == Verdict.CHANGED


def test_an_end_that_is_known_takes_one_click(begun, say, parts):
    for slug in ("slut", "slutar-snart"):
        say(slug, "ended")
    assert list(verdicts(begun).values()).count(Verdict.ENDED) == 2
    assert not begun.parts.filter(key__startswith="projekt/").exists()


def test_the_owners_word_that_it_ended_is_the_projects_end(begun, say, parts):
    say("rebus", "ended", slut="juni 2024")
    project = parts[0].project
    project.refresh_from_db()
    assert (project.ends_on, project.ends_precision) == (DAY(2024, 6, 1), "month")
    assert verdicts(begun)["Rebus"] == Verdict.ENDED
    assert begun.parts.get(key="projekt/rebus").savings.first().values["slutar"] == "2024-06"


def test_a_partners_word_that_it_ended_is_the_end_of_its_own_part(begun, say, miljo, kultur):
    mine = part(miljo, "Delat")
    make.participation(mine.project, kultur, Participation.Role.OWNER)
    carry.items(begun)
    say("delat", "ended", slut="2024-05-12")
    mine.refresh_from_db()
    assert mine.ends_on == DAY(2024, 5, 12)
    assert mine.project.ends_on is None


def test_a_planned_end_that_came_is_planned_no_more_and_is_again_when_taken_back(begun, say, miljo):
    mine = part(miljo, "Planerat", Participation.Role.OWNER, ends_on=DAY(2024, 9, 1), ends_planned=True)  # fmt: skip
    carry.items(begun)
    say("planerat", "ended")
    mine.project.refresh_from_db()
    assert not mine.project.ends_planned
    say("planerat", "waiting", seen="ended")
    mine.project.refresh_from_db()
    assert mine.project.ends_planned


def test_to_take_back_an_end_takes_back_its_date(begun, say, parts):
    say("rebus", "ended", slut="2024-06-30")
    say("rebus", "waiting", seen="ended")
    parts[0].project.refresh_from_db()
    assert parts[0].project.ends_on is None
    assert verdicts(begun)["Rebus"] == Verdict.WAITING


def test_a_date_that_somebody_wrote_afterwards_stays(begun, say, parts, save, rut):
    from reports.entry.project import ProjectForm

    say("rebus", "ended", slut="2024-06-30")
    save(ProjectForm, begun, "projekt/rebus", rut, {"slutar": "2024-07-31"})
    say("rebus", "waiting", seen="ended")
    parts[0].project.refresh_from_db()
    assert parts[0].project.ends_on == DAY(2024, 7, 31)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Skriv när det tog slut."),
        ("31/12", "går inte att läsa som ett datum"),
        ("2019-01-01", "Slutdagen kan inte vara före startdagen."),
        ("2024-02-30", "finns inte i kalendern"),
        ("x" * 5000, "Texten är för lång"),
    ],
)
def test_an_end_that_cannot_be_is_refused_kindly_and_stays_in_its_field(
    client, begun, say, typed, sentence
):
    answer = say("rebus", "ended", slut=typed)
    assert answer["Location"] == f"{PAGE}#slut-rebus"
    page = text(client.get(PAGE))
    assert sentence in page
    assert f'value="{typed[:40]}" aria-invalid="true"' in page
    assert verdicts(begun)["Rebus"] == Verdict.WAITING
    assert "aria-invalid" not in text(client.get(PAGE))


def test_of_two_at_once_the_second_is_told(client, begun, say):
    say("slut", "ended")
    answer = say("slut", "unchanged")
    assert verdicts(begun)["Slut"] == Verdict.ENDED
    assert "Någon annan hann svara" in text(client.get(answer["Location"]))


def test_the_same_click_twice_is_once(begun, say):
    for _ in range(2):
        say("slut", "ended")
    assert Event.objects.about(begun).filter(verb="gav besked").count() == 1


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 404),
        ({"projekt": "rebus"}, 404),
        ({"projekt": "rebus", "besked": "maybe", "sett": "waiting"}, 404),
        ({"projekt": "nix", "besked": "ended", "sett": "waiting"}, 404),
        ({"projekt": "\x00", "besked": "ended", "sett": "\x00"}, 404),
    ],
)
def test_what_nobody_asks_is_not_answered(client, begun, rut, data, status):
    client.force_login(rut)
    assert client.post(SAY, data).status_code == status


def test_it_leads_back_only_to_our_own_pages(say):
    assert say("slut", "ended", tillbaka="https://elak.example/")["Location"].startswith(PAGE)
    say("slut", "waiting", seen="ended")
    answer = say("slut", "ended", tillbaka="/redovisning/2024/mf/")
    assert answer["Location"] == "/redovisning/2024/mf/#projekt-slut"


def test_who_logged_in_first_is_led_to_the_list(client, begun, rut):
    client.force_login(rut)
    assert client.get(SAY)["Location"] == PAGE


def test_every_button_carries_its_token(client, begun, rut):
    client.force_login(rut)
    page = client.get(PAGE).content.decode()
    assert page.count('method="post"') == page.count("csrfmiddlewaretoken")


# --- Done --------------------------------------------------------------------------------------------


def test_it_is_not_done_until_every_one_is_confirmed(client, begun, say):
    say("slut", "ended")
    answer = client.post(PAGE, {"gor": "klar"})
    assert answer.status_code == 422
    page = text(answer)
    assert '<a href="#projekt-rebus">Rebus</a>' in page
    assert '<a href="#projekt-slut">' not in page
    assert not begun.parts.filter(key="projekt", status=Part.Status.DONE).exists()


def test_it_is_done_when_all_are_and_leads_on(client, begun, say):
    for slug, verdict in (("slut", "ended"), ("slutar-snart", "ended"), ("rebus", "unchanged")):
        say(slug, verdict)
    answer = client.post(PAGE, {"gor": "klar"})
    assert (answer.status_code, answer["Location"]) == (302, "/redovisning/2024/mf/utbetalningar/")
    assert begun.parts.get(key="projekt").status == Part.Status.DONE


def test_it_is_done_no_longer_when_something_waits_again(client, begun, say):
    test_it_is_done_when_all_are_and_leads_on(client, begun, say)
    say("slut", "waiting", seen="ended")
    assert begun.parts.get(key="projekt").status == Part.Status.STARTED


def test_a_project_without_a_period_stops_it(client, begun, say, miljo):
    part(miljo, "Odaterat", starts_on=None)
    for slug, verdict in (("slut", "ended"), ("slutar-snart", "ended"), ("rebus", "unchanged")):
        say(slug, verdict)
    answer = client.post(PAGE, {"gor": "klar"})
    assert answer.status_code == 422
    assert f'annars kan de inte räknas:</p> <ul><li><a href="{PAGE}odaterat/">Odaterat</a>' in text(
        answer
    )


def test_nothing_to_report_is_signed(client, draft, rut):
    client.force_login(rut)
    assert "Vi har inget att rapportera här" in text(client.get(PAGE))
    client.post(PAGE, {"gor": "klar", "inget": "on", "inget_skal": "Inga projekt i år"})
    part = draft.parts.get(key="projekt")
    assert (part.status, part.signed_by, part.reason) == ("nothing", "Rut", "Inga projekt i år")


def test_nothing_to_report_beside_projects_is_refused(client, begun, rut):
    client.force_login(rut)
    answer = client.post(PAGE, {"gor": "klar", "inget": "on"})
    assert answer.status_code == 422
    assert "Här finns uppgifter" in text(answer)


# --- Who may -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "status"), [("rut", 302), ("mans", 302), ("lena", 403), ("sam", 403), ("olle", 404)]
)
def test_only_who_reports_gives_verdicts(client, begun, request, person, status):
    client.force_login(request.getfixturevalue(person))
    data = {"projekt": "slut", "besked": "ended", "sett": "waiting"}
    assert client.post(SAY, data).status_code == status
    assert client.post(PAGE, {"gor": "klar"}).status_code in (status, 422)


def test_what_is_handed_in_is_not_written_in(client, begun, say):
    begun.status = Submission.Status.SUBMITTED
    begun.save()
    answer = say("slut", "ended")
    assert answer["Location"] == "/redovisning/2024/mf/"
    assert "går inte att ändra" in text(client.get(answer["Location"]))
    assert verdicts(begun)["Slut"] == Verdict.WAITING
    assert client.get(PAGE).status_code == 302


def test_the_form_holds_a_field_for_each_that_came_along(begun):
    form = ProjectsForm(begun, "projekt")
    assert set(form.stored) == {"besked-rebus", "besked-slut", "besked-slutar-snart", "inget", "inget_skal"}  # fmt: skip
    assert form.labels()["besked-rebus"] == "Rebus"
