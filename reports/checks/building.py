"""Reads the cases that the checks look at, once for all.

The number of queries is the same for any number of projects, answers and administrations.
"""

from collections.abc import Iterable, Iterator

from funding.models import Payout
from malmo_intl.models import Administration
from projects.models import Network, NetworkMembership, Participation
from reports.checks.case import Case
from reports.checks.entries import entries, register
from reports.entry import lineage, parts
from reports.models import Answer, Comment, Memo, Part, PartnerCount, ReportingYear, Submission
from reports.models.part import CarriedItem


def build(submission: Submission) -> Case:
    """The case of `submission`, whatever its state."""
    return next(build_all([submission]))


def build_all(submissions: list[Submission]) -> Iterator[Case]:
    """The case of each. All are of one year; as many queries for all as for one."""
    if not submissions:
        return
    years = ReportingYear.objects.select_related("goal_set")
    year = years.prefetch_related("questions", "goal_set__goals").get(pk=submissions[0].year_id)
    units = {item.administration_id for item in submissions}
    mine = Participation.objects.filter(administration__in=units)
    listed = register()
    every = entries(units, year, listed)
    belonging = set(_belonging(mine, year, Payout.objects.all()))
    shared = _shared(mine, year)
    answers = _by_submission(Answer, submissions, "question")
    earlier_answers = _earlier_answers(units, year.questions.all())
    counts = _counts(submissions)
    earlier = _earlier_counts(units, year)
    begun = _by_submission(Part, submissions, "saved_by")
    carried = _by_submission(CarriedItem, submissions, "participation__project", "network")
    memos, earlier_memos = _memos(units, year), _earlier_memos(units, year)
    administrations = tuple(Administration.objects.during(year.year))
    networks = frozenset(Network.objects.values_list("name", flat=True))
    memberships = _memberships(units, year)
    comments = _by_submission(Comment, submissions)
    for submission in submissions:
        submission.year = year  # with its questions and goals, read once for all
        unit, pk = submission.administration_id, submission.pk
        own = tuple(every.get(unit, ()))
        projects = {entry.row.project_id for entry in own}
        yield Case(
            submission=submission,
            every=own,
            entries=tuple(entry for entry in own if entry.pk in belonging),
            shared=frozenset(row for row, project in shared if project in projects),
            questions=tuple(year.questions.all()),
            answers={answer.question.number: answer for answer in answers.get(pk, ())},
            earlier_answers=earlier_answers.get(unit, {}),
            memo=memos.get(unit),
            earlier_memo=earlier_memos.get(unit),
            partners=counts.get(pk, {}),
            earlier_partners=earlier.get(unit, {}),
            tasks=tuple(parts.tasks_of(submission, begun.get(pk, ()))),
            carried=tuple(carried.get(pk, ())),
            register=listed,
            administrations=administrations,
            networks=networks,
            memberships=tuple(memberships.get(unit, ())),
            comments=tuple(item for item in comments.get(pk, ()) if item.waits),
        )


def _belonging(participations, year, payouts) -> Iterable[int]:
    return participations.belonging_to(year.year, payouts).values_list("pk", flat=True)


def _shared(mine, year) -> list[tuple[int, int]]:
    """(participation, project)"""
    rows = Participation.objects.filter(project__in=mine.values("project"))
    published = Payout.objects.filter(published=True)
    return list(rows.belonging_to(year.year, published).values_list("pk", "project"))


def _by_submission(model, submissions, *related) -> dict[int, list]:
    found: dict[int, list] = {}
    rows = model.objects.filter(submission__in=submissions).select_related(*related)
    for row in rows.order_by("pk"):
        found.setdefault(row.submission_id, []).append(row)
    return found


def _earlier_answers(units, questions) -> dict[int, dict[int, Answer]]:
    """Administration → by this year's number: the latest answer to what the question continues."""
    numbers = {question.pk: question.number for question in questions}
    found: dict[int, dict[int, Answer]] = {}
    for (unit, question), answer in lineage.earlier_answers(questions, units).items():
        found.setdefault(unit, {})[numbers[question]] = answer
    return found


def _earlier_memos(units, year) -> dict[int, Memo]:
    """By administration, its latest one before `year`, as its own page shows beside."""
    rows = Memo.objects.filter(administration__in=units, project=None, year__year__lt=year.year)
    rows = rows.select_related("year").prefetch_related("sections")
    return {memo.administration_id: memo for memo in rows.order_by("year__year")}


def _memos(units, year) -> dict[int, Memo]:
    rows = Memo.objects.filter(year=year, administration__in=units, project=None)
    rows = rows.prefetch_related("lines", "schedule", "sections")
    return {memo.administration_id: memo for memo in rows}


def _memberships(units, year) -> dict[int, list[NetworkMembership]]:
    rows = NetworkMembership.objects.filter(administration__in=units, year=year.year)
    found: dict[int, list[NetworkMembership]] = {}
    for row in rows.select_related("network"):
        found.setdefault(row.administration_id, []).append(row)
    return found


def _counts(submissions) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    for row in PartnerCount.objects.filter(submission__in=submissions):
        found.setdefault(row.submission_id, {})[row.sector] = row.count
    return found


def _earlier_counts(units, year) -> dict[int, dict[str, int]]:
    """By administration, of the year just before, where its report came in."""
    rows = PartnerCount.objects.filter(
        submission__administration__in=units,
        submission__year__year=year.year - 1,
        submission__status__in=Submission.RECEIVED,
    )
    found: dict[int, dict[str, int]] = {}
    for row in rows.select_related("submission"):
        found.setdefault(row.submission.administration_id, {})[row.sector] = row.count
    return found
