"""The register: what is asked, what is counted, and who may see what."""

import csv
import datetime
import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from funding.filters import ProjectFilter
from funding.models import Grant, Payout
from funding.tables import collect
from projects.models import GoalAllocation, Organisation, Participation, ProjectAlias
from tests import make

OWNER = Participation.Role.OWNER
pytestmark = pytest.mark.django_db


@pytest.fixture
def esf(db):
    return make.fund()


@pytest.fixture
def forte(db):
    return make.fund("Forte", "Forte", is_eu=False)


@pytest.fixture
def shared(miljo, kultur, esf):
    """Miljö owns it and Kultur is partner; both were paid in 2019."""
    project = make.project("Ängar", slug="angar", funded_by=esf)
    make.participation(project, miljo, OWNER, paid={2019: 1000, 2020: 7})
    make.participation(project, kultur, paid={2019: 500})
    Payout.objects.update(published=True)
    return project


@pytest.fixture
def alone(kultur, forte):
    project = make.project("Åar", slug="aar", funded_by=forte, starts_on=datetime.date(2021, 1, 1))
    make.participation(project, kultur, OWNER)
    return project


def page(client, user, **query):
    client.force_login(user)
    return client.get(reverse("projects:index"), query)


def select(user, **query):
    chosen = ProjectFilter(query, user)
    assert chosen.form.is_valid(), chosen.form.errors
    rows, totals = collect(chosen)
    return [row.name for row in rows], totals


def table_of(response, kind):
    if kind == "csv":
        text = response.content.decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text), delimiter=";"))
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_someone_who_is_not_logged_in_is_asked_to(client, db):
    assert client.get(reverse("projects:index")).status_code == 302


def test_a_reader_sees_all_projects_with_two_counts(client, lena, shared, alone):
    text = page(client, lena).content.decode().replace("\xa0", " ")
    assert "2 projekt, 3 medverkanden (2 ägare, 1 part), 1 507 kr utbetalt" in text


def test_the_register_is_only_read(client, sam):
    client.force_login(sam)
    assert client.post(reverse("projects:index")).status_code == 405


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["Åar", "Ängar"]),
        ({"q": "ÄNG"}, ["Ängar"]),
        ({"fund": "Forte"}, ["Åar"]),
        ({"administration": "MF"}, ["Ängar"]),
        ({"administration": "KULF"}, ["Åar", "Ängar"]),
        ({"administration": "KULF", "role": "owner"}, ["Åar"]),
        ({"administration": "MF", "role": "partner"}, []),
        ({"year": "2019"}, ["Ängar"]),
        ({"year": "2021"}, ["Åar", "Ängar"]),
        ({"eu": "ja"}, ["Ängar"]),
        ({"eu": "nej"}, ["Åar"]),
        ({"eu": "nej", "fund": "ESF"}, []),
    ],
)
def test_what_is_asked_narrows_the_selection(lena, shared, alone, asked, expected):
    assert select(lena, **asked)[0] == expected


def test_a_project_is_found_by_its_other_names(lena, shared):
    ProjectAlias.objects.create(project=shared, name="Blom-projektet")
    assert select(lena, q="blom projektet")[0] == ["Ängar"]


def test_year_and_administration_are_asked_of_the_same_participation(lena, shared, miljo):
    shared.participations.filter(administration=miljo).update(ends_on=datetime.date(2020, 1, 1))
    assert select(lena, administration="MF", year="2021")[0] == []
    assert select(lena, administration="KULF", year="2021")[0] == ["Ängar"]


def test_a_goal_is_a_goal_of_its_period(lena, shared, miljo):
    goals = make.goal_set(2017, 2019)
    make.goal_set(2020, 2022)
    part = shared.participations.get(administration=miljo)
    GoalAllocation.objects.create(participation=part, goal=goals.goals.get(number=2))
    assert select(lena, goal="2017-2")[0] == ["Ängar"]
    assert select(lena, goal="2017-2")[1].paid.value == 1007
    assert select(lena, goal="2020-2")[0] == []
    assert select(lena, goal="2017-2", administration="KULF")[0] == []


