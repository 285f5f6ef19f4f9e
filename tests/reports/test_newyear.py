"""A new year from the last one: questions, goals, administrations, mails and steps; or nothing."""

import datetime

import pytest
from django.db import IntegrityError

from malmo_intl.models import Event
from projects.models import GoalSet
from reports import letters, newyear
from reports.models import MailText, Milestone, Question, ReportingYear, Submission
from reports.yearsetup.plan import WORKDAYS, proposed
from tests import make

pytestmark = pytest.mark.django_db


def day(text):
    return datetime.date.fromisoformat(text)


@pytest.fixture
def last(miljo, kultur):
    """2024, with dates, two questions, a mail and a step of its own."""
    goals = make.goal_set(2024)
    year = make.year(2024, goals, questions=("Vad har ni gjort?", "Vad blev bättre?"))
    year.questions.filter(number=2).update(lists_projects=True)
    year.opens_on, year.last_day = day("2025-01-07"), day("2025-02-14")
    year.save()
    MailText.objects.create(
        year=year, kind="opened", subject="Nu kör vi", body="Hej {förvaltning}!"
    )
    Milestone.objects.create(year=year, step="board", workdays=7, day=day("2025-01-30"))
    return year


def test_the_questions_continue_last_years(last):
    made = newyear.prepare(2025)
    assert [
        (item.number, item.text, item.lists_projects, item.continues.year.year)
        for item in made.questions.all()
    ] == [(1, "Vad har ni gjort?", False, 2024), (2, "Vad blev bättre?", True, 2024)]


def test_a_year_without_questions_between_is_passed_over(last):
    make.year(2025, last.goal_set, questions=())
    assert newyear.prepare(2026).questions.first().continues.year == last


def test_it_expects_the_administrations_that_exist_then(last, miljo, kultur, office):
    kultur.ends_on = day("2024-12-31")
    kultur.save()
    expected = newyear.prepare(2025).submissions.values_list("administration__code", flat=True)
    assert set(expected) == {"MF", "STK"}


def test_it_has_a_mail_of_every_kind_and_last_years_words_where_there_are_any(last):
    made = newyear.prepare(2025)
    texts = {item.kind: item for item in made.mail_texts.all()}
    assert set(texts) == set(MailText.Kind)
    assert texts["opened"].body == "Hej {förvaltning}!"
    assert texts["before"].subject == letters.DEFAULTS["before"][0]


def test_it_has_a_step_for_every_body_with_last_years_workdays_but_not_its_day(last):
    steps = {item.step: item for item in newyear.prepare(2025).milestones.all()}
    assert set(steps) == {str(step) for step in WORKDAYS}
    assert (steps["board"].workdays, steps["board"].day) == (7, None)
    assert steps["office"].workdays == WORKDAYS["office"]


def test_the_dates_are_moved_by_whole_weeks_to_a_workday(last):
    plan = proposed(2025)
    assert plan.last_day == day("2026-02-13")
    # The sixth of January is a holiday, so it opens on the workday before.
    assert plan.opens_on == day("2026-01-05")
    assert plan.council_on is None


def test_dates_that_are_given_are_the_years(last):
    made = newyear.prepare(2025, last_day=day("2026-03-01"), council_on=day("2026-05-21"))
    assert (made.last_day, made.council_on) == (day("2026-03-01"), day("2026-05-21"))


def test_it_is_planned_and_leaves_one_event(last, sam):
    made = newyear.prepare(2025, sam)
    assert made.status == ReportingYear.Status.PLANNED
    [event] = Event.objects.all()
    assert (event.verb, event.subject, event.by) == ("förberedde", made, sam)
    assert made.history.get().history_user == sam


def test_without_goals_there_is_no_year(miljo):
    make.year(2024)
    with pytest.raises(GoalSet.DoesNotExist):
        newyear.prepare(2025)
    assert not ReportingYear.objects.filter(year=2025).exists()


def test_a_fault_half_way_leaves_nothing(last, monkeypatch):
    def fail(**fields):
        raise IntegrityError("a row too many")

    monkeypatch.setattr(MailText.objects, "create", fail)
    counts = [model.objects.count() for model in (Question, Submission, Milestone, Event)]
    with pytest.raises(IntegrityError):
        newyear.create(proposed(2025), None)
    assert not ReportingYear.objects.filter(year=2025).exists()
    assert counts == [model.objects.count() for model in (Question, Submission, Milestone, Event)]
