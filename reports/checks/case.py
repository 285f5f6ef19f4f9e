"""The case that the checks look at: a submission with all that is around it, read once.

The number of queries is the same for any number of projects, answers and administrations.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.db.models import Prefetch

from funding.models import Grant, Payout
from malmo_intl.formats import sort_key
from malmo_intl.models import Administration
from projects.models import (
    GoalAllocation,
    Measure,
    Network,
    NetworkMembership,
    Participation,
    Project,
)
from reports.checks.finding import LONGEST_KEY, Finding, Severity
from reports.checks.sentences import Text
from reports.collect import project_fact
from reports.entry import lineage, parts
from reports.facts import Facts, FundFact, Part, PayoutFact
from reports.models import Answer, Comment, Memo, PartnerCount, Question, ReportingYear, Submission
from reports.models import Part as PartRow
from reports.models.part import CarriedItem
from reports.rollup import Rollup, roll_up
from reports.rules import whole_kronor

PAYOUTS, GOALS, PARTNERS, MEMO = "utbetalningar", "mal", "parter", "tjansteskrivelse"


@dataclass(frozen=True)
class Entry:
    """The administration in one project: the row, and the same as a plain fact."""

    row: Participation
    fact: Part

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
        rows = self.project.participations.all()
        return any(row.role == Participation.Role.OWNER and row.pk != self.pk for row in rows)

    @property
    def is_owner(self) -> bool:
        return self.row.role == Participation.Role.OWNER

    def names(self) -> list[str]:
        """All that the project is called."""
        return [self.name, *(alias.name for alias in self.project.aliases.all())]

    def payout(self, year: int) -> Payout | None:
        return next((row for row in self.row.payouts.all() if row.year == year), None)

    def paid(self, year: int) -> Decimal | None:
        """Whole kronor; None when no amount is known for `year`."""
        row = self.payout(year)
        return None if row is None or row.amount is None else whole_kronor(row.amount)

    def shares(self) -> dict[int, Decimal]:
        """Per cent by goal number, in the goals of the submission's year."""
        return {item.goal.number: item.share for item in self.row.allocations.all()}


