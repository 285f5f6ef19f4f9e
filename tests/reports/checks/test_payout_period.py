"""Money before the start, or long after the end, is asked about."""

import pytest

from reports.checks import payout_period
from tests import make


def paid(unit, amount=1000, **period):
    project = make.project("Rebus", funded_by=make.fund(), **period)
    return make.participation(project, unit, paid={2024: amount})


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ({"starts_on": "2025-01-01"}, "Rebus började först 2025, men fick pengar 2024."),
        (
            {"starts_on": "2019-01-01", "ends_on": "2021-12-31"},
            "Rebus slutade redan 2021, men fick pengar 2024.",
        ),
    ],
)
def test_it_is_asked_and_not_refused(find, miljo, period, words):
    entry = paid(miljo, **period)
    (found,) = find(payout_period)
    assert words in found.sentence
    assert not found.is_error
    assert found.url.endswith(f"#id_belopp-{entry.pk}")


@pytest.mark.parametrize("ends", ["2024-06-30", "2022-01-01", "2023-11-01", None])
def test_money_within_two_years_of_the_end_is_usual(find, miljo, ends):
    paid(miljo, starts_on="2019-01-01", ends_on=ends)
    assert find(payout_period) == []


def test_zero_kronor_is_no_money(find, miljo):
    paid(miljo, 0, starts_on="2019-01-01", ends_on="2020-01-01")
    assert find(payout_period) == []


def test_the_administrations_own_period_goes_first(find, miljo):
    entry = paid(miljo, starts_on="2019-01-01", ends_on="2025-01-01")
    entry.ends_on = "2020-01-01"
    entry.save()
    assert len(find(payout_period)) == 1
