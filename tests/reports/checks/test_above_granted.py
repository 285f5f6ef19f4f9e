"""Payouts of all years against what was granted."""

from decimal import Decimal

import pytest

from funding.models import Grant
from reports.checks import above_granted
from tests import make


@pytest.fixture
def granted(miljo):
    """granted(paid, **fields of the grant) → the participation."""

    def granted(paid, **fields):
        project = make.project("Rebus")
        Grant.objects.create(project=project, fund=make.fund(), **fields)
        return make.participation(project, miljo, paid=paid)

    return granted


def test_more_than_was_granted_is_asked_about_with_both_sums(find, granted):
    entry = granted({2023: 700_000, 2024: 400_000}, amount_sek=1_000_000)
    (found,) = find(above_granted)
    assert not found.is_error
    assert "1\u00a0100\u00a0000 kronor utbetalt sammanlagt" in found.sentence
    assert "1\u00a0000\u00a0000 kronor som är beviljade" in found.sentence
    assert found.url.endswith(f"#id_belopp-{entry.pk}")


def test_all_of_what_was_granted_is_fine(find, granted):
    granted({2023: 600_000, 2024: 400_000}, amount_sek=1_000_000)
    assert find(above_granted) == []


def test_a_grant_without_an_amount_says_nothing(find, granted):
    granted({2024: 400_000})
    assert find(above_granted) == []


def test_what_was_only_applied_for_is_not_granted(find, granted):
    granted({2024: 400_000}, amount_sek=1, status=Grant.Status.APPLIED)
    assert find(above_granted) == []


def test_a_rough_grant_has_its_rounding(find, granted):
    granted({2024: 1_400_000}, amount_sek=1_000_000, step=1_000_000, qualifier="ca")
    assert find(above_granted) == []


def test_a_grant_in_euro_is_counted_at_its_rate(find, granted):
    granted({2024: 1_001}, amount_eur=100, rate=Decimal(10))
    assert len(find(above_granted)) == 1


def test_a_year_without_money_is_not_asked_again(find, granted):
    granted({2023: 1_100_000, 2024: 0}, amount_sek=1_000_000)
    assert find(above_granted) == []
