"""Boards do not meet on weekends and holidays."""

import datetime

import pytest

from reports.checks import free_days
from reports.models import ScheduleStep
from tests import make


@pytest.fixture
def memo(draft, miljo):
    return make.memo(draft.year, miljo)


def plan(memo, *day):
    return ScheduleStep.objects.create(memo=memo, body="Miljönämnden", day=datetime.date(*day))


def test_a_board_on_a_holiday_is_asked_about_at_its_row(find, memo):
    step = plan(memo, 2025, 4, 18)
    (found,) = find(free_days)
    assert not found.is_error
    assert "Miljönämnden" in found.sentence
    assert "18\xa0april 2025 är långfredagen. Kontrollera datumet." in found.sentence
    assert found.url.endswith(f"/tjansteskrivelse/#id_steg-{step.pk}-datum")


def test_another_day_is_asked_about_anew(find, memo):
    step = plan(memo, 2025, 4, 19)
    (before,) = find(free_days)
    step.day = datetime.date(2025, 4, 20)
    step.save()
    (after,) = find(free_days)
    assert before.key != after.key


def test_so_is_a_decision_on_a_weekend(find, draft):
    draft.decided_on = datetime.date(2025, 3, 1)
    draft.save()
    (found,) = find(free_days)
    assert "lördag" in found.sentence
    assert found.url.endswith("/tjansteskrivelse/#id_beslutsdatum")


def test_a_working_day_is_fine(find, memo, draft):
    plan(memo, 2025, 3, 27)
    draft.decided_on = datetime.date(2025, 3, 27)
    draft.save()
    assert find(free_days) == []
