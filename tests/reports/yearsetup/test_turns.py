"""Opening a year, closing it and opening it again, each from a page that says what follows."""

import pytest
from django.core import mail

from malmo_intl.models import Event
from reports.models import Letter, ReportingYear
from tests import make

OPEN, CLOSE, REOPEN = (f"/redovisning/2025/{turn}/" for turn in ("oppna", "stang", "oppna-igen"))
SETTINGS = "/redovisning/2025/installningar/"
pytestmark = pytest.mark.django_db
Status = ReportingYear.Status


@pytest.fixture
def desk(client, sam, planned):
    client.force_login(sam)
    return client


def status_of(year):
    return ReportingYear.objects.get(pk=year.pk).status


def test_opening_tells_whom_nobody_reports_for_and_mails_the_others(
    desk, planned, rut, django_capture_on_commit_callbacks
):
    content = desk.get(OPEN).content.decode()
    assert "Ingen får mejlet i 2 förvaltningar" in content
    assert "Nu kör vi" in content
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(OPEN)
    assert answer["Location"] == SETTINGS
    assert status_of(planned) == Status.OPEN
    assert [letter.to for letter in Letter.objects.all()] == [[rut.email]]
    assert mail.outbox[0].subject == "Nu kör vi"
    assert Event.objects.about(planned).first().verb == "öppnade"


def test_opening_twice_opens_and_mails_once(desk, planned, rut):
    desk.post(OPEN)
    answer = desk.post(OPEN, follow=True)
    assert "öppen" in answer.content.decode()
    assert Letter.objects.count() == 1
    assert Event.objects.about(planned).filter(verb="öppnade").count() == 1


def test_a_year_that_lacks_something_is_not_opened(desk, planned):
    planned.last_day = None
    planned.save()
    planned.questions.all().delete()
    planned.submissions.all().delete()
    answer = desk.post(OPEN)
    content = answer.content.decode()
    assert answer.status_code == 409
    for sentence in (
        "Sista dag att lämna in saknas.",
        "Året har inga frågor.",
        "Ingen förvaltning är med.",
    ):
        assert sentence in content
    assert status_of(planned) == Status.PLANNED


def test_closing_names_those_who_have_not_handed_in_and_only_them(desk, under_way, kultur):
    under_way.submissions.filter(administration=kultur).update(status="submitted")
    content = desk.get(CLOSE).content.decode()
    assert "2 redovisningar blir Ej inkommen" in content
    assert "Miljöförvaltningen" in content
    assert "Kulturförvaltningen" not in content
    missing = [str(item.pk) for item in under_way.missing()]
    answer = desk.post(CLOSE, {"saknas": missing})
    assert answer["Location"] == SETTINGS
    assert status_of(under_way) == Status.CLOSED
    found = dict(under_way.submissions.values_list("administration__code", "status"))
    assert found == {"MF": "not_received", "STK": "not_received", "KULF": "submitted"}


def test_closing_after_somebody_handed_in_asks_to_read_the_list_again(desk, under_way, kultur):
    missing = [str(item.pk) for item in under_way.missing()]
    under_way.submissions.filter(administration=kultur).update(status="submitted")
    answer = desk.post(CLOSE, {"saknas": missing}, follow=True)
    assert "Läs listan igen" in answer.content.decode()
    assert status_of(under_way) == Status.OPEN


def test_closing_without_the_list_is_refused(desk, under_way):
    desk.post(CLOSE, {"saknas": ["x", "²"]})
    assert status_of(under_way) == Status.OPEN


def test_opening_again_asks_for_a_reason_and_keeps_it(desk, under_way, sam):
    under_way.close(by=sam)
    assert "Miljöförvaltningen" in desk.get(REOPEN).content.decode()
    answer = desk.post(REOPEN, {"skal": " "})
    assert answer.status_code == 422
    assert "<title>Fel: " in answer.content.decode()
    assert status_of(under_way) == Status.CLOSED
    desk.post(REOPEN, {"skal": "Kultur fick ny tid."})
    assert status_of(under_way) == Status.OPEN
    assert Event.objects.about(under_way).first().comment == "Kultur fick ny tid."
    assert set(under_way.submissions.values_list("status", flat=True)) == {"not_started"}


@pytest.mark.parametrize("address", [CLOSE, REOPEN])
def test_the_wrong_state_is_said_and_nothing_is_done(desk, planned, address):
    assert "så det går inte nu" in desk.get(address).content.decode()
    desk.post(address, {"skal": "Ändå."})
    assert status_of(planned) == Status.PLANNED


@pytest.mark.parametrize("address", [OPEN, CLOSE, REOPEN])
def test_only_stadskontoret_turns_a_year(client, planned, rut, mans, siv, address):
    for person in (rut, mans, siv):
        client.force_login(person)
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert status_of(planned) == Status.PLANNED


def test_the_queries_are_as_many_for_few_administrations_as_for_many(
    desk, planned, django_assert_max_num_queries
):
    def ask():
        desk.get(OPEN)
        planned.status = Status.OPEN
        planned.save()
        desk.get(CLOSE)
        planned.status = Status.PLANNED
        planned.save()

    ask()
    with django_assert_max_num_queries(100) as few:
        ask()
    for number in range(9):
        unit = make.administration(f"X{number}", f"Förvaltning {number}", f"Nämnd {number}")
        make.submission(planned, unit, "not_started")
    with django_assert_max_num_queries(len(few)):
        ask()
