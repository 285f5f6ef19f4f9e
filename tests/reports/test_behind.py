"""The rows behind a figure: they, and what has no row, always add up to the figure."""

from decimal import Decimal

import pytest

from malmo_intl.formats import Amount
from reports.behind import CUTS, Cut, behind
from reports.collect import collect
from reports.facts import PublishedFact
from reports.figures import FIGURES
from reports.models import ReportingYear
from reports.rollup import roll_up
from tests.reports.figures_kit import ERUF, ESF, YEAR, facts, part, submission


def projects(answer):
    return [row.project for row in answer.rows]


def test_participations_are_counted_and_projects_counted_once():
    rollup = roll_up(facts(part("A", "MF"), part("A", "KULF", owner=True), part("B", "MF")))
    assert projects(behind(rollup, "eu_projects")) == ["A", "A", "B"]
    assert projects(behind(rollup, "owned")) == ["A"]
    assert projects(behind(rollup, "unique_projects")) == ["A", "B"]
    assert [row.administration for row in behind(rollup, "unique_projects").rows] == [
        "KULF och MF",
        "MF",
    ]


def test_a_payout_has_a_row_for_each_goal_and_what_is_missing_is_not_zero():
    rollup = roll_up(facts(part("A", paid=100, shares=((1, "75"),)), part("B"), part("C", paid=0)))
    answer = behind(rollup, "paid")
    assert [(row.project, row.value and row.value.value) for row in answer.rows] == [
        ("A", 25), ("A", 75), ("C", 0), ("B", None),
    ]  # fmt: skip
    assert (answer.total.value, answer.rest.value, answer.missing) == (100, 0, 1)


def test_a_figure_can_be_cut_by_administration_fund_and_goal():
    rollup = roll_up(
        facts(
            part("A", "MF", paid=100, shares=((1, "75"),)),
            part("B", "KULF", paid=10, funds=(ERUF,), shares=((1, "100"),)),
            part("C", "KULF", paid=1),
        )
    )
    assert behind(rollup, "paid", Cut("KULF")).figure.shown.value == 11
    assert behind(rollup, "paid", Cut(fund=ESF.code)).figure.shown.value == 101
    assert behind(rollup, "paid", Cut(goal=1)).figure.shown.value == 85
    assert projects(behind(rollup, "eu_projects", Cut("KULF", ERUF.code, 1))) == ["B"]
    assert behind(rollup, "eu_projects", Cut("MF", ERUF.code)).figure.shown.value == 0


def test_partners_are_cut_by_administration_only():
    counted = submission("MF", partners=(("Offentlig", 17), ("Privat", 5)))
    rollup = roll_up(facts(submissions=(counted, submission("KULF"))))
    assert behind(rollup, "partners", Cut("MF")).figure.shown.value == 22
    assert behind(rollup, "partners", Cut("KULF")).figure.shown is None
    assert Cut("MF").fits("partners")
    assert not Cut(fund="ESF").fits("partners")
    assert not Cut("MF").fits("visitors")


def test_what_was_published_and_has_no_row_is_said():
    published = (PublishedFact(YEAR, "eu_projects", Amount(Decimal(5))),)
    answer = behind(roll_up(facts(part("A"), published=published)), "eu_projects")
    assert (answer.figure.shown.value, answer.total.value, answer.rest.value) == (5, 1, 4)


# --- The known years -----------------------------------------------------------------------------

YEARS = (2019, 2022, 2023)


@pytest.fixture(scope="module")
def rollups(known_years, django_db_blocker):
    with django_db_blocker.unblock():
        return {year: roll_up(collect(ReportingYear.objects.get(year=year))) for year in YEARS}


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("name", FIGURES)
def test_the_rows_and_what_has_none_are_the_figure(rollups, year, name):
    rollup = rollups[year]
    answer = behind(rollup, name)
    shown = rollup.figure(name).shown
    assert answer.figure.shown == shown
    if shown is not None:
        assert answer.total.value + answer.rest.value == shown.value
    if answer.figure.today is not None:  # then the rows alone are what is said of today
        assert answer.total.value == answer.figure.today.value


@pytest.mark.parametrize("year", YEARS)
def test_every_line_of_every_table_opens_rows_that_are_that_line(rollups, year):
    rollup = rollups[year]
    lines = [("eu_projects", Cut(line.key), line.projects) for line in rollup.by_administration]
    lines += [("paid", Cut(line.key), line.paid) for line in rollup.by_administration]
    lines += [("paid", Cut(fund=line.key), line.paid) for line in rollup.by_fund if line.key]
    lines += [("paid", Cut(goal=int(line.key)), line.paid) for line in rollup.by_goal if line.key]
    for name, cut, value in lines:
        shown = behind(rollup, name, cut).figure.shown
        # A line of nothing may be 0 in a table and unknown by itself: nobody has said anything of it.
        assert (shown or Amount(Decimal(0))).value == (value or Amount(Decimal(0))).value, (
            name,
            cut,
        )
    for line in rollup.projects_by_fund:
        rows = behind(rollup, "eu_projects", Cut(fund=line.key)).rows
        assert len(rows) == line.count.participations


def test_the_published_lines_of_2023_are_the_rows_of_the_whole(rollups):
    answer = behind(rollups[2023], "eu_projects")
    assert answer.printed
    assert sorted(int(row.value.value) for row in answer.rows) == [1, 2, 2, 4, 4, 9, 15, 17]
    assert (answer.total.value, answer.rest.value) == (54, 0)
    miljo = behind(rollups[2023], "eu_projects", Cut("MF"))
    assert (miljo.figure.shown.value, len(miljo.rows), miljo.rest.value) == (17, 2, 15)


def test_what_cannot_be_cut_has_no_way_to_be():
    assert set(FIGURES) - set(CUTS) == {
        "project_value", "visitors", "smallest_budget", "largest_budget",
    }  # fmt: skip