@dataclass(frozen=True)
class Case:
    """`entries` are the participations that belong to the year (counting rule 3), in Swedish order;
    `every` are those of all years. `shared` are the participations of all administrations in the same
    projects that belong to the year by their period or by published money: drafts are secret."""

    submission: Submission
    every: tuple[Entry, ...]
    entries: tuple[Entry, ...]
    shared: frozenset[int]
    questions: tuple[Question, ...]
    answers: dict[int, Answer]
    earlier_answers: dict[int, Answer]
    memo: Memo | None
    earlier_memo: Memo | None
    partners: dict[str, int]
    earlier_partners: dict[str, int]
    tasks: tuple[parts.Task, ...]
    carried: tuple[CarriedItem, ...]
    register: tuple[Project, ...]
    administrations: tuple[Administration, ...]
    networks: frozenset[str]
    memberships: tuple[NetworkMembership, ...]
    comments: tuple[Comment, ...] = ()

    # --- What the checks ask ----------------------------------------------------------------------

    @property
    def year(self) -> int:
        return self.submission.year.year

    @property
    def administration(self) -> Administration:
        return self.submission.administration

    @cached_property
    def rollup(self) -> Rollup:
        """The administration's own figures, counted as in its documents."""
        code = self.administration.code
        facts = Facts(year=self.year, parts=tuple(entry.fact for entry in self.every))
        return roll_up(facts, code)

    def task(self, key: str) -> parts.Task | None:
        return next((task for task in self.tasks if task.key == key), None)

    def has_nothing(self, key: str) -> bool:
        """Whether somebody has certified that there is nothing to report in the part."""
        task = self.task(key)
        return bool(task and task.part and task.part.status == task.part.Status.NOTHING)

    @cached_property
    def texts(self) -> tuple[Text, ...]:
        """All prose of the report, with the field where it stands."""
        return tuple(text for text in self._texts() if text.html.strip())

    def _texts(self) -> Iterator[Text]:
        for number, answer in sorted(self.answers.items()):
            yield Text(f"fragor/{number}", "svar", f"svaret på fråga {number}", answer.text)
        if self.memo:
            yield Text(MEMO, "sammanfattning", "sammanfattningen", self.memo.summary)
            for section in self.memo.sections.all():
                name = f"avsnittet {section.get_key_display()}"
                yield Text(MEMO, f"avsnitt-{section.key}", name, section.text)

    @cached_property
    def earlier_memo_texts(self) -> dict[str, str]:
        """Field of the memo's part → what it held in the earlier memo."""
        if self.earlier_memo is None:
            return {}
        sections = {f"avsnitt-{item.key}": item.text for item in self.earlier_memo.sections.all()}
        return {"sammanfattning": self.earlier_memo.summary} | sections

    # --- How they answer --------------------------------------------------------------------------

    def error(self, code: str, sentence: str, part: str, field="", about="") -> Finding:
        """`part` and `field` say where it is mended: a field's name, or "#place". `about` tells findings
        of one code apart."""
        return self._found(Severity.ERROR, code, sentence, part, field, about)

    def warning(self, code: str, sentence: str, part: str, field="", about="") -> Finding:
        return self._found(Severity.WARNING, code, sentence, part, field, about)

    def _found(self, severity, code, sentence, part, field, about):
        anchor = field if field.startswith("#") else f"#id_{field}"
        url = parts.address(self.submission, part) + (anchor if field else "")
        key = ":".join(filter(None, (code, str(about))))[:LONGEST_KEY]
        return Finding(code, severity, sentence, url, key, part)


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
    every = _entries(mine, year)
    belonging = set(_belonging(mine, year, Payout.objects.all()))
    shared = _shared(mine, year)
    answers = _by_submission(Answer, submissions, "question")
    earlier_answers = _earlier_answers(units, year.questions.all())
    counts = _counts(submissions)
    earlier = _earlier_counts(units, year)
    begun = _by_submission(PartRow, submissions, "saved_by")
    carried = _by_submission(CarriedItem, submissions, "participation__project", "network")
    memos, earlier_memos = _memos(units, year), _earlier_memos(units, year)
    register = tuple(Project.objects.prefetch_related("aliases").order_by("pk"))
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
            register=register,
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


def _entries(mine, year) -> dict[int, list[Entry]]:
    """By administration, in Swedish order."""
    rows = mine.select_related("administration", "project__external_owner").prefetch_related(
        Prefetch("project__grants", Grant.objects.select_related("fund")),
        Prefetch("project__measures", Measure.objects.order_by("pk")),
        Prefetch("project__participations", Participation.objects.select_related("administration")),
        "project__aliases",
        Prefetch("payouts", Payout.objects.select_related("fund").order_by("year")),
        Prefetch(
            "allocations",
            GoalAllocation.objects.filter(goal__goal_set=year.goal_set_id)
            .select_related("goal")
            .order_by("goal__number"),
        ),
    )
    found: dict[int, list[Entry]] = {}
    for row in sorted(rows, key=lambda row: sort_key(row.project.name)):
        found.setdefault(row.administration_id, []).append(Entry(row, _fact(row)))
    return found


def _fact(row) -> Part:
    is_owner = row.role == Participation.Role.OWNER
    return Part(
        project=project_fact(row.project, row.administration.name if is_owner else ""),
        administration=row.administration.code,
        is_owner=is_owner,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        contribution=row.contribution,
        payouts=tuple(
            PayoutFact(item.year, item.amount, _fund(item.fund), item.comment)
            for item in row.payouts.all()
        ),
        shares=tuple((item.goal.number, item.share) for item in row.allocations.all()),
    )


def _fund(fund) -> FundFact | None:
    return fund and FundFact(fund.code, fund.name, fund.is_eu)


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
