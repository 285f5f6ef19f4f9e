"""What several pages show of a year: figures, tables with their bars, and who has handed in."""

from dataclasses import dataclass, replace

from malmo_intl.formats import sort_key
from reports import addresses, tables
from reports.compose import city, overview
from reports.document import Chart, Grid, Points, Prose
from reports.documents import as_it_stands
from reports.facts import Facts
from reports.figures import figures
from reports.models import Submission
from reports.renderers import html_chart
from reports.rollup import Rollup, roll_up
from reports.rules import RULES

CITY_FIGURES = ("eu_projects", "unique_projects", "paid", "project_value", "partners", "visitors")
LONG = 10  # rows of a table that waits until it is asked for
OWN_FIGURES = ("eu_projects", "owned", "partnered", "paid", "partners")


@dataclass(frozen=True)
class Piece:
    """A block of a section as the page draws it; one of `html`, `chart`, `table`, `text` and `items`.
    A table whose bars stand above it waits below them, as `folded`; one that stands first is `headed` by
    the section."""

    html: str = ""
    chart: str = ""
    table: tables.Table | None = None
    text: str = ""
    items: tuple[str, ...] = ()
    folded: str = ""
    headed: bool = False


@dataclass(frozen=True)
class Told:
    """A section of the year's figures."""

    key: str
    heading: str
    pieces: tuple[Piece, ...] = ()
    sections: tuple["Told", ...] = ()


def large(rollup, names, urls=()) -> list[tables.LargeFigure]:
    """`urls`: the figure's name → the rows behind it."""
    urls = dict(urls)
    return [
        tables.figure(item, rollup.year, urls.get(item.name, ""))
        for item in figures(rollup, *names)
    ]


def whole_city(rollup, past) -> dict:
    """Figures, charts, tables and remarks for the page of a year that is open to the reader."""
    urls = {name: addresses.of_figure(rollup.year, name) for name in CITY_FIGURES}
    return {
        "figures": large(rollup, CITY_FIGURES, urls),
        "finding": city.counts_sentence(rollup),
        "told": [_told(section) for section in overview.told(rollup, past)],
        "two_counts": RULES[1],
        "unique": overview.unique_sentence(rollup),
        "sources": sources(rollup),
    }


def _told(section) -> Told:
    pieces, charted = [], set()
    for block in section.blocks:
        if isinstance(block, Chart):
            charted.add(block.grid)
        piece = _piece(block, charted)
        pieces.append(piece if pieces else replace(piece, headed=True))
    sections = tuple(_told(child) for child in section.sections)
    return Told(section.key, section.heading, tuple(pieces), sections)


def _piece(block, charted) -> Piece:
    match block:
        case Chart():
            return Piece(chart=html_chart.svg(block))
        case Grid():
            folded = "Visa som tabell" if block.key in charted else ""
            if not folded and len(block.rows) > LONG:
                folded = f"{block.caption} ({len(block.rows)} rader)"
            return Piece(table=tables.table(block), folded=folded)
        case Prose():
            return Piece(html=block.html)
        case Points():
            return Piece(items=block.items)
        case _:
            return Piece(text=block.text)


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
    return roll_up(as_it_stands(year))


def with_drafts(facts: Facts) -> Facts:
    """The facts with the year's own rows counted though nobody has handed in."""
    return replace(facts, reported_years=facts.reported_years | {facts.year})
