"""An EU project says what was paid."""

from funding.models import Payout
from reports.checks import missing_amount
from reports.models import Part
from tests import make


def test_an_eu_project_without_a_word_of_the_money_is_an_error(find, rebus):
    (found,) = find(missing_amount)
    assert found.is_error
    assert "Ange belopp, 0 eller inte utbetalt än." in found.sentence
    assert found.url.endswith(f"/utbetalningar/#id_belopp-{rebus.pk}")


def test_zero_is_a_word(find, rebus):
    Payout.objects.create(participation=rebus, year=2024, amount=0)
    assert find(missing_amount) == []


def test_not_paid_yet_is_a_word(find, rebus):
    Payout.objects.create(participation=rebus, year=2024, pending=True)
    assert find(missing_amount) == []


def test_last_years_money_is_no_word_of_this_year(find, rebus):
    Payout.objects.create(participation=rebus, year=2023, amount=1000)
    assert len(find(missing_amount)) == 1


def test_who_has_certified_that_there_is_nothing_has_said_so(find, draft, rebus):
    Part.objects.create(submission=draft, key="utbetalningar", status="nothing", signed_by="Rut")
    assert find(missing_amount) == []


def test_a_project_without_eu_money_is_not_asked(find, miljo):
    national = make.fund("FORTE", "Forte", is_eu=False)
    make.participation(make.project("Forskning", funded_by=national), miljo)
    assert find(missing_amount) == []


def test_a_project_that_has_ended_is_not_asked(find, miljo):
    ended = make.project(
        "Gamla", funded_by=make.fund(), starts_on="2018-01-01", ends_on="2020-01-01"
    )
    make.participation(ended, miljo)
    assert find(missing_amount) == []
