"""A figure through the years, with what makes them hard to compare. Pure arithmetic, no Django."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from malmo_intl.formats import Amount
from reports.facts import PublishedFact
from reports.rollup import Rollup


@dataclass(frozen=True)
class Reorganisation:
    """An administration that began or ended in a year."""

    year: int
    name: str
    began: bool


@dataclass(frozen=True)
class Past:
    """What is known of all years: the city's printed figures, the first year of every goal set, and how
    the administrations changed."""

    published: tuple[PublishedFact, ...] = ()
    goal_sets: tuple[tuple[int, str], ...] = ()
    reorganisations: tuple[Reorganisation, ...] = ()

    def between(self, first: int, last: int) -> "Past":
        """What parts the years after `first`, up to `last`, from the year before them."""
        return replace(
            self,
            goal_sets=tuple(item for item in self.goal_sets if first < item[0] <= last),
            reorganisations=tuple(
                item for item in self.reorganisations if first < item.year <= last
            ),
        )


@dataclass(frozen=True)
class Point:
    """A year, or some years in a row of which nothing is known (then `value` is None).

    `breaks` parts it from the years before: "Nya KF-mål från 2020".
    """

    first: int
    last: int
    value: Amount | None
    breaks: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def development(rollup: Rollup, past: Past, name: str) -> tuple[Point, ...]:
    """The city's figure `name` from the first year it is known to the rollup's year; () when it is
    known of less than two years. The published figure goes before the rows (counting rule 9)."""
    known = Rollup(replace(rollup.facts, published=_published(rollup, past)))
    years = {item.year for item in past.published} | set(rollup.facts.reported_years)
    values = {year: known.figure_in(name, year).shown for year in years if year <= rollup.year}
    values = {year: value for year, value in values.items() if value is not None}
    if len(values) < 2:
        return ()
    return tuple(_points(values, min(values), rollup.year, past))


def _published(rollup: Rollup, past: Past) -> tuple[PublishedFact, ...]:
    """Of the year itself what its own facts say: they know of a correction under way."""
    own = [item for item in rollup.facts.published if item.year == rollup.year]
    return (*(item for item in past.published if item.year != rollup.year), *own)


def _points(values, first: int, last: int, past: Past) -> Iterable[Point]:
    """Years without a figure are put together."""
    years = range(first, last + 1)
    for _, group in groupby(years, key=lambda year: year if year in values else None):
        some = list(group)
        after = max(some[0] - 1, first)
        breaks = tuple(_breaks(past.between(after, some[-1])))
        yield Point(some[0], some[-1], values.get(some[0]), breaks)


def _breaks(past: Past) -> Iterable[str]:
    for year, _ in past.goal_sets:
        yield f"Nya KF-mål från {year}"
    for year in sorted({item.year for item in past.reorganisations}):
        yield f"Ny organisation {year}"
