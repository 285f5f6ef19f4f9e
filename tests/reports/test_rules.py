"""The ten counting rules, each by itself. No database."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malmo_intl.formats import Amount
from reports import rules
from reports.facts import AnswerFact, PayoutFact
from reports.rules import NO_GOAL, AnswerState, Measure, Money
from tests.reports.figures_kit import ERUF, ESF, FINSAM, day, part, submission

KRONOR = st.integers(-10_000_000, 1_000_000_000).map(Decimal)
SHARES = st.lists(
    st.tuples(
        st.integers(1, 9),
        st.decimals(Decimal("0.01"), 100, places=2),
    ),
    max_size=6,
)


def test_there_are_ten_rules_and_each_has_a_text():
    assert sorted(rules.RULES) == list(range(1, 11))
    assert all(text.endswith(".") for text in rules.RULES.values())


# 1
def test_a_project_that_two_administrations_share_is_two_participations_and_one_project():
    counted = rules.count([part("Krami", "ASF", owner=True), part("Krami", "MF"), part("Rebus")])
    assert (counted.participations, counted.owned, counted.partnered) == (3, 1, 2)
    assert counted.projects == 2


# 2
@pytest.mark.parametrize(
    ("funds", "expected"), [((ESF,), True), ((ESF, FINSAM), True), ((FINSAM,), False), ((), False)]
)
def test_an_eu_project_has_a_grant_from_a_fund_of_the_eu(funds, expected):
    assert rules.is_eu_project(part("Malmökraften", funds=funds)) is expected


# 3
def test_a_project_that_ended_the_year_before_belongs_to_the_year_it_was_paid():
    krami = part("Krami", paid=172286, starts_on=None, ends_on=day(2018, 11, 1))
    assert rules.belongs_to(krami, 2019)
    assert rules.belongs_to(krami, 2018)
    assert not rules.belongs_to(krami, 2020)


def test_a_project_under_way_that_was_paid_nothing_belongs_to_the_year():
    assert rules.belongs_to(part("Sluta skjut", paid=0), 2019)
    assert rules.belongs_to(part("Sluta skjut"), 2019)


def test_nothing_paid_puts_no_project_that_is_over_in_a_year():
    over = part("Botildenborg", paid=0, starts_on=None, ends_on=day(2018, 6, 30))
    assert not rules.belongs_to(over, 2019)
    unknown = part("Okänt", paid=0, starts_on=None, ends_on=None)
    assert rules.belongs_to(unknown, 2019)
    assert not rules.belongs_to(unknown, 2020)


def test_a_participation_without_any_known_period_is_not_under_way_in_any_year():
    unknown = part("Okänt", starts_on=None, ends_on=None)
    assert not any(rules.belongs_to(unknown, year) for year in range(2010, 2030))


@pytest.mark.parametrize(("year", "expected"), [(2017, False), (2018, True), (2030, True)])
def test_an_unknown_end_is_open(year, expected):
    assert rules.belongs_to(part("A", starts_on=day(2018, 2, 1), ends_on=None), year) is expected


# 4
def test_zero_is_a_row_and_no_row_is_missing():
    total = rules.paid([part("A", paid=100), part("B", paid=0), part("C")], 2019)
    assert total == rules.Paid(Decimal(100), missing=1)


def test_what_has_not_been_paid_yet_is_missing_and_not_zero():
    pending = part("A", payouts=(PayoutFact(2019, None),))
    assert rules.paid([pending], 2019) == rules.Paid(Decimal(0), missing=1)


# 5
def test_paid_and_granted_are_never_added():
    with pytest.raises(TypeError):
        rules.add_money(
            [Money(Measure.PAID, Amount(Decimal(1))), Money(Measure.GRANTED, Amount(Decimal(2)))]
        )


def test_money_of_one_measure_is_added():
    total = rules.add_money([Money(Measure.BUDGET, Amount(Decimal(n))) for n in (1, 2)])
    assert total == Money(Measure.BUDGET, Amount(Decimal(3)))


def test_nothing_has_no_sum_of_money():
    with pytest.raises(ValueError, match="nothing to add"):
        rules.add_money([])


# 6
def test_a_payout_is_split_by_the_shares_and_the_rest_has_no_goal():
    pieces = rules.split(Decimal(1000), [(2, Decimal(60)), (6, Decimal(30))])
    assert pieces == {2: Decimal(600), 6: Decimal(300), NO_GOAL: Decimal(100)}


def test_the_krona_that_is_left_goes_to_the_largest_remainder():
    thirds = [(1, Decimal("33.33")), (2, Decimal("33.33")), (3, Decimal("33.34"))]
    assert rules.split(Decimal(100), thirds) == {1: Decimal(33), 2: Decimal(33), 3: Decimal(34)}


def test_a_goal_with_a_share_of_nothing_is_there_with_zero():
    assert rules.split(Decimal(0), [(6, Decimal(100))]) == {6: Decimal(0)}


@given(KRONOR, SHARES)
def test_the_parts_always_add_up_to_the_payout(amount, shares):
    pieces = rules.split(amount, shares)
    assert sum(pieces.values()) == amount
    assert all(piece == piece.to_integral_value() for piece in pieces.values())


@given(KRONOR, SHARES)
def test_no_part_is_more_than_a_krona_from_its_exact_share(amount, shares):
    claimed = sum((share for _, share in shares), Decimal(0))
    whole = max(claimed, Decimal(100))
    for goal, piece in rules.split(amount, shares).items():
        if goal != NO_GOAL:
            exact = amount * sum(share for number, share in shares if number == goal) / whole
            assert abs(piece - exact) < 1


# 7
def test_a_sum_with_an_approximate_part_is_approximate():
    total = rules.add([Amount(Decimal(16_000_000), "ca", 1_000_000), Amount(Decimal(360_000))])
    assert total == Amount(Decimal(16_360_000), "ca", 1_000_000)
    assert not total.exact


@given(st.lists(KRONOR))
def test_a_sum_of_exact_parts_is_exact(values):
    assert rules.add(map(Amount, values)) == Amount(sum(values, Decimal(0)))


# 8
@pytest.mark.parametrize(
    ("exact", "rounded"), [("0.49", 0), ("0.50", 1), ("1.5", 2), ("2.5", 3), ("-2.5", -3)]
)
def test_half_a_krona_is_rounded_up(exact, rounded):
    assert rules.whole_kronor(Decimal(exact)) == rounded


# 9
def test_the_published_figure_is_shown_and_the_difference_told():
    compared = rules.compare(Amount(Decimal(51)), Amount(Decimal(36)), "Alla finns inte som rader.")
    assert compared.shown == Amount(Decimal(51))
    assert compared.differs


def test_without_a_published_figure_the_rows_speak():
    compared = rules.compare(None, Amount(Decimal(36)))
    assert compared.shown == Amount(Decimal(36))
    assert not compared.differs


def test_when_nobody_knows_nothing_is_shown():
    assert rules.compare(None, None).shown is None


# 10
@pytest.mark.parametrize(
    ("received", "answer", "state"),
    [
        (True, AnswerFact(1, "<p>Ja.</p>"), AnswerState.ANSWERED),
        (True, AnswerFact(1, "", True, "Inga projekt."), AnswerState.NOTHING),
        (True, AnswerFact(1), AnswerState.EMPTY),
        (True, None, AnswerState.EMPTY),
        (False, None, AnswerState.NOT_RECEIVED),
        (False, AnswerFact(1, "<p>Ett utkast.</p>"), AnswerState.NOT_RECEIVED),
    ],
)
def test_every_answer_has_one_of_four_states(received, answer, state):
    assert rules.answer_state(submission(received=received), answer) is state


def test_the_fund_of_a_payout_is_the_one_it_names_or_the_only_one():
    both = part("Malmökraften", payouts=(PayoutFact(2019, Decimal(1), ERUF),), funds=(ESF, ERUF))
    assert rules.fund_of(both, 2019) == ERUF
    assert rules.fund_of(part("A", paid=1), 2019) == ESF
    assert rules.fund_of(part("B", paid=1, funds=(ESF, ERUF)), 2019) is None


def test_rounding_explains_a_difference_within_half_a_step():
    rounded = [Amount(Decimal(16_000_000), "ca", 1_000_000), Amount(Decimal(360_000))]
    assert rules.explains(Decimal(248_794), rounded)
    assert not rules.explains(Decimal(500_001), rounded)
