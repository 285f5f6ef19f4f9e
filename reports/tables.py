"""Grids and figures as the pages draw them: texts, classes and links. No queries, no sums."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import zip_longest

from malmo_intl import formats
from malmo_intl.formats import NBSP, Amount
from reports.document import Column, Figure, Grid, Unit, Value, When

NUMBERS = {"kr", "count", "percent"}


@dataclass(frozen=True)
class Cell:
    """`css`: "number" stands under the digits above it, "unknown" is quieter."""

    text: str
    css: str = ""
    url: str = ""


@dataclass(frozen=True)
class Table:
    key: str
    caption: str
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...]
    notes: tuple[str, ...]
    empty: str


@dataclass(frozen=True)
class LargeFigure:
    """What `components/figure.html` draws."""

    name: str
    label: str
    value: str
    unit: str
    year: str
    previous: str = ""
    previous_year: str = ""
    url: str = ""
    note: str = ""


def table(grid: Grid, urls: Mapping[str, str] | None = None) -> Table:
    """`urls`: the first cell of a row → where it leads. Figures lead to what is behind them."""
    urls = urls or {}
    units = [column.unit for column in grid.columns]
    nowhere = ("",) * len(units)
    return Table(
        key=grid.key,
        caption=grid.caption,
        head=tuple(_head(column) for column in grid.columns),
        rows=tuple(
            tuple(
                replace(
                    cell(value, unit),
                    url=(url if value is not None else "") if index else urls.get(value, ""),
                )
                for index, (value, unit, url) in enumerate(zip(row, units, behind, strict=True))
            )
            for row, behind in zip_longest(grid.rows, grid.addresses, fillvalue=nowhere)
        ),
        total=tuple(
            replace(cell(value, unit), url=url) if value is not None else Cell("", _css(unit))
            for value, unit, url in zip(
                grid.total, units, grid.total_addresses or nowhere, strict=False
            )
        ),
        notes=grid.notes,
        empty=grid.empty,
    )


def without(grid: Grid, key: str) -> Grid:
    """The grid less one column, where the page already says what it holds."""
    at = next(index for index, column in enumerate(grid.columns) if column.key == key)
    return replace(
        grid,
        columns=_less(grid.columns, at),
        rows=tuple(_less(row, at) for row in grid.rows),
        total=_less(grid.total, at),
        addresses=tuple(_less(row, at) for row in grid.addresses),
        total_addresses=_less(grid.total_addresses, at),
    )


def _less(items: tuple, at: int) -> tuple:
    return items[:at] + items[at + 1 :]


def cell(value: Value, unit: Unit) -> Cell:
    if value is None:
        return Cell(formats.MISSING, f"{_css(unit)} unknown".strip())
    return Cell(text(value, unit), _css(unit))


def text(value: Value, unit: Unit) -> str:
    """Whole kronor and counts without their unit, days as 2020-01-16."""
    if isinstance(value, str):
        return value
    if isinstance(value, When):
        exact = value.precision == "day"
        return value.day.isoformat() if exact else formats.date_as_known(value.day, value.precision)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return formats.percent(value) if unit == "percent" else formats.amount(value)


def _head(column: Column) -> Cell:
    unit = ", kr" if column.unit == "kr" else ""
    return Cell(f"{column.label}{unit}", _css(column.unit))


def _css(unit: Unit) -> str:
    return "number" if unit in NUMBERS else ""


def figure(given: Figure, year: int, url: str = "") -> LargeFigure:
    """Years as text: the page would write 2 019."""
    value, unit = value_and_unit(given.value, given)
    previous = previous_year = ""
    if given.previous_year:
        previous = " ".join(value_and_unit(given.previous, given))
        previous_year = str(given.previous_year)
    label = given.label[:1].upper() + given.label[1:]
    return LargeFigure(
        given.name, label, value, unit, str(year), previous, previous_year, url, given.note
    )


def value_and_unit(value: Value, given: Figure) -> tuple[str, str]:
    """("4 029 253", "kr"), ("ca 16", "miljoner kronor"), ("51", "EU-projekt") or ("–", "uppgift saknas")."""
    if value is None:
        return "–", formats.MISSING
    if given.unit != "kr":
        return text(value, given.unit), given.noun
    if isinstance(value, Amount) and value.step >= 1_000_000:
        number, *unit = formats.kronor(value).rsplit(NBSP, 2)
        return number, NBSP.join(unit)
    return formats.amount(value), "kr"
