"""The projects that a case is about: those that an administration takes part in, and the city's register.

Rows are read once for all, as plain values, and put together here. With a model for every row it takes four
times as long, and the wall looks at every administration's projects at once.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import NamedTuple

from funding.models import Grant, Payout, as_known
from malmo_intl.formats import sort_key
from projects.likeness import ByEnds
from projects.models import GoalAllocation, Measure, Participation, ProjectAlias
from reports.collect_parts import (
    FUND,
    Funds,
    ProjectRow,
    fact_of,
    measures_of,
    project_rows,
    shares_of,
)
from reports.facts import FundFact, GrantFact, Part, PayoutFact, ProjectFact
from reports.rules import whole_kronor

OWNER = Participation.Role.OWNER


class ParticipationRow(NamedTuple):
    """An administration in a project: `administration` is its name."""

    pk: int
    project_id: int
    administration_id: int
    administration: str
    code: str
    role: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    contribution: str


class GrantRow(NamedTuple):
    """A fund's money for a project, as it was entered: kronor, or euro and the rate."""

    fund: FundFact
    status: str
    budget_sek: Decimal | None
    amount_sek: Decimal | None
    amount_eur: Decimal | None
    rate: Decimal | None
    qualifier: str
    step: int
    comment: str

    @property
    def fact(self) -> GrantFact:
        money = (
            as_known(it, self.qualifier, self.step) for it in (self.budget_sek, self.amount_sek)
        )
        return GrantFact(self.fund, self.status == Grant.Status.GRANTED, *money, self.comment)


class PayoutRow(NamedTuple):
    """What an administration was paid for a project in a year: kronor, not rounded."""

    year: int
    amount: Decimal | None
    pending: bool
    fund: FundFact | None
    comment: str


@dataclass(frozen=True)
class Entry:
    """The administration in one project: the rows, and the same as a plain fact.

    `names`: all that the project is called, its own name first. `participants`: the rows of all
    administrations in the project, this one too. `payouts`: its own, of all years, the first year first.
    """

    row: ParticipationRow
    project: ProjectRow
    fact: Part
    names: tuple[str, ...]
    grants: tuple[GrantRow, ...]
    participants: tuple[ParticipationRow, ...]
    payouts: tuple[PayoutRow, ...]

    @property
    def pk(self) -> int:
        return self.row.pk

    @property
    def name(self) -> str:
        return self.project.name

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

    def payout(self, year: int) -> PayoutRow | None:
        return next((row for row in self.payouts if row.year == year), None)

    def paid(self, year: int) -> Decimal | None:
        """Whole kronor; None when no amount is known for `year`."""
        row = self.payout(year)
        return None if row is None or row.amount is None else whole_kronor(row.amount)

    def shares(self) -> dict[int, Decimal]:
        """Per cent by goal number, in the goals of the submission's year."""
        return dict(self.fact.shares)


def entries(units: set[int], year, register: "Register") -> dict[int, list[Entry]]:
    """By administration, those of all years in Swedish order; goals of `year`'s goal set. Five queries."""
    mine = Participation.objects.filter(administration__in=units)
    in_them = {"project__in": mine.values("project")}
    participants = _participants(in_them)
    grants = _grants(in_them)
    measures = measures_of(Measure.objects.filter(**in_them).order_by("pk"))
    payouts = _payouts(mine)
    shares = shares_of(
        GoalAllocation.objects.filter(participation__in=mine).order_by("goal__number"), year
    )
    found = defaultdict(list)
    for project in register.in_order:
        beside, granted = tuple(participants[project.pk]), tuple(grants[project.pk])
        if not beside:
            continue
        shared = _shared(project, beside, granted, measures[project.pk])
        for row in beside:
            if row.administration_id in units:
                paid = tuple(payouts[row.pk])
                period = project.period_of(row.starts_on, row.ends_on)
                fact = _fact(row, shared, period, paid, shares[row.pk])
                names = register.names[project.pk]
                found[row.administration_id].append(
                    Entry(row, project, fact, names, granted, beside, paid)
                )
    return found


