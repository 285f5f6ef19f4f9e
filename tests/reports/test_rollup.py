"""The year's figures: every table has the same total, and nothing missing is zero. No database."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from malmo_intl.formats import Amount
from reports.facts import PayoutFact, PublishedFact
from reports.rollup import roll_up
from reports.rules import AnswerState
from tests.reports.figures_kit import (
    ERUF,
    ESF,
    FINSAM,
    YEAR,
    day,
    facts,
    part,
    questions,
    submission,
)

PARTS = st.lists(
    st.builds(
        part,
        project=st.sampled_from(["Krami", "Rebus", "Ärlan", "Åkern", "Yalla"]),
        administration=st.sampled_from(["MF", "KULF"]),
        paid=st.none() | st.decimals(-10_000, 10_000_000, places=2),
        owner=st.booleans(),
        funds=st.sampled_from([(ESF,), (ERUF,), (ESF, ERUF), (FINSAM,), (ESF, FINSAM), ()]),
        shares=st.sampled_from(
            [(), ((1, "100"),), ((2, "33.33"), (1, "33.33")), ((1, "0.01"),), ((9, "50"),)]
        ),
    ),
    max_size=12,
)


@given(PARTS)
def test_the_totals_by_administration_fund_goal_and_of_the_list_are_equal(parts):
    rollup = roll_up(facts(*parts))
    listed = sum((row.amount for row in rollup.rows), Decimal(0))
    assert rollup.paid.amount == listed
    assert rollup.total_by_administration.value == listed
    assert rollup.total_by_goal.value == listed
    assert sum(line.paid.value for line in rollup.by_fund) == listed


@given(PARTS)
def test_what_is_missing_is_counted_and_never_added_as_zero(parts):
    rollup = roll_up(facts(*parts))
    silent = [p for p in rollup.eu_parts if p.payout(YEAR) is None]
    assert rollup.paid.missing == len(silent)
    if not any(p.payout(YEAR) for p in parts):
        assert rollup.figure("paid").shown is None
    for line in rollup.by_administration:
        mine = [p for p in rollup.paid_parts if p.administration == line.key]
        assert (line.paid is None) == (not mine)


@given(PARTS)
def test_owners_and_partners_are_all_participations_and_projects_are_no_more(parts):
    count = roll_up(facts(*parts)).count
    assert count.owned + count.partnered == count.participations
    assert count.projects <= count.participations


@given(PARTS, st.randoms())
def test_the_order_of_the_rows_does_not_matter(parts, random):
    shuffled = list(parts)
    random.shuffle(shuffled)
    one, other = roll_up(facts(*parts)), roll_up(facts(*shuffled))
    assert one.by_administration == other.by_administration
    assert one.by_goal == other.by_goal
    assert [line.paid for line in one.by_fund] == [line.paid for line in other.by_fund]


def test_money_that_is_not_the_eus_is_not_in_the_sum():
    rollup = roll_up(facts(part("Finsamprojekt", paid=500, funds=(FINSAM,)), part("A", paid=100)))
    assert rollup.paid.amount == 100


def test_money_from_finsam_to_an_eu_project_is_not_eu_money():
    mixed = part(
        "Malmökraften", funds=(ESF, FINSAM), payouts=(PayoutFact(YEAR, Decimal(70), FINSAM),)
    )
    rollup = roll_up(facts(mixed))
    assert (rollup.paid.amount, rollup.paid.missing) == (0, 0)


def test_all_goals_are_shown_those_without_money_too():
    rollup = roll_up(facts(part("A", paid=100, shares=((2, "100"),)), goals=("Ett", "Två", "Tre")))
    assert [(line.key, line.paid.value) for line in rollup.by_goal] == [
        ("1", 0),
        ("2", 100),
        ("3", 0),
    ]


def test_before_anyone_has_said_which_goals_the_money_serves_that_of_each_is_unknown():
    rollup = roll_up(facts(part("A", paid=100)))
    assert [(line.name, line.paid and line.paid.value) for line in rollup.by_goal] == [
        ("Arbete", None),
        ("Miljö", None),
        ("Utan mål", 100),
    ]
    assert rollup.total_by_goal.value == 100


def test_money_without_a_goal_stands_last_as_utan_mal():
    rollup = roll_up(facts(part("A", paid=100, shares=((1, "75"),))))
    assert [(line.name, line.paid.value) for line in rollup.by_goal] == [
        ("Arbete", 75),
        ("Miljö", 0),
        ("Utan mål", 25),
    ]


def test_most_projects_first_and_ties_in_swedish_order():
    rollup = roll_up(
        facts(
            part("A", "Ö", paid=1),
            part("B", "Å", paid=1),
            part("C", "Z", paid=1),
            part("D", "M", paid=1),
            part("E", "M", paid=1),
            administrations=("Z", "Ö", "Å", "M"),
        )
    )
    assert [line.key for line in rollup.by_administration] == ["M", "Z", "Å", "Ö"]


def test_an_administration_alone_sees_only_its_own():
    given_facts = facts(part("A", "MF", paid=10), part("A", "KULF", paid=90))
    assert roll_up(given_facts, "MF").paid.amount == 10
    assert roll_up(given_facts).paid.amount == 100


def test_published_figures_go_before_the_rows_but_never_for_one_administration():
    published = (PublishedFact(YEAR, "eu_projects", Amount(Decimal(51))),)
    given_facts = facts(part("A", paid=1), published=published)
    assert roll_up(given_facts).figure("eu_projects").shown == Amount(Decimal(51))
    assert roll_up(given_facts).figure("eu_projects").today == Amount(Decimal(1))
    assert roll_up(given_facts, "MF").figure("eu_projects").shown == Amount(Decimal(1))


def test_the_year_before_is_the_published_one():
    published = (PublishedFact(YEAR - 1, "eu_projects", Amount(Decimal(47))),)
    assert roll_up(facts(published=published)).figure_before("eu_projects").shown.value == 47


def test_a_year_before_without_rows_and_without_print_is_unknown():
    assert roll_up(facts(part("A", paid=1))).figure_before("eu_projects").shown is None


def test_published_lines_keep_their_exactness_in_the_sum():
    published = (
        PublishedFact(YEAR, "paid", Amount(Decimal(16_000_000), "ca", 1_000_000), "MF"),
        PublishedFact(YEAR, "paid", Amount(Decimal(360_000)), "KULF"),
    )
    total = roll_up(facts(published=published)).total_by_administration
    assert (total.value, total.exact) == (Decimal(16_360_000), False)


def test_a_project_between_two_years_belongs_to_both():
    rollup = roll_up(facts(part("A", starts_on=day(2018, 5, 1), ends_on=day(2019, 2, 1))))
    assert len(rollup.parts_of(2018)) == len(rollup.parts_of(2019)) == 1
    assert rollup.parts_of(2020) == ()


def test_answers_are_counted_by_state():
    rollup = roll_up(
        facts(
            questions=questions(3),
            submissions=(
                submission("MF", answers=[(1, "<p>Ja.</p>"), (2, "", True, "Inget.")]),
                submission("KULF", received=False),
            ),
        )
    )
    assert rollup.states() == {
        AnswerState.ANSWERED: 1,
        AnswerState.NOTHING: 1,
        AnswerState.NOT_RECEIVED: 3,
        AnswerState.EMPTY: 1,
    }


def test_partners_are_unknown_until_somebody_has_counted():
    assert roll_up(facts(submissions=(submission("MF"),))).figure("partners").shown is None
    counted = submission("MF", partners=(("Offentlig", 17), ("Privat", 5)))
    assert roll_up(facts(submissions=(counted,))).figure("partners").shown.value == 22
