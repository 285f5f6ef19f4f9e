"""Asks the database for a year's facts: the only queries behind the figures. No arithmetic.

The number of queries is the same for any number of administrations and projects.
"""

from collections import defaultdict
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from funding.models import Grant, Payout
from malmo_intl.formats import Amount, sort_key
from malmo_intl.models import Administration
from projects.models import GoalAllocation, Measure, NetworkMembership, Participation
from reports.document import from_data
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
from reports.models import Memo, Publication, PublishedFigure, ReportingYear, Submission
from reports.models.publication import DocumentKind
from reports.turns import sum_in, turns


def collect(
    year: ReportingYear, *, drafts_of: Administration | None = None, reason: str = ""
) -> Facts:
    """Everything that the documents of `year` are made from.

    `drafts_of`: an administration whose own draft counts as handed in, for its own document. `reason`:
    why a year that is being corrected gets a new version, when it is another than it began with.
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
        published=tuple(_published(year, reason)),
        city_texts={
            text.question.number if text.question else 0: text.text
            for text in year.city_texts.select_related("question")
        },
        reported_years=frozenset(
            Submission.objects.filter(status__in=Submission.RECEIVED)
            # What another year is being corrected to is not told before it is published.
            .exclude(~Q(year=year.pk), year__status=ReportingYear.Status.CORRECTING)
            .values_list("year__year", flat=True)
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
    """Every participation, with what hangs on it laid out beforehand: to ask Django's prefetched managers
    for it, row by row, takes three times as long."""
    participations = list(
        Participation.objects.select_related("project__external_owner", "administration")
    )
    grants = _by(Grant.objects.select_related("fund"), "project_id")
    measures = _by(Measure.objects.order_by("pk"), "project_id")
    payouts, shares = _payouts(), _shares(year)
    owners = {
        item.project_id: item.administration.name
        for item in participations
        if item.role == Participation.Role.OWNER
    }
    projects: dict[int, ProjectFact] = {}
    for item in participations:
        project = item.project
        if project.pk not in projects:
            projects[project.pk] = _project_fact(
                project,
                owners.get(project.pk, ""),
                grants[project.pk],
                measures[project.pk],
            )
        yield Part(
            project=projects[project.pk],
            administration=item.administration.code,
            is_owner=item.role == Participation.Role.OWNER,
            starts_on=item.starts_on,
            ends_on=item.ends_on,
            contribution=item.contribution,
            payouts=tuple(payouts[item.pk]),
            shares=tuple(shares[item.pk]),
        )


def _by(rows, parent) -> defaultdict[int, list]:
    grouped = defaultdict(list)
    for row in rows:
        grouped[getattr(row, parent)].append(row)
    return grouped


def _payouts() -> defaultdict[int, list[PayoutFact]]:
    """By participation."""
    found, fund_facts = defaultdict(list), {}
    rows = Payout.objects.values_list(
        "participation_id", "year", "amount", "comment", "fund__code", "fund__name", "fund__is_eu"
    )
    for participation, year, amount, comment, *fund in rows:
        key = tuple(fund)
        if key not in fund_facts:
            fund_facts[key] = FundFact(*fund) if fund[0] else None
        found[participation].append(PayoutFact(year, amount, fund_facts[key], comment))
    return found


def _shares(year) -> defaultdict[int, list[tuple[int, Decimal]]]:
    """By participation: (goal of the year's goal set, per cent)."""
    found = defaultdict(list)
    rows = GoalAllocation.objects.filter(goal__goal_set=year.goal_set_id)
    for participation, goal, share in rows.values_list("participation_id", "goal__number", "share"):
        found[participation].append((goal, share))
    return found


def project_fact(project, owner="") -> ProjectFact:
    """A project's shared facts. `owner` is the owning administration's name, if one owns it."""
    return _project_fact(project, owner, project.grants.all(), project.measures.all())


def _project_fact(project, owner, grants, measures) -> ProjectFact:
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
                FundFact(grant.fund.code, grant.fund.name, grant.fund.is_eu),
                grant.status == Grant.Status.GRANTED,
                grant.budget,
                grant.amount,
                grant.comment,
            )
            for grant in grants
        ),
        measures=tuple(
            MeasureFact(
                row.kind == Measure.Kind.TARGET, row.what, row.value, row.unit, row.qualifier
            )
            for row in measures
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
    handed_in = {pk: found.handed_in for pk, found in turns(rows).items()}
    return tuple(
        SubmissionFact(
            administration=row.administration.code,
            received=row.status in Submission.RECEIVED
            or (row.administration == drafts_of and row.status != row.Status.NOT_RECEIVED),
            status=row.get_status_display(),
            handed_in=_day(handed_in[row.pk]),
            checksum=sum_in(handed_in[row.pk]),
            decided_on=row.decided_on,
            paragraph=row.decision_paragraph,
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


def _day(event):
    return timezone.localdate(event.at) if event else None


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


def _published(year, reason):
    correction = year.correction
    latest = _latest_figures(year) if correction else {}
    rows = PublishedFigure.objects.filter(year__in=(year.year, year.year - 1)).select_related(
        "administration", "goal"
    )
    for row in rows:
        in_system = row.publication_id is not None
        # What was printed before this system is not what is being corrected.
        corrects = bool(correction) and in_system and row.year == year.year
        yield PublishedFact(
            year=row.year,
            name=row.name,
            amount=row.amount,
            administration=row.administration.code if row.administration else "",
            goal=row.goal.number if row.goal else None,
            source=row.source,
            note=row.note,
            in_system=in_system,
            correction=(reason or correction.reason) if corrects else "",
            latest=latest.get(row.name) if corrects else None,
        )


def _latest_figures(year) -> dict[str, Amount]:
    """What the last version of the consolidated report shows, by name."""
    found = (
        Publication.objects.filter(year=year, kind=DocumentKind.CONSOLIDATED)
        .order_by("-version")
        .values_list("data__figures", flat=True)
        .first()
    )
    values = ((item["name"], from_data(item["value"])) for item in found or ())
    return {
        name: value if isinstance(value, Amount) else Amount(Decimal(value))
        for name, value in values
        if value is not None
    }


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
