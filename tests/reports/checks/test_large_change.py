"""Totals that have changed by more than half."""

import pytest

from reports.checks import large_change
from reports.models import PartnerCount
from tests import make


@pytest.fixture
def money(miljo):
    def money(before, now):
        project = make.project("Rebus", funded_by=make.fund())
        return make.participation(project, miljo, paid={2023: before, 2024: now})

    return money


@pytest.fixture
def partners(draft, miljo):
    def partners(before, now):
        last = make.submission(make.year(2023), miljo, "approved")
        PartnerCount.objects.create(submission=last, sector="public", count=before)
        PartnerCount.objects.create(submission=draft, sector="public", count=now)

    return partners


@pytest.mark.parametrize(("before", "now"), [(1_000_000, 1_500_001), (1_000_000, 499_999)])
def test_half_as_much_more_or_less_is_asked_about(find, money, before, now):
    entry = money(before, now)
    (found,) = find(large_change)
    assert not found.is_error
    assert "mer än 50 procents skillnad" in found.sentence
    assert found.url.endswith(f"/utbetalningar/#id_belopp-{entry.pk}")


@pytest.mark.parametrize(("before", "now"), [(1_000_000, 1_500_000), (10_000, 40_000)])
def test_less_than_that_or_little_money_is_not(find, money, before, now):
    money(before, now)
    assert find(large_change) == []


def test_the_reason_no_longer_counts_when_the_sum_changes(find, money):
    entry = money(1_000_000, 2_000_000)
    (before,) = find(large_change)
    entry.payouts.filter(year=2024).update(amount=3_000_000)
    (after,) = find(large_change)
    assert before.key != after.key


def test_partners_are_compared_too(find, partners):
    partners(20, 200)
    (found,) = find(large_change)
    assert found.sentence.startswith("Samverkansparterna är 200, mot 20 2023.")
    assert found.url.endswith("/parter/#id_parter-public")


@pytest.mark.parametrize(("before", "now"), [(20, 30), (2, 5)])
def test_a_few_partners_more_is_not(find, partners, before, now):
    partners(before, now)
    assert find(large_change) == []


def test_without_last_year_there_is_nothing_to_compare(find, draft):
    PartnerCount.objects.create(submission=draft, sector="public", count=200)
    assert find(large_change) == []
