"""Development through the years: bars, a table, and what makes the years hard to compare."""

from malmo_intl import formats
from reports.addresses import of_figure
from reports.compose.parts import paragraph
from reports.development import Past, Point, development
from reports.document import Bar, Chart, Column, Grid, Section
from reports.figures import FIGURES, plain
from reports.rollup import Rollup

SHOWN = ("eu_projects", "paid", "partners")
CHARTED = ("eu_projects", "paid")


def through_the_years(rollup: Rollup, past: Past) -> Section | None:
    """None when nothing is known of more than one year."""
    found = {name: development(rollup, past, name) for name in SHOWN}
    found = {name: points for name, points in found.items() if points}
    if not found:
        return None
    charts = [chart(name, found[name]) for name in CHARTED if name in found]
    first = min(points[0].first for points in found.values())
    return Section(
        "utveckling",
        "Utveckling över åren",
        (
            paragraph(*breaks(past, first, rollup.year)),
            *charts,
            table(rollup, found),
        ),
    )


def chart(name: str, points: tuple[Point, ...]) -> Chart:
    """Years from the first to the last, downwards, with the breaks between them."""
    definition = FIGURES[name]
    known = [point for point in points if point.value is not None]
    show = formats.in_words if definition.unit == "kr" else formats.amount
    finding = (
        f"{definition.label}: från {show(known[0].value)} ({known[0].label}) till "
        f"{show(known[-1].value)} ({known[-1].label})"
    )
    each = formats.join_words(f"{point.label} {_said(point, show)}" for point in points)
    return Chart(
        f"diagram-ar-{name.replace('_', '-')}",
        finding,
        f"{definition.label} år för år: {each}. Tabellen har samma värden.",
        definition.unit,
        tuple(
            Bar(point.label, plain(point.value, definition.unit), note=" · ".join(point.breaks))
            for point in points
        ),
        "ar-for-ar",
    )


def _said(point, show) -> str:
    return formats.MISSING if point.value is None else show(point.value)


def table(rollup: Rollup, found: dict[str, tuple[Point, ...]]) -> Grid:
    """Every year that some figure is known of, a column a figure. Years that are in the system have rows
    to lead to."""
    values = {
        name: {point.first: point.value for point in points if point.value is not None}
        for name, points in found.items()
    }
    years = sorted({year for known in values.values() for year in known})
    in_system = {rollup.year, *rollup.facts.reported_years}
    return Grid(
        key="ar-for-ar",
        caption=f"Siffrorna år för år till och med {rollup.year}",
        short="År för år",
        columns=(
            Column("ar", "År", share=1),
            *(
                Column(name.replace("_", "-"), FIGURES[name].label, FIGURES[name].unit, share=2)
                for name in found
            ),
        ),
        rows=tuple(
            (str(year), *(plain(values[name].get(year), FIGURES[name].unit) for name in found))
            for year in years
        ),
        notes=("Ett år utan rad har varken publicerade siffror eller redovisningar i systemet.",),
        addresses=tuple(
            ("", *(of_figure(year, name) if year in in_system else "" for name in found))
            for year in years
        ),
    )


def breaks(past: Past, first: int, last: int):
    """What parts the years, in words."""
    between = past.between(first, last)
    sets = [str(year) for year, _ in between.goal_sets]
    if sets:
        yield (
            f"KF-målen byttes {formats.join_words(sets)}. Medel per mål går inte att jämföra över ett "
            "sådant byte."
        )
    began = {}
    for item in between.reorganisations:
        word = "började" if item.began else "hade upphört"
        began.setdefault((item.year, word), []).append(item.name)
    for (year, word), names in sorted(began.items()):
        listed = formats.join_words(sorted(names, key=formats.sort_key))
        yield f"{listed} {word} {year}, så siffror per förvaltning går inte att jämföra rakt över det året."
    if not began:
        yield f"Inga förvaltningar har tillkommit eller upphört efter {first}."
