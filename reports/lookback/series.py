"""A figure over the years: pure arithmetic, no queries, no Django.

A year is never left out because nothing is known of it (counting rule 4), an approximate figure keeps its
qualifier (rule 7), and what was published goes before what the rows say today (rule 9).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby

from malmo_intl import formats
from malmo_intl.formats import Amount
from reports.facts import Facts, PublishedFact
from reports.figures import FIGURES
from reports.lookback.breaks import Goals
from reports.rollup import Rollup, roll_up
from reports.rules import Comparison, compare

OF_THE_CITY = tuple(FIGURES)
OF_AN_ADMINISTRATION = ("eu_projects", "owned", "partnered", "paid", "partners")


class Source(StrEnum):
    """How a figure is known, as the page says it."""

    PUBLISHED = "Publicerad"
    ROUGH = "Publicerad, ungefärlig"
    CORRECTED = "Rättad"
    ROWS = "Räknad på projektens uppgifter"
    DRAFT = "Preliminär, året är inte publicerat"
    REVISED = "Preliminär, året rättas just nu"
    MISSING = "Uppgift saknas"


PRELIMINARY = (Source.DRAFT, Source.REVISED)


@dataclass(frozen=True)
class Year:
    """What the reader may know of a year.

    `facts.reported_years` holds the year when its rows may be counted for the city. `known` are the codes of the
    administrations whose own rows may be counted; `expected` are those that should have reported.
    """

    facts: Facts
    under_way: bool = False
    is_corrected: bool = False
    of_the_city: bool = True
    known: frozenset[str] = frozenset()
    expected: frozenset[str] = frozenset()
    _rollups: dict[str, Rollup] = field(default_factory=dict, compare=False, repr=False)

    @property
    def year(self) -> int:
        return self.facts.year

    def rollup(self, administration: str = "") -> Rollup:
        """Of the city, or of one administration's own rows; made once, since every figure is read from it."""
        if administration not in self._rollups:
            counted = self.facts.reported_years | ({self.year} if administration else set())
            facts = replace(self.facts, reported_years=counted)
            self._rollups[administration] = roll_up(facts, administration)
        return self._rollups[administration]


@dataclass(frozen=True)
class Point:
    """A figure in a year; `breaks` say why it cannot be compared with the year before."""

    year: int
    comparison: Comparison
    source: Source
    remark: str = ""
    breaks: tuple[str, ...] = ()

    @property
    def value(self) -> Amount | None:
        return self.comparison.shown

    @property
    def other(self) -> Amount | None:
        """The figure that is not shown, where there are two and they differ."""
        if not self.comparison.differs:
            return None
        same = self.value == self.comparison.published
        return self.comparison.today if same else self.comparison.published


@dataclass(frozen=True)
class Series:
    """A figure of the city, or of one administration, in every year from the first to the last."""

    name: str
    points: tuple[Point, ...]
    about: str = ""

    @property
    def definition(self):
        return FIGURES[self.name]

    @property
    def label(self) -> str:
        """ "Medverkan i EU-projekt", "EU-projekt som projektägare" """
        label = self.definition.label
        return label if label[:1].isupper() else f"{self.definition.noun} {label}"

    @property
    def known(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.value is not None)

    @property
    def missing(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point.value is None)

    def text(self, value: Amount | None) -> str:
        show = formats.kronor if self.definition.unit == "kr" else formats.amount
        return show(value)

    @property
    def finding(self) -> str:
        """The series in a sentence or two, with the years that are missing or not ready."""
        ready = [point for point in self.known if point.source not in PRELIMINARY]
        if not ready:
            return f"{self.label}: uppgift saknas för alla år som är klara."
        first, last = ready[0], ready[-1]
        told = f"{self.label}: {self.text(first.value)} ({first.year})"
        if first is not last:
            told = f"{self.label} gick från {self._told(first)} till {self._told(last)}"
        gaps = [str(item.year) for item in self.missing if first.year < item.year < last.year]
        drafts = [str(item.year) for item in self.known if item.source in PRELIMINARY]
        told += f". Uppgift saknas för {formats.join_words(gaps)}" if gaps else ""
        ready = "klart" if len(drafts) == 1 else "klara"
        return told + (f". {formats.join_words(drafts)} är inte {ready}." if drafts else ".")

    def _told(self, point: Point) -> str:
        return f"{self.text(point.value)} ({point.year})"


