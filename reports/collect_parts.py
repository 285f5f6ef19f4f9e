"""Asks the database for every participation, with its project, money and goals. No arithmetic.

Rows are asked for as plain values, each kind once, and put together here: with a model for every row and
Django's prefetched managers asked row by row it takes four times as long.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from funding.models import Fund, Grant, Payout, as_known
from projects.models import GoalAllocation, Measure, Participation, Project
from reports.facts import FundFact, GrantFact, MeasureFact, Part, PayoutFact, ProjectFact

OWNER, GRANTED = Participation.Role.OWNER, Grant.Status.GRANTED
FUND = ("fund__code", "fund__name", "fund__is_eu")


def collect_parts(year) -> list[Part]:
    """The participations of all years, with their shares of the goals of `year`. Six queries."""
    rows = list(
        Participation.objects.values_list(
            "pk", "project_id", "administration__code", "administration__name", "role",
            "starts_on", "ends_on", "contribution",
        )
    )  # fmt: skip
    owners = {project: name for _, project, _, name, role, *_ in rows if role == OWNER}
    projects = _projects({project for _, project, *_ in rows}, owners)
    payouts, shares = _payouts(), _shares(year)
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
        )
        for pk, project, code, _, role, starts_on, ends_on, contribution in rows
    ]


def project_fact(project: Project, owner: str = "") -> ProjectFact:
    """A project's shared facts. `owner` is the owning administration's name, if one owns it."""
    grants = [grant_fact(grant) for grant in project.grants.all()]
    return fact_of(project, owner, grants, project.measures.all())


def grant_fact(grant: Grant) -> GrantFact:
    granted = grant.status == GRANTED
    return GrantFact(fund_fact(grant.fund), granted, grant.budget, grant.amount, grant.comment)


def fund_fact(fund: Fund | None) -> FundFact | None:
    return fund and FundFact(fund.code, fund.name, fund.is_eu)


def _projects(numbers, owners) -> dict[int, ProjectFact]:
    grants, measures = _grants(), defaultdict(list)
    for measure in Measure.objects.order_by("pk"):
        measures[measure.project_id].append(measure)
    return {
        project.pk: fact_of(
            project, owners.get(project.pk, ""), grants[project.pk], measures[project.pk]
        )
        for project in Project.objects.select_related("external_owner").order_by()
        if project.pk in numbers
    }


def fact_of(
    project: Project, owner: str, grants: Iterable[GrantFact], measures: Iterable[Measure]
) -> ProjectFact:
    """As `project_fact`, of rows that have been read beforehand."""
    return ProjectFact(
        slug=project.slug,
        name=project.name,
        owner=owner or (project.external_owner.name if project.external_owner_id else ""),
        period=project.period,
        aim=project.aim,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        grants=tuple(grants),
        measures=tuple(
            MeasureFact(
                row.kind == Measure.Kind.TARGET, row.what, row.value, row.unit, row.qualifier
            )
            for row in measures
        ),
    )


def _grants() -> defaultdict[int, list[GrantFact]]:
    """By project."""
    found, fund = defaultdict(list), _Funds()
    rows = Grant.objects.order_by("pk").values_list(
        "project_id", *FUND, "status", "budget_sek", "amount_sek", "qualifier", "step", "comment"
    )
    for project, code, name, is_eu, status, budget, amount, qualifier, step, comment in rows:
        money = (as_known(kronor, qualifier, step) for kronor in (budget, amount))
        found[project].append(
            GrantFact(fund[code, name, is_eu], status == GRANTED, *money, comment)
        )
    return found


def _payouts() -> defaultdict[int, list[PayoutFact]]:
    """By participation, the latest first."""
    found, fund = defaultdict(list), _Funds()
    rows = Payout.objects.order_by("-year").values_list(
        "participation_id", *FUND, "year", "amount", "comment"
    )
    for participation, code, name, is_eu, year, amount, comment in rows:
        found[participation].append(PayoutFact(year, amount, fund[code, name, is_eu], comment))
    return found


class _Funds(dict):
    """FUND → the fund, one for all rows; None where a row names none."""

    def __missing__(self, said):
        self[said] = FundFact(*said) if said[0] else None
        return self[said]


def _shares(year) -> defaultdict[int, list[tuple[int, Decimal]]]:
    """By participation: (goal of the year's goal set, per cent)."""
    found = defaultdict(list)
    rows = GoalAllocation.objects.filter(goal__goal_set=year.goal_set_id)
    for participation, goal, share in rows.values_list("participation_id", "goal__number", "share"):
        found[participation].append((goal, share))
    return found
