"""From last year's figure to this year's: which participations and which projects' money are behind it.

Pure arithmetic over a Rollup; the words are in `reports.compose.changes`. What can be named is kept apart
from what cannot, and the parts always add up to the difference. Where a year has no rows, or fewer than
were counted, a participation is new or ended only if the project's own dates say so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import zip_longest

from malmo_intl.formats import Amount, sort_key
from reports.facts import Part
from reports.rollup import Rollup
from reports.rules import ZERO, Comparison


@dataclass(frozen=True)
class Side:
    """One end of the bridge: the figure that is told of the year, and the rows there are of it.

    `outside` are rows of administrations that are not in the published count. `complete`: the rows are
    all that was counted, or all that is left after a correction; `silent` are the administrations that
    are expected to report and have not.
    """

    year: int
    told: Amount | None
    parts: tuple[Part, ...] = ()
    outside: tuple[Part, ...] = ()
    complete: bool = False
    silent: frozenset[str] = frozenset()

    @property
    def unnamed(self) -> int:
        """How many more were counted than there are rows of; negative when the rows are more."""
        return int(self.told.value) - len(self.parts) if self.told else 0


@dataclass(frozen=True)
class Bridge:
    """Participations in EU projects, from one year to the next (counting rule 1).

    `vanished`: among last year's rows and not this year's, with no end: a question. `open_now` and
    `open_before`: rows of one year that may have been counted in the other too, which nobody can tell.
    `roles` are among those that go on: they change no sum.
    """

    before: Side
    after: Side
    going_on: tuple[Part, ...] = ()
    new: tuple[Part, ...] = ()
    ended: tuple[Part, ...] = ()
    vanished: tuple[Part, ...] = ()
    open_now: tuple[Part, ...] = ()
    open_before: tuple[Part, ...] = ()
    roles: tuple[Part, ...] = ()

    @property
    def difference(self) -> int | None:
        """None when one of the years has no figure."""
        if self.before.told is None or self.after.told is None:
            return None
        return int(self.after.told.value - self.before.told.value)

    @property
    def corrected(self) -> int:
        """What was published of the year before and has been corrected since (counting rule 9)."""
        return -self.before.unnamed if self.before.complete else 0

    @property
    def unnamed(self) -> int:
        """The part of the difference that no name stands behind: what is left of it."""
        after = len(self.open_now) + self.after.unnamed
        before = len(self.open_before) + (0 if self.before.complete else self.before.unnamed)
        return after - before

    @property
    def is_begun(self) -> bool:
        """Whether the later year has anything to compare with, or everyone has said that there is
        nothing."""
        if self.difference is None:
            return False
        return bool(self.after.told.value or self.after.parts) or not self.after.silent

    @property
    def all_named(self) -> bool:
        return self.before.complete and self.after.complete


def bridge(rollup: Rollup) -> Bridge:
    """The whole city's participations in EU projects; `rollup` is of the later year."""
    before = _side(
        rollup.before, rollup.published, rollup.year - 1, rollup.figure_before("eu_projects")
    )
    after = _side(rollup, rollup.published, rollup.year, rollup.figure("eu_projects"))
    going_on, came, left = _paired(before.parts, after.parts)
    new = [part for part in came if before.complete or _began(part, rollup.year)]
    vanished, ended = [], []
    for part in left:
        heard = part.administration not in after.silent
        if _project_ended(part, rollup.year) or (heard and after.complete and _has_end(part)):
            ended.append(part)
        elif heard and not _has_end(part):
            vanished.append(part)
    return Bridge(
        before,
        after,
        going_on=tuple(now for _, now in going_on),
        new=tuple(new),
        ended=tuple(ended),
        vanished=tuple(vanished),
        open_now=_less(came, new),
        open_before=_less(left, [*ended, *vanished]),
        roles=tuple(now for then, now in going_on if then.is_owner != now.is_owner),
    )


def _side(rollup: Rollup, published, year: int, told: Comparison) -> Side:
    lines = {
        code for at, name, code, _ in published if (at, name) == (year, "eu_projects") and code
    }
    counted = [part for part in rollup.eu_parts if not lines or part.administration in lines]
    return Side(
        year,
        told.shown,
        tuple(counted),
        _less(rollup.eu_parts, counted),
        complete=_complete(told),
        silent=frozenset(item.administration for item in rollup.submissions if not item.received),
    )


def _paired(before: Iterable[Part], after: Iterable[Part]):
    """What goes on as (then, now), what came and what left. A project and administration met twice in
    a year are two participations, and are paired as such."""
    then, now = _by_key(before), _by_key(after)
    going_on, came, left = [], [], []
    for key in sorted(then | now, key=lambda key: (sort_key(key[0]), key)):
        for old, new in zip_longest(then.get(key, ()), now.get(key, ())):
            if old and new:
                going_on.append((old, new))
            elif new:
                came.append(new)
            else:
                left.append(old)
    return going_on, came, left


