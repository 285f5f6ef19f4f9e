"""Asks the database for a year's facts: the only queries behind the figures. No arithmetic.

The number of queries is the same for any number of administrations and projects.
"""

from collections import defaultdict
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from malmo_intl.formats import Amount, sort_key
from malmo_intl.models import Administration
from projects.models import NetworkMembership, ProjectAlias
from reports.collect_parts import collect_parts
from reports.document import from_data
from reports.facts import (
    ActivityFact,
    AdministrationFact,
    AnswerFact,
    Facts,
    GoalFact,
    MemoFact,
    PublishedFact,
    QuestionFact,
    SubmissionFact,
)
from reports.models import Answer, Memo, Publication, PublishedFigure, ReportingYear, Submission
from reports.models.publication import DocumentKind
from reports.models.submission import Verb
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
        parts=tuple(collect_parts(year)),
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


def _submissions(year, drafts_of):
    rows = year.submissions.select_related("administration").prefetch_related(
        "partner_counts", "activities"
    )
    networks, answers = _networks(year), _answers(year)
    handed_in = {pk: found.handed_in for pk, found in turns(rows, [Verb.SUBMITTED]).items()}
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
            answers=tuple(answers[row.pk]),
            partners=tuple(
                (item.get_sector_display(), item.count) for item in row.partner_counts.all()
            ),
            activities=tuple(_activity(item) for item in row.activities.all()),
            networks=tuple(sorted(networks[row.administration.code], key=sort_key)),
        )
        for row in sorted(rows, key=lambda row: sort_key(row.administration.board_name))
    )


def _networks(year) -> defaultdict[str, list[str]]:
    """By administration, the names of those that it is in."""
    found = defaultdict(list)
    rows = NetworkMembership.objects.filter(year=year.year)
    for code, name in rows.values_list("administration__code", "network__name"):
        found[code].append(name)
    return found


def _answers(year) -> defaultdict[int, list[AnswerFact]]:
    """By submission, in the order of the questions."""
    found = defaultdict(list)
    rows = Answer.objects.filter(submission__year=year).values_list(
        "submission_id", "question__number", "text", "nothing_to_report", "reason"
    )
    for submission, *said in rows:
        found[submission].append(AnswerFact(*said))
    return found


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


def project_aliases() -> dict[str, list[str]]:
    """Project's slug → its other names, in the order they were entered. One query."""
    found = defaultdict(list)
    for slug, name in ProjectAlias.objects.order_by("pk").values_list("project__slug", "name"):
        found[slug].append(name)
    return found