def test_a_project_without_participations_has_the_year_of_its_own_period(lena):
    make.project("Ensam", ends_on=datetime.date(2020, 5, 5))
    make.project("Okänd", slug="okand", starts_on=None)
    assert select(lena, year="2020")[0] == ["Ensam"]
    assert select(lena, year="2021")[0] == []


@pytest.mark.parametrize(
    ("asked", "paid"),
    [
        ({}, 1507),
        ({"year": "2019"}, 1500),
        ({"administration": "MF"}, 1007),
        ({"administration": "MF", "year": "2019"}, 1000),
        ({"role": "partner"}, 500),
        ({"year": "2022"}, None),
    ],
)
def test_paid_is_summed_within_what_is_asked(lena, shared, asked, paid):
    totals = select(lena, **asked)[1]
    assert totals.paid.value == paid


def test_a_chosen_fund_narrows_the_money_to_that_fund(lena, shared, miljo, esf, forte):
    Grant.objects.filter(project=shared).update(amount_sek=100)
    Grant.objects.create(project=shared, fund=forte, amount_sek=40)
    part = shared.participations.get(administration=miljo)
    part.payouts.filter(year=2019).update(fund=forte)
    totals = select(lena, fund="Forte")[1]
    assert totals.granted.value == 40
    assert totals.paid.value == 1000  # the payouts that name no fund are not known to be Forte's
    assert totals.paid_missing == 1
    assert select(lena)[1].granted.value == 140


def test_zero_is_not_missing(lena, kultur, miljo):
    make.participation(make.project("Noll"), miljo, paid={2019: 0})
    make.participation(make.project("Saknas"), miljo)
    part = make.participation(make.project("Väntar", slug="vantar"), miljo)
    Payout.objects.create(participation=part, year=2019, pending=True)
    names, totals = select(lena)
    assert names == ["Noll", "Saknas", "Väntar"]
    assert (totals.paid.value, totals.paid_missing, totals.granted_missing) == (0, 2, 3)


def test_what_is_known_roughly_is_never_shown_as_exact(client, lena, shared, forte):
    Grant.objects.filter(project=shared).update(amount_sek=44_000_000, qualifier="ca")
    Grant.objects.create(project=shared, fund=forte, amount_sek=None)
    text = page(client, lena).content.decode().replace("\xa0", " ")
    assert "minst 44 000 000" in text
    assert "ca 44 000 000" in text


def test_what_was_only_applied_for_is_not_granted(lena, shared):
    Grant.objects.filter(project=shared).update(amount_sek=9, status=Grant.Status.APPLIED)
    assert select(lena)[1].granted.amount is None


def test_halves_are_rounded_before_they_are_added(lena, miljo):
    for name in ("A", "B"):
        make.participation(make.project(name), miljo, paid={2019: "10.50"})
    assert select(lena)[1].paid.value == 22


@pytest.mark.parametrize("kind", ["", "csv", "xlsx"])
@pytest.mark.parametrize("asked", [{}, {"sort": "-paid"}, {"year": "2024"}])
def test_a_draft_amount_of_others_never_shows(client, olle, rut, miljo, kind, asked):
    project = make.project("Hemligt", ends_on=datetime.date(2020, 1, 1))
    make.participation(project, miljo, paid={2024: 987654})
    query = {**asked, "format": kind}
    for user, seen in ((rut, True), (olle, False)):
        response = page(client, user, **query)
        content = (
            str(table_of(response, kind)) if kind else response.content.decode().replace("\xa0", "")
        )
        assert ("987654" in content) is seen
        if "year" in asked:
            assert ("Hemligt" in content) is seen