def series(
    name: str, years: Iterable[Year], breaks: dict[int, tuple[str, ...]], administration: str = ""
) -> Series:
    """The figure `name` over `years`, with every year between the first and the last of them.

    `administration`: its code; empty for the whole city. `breaks`: by the first year that differs. Years before
    the first that the city knows anything of are not told. KeyError for an unknown figure.
    """
    found = {item.year: item for item in years if administration or item.of_the_city}
    if not found:
        return Series(name, (), administration)
    points = []
    for number in range(min(found), max(found) + 1):
        year = found.get(number)
        point = _point(name, year, administration) if year else _nothing(number)
        told = breaks.get(number, ()) if points else ()
        points.append(Point(number, point.comparison, point.source, point.remark, told))
    return Series(name, tuple(points), administration)


def _nothing(year: int) -> Point:
    remark = "Året finns inte i systemet."
    return Point(year, compare(None, None), Source.MISSING, remark)


def _point(name, year, administration) -> Point:
    comparison = _of_one(name, year, administration) if administration else _of_all(name, year)
    if comparison.shown is None:
        return Point(year.year, comparison, Source.MISSING, _why(year, administration))
    if comparison.published is None:
        source = _of_rows(year)
    elif comparison.corrected and comparison.differs:
        source = Source.CORRECTED
    else:
        source = Source.PUBLISHED if comparison.published.exact else Source.ROUGH
    return Point(year.year, comparison, source, comparison.reason)


def _of_rows(year) -> Source:
    if year.is_corrected:
        return Source.REVISED
    return Source.DRAFT if year.under_way else Source.ROWS


def _of_all(name, year) -> Comparison:
    return year.rollup().figure(name)


def _of_one(name, year, code) -> Comparison:
    printed = next((item for item in year.facts.published if _is(item, name, code)), None)
    today = None
    if code in year.known:
        today = year.rollup(code).figure(name).today
    if printed is None:
        return compare(None, today)
    corrected = printed.in_system and bool(printed.note)
    return compare(printed.amount, today, printed.note, corrected=corrected, is_own=True)


def _is(item: PublishedFact, name, code) -> bool:
    return item.name == name and item.administration == code and item.goal is None


def _why(year, administration) -> str:
    """Why nothing is known."""
    if year.is_corrected:
        return "Året rättas just nu."
    if year.under_way:
        return "Året är inte publicerat än."
    if not administration:
        return "Siffran finns inte i årets redovisning."
    if administration not in {item.code for item in year.facts.administrations}:
        return "Förvaltningen fanns inte."
    if administration in year.expected and administration not in year.known:
        return "Förvaltningens redovisning har inte kommit in."
    if administration in year.known:
        return "Förvaltningen har inte redovisat siffran."
    return "Förvaltningens redovisning finns inte i systemet."


@dataclass(frozen=True)
class Side:
    """All years side by side: the goal set over each, and a row per figure."""

    years: tuple[int, ...]
    goal_sets: tuple[tuple[str, int], ...]  # (name, over how many years)
    rows: tuple[Series, ...] = ()


def side_by_side(rows: Iterable[Series], goal_sets: Iterable[Goals]) -> Side:
    """Only figures that are known in some year. Every series has the same years."""
    rows = tuple(row for row in rows if row.known)
    if not rows:
        return Side((), ())
    years = tuple(point.year for point in rows[0].points)
    names = [next((item.name for item in goal_sets if item.holds(year)), "") for year in years]
    runs = tuple((name, len(list(run))) for name, run in groupby(names))
    return Side(years, runs, rows)
