"""Asks the database for every participation, with its project, money and goals. No arithmetic.

Rows are asked for as plain values, each kind once, and put together here: with a model for every row and
Django's prefetched managers asked row by row it takes four times as long.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from funding.models import Grant, Payout, as_known
from projects.models import GoalAllocation, Measure, Participation, Project
from reports.facts import FundFact, GrantFact, MeasureFact, Part, PayoutFact, ProjectFact
from reports.models import ReportingYear, Submission

OWNER, GRANTED = Participation.Role.OWNER, Grant.Status.GRANTED
FUND = ("fund__code", "fund__name", "fund__is_eu")


class ProjectRow(NamedTuple):
    """A project as plain values: `external_owner` is the organisation's name, or None."""

    pk: int
    slug: str
    name: str
    kind: str
    aim: str
    diary_number: str
    link: str
    starts_on: datetime.date | None
    starts_precision: str
    ends_on: datetime.date | None
    ends_precision: str
    ends_planned: bool
    external_owner: str | None
    continues_id: int | None

    # What a project says of itself holds for its row too.
    starts, ends, period = Project.starts, Project.ends, Project.period
    period_of = Project.period_of
    is_next_to = Project.is_next_to


def project_rows() -> list[ProjectRow]:
    """All projects, in the order they were entered. One query."""
    columns = (
        "external_owner__name" if name == "external_owner" else name for name in ProjectRow._fields
    )
    return list(map(ProjectRow._make, Project.objects.order_by("pk").values_list(*columns)))


def collect_parts(year) -> list[Part]:
    """The participations of all years, with their shares of the goals of `year`. Six queries."""
    rows = list(
        Participation.objects.values_list(
            "pk", "project_id", "administration__code", "administration__name", "role",
            "starts_on", "ends_on", "contribution",
        )
    )  # fmt: skip
    owners = {project: name for _, project, _, name, role, *_ in rows if role == OWNER}
    known = {row.pk: row for row in project_rows()}
    projects = _projects((known[pk] for pk in {project for _, project, *_ in rows}), owners)
    payouts, shares = _payouts(year), shares_of(GoalAllocation.objects.all(), year)
    return [
        Part(
            project=projects[project],
            administration=code,
            is_owner=role == OWNER,
            starts_on=starts_on,
            ends_on=ends_on,
            contribution=contribution,
            payouts=tuple(payouts[pk]),
            shares=tuple(shares[pk]),
            own_period=known[project].period_of(starts_on, ends_on),
        )
        for pk, project, code, _, role, starts_on, ends_on, contribution in rows
    ]


def project_fact(project: Project, owner: str = "") -> ProjectFact:
    """A project's shared facts. `owner` is the owning administration's name, if one owns it."""
    outside = project.external_owner.name if project.external_owner_id else ""
    measures = (
        measure_fact(row.kind, row.what, row.value, row.unit, row.qualifier)
        for row in project.measures.all()
    )
    return fact_of(project, owner or outside, map(_grant_fact, project.grants.all()), measures)


def _grant_fact(grant: Grant) -> GrantFact:
    fund = FundFact(grant.fund.code, grant.fund.name, grant.fund.is_eu)
    return GrantFact(fund, grant.status == GRANTED, grant.budget, grant.amount, grant.comment)


def measure_fact(kind: str, *said) -> MeasureFact:
    return MeasureFact(kind == Measure.Kind.TARGET, *said)


def fact_of(
    project: Project | ProjectRow,
    owner: str,
    grants: Iterable[GrantFact],
    measures: Iterable[MeasureFact],
) -> ProjectFact:
    """`owner`: whoever owns it, in the city or outside; "" when nobody does."""
    return ProjectFact(
        slug=project.slug,
        name=project.name,
        owner=owner,
        period=project.period,
        aim=project.aim,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        grants=tuple(grants),
        measures=tuple(measures),
    )


def _projects(rows: Iterable[ProjectRow], owners) -> dict[int, ProjectFact]:
    grants, measures = _grants(), measures_of(Measure.objects.order_by("pk"))
    return {
        row.pk: fact_of(
            row, owners.get(row.pk) or row.external_owner or "", grants[row.pk], measures[row.pk]
        )
        for row in rows
    }


def measures_of(measures) -> defaultdict[int, list[MeasureFact]]:
    """By project, in the order given."""
    found = defaultdict(list)
    for project, *said in measures.values_list(
        "project_id", "kind", "what", "value", "unit", "qualifier"
    ):
        found[project].append(measure_fact(*said))
    return found


def _grants() -> defaultdict[int, list[GrantFact]]:
    """By project."""
    found, fund = defaultdict(list), Funds()
    rows = Grant.objects.order_by("pk").values_list(
        "project_id", *FUND, "status", "budget_sek", "amount_sek", "qualifier", "step", "comment"
    )
    for project, code, name, is_eu, status, budget, amount, qualifier, step, comment in rows:
        money = (as_known(kronor, qualifier, step) for kronor in (budget, amount))
        found[project].append(
            GrantFact(fund[code, name, is_eu], status == GRANTED, *money, comment)
        )
    return found


def _payouts(year) -> defaultdict[int, list[PayoutFact]]:
    """By participation, the latest first. What another year is being corrected to is not told."""
    found, fund = defaultdict(list), Funds()
    corrected = ReportingYear.objects.filter(status=ReportingYear.Status.CORRECTING)
    shown = reported(Payout.objects).exclude(year__in=corrected.exclude(pk=year.pk).values("year"))
    rows = shown.order_by("-year").values_list(
        "participation_id", *FUND, "year", "amount", "comment"
    )
    for participation, code, name, is_eu, year, amount, comment in rows:
        found[participation].append(PayoutFact(year, amount, fund[code, name, is_eu], comment))
    return found


def reported(payouts):
    """Those of `payouts` that may be told: not what an administration wrote in a report that never came in
    (counting rule 10)."""
    never_came = Submission.objects.filter(
        status=Submission.Status.NOT_RECEIVED,
        year__year=OuterRef("year"),
        administration=OuterRef("participation__administration"),
    )
    return payouts.exclude(Exists(never_came))


class Funds(dict):
    """FUND → the fund, one for all rows; None where a row names none."""

    def __missing__(self, said):
        self[said] = FundFact(*said) if said[0] else None
        return self[said]


def shares_of(allocations, year) -> defaultdict[int, list[tuple[int, Decimal]]]:
    """By participation, in the order given: (goal of the year's goal set, per cent)."""
    found = defaultdict(list)
    rows = allocations.filter(goal__goal_set=year.goal_set_id)
    for participation, goal, share in rows.values_list("participation_id", "goal__number", "share"):
        found[participation].append((goal, share))
    return found
