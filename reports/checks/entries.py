"""The projects that a case is about: those that an administration takes part in, and the city's register.

Rows are read once for all and put together here. Django's prefetched managers, asked row by row, take four
times as long, and the wall looks at every administration's projects at once.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from funding.models import Grant, Payout
from malmo_intl.formats import sort_key
from projects.likeness import ByEnds
from projects.models import GoalAllocation, Measure, Participation, Project, ProjectAlias
from reports.collect_parts import fact_of, fund_fact, grant_fact
from reports.facts import Part, PayoutFact
from reports.rules import whole_kronor

OWNER = Participation.Role.OWNER


@dataclass(frozen=True)
class Entry:
    """The administration in one project: the row, and the same as a plain fact.

    `participants`: the rows of all administrations in the project, this one too. `payouts`: its own, of all
    years, the first year first. `aliases`: what else the project is called.
    """

    row: Participation
    fact: Part
    aliases: tuple[str, ...] = ()
    grants: tuple[Grant, ...] = ()
    participants: tuple[Participation, ...] = ()
    payouts: tuple[Payout, ...] = ()

    @property
    def pk(self) -> int:
        return self.row.pk

    @property
    def project(self) -> Project:
        return self.row.project

    @property
    def name(self) -> str:
        return self.row.project.name

    @property
    def part(self) -> str:
        """The key of the project's own part."""
        return f"projekt/{self.project.slug}"

    @property
    def is_others(self) -> bool:
        """Another administration owns the project, and writes the facts that all share."""
        return any(row.role == OWNER and row.pk != self.pk for row in self.participants)

    @property
    def is_owner(self) -> bool:
        return self.row.role == OWNER

    def names(self) -> tuple[str, ...]:
        """All that the project is called, its own name first."""
        return (self.name, *self.aliases)

    def payout(self, year: int) -> Payout | None:
        return next((row for row in self.payouts if row.year == year), None)

    def paid(self, year: int) -> Decimal | None:
        """Whole kronor; None when no amount is known for `year`."""
        row = self.payout(year)
        return None if row is None or row.amount is None else whole_kronor(row.amount)

    def shares(self) -> dict[int, Decimal]:
        """Per cent by goal number, in the goals of the submission's year."""
        return dict(self.fact.shares)


def entries(units: set[int], year) -> dict[int, list[Entry]]:
    """By administration, those of all years in Swedish order; goals of `year`'s goal set. Seven queries."""
    mine = Participation.objects.filter(administration__in=units)
    in_them = {"project__in": mine.values("project")}
    rows = mine.select_related("administration", "project__external_owner")
    aliases = _by("project_id", ProjectAlias.objects.filter(**in_them))
    grants = _by(
        "project_id", Grant.objects.filter(**in_them).select_related("fund").order_by("pk")
    )
    measures = _by("project_id", Measure.objects.filter(**in_them).order_by("pk"))
    participants = _by(
        "project_id",
        Participation.objects.filter(**in_them)
        .select_related("administration")
        .order_by("role", "administration"),
    )
    payouts = _by(
        "participation_id",
        Payout.objects.filter(participation__in=mine).select_related("fund").order_by("year"),
    )
    shares = _shares(mine, year)
    found: dict[int, list[Entry]] = {}
    for row in sorted(rows, key=lambda row: sort_key(row.project.name)):
        at, project = row.pk, row.project_id
        fact = _fact(row, grants[project], measures[project], payouts[at], shares[at])
        found.setdefault(row.administration_id, []).append(
            Entry(
                row,
                fact,
                tuple(alias.name for alias in aliases[project]),
                tuple(grants[project]),
                tuple(participants[project]),
                tuple(payouts[at]),
            )
        )
    return found


def _by(parent, rows) -> defaultdict[int, list]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[getattr(row, parent)].append(row)
    return grouped


def _shares(mine, year) -> defaultdict[int, list[tuple[int, Decimal]]]:
    found = defaultdict(list)
    rows = GoalAllocation.objects.filter(participation__in=mine, goal__goal_set=year.goal_set_id)
    for participation, goal, share in rows.order_by("goal__number").values_list(
        "participation_id", "goal__number", "share"
    ):
        found[participation].append((goal, share))
    return found


def _fact(row, grants, measures, payouts, shares) -> Part:
    is_owner = row.role == OWNER
    owner = row.administration.name if is_owner else ""
    return Part(
        project=fact_of(row.project, owner, map(grant_fact, grants), measures),
        administration=row.administration.code,
        is_owner=is_owner,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        contribution=row.contribution,
        payouts=tuple(
            PayoutFact(item.year, item.amount, fund_fact(item.fund), item.comment)
            for item in payouts
        ),
        shares=tuple(shares),
    )


# --- The register ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Listed:
    """A project of the register, with all that it is called: its own name first."""

    pk: int
    slug: str
    names: tuple[str, ...]
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    continues_id: int | None

    @property
    def name(self) -> str:
        return self.names[0]


@dataclass(frozen=True)
class Register:
    """All projects of the city, in the order they were entered."""

    projects: tuple[Listed, ...]

    def __iter__(self) -> Iterator[Listed]:
        return iter(self.projects)

    @cached_property
    def by_number(self) -> dict[int, Listed]:
        return {project.pk: project for project in self.projects}

    @cached_property
    def by_ends(self) -> ByEnds[int]:
        return ByEnds({project.pk: project.names for project in self.projects})


def register() -> Register:
    """Two queries."""
    aliases = defaultdict(list)
    for project, name in ProjectAlias.objects.values_list("project_id", "name"):
        aliases[project].append(name)
    rows = Project.objects.order_by("pk").values_list(
        "pk", "slug", "name", "starts_on", "ends_on", "continues_id"
    )
    return Register(
        tuple(Listed(pk, slug, (name, *aliases[pk]), *said) for pk, slug, name, *said in rows)
    )
