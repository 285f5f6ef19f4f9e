"""Where the years cannot be compared: new goals, and administrations that began, ended or went on in another.

No queries, no Django. A break stands at the first year that differs from the year before.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from malmo_intl.formats import join_words, long_date


@dataclass(frozen=True)
class Goals:
    """A goal set and the years it holds for."""

    name: str
    first_year: int
    last_year: int | None = None

    def holds(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


@dataclass(frozen=True)
class Unit:
    """An administration, the days it exists, and the code of the one it went on in."""

    code: str
    name: str
    starts_on: datetime.date
    ends_on: datetime.date | None = None
    continued_by: str = ""


def breaks(
    goal_sets: Iterable[Goals], units: Iterable[Unit], only: str = ""
) -> dict[int, tuple[str, ...]]:
    """Year → sentences. `only`: the code of the one administration that the figures are of."""
    found: dict[int, list[str]] = {}
    sets = sorted(goal_sets, key=lambda item: item.first_year)
    for before, after in zip(sets, sets[1:], strict=False):
        told = f"Nya mål: {after.name} ersätter {before.name}."
        found.setdefault(after.first_year, []).append(told)
    units = list(units)
    for unit in units:
        if not only or only in (unit.code, unit.continued_by):
            _of(unit, units, found)
    return {year: tuple(told) for year, told in sorted(found.items())}


def _of(unit, units, found):
    names = {item.code: item.name for item in units}
    earlier = [item.name for item in units if item.continued_by == unit.code]
    if earlier:
        told = f"{unit.name} bildades {long_date(unit.starts_on)} av {join_words(earlier)}."
    else:
        told = f"{unit.name} bildades {long_date(unit.starts_on)}."
    found.setdefault(unit.starts_on.year, []).append(told)
    if unit.ends_on:
        told = f"{unit.name} upphörde {long_date(unit.ends_on)}"
        into = names.get(unit.continued_by)
        told += f" och fortsätter i {into}." if into else "."
        after = unit.ends_on + datetime.timedelta(days=1)
        found.setdefault(after.year, []).append(told)
