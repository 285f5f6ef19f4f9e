"""What a text may rightly speak of: the figures of the year, and the names in it. No Django, no queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from malmo_intl.formats import genitive, in_sentence
from reports.document import Figure
from reports.live import Live
from reports.naming import Index
from reports.reading.figure import ADMINISTRATION, FUND, GOAL, PAID, PROJECT, KnownFigure, Subject
from reports.reading.gathering import figures_of
from reports.rollup import Rollup, roll_up


@dataclass(frozen=True)
class Known:
    """`administration`: the code of the one that writes, "" for the city. `taking_part`: project → codes of the
    administrations in it. `called`: what things are called in a sentence. `live`: the live figures of the text.
    `unpaid`: the projects that have a row of 0 kronor for the year."""

    year: int
    administration: str
    figures: tuple[KnownFigure, ...]
    names: Index
    called: Mapping[Subject, str]
    taking_part: Mapping[str, frozenset[str]] = field(default_factory=dict)
    live: Mapping[str, Figure] = field(default_factory=dict)
    unpaid: tuple[str, ...] = ()

    @cached_property
    def by_value(self) -> dict[tuple[str, Decimal], list[KnownFigure]]:
        found = defaultdict(list)
        for figure in self.figures:
            found[figure.unit, figure.value.value].append(figure)
        return found

    @cached_property
    def by_subject(self) -> dict[Subject | None, list[KnownFigure]]:
        """Subject → its figures; None → those of the whole."""
        found = defaultdict(list)
        for figure in self.figures:
            for subject in figure.subjects or (None,):
                found[subject].append(figure)
        return found

    @cached_property
    def by_about(self) -> dict[str | None, list[KnownFigure]]:
        """The figures of the whole and of its parts by what they measure; those of projects are left out."""
        found = defaultdict(list)
        for figure in self.figures:
            if not any(kind == PROJECT for kind, _ in figure.subjects):
                found[figure.about].append(figure)
        return found

    @cached_property
    def payouts(self) -> list[KnownFigure]:
        """What was exactly paid in the year, to projects and in all, the smallest first."""
        found = (
            item
            for item in self.figures
            if item.about == PAID and item.year == self.year and item.value.exact
        )
        return sorted(
            (item for item in found if item.value.value), key=lambda item: item.value.value
        )

    @cached_property
    def sums(self) -> list[Decimal]:
        """Of each of `payouts`."""
        return [item.value.value for item in self.payouts]

    @cached_property
    def digits(self) -> list[str]:
        """Of each of `payouts`."""
        return [f"{value:.0f}" for value in self.sums]


def known_of(
    rollup: Rollup,
    administration_code: str = "",
    aliases: Mapping[str, Iterable[str]] | None = None,
) -> Known:
    """What may be spoken of in the year of `rollup`, which is the city's or the administration's own.

    `administration_code`: the administration that writes; else it is the one that the rollup is of. `aliases`:
    project's slug → its other names.
    """
    code = administration_code or rollup.only
    own = rollup if rollup.only == code else roll_up(rollup.facts, code)
    return Known(
        year=rollup.year,
        administration=code,
        figures=tuple(figures_of(own, rollup)),
        names=Index(_names(rollup, code, aliases or {})),
        called=dict(_called(rollup)),
        taking_part=_taking_part(rollup),
        live=Live(own),
        unpaid=tuple(part.project.name for part in own.paid_parts if own.paid_to(part) == 0),
    )


# --- Names ----------------------------------------------------------------------------------------


def _names(rollup, code, aliases) -> Iterator[tuple[str, Subject]]:
    projects = {part.project.slug: part.project.name for part in rollup.facts.parts}
    for slug, name in projects.items():
        for called in (name, *aliases.get(slug, ())):
            yield called, (PROJECT, slug)
    for item in rollup.facts.administrations:
        for name in (item.name, item.board_name):
            for called in (name, in_sentence(name)):
                yield called, (ADMINISTRATION, item.code)
                yield genitive(called), (ADMINISTRATION, item.code)
    if code and not rollup.facts.administrations:
        yield code, (ADMINISTRATION, code)
    for fund in {grant.fund for part in rollup.facts.parts for grant in part.project.grants}:
        yield fund.code, (FUND, fund.code)
        yield fund.name, (FUND, fund.code)
        yield fund.name.partition(" (")[0], (FUND, fund.code)
    for goal in rollup.facts.goals:
        yield goal.name, (GOAL, str(goal.number))


def _called(rollup) -> Iterator[tuple[Subject, str]]:
    for part in rollup.facts.parts:
        yield (PROJECT, part.project.slug), part.project.name
    for item in rollup.facts.administrations:
        yield (ADMINISTRATION, item.code), in_sentence(item.name)


def _taking_part(rollup) -> dict[str, frozenset[str]]:
    """Project → the administrations that have ever been in it."""
    found = defaultdict(set)
    for part in rollup.facts.parts:
        found[part.project.slug].add(part.administration)
    return {slug: frozenset(codes) for slug, codes in found.items()}
