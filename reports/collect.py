"""Asks the database for a year's facts: the only queries behind the figures. No arithmetic.

The number of queries is the same for any number of administrations and projects.
"""

from decimal import Decimal

from django.db.models import Prefetch

from funding.models import Grant, Payout
from malmo_intl.formats import Amount, sort_key
from malmo_intl.models import Administration
from projects.models import GoalAllocation, Measure, NetworkMembership, Participation
from reports.facts import (
    ActivityFact,
    AdministrationFact,
    AnswerFact,
    Facts,
    FundFact,
    GoalFact,
    GrantFact,
    MeasureFact,
    MemoFact,
    Part,
    PayoutFact,
    ProjectFact,
    PublishedFact,
    QuestionFact,
    SubmissionFact,
)
from reports.models import Memo, PublishedFigure, ReportingYear, Submission


def collect(year: ReportingYear, *, drafts_of: Administration | None = None) -> Facts:
    """Everything that the documents of `year` are made from.

    `drafts_of`: an administration whose own draft counts as handed in, for its own document.
    """
    questions = tuple(
        QuestionFact(question.number, question.text, question.lists_projects)
        for question in year.questions.all()
    )
    submissions = _submissions(year, drafts_of)
    return Facts(
        year=year.year,
        administrations=_administrations(year),
        goals=tuple(GoalFact(goal.number, goal.name) for goal in year.goal_set.goals.all()),
        questions=questions,
        parts=tuple(_parts(year)),
        submissions=submissions,
        published=_published(year),
        city_texts={
            text.question.number if text.question else 0: text.text
            for text in year.city_texts.select_related("question")
        },
        reported_years=frozenset(
            Submission.objects.filter(status__in=Submission.RECEIVED).values_list(
                "year__year", flat=True
            )
        )
        | ({year.year} if drafts_of else set()),
    )


def _administrations(year):
    return tuple(
        AdministrationFact(item.code, item.name, item.board_name)
        for item in sorted(
            Administration.objects.during(year.year), key=lambda item: sort_key(item.board_name)
        )
    )


def _parts(year):
    participations = Participation.objects.select_related(
        "project__external_owner", "administration"
    ).prefetch_related(
        Prefetch("project__grants", Grant.objects.select_related("fund")),
        Prefetch("project__measures", Measure.objects.order_by("pk")),
        Prefetch("payouts", Payout.objects.select_related("fund")),
        Prefetch(
            "allocations",
            GoalAllocation.objects.filter(goal__goal_set=year.goal_set_id).select_related("goal"),
        ),
    )
    participations = list(participations)
    owners = {
        item.project_id: item.administration.name
        for item in participations
        if item.role == Participation.Role.OWNER
    }
    funds: dict[int, FundFact] = {}
    projects: dict[int, ProjectFact] = {}
    for item in participations:
        project = item.project
        if project.pk not in projects:
            projects[project.pk] = project_fact(project, owners.get(project.pk, ""), funds)
        yield Part(
            project=projects[project.pk],
            administration=item.administration.code,
            is_owner=item.role == Participation.Role.OWNER,
            starts_on=item.starts_on,
            ends_on=item.ends_on,
            contribution=item.contribution,
            payouts=tuple(
                PayoutFact(row.year, row.amount, _fund(row.fund, funds), row.comment)
                for row in item.payouts.all()
            ),
            shares=tuple((row.goal.number, row.share) for row in item.allocations.all()),
        )


def _fund(fund, known):
    """One value per fund, however many rows speak of it."""
    if fund is None:
        return None
    if fund.pk not in known:
        known[fund.pk] = FundFact(fund.code, fund.name, fund.is_eu)
    return known[fund.pk]


def project_fact(project, owner="", funds=None) -> ProjectFact:
    """A project's shared facts. `owner` is the owning administration's name, if one owns it."""
    funds = {} if funds is None else funds
    return ProjectFact(
        slug=project.slug,
        name=project.name,
        owner=owner or (project.external_owner.name if project.external_owner else ""),
        period=project.period,
        aim=project.aim,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        grants=tuple(
            GrantFact(
                _fund(grant.fund, funds),
                grant.status == Grant.Status.GRANTED,
                grant.budget,
                grant.amount,
                grant.comment,
            )
            for grant in project.grants.all()
        ),
        measures=tuple(
            MeasureFact(
                row.kind == Measure.Kind.TARGET, row.what, row.value, row.unit, row.qualifier
            )
            for row in project.measures.all()
        ),
    )


def _submissions(year, drafts_of):
    networks: dict[str, list[str]] = {}
    for row in NetworkMembership.objects.filter(year=year.year).select_related(
        "network", "administration"
    ):
        networks.setdefault(row.administration.code, []).append(row.network.name)
    rows = year.submissions.select_related("administration").prefetch_related(
        "answers__question", "partner_counts", "activities"
    )
    return tuple(
        SubmissionFact(
            administration=row.administration.code,
            received=row.status in Submission.RECEIVED
            or (row.administration == drafts_of and row.status != row.Status.NOT_RECEIVED),
            status=row.get_status_display(),
            answers=tuple(
                AnswerFact(
                    answer.question.number, answer.text, answer.nothing_to_report, answer.reason
                )
                for answer in row.answers.all()
            ),
            partners=tuple(
                (item.get_sector_display(), item.count) for item in row.partner_counts.all()
            ),
            activities=tuple(_activity(item) for item in row.activities.all()),
            networks=tuple(sorted(networks.get(row.administration.code, ()), key=sort_key)),
        )
        for row in sorted(rows, key=lambda row: sort_key(row.administration.board_name))
    )


def _activity(item):
    people = None
    if item.people is not None:
        people = Amount(Decimal(item.people), item.people_qualifier)
    return ActivityFact(
        kind=item.get_kind_display(),
        title=item.title,
        day=item.happened_on,
        precision=item.precision,
        place=item.place,
        partner=item.partner,
        people=people,
    )


def _published(year):
    rows = PublishedFigure.objects.filter(year__in=(year.year, year.year - 1)).select_related(
        "administration", "goal"
    )
    return tuple(
        PublishedFact(
            year=row.year,
            name=row.name,
            amount=row.amount,
            administration=row.administration.code if row.administration else "",
            goal=row.goal.number if row.goal else None,
            source=row.source,
            note=row.note,
        )
        for row in rows
    )


def collect_memo(memo: Memo) -> MemoFact:
    """A memo's words."""
    lines: dict[str, list] = {}
    for line in memo.lines.all():
        lines.setdefault(line.list, []).append(line)

    def texts(name):
        return tuple(line.text for line in lines.get(name, ()))

    kinds = memo.lines.model.List
    return MemoFact(
        title=memo.title,
        diary_number=memo.diary_number,
        dated=memo.dated,
        reference=(
            memo.reference_name,
            memo.reference_title,
            memo.reference_email,
            memo.reference_phone,
        ),
        summary=memo.summary,
        decision_lead=memo.decision_lead,
        decisions=texts(kinds.DECISION),
        basis=texts(kinds.BASIS),
        recipients=texts(kinds.RECIPIENT),
        signatories=tuple((line.text, line.detail) for line in lines.get(kinds.SIGNATORY, ())),
        schedule=tuple((step.body, step.day) for step in memo.schedule.all()),
        sections={section.key: section.text for section in memo.sections.all()},
    )