def test_a_draft_amount_of_others_does_not_decide_the_order(olle, miljo, client):
    for name, amount in (("Ett", 5), ("Två", 9), ("Tre", 7)):
        make.participation(make.project(name, slug=f"p{amount}"), miljo, paid={2024: amount})
    rows = table_of(page(client, olle, sort="-paid", format="csv"), "csv")
    assert [row[0] for row in rows[1:]] == ["Ett", "Tre", "Två"]


@pytest.mark.parametrize(
    "asked",
    [
        {"year": "abc"},
        {"year": "0"},
        {"year": "99999999999999999999"},
        {"fund": "finns inte"},
        {"administration": "X' OR 1=1"},
        {"role": "chef"},
        {"goal": "2"},
        {"eu": "1"},
        {"q": "x" * 101},
        {"q": "a\0b"},
    ],
)
def test_a_bad_value_is_said_and_breaks_nothing(client, lena, shared, asked):
    response = page(client, lena, **asked, format="xlsx")
    text = response.content.decode()
    assert response.status_code == 200
    assert "Rätta det här först" in text
    assert "<title>Fel: " in text
    assert "Ängar" not in text


@pytest.mark.parametrize(
    "asked",
    [
        {"page": "99"},
        {"page": "x"},
        {"per_page": "0"},
        {"per_page": "-1"},
        {"sort": "finns,inte"},
        {"sort": "--name"},
        {"sort": "starts_on"},
        {"format": "exe"},
        {"okänt": "ja"},
    ],
)
def test_a_strange_address_still_shows_the_register(client, lena, shared, asked):
    response = page(client, lena, **asked)
    assert response.status_code == 200
    assert "Ängar" in response.content.decode()


def test_an_empty_selection_explains_and_offers_a_way_back(client, lena, shared):
    text = page(client, lena, q="finns inte").content.decode()
    assert "Inga projekt passar in" in text
    assert re.search(r'href="\?">Rensa', text)


@pytest.mark.parametrize("column", ["name", "owner", "units", "funds", "period", "granted", "paid"])
def test_every_column_can_be_sorted_both_ways(client, lena, shared, alone, column):
    Grant.objects.filter(project=alone).update(amount_sek=0)
    make.project("Tomt", starts_on=None, external_owner=Organisation.objects.create(name="Örebro"))
    up = table_of(page(client, lena, sort=column, format="csv"), "csv")[1:]
    down = table_of(page(client, lena, sort=f"-{column}", format="csv"), "csv")[1:]
    assert len(up) == 3
    assert up != down


def test_swedish_letters_come_last_in_their_order(lena):
    for name in ("Ö", "Ä", "Å", "z", "Électro", "a"):
        make.project(name, slug=f"p{ord(name[0])}")
    assert select(lena)[0] == ["a", "Électro", "z", "Å", "Ä", "Ö"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_holds_what_the_page_shows(client, lena, shared, alone, kind):
    rows = table_of(page(client, lena, year="2019", format=kind), kind)
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["Projekt"] == "Ängar"
    assert row["Medverkande förvaltningar"] == "MF, KULF"
    assert row["Ägare"] == "Miljöförvaltningen"
    assert Decimal(row["Utbetalt 2019, kr"]) == 1500
    assert row["Beviljat, kr"] in ("", None)
    assert row["Beviljat, noggrannhet"] == "uppgift saknas"
    assert row["EU-projekt"] == "ja"


def test_many_projects_take_several_pages_but_one_sum(client, lena, miljo):
    for number in range(60):
        make.participation(make.project(f"P {number}"), miljo, paid={2019: 1})
    Payout.objects.update(published=True)
    first = page(client, lena).content.decode()
    assert first.count('<th scope="row"') == 51  # fifty rows and the sum
    assert "Summa, 60 projekt" in first
    assert len(table_of(page(client, lena, format="csv"), "csv")) == 61


def test_queries_do_not_grow_with_the_register(client, sam, shared, alone, miljo, esf):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            page(client, sam, year="2019")
        return len(found)

    queries()
    before = queries()
    for number in range(20):
        make.participation(make.project(f"P {number}", funded_by=esf), miljo, paid={2019: 1})
    assert queries() == before
