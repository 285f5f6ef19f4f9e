"""The year's figures cut by administration, fund, goal and role: bars and a table each. The document and
the year's page show the same."""

from collections.abc import Iterable
from dataclasses import dataclass

from malmo_intl import formats
from reports.compose import grids
from reports.compose.city import chart, money_chart
from reports.document import Chart, Column, Grid, Notice
from reports.figures import plain
from reports.rollup import Rollup

BY = {
    "forvaltning": "Per förvaltning",
    "fond": "Per fond",
    "mal": "Per mål",
    "roll": "Per roll",
}


@dataclass(frozen=True)
class Cut:
    """`by` is one of BY."""

    by: str
    heading: str
    grid: Grid
    charts: tuple[Chart, ...] = ()


def cuts(rollup: Rollup) -> Iterable[Cut]:
    """Those that have something to show, in the order of BY."""
    yield from _by_administration(rollup)
    yield from _by_fund(rollup)
    if _has_money(rollup):
        yield _by_goal(rollup)
    yield from _by_role(rollup)


def _has_money(rollup) -> bool:
    return bool(rollup.paid_parts or rollup.total_by_goal.value)


def _by_administration(rollup):
    projects = grids.projects_by_administration(rollup)
    if projects.rows:
        charts = chart(projects, "diagram-projekt", "count", "deltar i flest EU-projekt")
        yield Cut("forvaltning", "EU-projekt per förvaltning", projects, charts)
    if _has_money(rollup):
        money = grids.money_by_administration(rollup)
        charts = money_chart(money)
        yield Cut("forvaltning", "Utbetalda EU-medel per förvaltning", money, charts)


def _by_fund(rollup):
    if rollup.projects_by_fund:
        grid = projects_by_fund(rollup)
        charts = chart(grid, "diagram-projekt-per-fond", "count", "har flest", "medverkan")
        yield Cut("fond", "EU-projekt per fond", grid, charts)
    if rollup.by_fund:
        grid = grids.by_fund(rollup)
        charts = money_chart(grid)
        yield Cut("fond", "Utbetalda EU-medel per fond", grid, charts)


def _by_goal(rollup):
    grid = grids.by_goal(rollup)
    charts = money_chart(grid)
    return Cut("mal", "Utbetalda EU-medel per KF-mål", grid, charts)


def _by_role(rollup):
    grid = by_role(rollup)
    if grid.rows:
        charts = chart(grid, "diagram-projekt-per-roll", "count", "är den vanligaste rollen")
        yield Cut("roll", "EU-projekt per roll", grid, charts)


def projects_by_fund(rollup: Rollup) -> Grid:
    """Participations and unique projects: two numbers (counting rule 1)."""
    return Grid(
        key="projekt-per-fond",
        caption=f"Medverkan i EU-projekt {rollup.year} per fond eller program",
        columns=(
            Column("fond", "Fond eller program", share=5),
            Column("medverkan", "Medverkan", "count", share=2),
            Column("projekt", "Unika projekt", "count", share=2),
        ),
        rows=tuple(
            (line.name, line.count.participations, line.count.projects)
            for line in rollup.projects_by_fund
        ),
        notes=(
            "Ett projekt med pengar från flera EU-fonder räknas på var och en.",
            *_rows_note(rollup),
        ),
        addresses=tuple(
            (
                "",
                grids.behind(rollup, "eu_projects", fund=line.key),
                grids.behind(rollup, "unique_projects", fund=line.key),
            )
            for line in rollup.projects_by_fund
        ),
    )


def by_role(rollup: Rollup) -> Grid:
    lines = [line for line in rollup.by_role if line.projects.value]
    has_money = bool(rollup.rows)
    money = (Column("utbetalt", "Utbetalda EU-medel", "kr", total=True, share=3),)
    return Grid(
        key="per-roll",
        caption=f"Medverkan i EU-projekt {rollup.year} per roll",
        columns=(
            Column("roll", "Roll", share=4),
            Column("medverkan", "Medverkan", "count", total=True, share=2),
            *(money if has_money else ()),
        ),
        rows=tuple(
            (
                line.name,
                plain(line.projects, "count"),
                *((plain(line.paid, "kr"),) if has_money else ()),
            )
            for line in lines
        ),
        total=(
            "Summa",
            int(sum(line.projects.value for line in lines)),
            *((rollup.paid.amount,) if has_money else ()),
        ),
        notes=() if _is_printed(rollup) else _rows_note(rollup),
        addresses=tuple(
            (
                "",
                grids.behind(rollup, line.key),
                *((grids.behind(rollup, "paid", role=_ROLES[line.key]),) if has_money else ()),
            )
            for line in lines
        ),
        total_addresses=(
            "",
            grids.behind(rollup, "eu_projects"),
            *((grids.behind(rollup, "paid"),) if has_money else ()),
        ),
    )


_ROLES = {"owned": "agare", "partnered": "part"}


def _is_printed(rollup) -> bool:
    return rollup.figure("owned").published is not None


def _rows_note(rollup) -> tuple[str, ...]:
    """Says so when fewer have rows than were counted."""
    told = rollup.figure("eu_projects").shown
    number = rollup.count.participations
    if told is None or told.value == number:
        return ()
    rows = f"Bygger på de {formats.number(number)} medverkanden som har uppgifter i systemet."
    return (f"{rows} Årets antal är {formats.amount(told)}." if number < told.value else rows,)


def remarks(rollup: Rollup, *notices) -> tuple[Notice, ...]:
    """What `notices` have to say of the year, in order."""
    return tuple(item for notice in notices for item in notice(rollup))
