"""What several pages show of a year: figures, tables with their bars, and who has handed in."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from malmo_intl.formats import sort_key
from reports import tables
from reports.collect import collect
from reports.compose import city, grids
from reports.facts import Facts
from reports.figures import figures
from reports.models import ReportingYear, Submission
from reports.rollup import Rollup, roll_up
from reports.rules import RULES

CITY_FIGURES = ("eu_projects", "unique_projects", "paid", "project_value", "partners", "visitors")
OWN_FIGURES = ("eu_projects", "owned", "partnered", "paid", "partners")
UNDER_WAY = {ReportingYear.Status.OPEN, ReportingYear.Status.CLOSED}


@dataclass(frozen=True)
class Cut:
    """The year's figures cut in one way: a table, with bars where there is something to compare."""

    heading: str
    table: tables.Table
    bars: tables.Bars | None = None


def large(rollup, names, urls=()) -> list[tables.LargeFigure]:
    """`urls`: the figure's name → the rows behind it."""
    urls = dict(urls)
    return [
        tables.figure(item, rollup.year, urls.get(item.name, ""))
        for item in figures(rollup, *names)
    ]


def whole_city(rollup) -> dict:
    """Figures, tables and remarks for the page of a year that is open to the reader."""
    shown = list(cuts(rollup))
    anchors = {"eu_projects": "projekt-per-forvaltning", "paid": "medel-per-forvaltning"}
    there = {cut.table.key for cut in shown}
    urls = {name: f"#{key}" for name, key in anchors.items() if key in there}
    notices = (city.coverage_notice, city.money_coverage_notice, city.reconciliation)
    return {
        "figures": large(rollup, CITY_FIGURES, urls),
        "finding": city.counts_sentence(rollup),
        "cuts": shown,
        "notices": [item.text for notice in notices for item in notice(rollup)],
        "two_counts": RULES[1],
        "sources": sources(rollup),
    }


def cuts(rollup):
    """Only those that have something to show."""
    by_code = {
        line.name: register(administration=line.key, year=rollup.year)
        for line in rollup.by_administration
    }
    by_fund = {
        line.name: register(fund=line.key, year=rollup.year) for line in rollup.by_fund if line.key
    }
    paid = bool(rollup.paid_parts or rollup.total_by_goal.value)
    money = grids.money_by_administration(rollup)
    by_goal = grids.by_goal(rollup)
    if paid:
        yield _cut("Utbetalda EU-medel per förvaltning", money, by_code, "får mest")
        yield _cut("Utbetalda EU-medel per mål", by_goal, {}, "får mest")
    if rollup.by_fund:
        yield _cut("Utbetalda EU-medel per fond", grids.by_fund(rollup), by_fund)
    projects = grids.projects_by_administration(rollup)
    if projects.rows:
        yield _cut("EU-projekt per förvaltning", projects, by_code)


def _cut(heading, grid, urls, most="") -> Cut:
    charts = city.chart(grid, f"diagram-{grid.key}", "kr", most) if most else ()
    bars = tables.bars(charts[0], urls) if charts else None
    return Cut(heading, tables.table(grid, urls), bars)


def register(**query) -> str:
    """The project register, filtered."""
    return f"{reverse('projects:index')}?{urlencode(query)}"


def sources(rollup) -> list[str]:
    """Where the year's published figures were printed."""
    return sorted({item.source for item in rollup.facts.published if item.year == rollup.year})


def handed_in(submissions) -> int:
    return sum(item.status in Submission.RECEIVED for item in submissions)


def submissions_of(user, **wanted) -> list[Submission]:
    """Those that `user` may read, in Swedish order."""
    found = Submission.objects.visible_to(user).filter(**wanted)
    return sorted(
        found.select_related("year", "administration"),
        key=lambda item: sort_key(item.administration.name),
    )


def city_rollup(year) -> Rollup:
    """The whole city's figures. While the year is under way its rows count as they stand."""
    facts = collect(year)
    return roll_up(with_drafts(facts) if year.status in UNDER_WAY else facts)


def with_drafts(facts: Facts) -> Facts:
    """The facts with the year's own rows counted though nobody has handed in."""
    return replace(facts, reported_years=facts.reported_years | {facts.year})
