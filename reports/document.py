"""A document as plain data: what every renderer is given, and all it is given. No Django.

Values are typed and never formatted here: text, `int`, `Decimal`, `date`, `Amount`, `When`, or None for
"uppgift saknas". Renderers draw them through `malmo_intl.formats`; they never add, sort or look up.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from typing import Literal

from malmo_intl.formats import Amount

Kind = Literal["forvaltning", "stad", "samlad", "siffror", "projekt", "kvittens", "underlag"]
Unit = Literal["text", "kr", "count", "percent", "date", "goal"]


@dataclass(frozen=True)
class When:
    """A day known as day, month or year."""

    day: datetime.date
    precision: Literal["day", "month", "year"] = "day"


DRAFT = "utkast"
Value = str | int | Decimal | datetime.date | Amount | When | None


@dataclass(frozen=True)
class Prose:
    """Cleaned HTML of the tags in `richtext.TAGS`. Its h3 and h4 stand below the section's heading."""

    html: str


@dataclass(frozen=True)
class Points:
    """A list of plain sentences or names; numbered when their order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Notice:
    """The state of what is not there, or a remark on the figures. `kind`: missing, nothing, note."""

    text: str
    kind: Literal["missing", "nothing", "note"] = "note"


@dataclass(frozen=True)
class Term:
    """`address` is the path of the page behind its figure, "" where there is none."""

    label: str
    value: Value
    unit: Unit = "text"
    address: str = ""


@dataclass(frozen=True)
class Terms:
    """Labelled facts, as of a project: fund, period, owner."""

    items: tuple[Term, ...]


@dataclass(frozen=True)
class Figure:
    """A named figure: its value, the value a year before, and the counting rule behind it.

    `unit` is "kr" or "count"; `noun` names what is counted ("EU-projekt"). `address` is the path of the page
    that shows its rows and its rule.
    """

    name: str
    label: str
    value: Value
    unit: Unit
    noun: str = ""
    previous: Value = None
    previous_year: int | None = None
    rule: str = ""
    note: str = ""
    address: str = ""


@dataclass(frozen=True)
class KeyFigures:
    """The few figures that matter, large, with the year before beside them."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class SumOf:
    """Says that a cell is the sum of `value` in the rows of grid `grid` whose `by` equals the row's key.

    `only`, a column and what it must say, leaves the other rows out. Page and PDF ignore it; a workbook writes
    the formula, with the value cached.
    """

    grid: str
    value: str
    by: str
    only: tuple[str, str] | None = None


@dataclass(frozen=True)
class Column:
    """`total`: the grid's total row sums it. `share`: width, as part of the whole."""

    key: str
    label: str
    unit: Unit = "text"
    total: bool = False
    sum_of: SumOf | None = None
    share: int = 1


@dataclass(frozen=True)
class Grid:
    """A table. The first column names the row. `total` has a value for every column, or is empty.

    `short` is what it is called where there is little room, as on the tab of a sheet. `addresses` has the
    shape of `rows`, or is empty: the path of the page behind a cell's figure, "" where there is none;
    `total_addresses` likewise.
    """

    key: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] = ()
    notes: tuple[str, ...] = ()
    empty: str = "Det finns inga rader."
    short: str = ""
    addresses: tuple[tuple[str, ...], ...] = ()
    total_addresses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bar:
    """With `base` the value is a step, up or down from there, and shown with its sign. `note` says what
    parts the bar from those above it, as a new goal set between two years."""

    label: str
    value: Value
    base: Value = None
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """Horizontal bars in the order given: largest first, year by year, or step by step from one total to
    another. `finding` is its title and says what is seen; `sentence` is the alternative text. The grid
    `grid` holds the same values."""

    key: str
    finding: str
    sentence: str
    unit: Unit
    bars: tuple[Bar, ...]
    grid: str = ""


Block = Prose | Points | Notice | Terms | KeyFigures | Grid | Chart


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it. `number` is generated ("2.1.4") or empty.

    `key` is unique in the document and becomes the anchor. `opens_page` starts a new page.
    """

    key: str
    heading: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    number: str = ""
    opens_page: bool = False
    in_contents: bool = True

    def walk(self, level: int = 1) -> Iterator[tuple[int, "Section"]]:
        """The section and all below it, with their heading levels."""
        yield level, self
        for section in self.sections:
            yield from section.walk(level + 1)


@dataclass(frozen=True)
class Reference:
    """Vår referens: who answers questions about the memo."""

    name: str = ""
    title: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Head:
    """The head that all documents share. `genre` is "Tjänsteskrivelse" or "Redovisning"."""

    sender: str
    genre: str
    title: str
    year: int
    dated: datetime.date | None = None
    diary_number: str = ""
    reference: Reference = field(default_factory=Reference)
    subtitle: str = ""


@dataclass(frozen=True)
class Document:
    """One document of one year. `contents` asks for a title page and a table of contents.

    `site` stands before every path in a file that leaves this system ("https://redovisning.malmo.se"); without
    it such a file has no links to figures. `marks` has the path of each live figure in the prose, by the name
    that it goes by there.
    """

    kind: Kind
    identity: str
    head: Head
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...] = ()
    appendix: tuple[Grid, ...] = ()
    draft: bool = True
    contents: bool = False
    version: int = 0
    lang: str = "sv"
    site: str = ""
    marks: tuple[tuple[str, str], ...] = ()

    def walk(self) -> Iterator[tuple[int, Section]]:
        for section in self.sections:
            yield from section.walk()

    def grids(self) -> Iterator[Grid]:
        """Every table in reading order, then those that only a workbook shows."""
        for _, section in self.walk():
            for block in section.blocks:
                if isinstance(block, Grid):
                    yield block
        yield from self.appendix

    @property
    def title(self) -> str:
        return self.head.title

    @property
    def called(self) -> str:
        """What its files call themselves inside: "stad-2019, version 2"; "stad-2019, utkast"."""
        return f"{self.identity}, {DRAFT if self.draft else f'version {self.version}'}"


# --- As data -------------------------------------------------------------------------------------

_TYPES = {
    cls.__name__: cls
    for cls in (
        Amount, When, Prose, Points, Notice, Term, Terms, Figure, KeyFigures, SumOf, Column, Grid,
        Bar, Chart, Section, Reference, Head, Document,
    )
}  # fmt: skip


def to_data(value):
    """As what JSON knows. Money and dates are tagged strings, so that nothing is lost on the way."""
    if is_dataclass(value):
        return {
            "type": type(value).__name__,
            **{item.name: to_data(getattr(value, item.name)) for item in fields(value)},
        }
    if isinstance(value, tuple):
        return [to_data(item) for item in value]
    if isinstance(value, Decimal):
        return {"type": "Decimal", "value": str(value)}
    if isinstance(value, datetime.date):
        return {"type": "date", "value": value.isoformat()}
    return value


def from_data(data):
    """The document that `to_data` was given; `from_data(to_data(d)) == d`."""
    if isinstance(data, list):
        return tuple(from_data(item) for item in data)
    if not isinstance(data, dict):
        return data
    data = dict(data)
    kind = data.pop("type")
    if kind == "Decimal":
        return Decimal(data["value"])
    if kind == "date":
        return datetime.date.fromisoformat(data["value"])
    return _TYPES[kind](**{name: from_data(item) for name, item in data.items()})
