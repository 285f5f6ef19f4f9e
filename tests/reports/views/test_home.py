"""The start page knows who you are."""

import datetime

import pytest

from malmo_intl.models import Membership, Role
from reports.models import Submission
from reports.views.home import time_left
from tests import make


def start(client, person):
    client.force_login(person)
    return client.get("/")


def test_a_coordinator_sees_what_waits_and_the_days_left(client, rut, under_way):
    under_way.last_day = datetime.date.today() + datetime.timedelta(days=12)
    under_way.save()
    page = start(client, rut).content.decode()
    assert "Redovisningen för 2020" in page
    assert "12 dagar kvar" in page
    assert "Öppna redovisningen" in page
    assert "/redovisning/2020/mf/" in page


def test_a_manager_sees_the_same(client, mans, under_way):
    assert "Öppna redovisningen" in start(client, mans).content.decode()


def test_a_reader_is_not_asked_to_report(client, lena, under_way, published):
    page = start(client, lena).content.decode()
    assert "Öppna redovisningen" not in page
    assert "/dokument/2019/forvaltning/mf/" in page
    assert "/dokument/2019/samlad/" in page
    assert "/dokument/2020/samlad/" not in page


def test_earlier_years_come_below(client, rut, under_way, published):
    response = start(client, rut)
    assert [item.year.year for item in response.context["own"]["submissions"]] == [2019]


def test_the_city_office_sees_how_far_the_year_has_come(client, sam, under_way, published):
    Submission.objects.filter(year=under_way, administration__code="MF").update(status="submitted")
    page = start(client, sam).content.decode()
    assert "Redovisningsåret 2020" in page
    assert "1 av 2 förvaltningar har lämnat in." in page
    assert "Utbetalda EU-medel" in page
    assert "/dokument/2020/stad/" in page


def test_the_city_office_without_any_year_is_told_so(client, sam):
    assert "Det finns inget redovisningsår än" in start(client, sam).content.decode()


def test_the_keeper_of_the_registers_is_led_to_them(client, siv):
    page = start(client, siv).content.decode()
    assert "Öppna registren" in page
    assert "/admin/" in page


def test_who_has_no_role_is_told_whom_to_ask(client, db):
    page = start(client, make.person("Nils")).content.decode()
    assert "Kontakta stadskontoret" in page


def test_two_roles_share_one_page_with_one_title(client, sam, office, under_way):
    Membership.objects.create(user=sam, administration=office, role=Role.COORDINATOR)
    make.submission(under_way, office)
    page = start(client, sam).content.decode()
    assert page.count("<h1") == 1
    assert "Redovisningen för 2020" in page
    assert "Hela staden 2020" in page


def test_a_coordinator_with_nothing_yet_is_not_left_with_an_empty_page(client, rut):
    assert "Det finns inget att läsa eller göra än" in start(client, rut).content.decode()


@pytest.mark.parametrize(
    ("days", "words"),
    [(2, "2 dagar kvar"), (1, "1 dag kvar"), (0, "i dag"), (-1, "passerad")],
)
def test_the_time_left_is_said_in_words(days, words):
    today = datetime.date(2021, 1, 10)
    assert time_left(today + datetime.timedelta(days=days), today) == words


def test_no_last_day_has_no_time_left():
    assert time_left(None, datetime.date(2021, 1, 10)) == ""


def test_a_stranger_is_asked_to_log_in(client, db):
    assert client.get("/").url == "/konto/logga-in/?next=/"


def test_the_page_is_only_read(client, rut):
    client.force_login(rut)
    assert client.post("/").status_code == 405
