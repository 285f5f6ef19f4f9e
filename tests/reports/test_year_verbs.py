"""A year is opened, closed and opened again; who has not handed in is Ej inkommen meanwhile."""

import pytest
from django.core.exceptions import ValidationError

from malmo_intl.models import Event
from reports.models import ReportingYear, Submission
from tests import make

pytestmark = pytest.mark.django_db
Status, YearStatus = Submission.Status, ReportingYear.Status


@pytest.fixture
def year():
    return make.year(2031)


def statuses(year):
    return dict(year.submissions.values_list("administration__code", "status"))


def test_closing_marks_everyone_who_has_not_handed_in(year, miljo, kultur, office, sam):
    make.submission(year, miljo, Status.DRAFT)
    make.submission(year, kultur, Status.SUBMITTED)
    make.submission(year, office, Status.RETURNED)
    missing = year.close(by=sam)
    assert [item.administration.code for item in missing] == ["MF", "STK"]
    assert statuses(year) == {"MF": "not_received", "KULF": "submitted", "STK": "not_received"}
    assert Event.objects.about(year).get().verb == "stängde"
    assert Event.objects.about(missing[0]).get().verb == "stängde utan redovisning från"


def test_closing_with_another_list_in_mind_is_refused_and_changes_nothing(year, miljo, kultur, sam):
    told = make.submission(year, miljo)
    make.submission(year, kultur)
    with pytest.raises(ValidationError, match="Läs listan igen"):
        year.close(by=sam, unreceived=[told.pk])
    year.refresh_from_db()
    assert year.status == YearStatus.OPEN
    assert set(statuses(year).values()) == {"draft"}
    assert not Event.objects.exists()


def test_closing_twice_says_so(year, miljo, sam):
    told = make.submission(year, miljo)
    year.close(by=sam, unreceived=[told.pk])
    with pytest.raises(ValidationError, match="redan stängt"):
        ReportingYear.objects.get(pk=year.pk).close(by=sam, unreceived=[told.pk])
    assert Event.objects.about(year).count() == 1


def test_nothing_is_taken_back_when_the_year_was_closed_meanwhile(year, miljo, rut):
    handed_in = make.submission(year, miljo, Status.SUBMITTED)
    ReportingYear.objects.update(status=YearStatus.CLOSED)
    with pytest.raises(ValidationError, match="stängd"):
        handed_in.withdraw(by=rut)
    assert statuses(year) == {"MF": "submitted"}


def test_one_that_is_handed_in_meanwhile_undoes_the_whole_closing(
    year, miljo, kultur, sam, monkeypatch
):
    make.submission(year, miljo)
    second = make.submission(year, kultur, Status.READY)
    marked = Submission.mark_not_received

    def hand_in_first(submission, by):
        Submission.objects.filter(pk=second.pk).update(status=Status.SUBMITTED)
        marked(submission, by)

    monkeypatch.setattr(Submission, "mark_not_received", hand_in_first)
    with pytest.raises(ValidationError, match="Någon annan hann före"):
        year.close(by=sam)
    assert statuses(ReportingYear.objects.get(status=YearStatus.OPEN)) == {
        "MF": "draft",
        "KULF": "ready",
    }


def test_opening_again_puts_everyone_back_where_they_were(year, miljo, kultur, office, sam):
    make.submission(year, miljo, Status.DRAFT)
    make.submission(year, kultur, Status.NOT_STARTED)
    make.submission(year, office, Status.READY)
    before = statuses(year)
    year.close(by=sam)
    year.reopen(by=sam, reason="Kulturförvaltningen fick ny tid.")
    assert statuses(year) == before
    assert year.status == YearStatus.OPEN
    assert Event.objects.about(year).first().comment == "Kulturförvaltningen fick ny tid."


def test_opening_again_asks_for_a_reason(year, sam):
    year.close(by=sam)
    with pytest.raises(ValidationError, match="Skriv varför"):
        year.reopen(by=sam, reason=" ")


def test_only_a_closed_year_is_opened_again_and_only_a_planned_one_opened(year, sam):
    with pytest.raises(ValidationError, match="öppen"):
        year.reopen(by=sam, reason="Nytt läge.")
    year.close(by=sam)
    with pytest.raises(ValidationError, match="stängd"):
        year.open(by=sam)


def test_nothing_is_begun_in_a_closed_year(year, miljo, rut, sam):
    submission = make.submission(year, miljo, Status.NOT_STARTED)
    year.close(by=sam)
    submission = Submission.objects.get(pk=submission.pk)
    with pytest.raises(ValidationError, match="inte öppet"):
        submission.start(rut)
