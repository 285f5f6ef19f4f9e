"""Tidplanen and the calendar file: the year's days for all, an administration's for its own."""

import datetime

import pytest
from icalendar import Calendar

from malmo_intl.models import Event
from reports.models import ReportingYear
from tests import make

PAGE, FILE = "/redovisning/2025/tidplan/", "/redovisning/2025/kalender.ics"
pytestmark = pytest.mark.django_db


@pytest.fixture
def year(miljo, kultur):
    made = make.year(2025)
    made.opens_on = datetime.date(2026, 1, 7)
    made.last_day = datetime.date(2026, 2, 13)
    made.council_on = datetime.date(2026, 5, 28)
    made.save()
    make.submission(made, miljo, board_on=datetime.date(2026, 1, 29))
    make.submission(made, kultur, "not_started")
    return made


def events(answer):
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(event["UID"]).split("@")[0]: event for event in found}


def test_stadskontoret_sees_every_administrations_days(client, year, sam):
    client.force_login(sam)
    content = client.get(PAGE).content.decode()
    assert "Miljöförvaltningen" in content
    assert "Kulturförvaltningen" in content
    assert "29\u00a0januari 2026" in content  # Miljö's own board
    assert "30\u00a0januari 2026" in content  # ten workdays before the last day, for Kultur


def test_a_coordinator_sees_only_the_own_days(client, year, rut, olle):
    for person, code, other in ((rut, "mf", "kulf"), (olle, "kulf", "mf")):
        client.force_login(person)
        content = client.get(PAGE).content.decode()
        assert f"/redovisning/2025/{code}/" in content
        assert f"/redovisning/2025/{other}/" not in content
        found = events(client.get(FILE))
        assert f"2025-board-{code}" in found
        assert not [uid for uid in found if uid.endswith(f"-{other}")]


def test_the_file_holds_whole_days_in_swedish(client, year, rut):
    client.force_login(rut)
    answer = client.get(FILE)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found = events(answer)
    board = found["2025-board-mf"]
    assert board["SUMMARY"] == "Miljönämnden: internationell redovisning 2025"
    assert board["DTSTART"].params["VALUE"] == "DATE"
    assert (board["DTSTART"].dt, board["DTEND"].dt) == (
        datetime.date(2026, 1, 29),
        datetime.date(2026, 1, 30),
    )
    assert found["2025-office"]["DTSTART"].dt == datetime.date(2026, 2, 13)
    assert found["2025-council"]["DTSTART"].dt == datetime.date(2026, 5, 28)
    assert found["2025-preparation-mf"]["SUMMARY"] == (
        "Sista trygga dag: miljöförvaltningens redovisning 2025 till beredning"
    )


def test_the_file_is_the_same_until_the_year_changes(client, year, rut, sam):
    client.force_login(rut)
    first = client.get(FILE).content
    assert client.get(FILE).content == first
    before = events(client.get(FILE))
    year.last_day = datetime.date(2026, 2, 20)
    year.save()
    Event.objects.record("ändrade inställningarna för", year, sam)
    after = events(client.get(FILE))
    assert set(before) == set(after)  # the same UIDs: a calendar moves the days it has
    assert after["2025-office"]["DTSTART"].dt == datetime.date(2026, 2, 20)
    assert after["2025-office"]["DTSTAMP"].dt > before["2025-office"]["DTSTAMP"].dt


def test_the_coordinators_page_says_the_last_safe_day(client, year, rut):
    client.force_login(rut)
    content = client.get("/redovisning/2025/mf/").content.decode()
    assert "Sista trygga dag" in content
    assert "29\u00a0januari 2026" in content


def test_a_board_after_the_last_day_is_said_to_both(client, year, miljo, rut, sam):
    year.submissions.filter(administration=miljo).update(board_on=datetime.date(2026, 2, 19))
    for person, address in ((sam, PAGE), (rut, PAGE), (rut, "/redovisning/2025/mf/")):
        client.force_login(person)
        content = client.get(address).content.decode()
        assert "ligger efter inlämningen till stadskontoret" in content, address


def test_a_year_without_days_says_so_and_has_an_empty_file(client, sam):
    make.year(2023, status=ReportingYear.Status.PUBLISHED)
    client.force_login(sam)
    page = client.get("/redovisning/2023/tidplan/").content.decode()
    assert "så det går inte att räkna än" in page
    assert events(client.get("/redovisning/2023/kalender.ics")) == {}


def test_a_year_that_is_not_there_and_other_methods(client, sam):
    client.force_login(sam)
    assert client.get("/redovisning/1999/tidplan/").status_code == 404
    assert client.get("/redovisning/1999/kalender.ics").status_code == 404
    assert client.post(PAGE).status_code == 405


def test_the_queries_are_as_many_for_few_administrations_as_for_many(
    client, year, sam, django_assert_max_num_queries
):
    client.force_login(sam)
    for address in (PAGE, FILE):
        client.get(address)
    with django_assert_max_num_queries(100) as few:
        client.get(PAGE), client.get(FILE)
    for number in range(10):
        unit = make.administration(f"X{number}", f"Förvaltning {number}", f"Nämnd {number}")
        make.submission(year, unit)
    with django_assert_max_num_queries(len(few)):
        client.get(PAGE), client.get(FILE)
