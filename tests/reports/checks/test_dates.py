"""The memo is dated before the board decides on it."""

import datetime

import pytest

from reports.checks import dates
from reports.models import ScheduleStep
from tests import make


@pytest.fixture
def memo(draft, miljo):
    made = make.memo(draft.year, miljo, dated=datetime.date(2025, 2, 10))
    ScheduleStep.objects.create(memo=made, body="Miljönämnden", day=datetime.date(2025, 2, 20))
    return made


def test_a_board_that_meets_before_the_memo_is_written_is_an_error(find, memo):
    ScheduleStep.objects.create(memo=memo, body="Arbetsutskottet", day=datetime.date(2025, 2, 5))
    (found,) = find(dates)
    assert found.is_error
    assert "daterad 2025-02-10, men Arbetsutskottet har datumet 2025-02-05" in found.sentence
    assert found.url.endswith("/tjansteskrivelse/#id_datum")


def test_so_is_a_decision_before_the_memo(find, memo, draft):
    draft.decided_on = datetime.date(2025, 1, 30)
    draft.save()
    (found,) = find(dates)
    assert found.url.endswith("/tjansteskrivelse/#id_beslutsdatum")


def test_the_same_day_or_later_is_fine(find, memo):
    ScheduleStep.objects.create(memo=memo, body="Presidiet", day=datetime.date(2025, 2, 10))
    assert find(dates) == []


def test_an_undated_memo_says_nothing(find, memo):
    memo.dated = None
    memo.save()
    assert find(dates) == []
