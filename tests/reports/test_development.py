"""A figure through the years: gaps are put together, and what parts the years is said."""

from dataclasses import replace
from decimal import Decimal

from malmo_intl.formats import Amount
from reports.compose import years
from reports.development import Past, Reorganisation, development
from reports.facts import PublishedFact
from reports.rollup import roll_up
from tests.reports.figures_kit import YEAR, facts, part

PAST = Past(
    published=tuple(
        PublishedFact(year, "eu_projects", Amount(Decimal(value)))
        for year, value in ((2013, 30), (2016, 40), (YEAR + 1, 99))
    ),
    goal_sets=((2013, "Första"), (2015, "Andra"), (YEAR + 1, "Nästa")),
    reorganisations=(Reorganisation(2017, "Nya förvaltningen", began=True),),
)


def points(past=PAST, **fields):
    return development(roll_up(facts(part("A"), part("B"), **fields)), past, "eu_projects")


def test_years_without_a_figure_are_put_together_and_later_years_are_left_out():
    assert [(point.label, point.value and int(point.value.value)) for point in points()] == [
        ("2013", 30),
        ("2014–2015", None),
        ("2016", 40),
        ("2017–2018", None),
        ("2019", 2),
    ]


def test_a_new_goal_set_and_a_new_organisation_part_the_years():
    assert [point.breaks for point in points()] == [
        (),
        ("Nya KF-mål från 2015",),
        (),
        ("Ny organisation 2017",),
        (),
    ]
    said = " ".join(years.breaks(PAST, 2013, YEAR))
    assert "KF-målen byttes 2015." in said
    assert "Nya förvaltningen började 2017" in said


def test_the_printed_figure_goes_before_the_rows_and_the_years_own_before_all():
    own = (PublishedFact(YEAR, "eu_projects", Amount(Decimal(5))),)
    assert points(published=own)[-1].value.value == 5


def test_one_year_is_no_development():
    assert points(Past()) == ()
    assert years.through_the_years(roll_up(facts(part("A"))), Past()) is None
    alone = replace(PAST, published=PAST.published[2:])
    assert points(alone) == ()