def _by_key(parts) -> dict[tuple, list[Part]]:
    found: dict[tuple, list[Part]] = {}
    for part in parts:
        key = (part.project.name, part.project.slug, part.administration)
        found.setdefault(key, []).append(part)
    return found


def _less(parts: Iterable[Part], taken: Iterable[Part]) -> tuple[Part, ...]:
    known = {id(part) for part in taken}
    return tuple(part for part in parts if id(part) not in known)


def _began(part: Part, year: int) -> bool:
    """The project itself began in the year. When an administration joined says nothing: for the years
    before this system it is only the first year that it was reported for."""
    return part.project.starts_on is not None and part.project.starts_on.year == year


def _has_end(part: Part) -> bool:
    return (part.ends_on or part.project.ends_on) is not None


def _project_ended(part: Part, year: int) -> bool:
    return part.project.ends_on is not None and part.project.ends_on.year < year


# --- Money ---------------------------------------------------------------------------------------


class Kind(StrEnum):
    """What became of a project's money. The unknown ones: only one of the years has a figure, and the
    other is not known to be without."""

    NEW = "Nya"
    MORE = "Mer"
    SAME = "Lika"
    LESS = "Mindre"
    ENDED = "Avslutade"
    UNKNOWN_BEFORE = "Uppgift saknas för året före"
    UNKNOWN_AFTER = "Uppgift saknas för året"


@dataclass(frozen=True)
class Step:
    """What a project was paid in the two years, whole kronor; None where there is no figure."""

    project: str
    slug: str
    kind: Kind
    before: Decimal | None
    after: Decimal | None

    @property
    def is_unknown(self) -> bool:
        return self.kind in (Kind.UNKNOWN_BEFORE, Kind.UNKNOWN_AFTER)

    @property
    def change(self) -> Decimal | None:
        """None where one of the years is unknown."""
        return None if self.is_unknown else (self.after or ZERO) - (self.before or ZERO)


@dataclass(frozen=True)
class MoneyBridge:
    """EU money paid out, from one year to the next, by project."""

    year: int
    before: Amount | None
    after: Amount | None
    steps: tuple[Step, ...] = ()

    @cached_property
    def difference(self) -> Amount | None:
        """None when one of the years has no figure; rough when one of them is rough."""
        if self.before is None or self.after is None:
            return None
        return _minus(self.after, self.before)

    @property
    def known(self) -> tuple[Step, ...]:
        """Those with figures of both years, or known to be without one."""
        return tuple(step for step in self.steps if not step.is_unknown)

    @property
    def named(self) -> Decimal:
        return sum((step.change for step in self.known), ZERO)

    @property
    def unnamed(self) -> Amount | None:
        """The part of the difference that no project stands behind."""
        return _minus(self.difference, Amount(self.named)) if self.difference else None

    def of(self, *kinds: Kind) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.kind in kinds)


def money_bridge(rollup: Rollup) -> MoneyBridge:
    """The whole city's; `rollup` is of the later year."""
    then, now = _paid_by_project(rollup.before), _paid_by_project(rollup)
    figure_before, figure = rollup.figure_before("paid"), rollup.figure("paid")
    steps = []
    for slug, name in sorted(_names(rollup).items(), key=lambda item: sort_key(item[1])):
        if slug in then or slug in now:
            kind = _kind(
                then.get(slug),
                now.get(slug),
                silent_before=not _complete(figure_before) or slug in _silent(rollup.before),
                silent_after=not _complete(figure) or slug in _silent(rollup),
            )
            steps.append(Step(name, slug, kind, then.get(slug), now.get(slug)))
    return MoneyBridge(rollup.year, figure_before.shown, figure.shown, tuple(steps))


def _kind(before, after, silent_before: bool, silent_after: bool) -> Kind:
    if before is None:
        return Kind.UNKNOWN_BEFORE if silent_before else Kind.NEW
    if after is None:
        return Kind.UNKNOWN_AFTER if silent_after else Kind.ENDED
    if before == after:
        return Kind.SAME
    return Kind.MORE if after > before else Kind.LESS


def _paid_by_project(rollup: Rollup) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = {}
    for part in rollup.paid_parts:
        amount = rollup.paid_to(part)
        if amount is not None:
            totals[part.project.slug] = totals.get(part.project.slug, ZERO) + amount
    return totals


def _silent(rollup: Rollup) -> set[str]:
    """Projects of the year with a participation that says nothing of what was paid."""
    waiting = [part for part in rollup.paid_parts if rollup.paid_to(part) is None]
    return {part.project.slug for part in (*rollup.unpaid_parts, *waiting)}


def _names(rollup: Rollup) -> dict[str, str]:
    return {part.project.slug: part.project.name for part in rollup.facts.parts}


def _complete(figure: Comparison) -> bool:
    """The rows are all that was told; or were, before they were corrected."""
    return figure.today is not None and (figure.corrected or not figure.differs)


def _minus(amount: Amount, less: Amount) -> Amount:
    """Rough when either is."""
    return Amount.total((amount, Amount(-less.value, less.qualifier, less.step)))
