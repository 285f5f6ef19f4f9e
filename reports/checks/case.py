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
from reports.entry import parts
from reports.facts import Facts, FundFact, Part, PayoutFact
from reports.models import Answer, Memo, Question, Submission
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
    partners: dict[str, int]
    earlier_partners: dict[str, int]
    tasks: tuple[parts.Task, ...]
    carried: tuple[CarriedItem, ...]
    register: tuple[Project, ...]
    administrations: tuple[Administration, ...]
    networks: frozenset[str]
    memberships: tuple[NetworkMembership, ...]

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
    year, administration = submission.year, submission.administration
    every = tuple(_entries(submission))
    mine = Participation.objects.filter(administration=administration)
    belonging = set(_pks(mine, year.year, Payout.objects.all()))
    questions = tuple(year.questions.all())
    earlier = _last_year(submission)
    return Case(
        submission=submission,
        every=every,
        entries=tuple(entry for entry in every if entry.pk in belonging),
        shared=frozenset(
            _pks(
                Participation.objects.filter(project__in=mine.values("project")),
                year.year,
                Payout.objects.filter(published=True),
            )
        ),
        questions=questions,
        answers=_by_number(submission.answers.select_related("question")),
        earlier_answers=_earlier_answers(administration, questions),
        memo=_memo(submission),
        partners=_counts(submission),
        earlier_partners=_counts(earlier) if earlier else {},
        tasks=tuple(parts.tasks(submission)),
        carried=tuple(submission.carried.select_related("participation__project", "network")),
        register=tuple(Project.objects.prefetch_related("aliases").order_by("pk")),
        administrations=tuple(Administration.objects.during(year.year)),
        networks=frozenset(Network.objects.values_list("name", flat=True)),
        memberships=tuple(
            NetworkMembership.objects.filter(
                administration=administration, year=year.year
            ).select_related("network")
        ),
    )


def _pks(participations, year, payouts) -> Iterable[int]:
    return participations.belonging_to(year, payouts).values_list("pk", flat=True)


def _entries(submission) -> Iterator[Entry]:
    rows = Participation.objects.filter(administration=submission.administration)
    rows = rows.select_related("project__external_owner").prefetch_related(
        Prefetch("project__grants", Grant.objects.select_related("fund")),
        Prefetch("project__measures", Measure.objects.order_by("pk")),
        Prefetch("project__participations", Participation.objects.select_related("administration")),
        "project__aliases",
        Prefetch("payouts", Payout.objects.select_related("fund").order_by("year")),
        Prefetch(
            "allocations",
            GoalAllocation.objects.filter(goal__goal_set=submission.year.goal_set_id)
            .select_related("goal")
            .order_by("goal__number"),
        ),
    )
    for row in sorted(rows, key=lambda row: sort_key(row.project.name)):
        yield Entry(row, _fact(row, submission.administration))


def _fact(row, administration) -> Part:
    is_owner = row.role == Participation.Role.OWNER
    return Part(
        project=project_fact(row.project, administration.name if is_owner else ""),
        administration=administration.code,
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


def _by_number(answers) -> dict[int, Answer]:
    return {answer.question.number: answer for answer in answers}


def _last_year(submission) -> Submission | None:
    """The same administration's report of the year just before, if it came in."""
    return Submission.objects.filter(
        administration=submission.administration,
        year__year=submission.year.year - 1,
        status__in=Submission.RECEIVED,
    ).first()


def _earlier_answers(administration, questions) -> dict[int, Answer]:
    """By this year's number: the answer to the question that each one continues."""
    numbers = {item.continues_id: item.number for item in questions if item.continues_id}
    found = Answer.objects.filter(
        question__in=numbers, submission__administration=administration
    ).select_related("submission__year")
    return {numbers[answer.question_id]: answer for answer in found}


def _memo(submission) -> Memo | None:
    return (
        Memo.objects.filter(
            year=submission.year, administration=submission.administration, project=None
        )
        .prefetch_related("lines", "schedule", "sections")
        .first()
    )


def _counts(submission) -> dict[str, int]:
    return {row.sector: row.count for row in submission.partner_counts.all()}
