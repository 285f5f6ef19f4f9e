"""Whose money it is, where it may be others' than the EU's."""

import pytest

from funding.models import Grant, Payout
from reports.checks import payout_fund
from tests import make


@pytest.fixture
def finsam(rebus):
    found = make.fund("FINSAM", "Finsam", is_eu=False)
    Grant.objects.create(project=rebus.project, fund=found)
    return found


def test_a_payout_that_may_be_the_eus_or_anothers_is_asked_about(find, rebus, finsam):
    Payout.objects.create(participation=rebus, year=2024, amount=1000)
    (found,) = find(payout_fund)
    assert not found.is_error
    assert "Välj vilken fond utbetalningen 2024 kom från." in found.sentence
    assert found.url.endswith(f"/utbetalningar/#id_fond-{rebus.pk}")


def test_one_that_says_its_fund_is_not(find, rebus, finsam):
    Payout.objects.create(participation=rebus, year=2024, amount=1000, fund=finsam)
    assert find(payout_fund) == []


@pytest.mark.parametrize("paid", [{"amount": 0}, {"pending": True}])
def test_nor_is_one_without_money(find, rebus, finsam, paid):
    Payout.objects.create(participation=rebus, year=2024, **paid)
    assert find(payout_fund) == []


def test_nor_one_of_a_project_that_only_the_eu_pays_for(find, rebus):
    Payout.objects.create(participation=rebus, year=2024, amount=1000)
    assert find(payout_fund) == []
