"""Shares of the goals make a hundred."""

from decimal import Decimal

import pytest

from funding.models import Payout
from projects.models import GoalAllocation
from reports.checks import goal_shares
from reports.models import Part


@pytest.fixture
def shares(draft, rebus):
    """shares(60, 40): per cent for goal 1 and 2."""

    def shares(*parts):
        goals = draft.year.goal_set.goals.order_by("number")
        for goal, share in zip(goals, parts, strict=False):
            GoalAllocation.objects.create(participation=rebus, goal=goal, share=Decimal(share))

    return shares


def test_more_than_a_hundred_is_an_error(find, rebus, shares):
    shares(80, 40)
    (found,) = find(goal_shares)
    assert found.is_error
    assert "120\u00a0% tillsammans" in found.sentence
    assert found.url.endswith(f"/mal/#id_andel-{rebus.pk}-1")


def test_less_than_a_hundred_is_asked_about(find, shares):
    shares(60)
    (found,) = find(goal_shares)
    assert not found.is_error
    assert found.sentence == "40\u00a0% av Rebus har inget KF-mål och visas som ”Utan mål”."


def test_a_hundred_is_fine(find, shares):
    shares("33.33", "66.67")
    assert find(goal_shares) == []


def test_money_without_any_goal_is_asked_about(find, rebus):
    Payout.objects.create(participation=rebus, year=2024, amount=1000)
    (found,) = find(goal_shares)
    assert "100\u00a0% av Rebus" in found.sentence


def test_a_project_without_money_needs_no_goal(find, rebus):
    assert find(goal_shares) == []


def test_who_has_certified_that_no_goal_is_served_is_not_asked(find, draft, rebus):
    Payout.objects.create(participation=rebus, year=2024, amount=1000)
    Part.objects.create(submission=draft, key="mal", status="nothing", signed_by="Rut")
    assert find(goal_shares) == []
