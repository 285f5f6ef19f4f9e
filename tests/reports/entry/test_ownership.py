"""A project has one owner; it may change, and a part that was taken by mistake may be left again."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from malmo_intl.models import Event
from projects.models import GoalAllocation, Organisation, Participation
from reports.entry import carry, ownership, picking
from reports.models import Submission
from tests import make

DAY = datetime.date
OWNER, PARTNER = Participation.Role.OWNER, Participation.Role.PARTNER
LIST = "/redovisning/2024/mf/projekt/"
PAGE, LEAVE, RETURN = f"{LIST}rebus/agare/", f"{LIST}rebus/ta-bort/", f"{LIST}rebus/ta-tillbaka/"


@pytest.fixture
def rebus(miljo, kultur):
    """Miljö owns it, Kultur takes part."""
    project = make.project("Rebus", starts_on=DAY(2024, 1, 1))
    make.participation(project, miljo, OWNER)
    make.participation(project, kultur)
    return project


@pytest.fixture
def signed_in(client, rebus, draft, rut):
    client.force_login(rut)
    return client


def part(project, unit):
    return project.participations.get(administration=unit)


def owners(project):
    project.refresh_from_db()
    found = [str(each.administration) for each in project.participations.filter(role=OWNER)]
    return found + ([project.external_owner.name] if project.external_owner else [])


def text(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


# --- Another owner -----------------------------------------------------------------------------------


def test_the_owner_hands_over_to_another_that_takes_part(signed_in, rebus, kultur, miljo, rut):
    assert "Vi, miljöförvaltningen" in text(signed_in.get(PAGE))
    data = {"agare": part(rebus, kultur).pk, "sett": "Miljöförvaltningen"}
    assert signed_in.post(PAGE, data)["Location"] == f"{LIST}rebus/"
    assert owners(rebus) == ["Kulturförvaltningen"]
    event = Event.objects.about(rebus).get()
    assert (event.verb, event.by) == (ownership.CHANGED, rut)
    assert event.comment == "från Miljöförvaltningen till Kulturförvaltningen"
    history = part(rebus, miljo).history.order_by("history_date")
    assert [row.role for row in history] == [OWNER, PARTNER]
    assert history.last().history_user == rut


def test_who_has_handed_over_writes_the_shared_facts_no_more(signed_in, rebus, kultur):
    signed_in.post(PAGE, {"agare": part(rebus, kultur).pk, "sett": "Miljöförvaltningen"})
    assert signed_in.get(PAGE).status_code == 403
    page = text(signed_in.get(f"{LIST}rebus/"))
    assert "Kulturförvaltningen äger projektet" in page
    assert "Byt ägare" not in page


def test_an_organisation_outside_becomes_the_owner_and_back(signed_in, rebus, miljo, rut):
    Organisation.objects.create(name="Skåne Stadsmission")
    data = {"agare": "extern", "agare_extern": "skåne stadsmission", "sett": "Miljöförvaltningen"}
    signed_in.post(PAGE, data)
    assert owners(rebus) == ["Skåne Stadsmission"]
    assert part(rebus, miljo).role == PARTNER
    ownership.hand_over(rebus, rut, to=part(rebus, miljo))
    assert owners(rebus) == ["Miljöförvaltningen"]


def test_to_choose_the_same_owner_again_leaves_no_trail(signed_in, rebus, miljo):
    signed_in.post(PAGE, {"agare": part(rebus, miljo).pk, "sett": "Miljöförvaltningen"})
    assert owners(rebus) == ["Miljöförvaltningen"]
    assert not Event.objects.about(rebus).exists()
    assert part(rebus, miljo).history.count() == 1


def test_of_two_at_once_the_second_is_told(signed_in, rebus, miljo, kultur, sam):
    ownership.hand_over(rebus, sam, external="VITO")
    picking.Event.objects.record("lade till projektet", rebus, sam, administration=miljo)
    answer = signed_in.post(PAGE, {"agare": part(rebus, miljo).pk, "sett": "Miljöförvaltningen"})
    assert answer.status_code == 422
    assert "Nu ägs projektet av VITO" in text(answer)
    assert owners(rebus) == ["VITO"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Välj vem som äger projektet."),
        ({"agare": "999"}, "giltigt"),
        ({"agare": "extern"}, "Skriv vilken organisation"),
        ({"agare": "extern", "agare_extern": "x" * 201}, "200"),
    ],
)
def test_what_cannot_be_is_refused(signed_in, rebus, data, sentence):
    answer = signed_in.post(PAGE, {"sett": "Miljöförvaltningen", **data})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert owners(rebus) == ["Miljöförvaltningen"]


def test_an_unknown_owner_is_filled_in_by_any_that_takes_part(signed_in, miljo, kultur):
    project = make.project("Utan ägare")
    make.participation(project, miljo)
    assert "Ange ägare" in text(signed_in.get(f"{LIST}{project.slug}/"))
    signed_in.post(
        f"{LIST}{project.slug}/agare/",
        {"agare": part(project, miljo).pk, "sett": "uppgift saknas"},
    )
    assert owners(project) == ["Miljöförvaltningen"]


# --- Leaving -----------------------------------------------------------------------------------------


def test_a_part_is_left_and_comes_back_as_it_was(signed_in, rebus, year, miljo, rut):
    mine = part(rebus, miljo)
    mine.contribution, mine.starts_on = "Vi leder", DAY(2024, 2, 1)
    mine.save()
    goal = year.goal_set.goals.first()
    GoalAllocation.objects.create(participation=mine, goal=goal, share=40)
    assert "Du kan ångra dig" in text(signed_in.get(LEAVE))
    page = text(signed_in.post(LEAVE, follow=True))
    assert "Du tog bort medverkan i Rebus." in page
    assert RETURN in page
    assert not rebus.participations.filter(administration=miljo).exists()

    answer = signed_in.post(RETURN)
    assert answer["Location"] == f"{LIST}#projekt-rebus"
    back = part(rebus, miljo)
    assert (back.pk, back.role, back.contribution, back.starts_on) == (
        mine.pk,
        OWNER,
        "Vi leder",
        DAY(2024, 2, 1),
    )
    assert back.allocations.get().share == Decimal(40)
    verbs = [event.verb for event in Event.objects.about(rebus)]
    assert verbs == [ownership.RETURNED, ownership.LEFT]


def test_goals_that_were_removed_before_do_not_come_back(signed_in, rebus, year, miljo):
    first, second = year.goal_set.goals.all()
    mine = part(rebus, miljo)
    GoalAllocation.objects.create(participation=mine, goal=first, share=40).delete()
    GoalAllocation.objects.create(participation=mine, goal=second, share=60)
    signed_in.post(LEAVE)
    signed_in.post(RETURN)
    assert [row.goal for row in part(rebus, miljo).allocations.all()] == [second]


def test_what_came_along_waits_again_when_it_comes_back(signed_in, rebus, draft):
    carry.items(draft)
    signed_in.post(LEAVE)
    assert not draft.carried.exists()
    signed_in.post(RETURN)
    assert draft.carried.get().verdict == "waiting"


def test_with_payouts_it_stays_and_says_why(signed_in, rebus, miljo):
    part(rebus, miljo).payouts.create(year=2024, amount=0)
    assert "Det finns utbetalningar till er" in text(signed_in.get(LEAVE))
    assert "Det finns utbetalningar till er" in text(signed_in.post(LEAVE, follow=True))
    assert part(rebus, miljo)


def test_what_has_been_reported_stays_and_says_why(signed_in, rebus, miljo):
    rebus.starts_on = DAY(2022, 1, 1)
    rebus.save()
    make.submission(make.year(2022), miljo, Submission.Status.APPROVED)
    assert "Ni har redovisat projektet 2022." in text(signed_in.post(LEAVE, follow=True))
    assert part(rebus, miljo)


def test_what_no_longer_fits_does_not_come_back(signed_in, rebus, miljo, kultur, olle):
    signed_in.post(LEAVE)
    ownership.hand_over(rebus, olle, to=part(rebus, kultur))
    assert "Projektet har redan en ägare." in text(signed_in.post(RETURN, follow=True))
    assert owners(rebus) == ["Kulturförvaltningen"]


def test_there_and_back_twice(signed_in, rebus, miljo):
    for _ in range(2):
        signed_in.post(LEAVE)
        signed_in.post(RETURN)
    assert part(rebus, miljo)
    assert "medverkar redan" in text(signed_in.post(RETURN, follow=True))


def test_nothing_comes_back_that_was_never_left(signed_in, draft, kultur):
    make.project("Annat")
    answer = signed_in.post(f"{LIST}annat/ta-tillbaka/", follow=True)
    assert "ingen borttagen medverkan" in text(answer)
    assert signed_in.post(f"{LIST}nix/ta-tillbaka/").status_code == 404
    assert signed_in.get(RETURN).status_code == 405


# --- Who may -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("person", "status"), [("lena", 403), ("sam", 403), ("olle", 404)])
@pytest.mark.parametrize("address", [PAGE, LEAVE, RETURN])
def test_only_who_reports_for_the_administration(
    client, rebus, draft, request, person, status, address
):
    client.force_login(request.getfixturevalue(person))
    assert client.post(address, {"agare": "extern", "agare_extern": "X"}).status_code == status
    assert owners(rebus) == ["Miljöförvaltningen"]


def test_a_partner_cannot_take_the_project(client, rebus, year, kultur, olle):
    make.submission(year, kultur)
    client.force_login(olle)
    address = "/redovisning/2024/kulf/projekt/rebus/agare/"
    assert client.get(address).status_code == 403
    data = {"agare": part(rebus, kultur).pk, "sett": "Miljöförvaltningen"}
    assert client.post(address, data).status_code == 403


@pytest.mark.parametrize("address", [PAGE, LEAVE, RETURN])
def test_what_is_handed_in_is_not_changed(signed_in, rebus, draft, address):
    draft.status = Submission.Status.SUBMITTED
    draft.save()
    answer = signed_in.post(address, {"agare": "extern", "agare_extern": "X"}, follow=True)
    assert "går inte att ändra" in text(answer)
    assert owners(rebus) == ["Miljöförvaltningen"]


def test_a_third_owner_is_refused_even_past_the_form(rebus, miljo, sam):
    with pytest.raises(ValidationError, match="Projektet har redan en ägare"):
        Participation(
            project=rebus, administration=make.administration("X", "X", "X"), role=OWNER
        ).full_clean()