def _shared(project, participants, grants, measures) -> ProjectFact:
    owners = (row.administration for row in participants if row.role == OWNER)
    owner = next(owners, project.external_owner or "")
    return fact_of(project, owner, (grant.fact for grant in grants), measures)


def _fact(row, project, period, payouts, shares) -> Part:
    return Part(
        project=project,
        administration=row.code,
        is_owner=row.role == OWNER,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        contribution=row.contribution,
        payouts=tuple(PayoutFact(it.year, it.amount, it.fund, it.comment) for it in payouts),
        shares=tuple(shares),
        own_period=period,
    )


def _participants(in_them) -> defaultdict[int, list[ParticipationRow]]:
    """By project."""
    found = defaultdict(list)
    rows = Participation.objects.filter(**in_them).order_by("role", "administration")
    for row in rows.values_list(
        "pk", "project_id", "administration_id", "administration__name", "administration__code",
        "role", "starts_on", "ends_on", "contribution",
    ):  # fmt: skip
        found[row[1]].append(ParticipationRow._make(row))
    return found


def _grants(in_them) -> defaultdict[int, list[GrantRow]]:
    """By project."""
    found, fund = defaultdict(list), Funds()
    rows = Grant.objects.filter(**in_them).order_by("pk")
    for project, code, name, is_eu, *said in rows.values_list(
        "project_id", *FUND, "status", "budget_sek", "amount_sek", "amount_eur", "rate", "qualifier",
        "step", "comment",
    ):  # fmt: skip
        found[project].append(GrantRow(fund[code, name, is_eu], *said))
    return found


def _payouts(mine) -> defaultdict[int, list[PayoutRow]]:
    """By participation."""
    found, fund = defaultdict(list), Funds()
    rows = Payout.objects.filter(participation__in=mine).order_by("year")
    for participation, year, amount, pending, comment, *payer in rows.values_list(
        "participation_id", "year", "amount", "pending", "comment", *FUND
    ):
        found[participation].append(PayoutRow(year, amount, pending, fund[tuple(payer)], comment))
    return found


# --- The register ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Register:
    """All projects of the city, in the order they were entered, and by number all that each is called: its
    own name first."""

    projects: tuple[ProjectRow, ...]
    names: dict[int, tuple[str, ...]]

    def __iter__(self) -> Iterator[ProjectRow]:
        return iter(self.projects)

    @cached_property
    def by_number(self) -> dict[int, ProjectRow]:
        return {project.pk: project for project in self.projects}

    @cached_property
    def in_order(self) -> list[ProjectRow]:
        """In Swedish order."""
        return sorted(self.projects, key=lambda project: sort_key(project.name))

    def twins(self, number: int) -> list[ProjectRow]:
        """The projects that may be the one with the number, by their names; itself is one."""
        if number not in self._twins:
            found = self._by_ends.twins(self.names[number])
            self._twins[number] = [self.by_number[other] for other in found]
        return self._twins[number]

    @cached_property
    def _by_ends(self) -> ByEnds[int]:
        return ByEnds(self.names)

    @cached_property
    def _twins(self) -> dict[int, list[ProjectRow]]:
        """Those that have been asked for."""
        return {}


def register() -> Register:
    """Two queries. The one that was read last is kept, with what has been found out about it, as long as no
    project is changed."""
    aliases = ProjectAlias.objects.values_list("project_id", "name")
    return _register(tuple(project_rows()), tuple(aliases))


@lru_cache(maxsize=1)
def _register(projects: tuple[ProjectRow, ...], aliases: tuple[tuple[int, str], ...]) -> Register:
    also = defaultdict(list)
    for project, name in aliases:
        also[project].append(name)
    return Register(projects, {row.pk: (row.name, *also[row.pk]) for row in projects})
