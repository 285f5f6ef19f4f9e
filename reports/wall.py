"""The wall: how far every administration has come with every part of a year.

Answers of what is handed in have one of the four states of counting rule 10; the parts of a report that is
being written have the state that its writers have given them. The number of queries is the same for any
number of administrations.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from malmo_intl.formats import sort_key
from malmo_intl.models import Event
from reports import checks
from reports.collect import collect
from reports.entry import parts
from reports.facts import SubmissionFact
from reports.models import Part, ReportingYear, Submission, Waiver
from reports.models.part import NOT_BEGUN
from reports.rollup import Rollup, roll_up
from reports.rules import AnswerState, answer_state

Status = Submission.Status
REMINDED = "påminde"
THERE, NOT_THERE, NOT_YET = "Ifylld", "Uppgift saknas", "Inte inkommen än"
NOT_OVER = {ReportingYear.Status.PLANNED, ReportingYear.Status.OPEN}
ANSWERED = {AnswerState.ANSWERED, AnswerState.NOTHING, Part.Status.DONE.label}
FINISHED = {*ANSWERED, THERE}
# Where the head of the table is shorter than the part's own heading.
TITLES = {"projekt": "Projekt", "mal": "Mål", "parter": "Parter", "aktiviteter": "Aktiviteter"}
# Word → colour and sign.
LOOKS = {
    AnswerState.ANSWERED: ("success", "done"),
    AnswerState.NOTHING: ("neutral", "done"),
    AnswerState.NOT_RECEIVED: ("danger", "stop"),
    AnswerState.EMPTY: ("warning", "none"),
    Part.Status.STARTED.label: ("info", "half"),
    Part.Status.DONE.label: ("success", "done"),
    Part.Status.INCOMPLETE.label: ("warning", "back"),
    THERE: ("success", "done"),
}
# What a state says in a narrow cell; the whole word is read out and stands above the table.
SHORT = {
    AnswerState.NOTHING: "Inget",
    AnswerState.EMPTY: "Tomt",
    NOT_THERE: "Saknas",
    Part.Status.INCOMPLETE.label: "Komplettera",
}


@dataclass(frozen=True)
class State:
    """A word with its sign."""

    word: str

    @property
    def color(self) -> str:
        return LOOKS.get(self.word, ("neutral", "none"))[0]

    @property
    def sign(self) -> str:
        return LOOKS.get(self.word, ("neutral", "none"))[1]

    @property
    def short(self) -> str:
        return SHORT.get(self.word, self.word)


@dataclass(frozen=True)
class Column:
    """A part. `about`: what its short title does not say."""

    key: str
    title: str
    about: str = ""


@dataclass(frozen=True)
class Cell:
    column: Column
    state: State
    url: str


@dataclass(frozen=True)
class Row:
    """An administration. `errors` and `warnings` that nobody has given a reason for; None when the report is
    not looked at: the year is over, or nothing is begun."""

    submission: Submission
    cells: tuple[Cell, ...]
    url: str
    days_left: int | None = None
    errors: int | None = None
    warnings: int | None = None
    last_at: datetime.datetime | None = None
    last_by: str = ""

    @property
    def finished(self) -> int:
        return sum(cell.state.word in FINISHED for cell in self.cells)

    @property
    def is_late(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def time_left(self) -> str:
        """ "12 dagar kvar", "sista dagen i dag", "3 dagar sen"; empty when nothing is waited for."""
        left = self.days_left
        if left is None:
            return ""
        if left == 0:
            return "sista dagen i dag"
        count = f"{abs(left)} {'dag' if abs(left) == 1 else 'dagar'}"
        return f"{count} {'kvar' if left > 0 else 'sen'}"

    @property
    def last_day(self) -> str:
        """The day of the last activity, with who it was."""
        return f"{timezone.localdate(self.last_at)}, {self.last_by}" if self.last_at else ""

    def answered(self, key: str) -> bool:
        return any(cell.column.key == key and cell.state.word in ANSWERED for cell in self.cells)


@dataclass(frozen=True)
class Wall:
    year: ReportingYear
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    answers: dict[AnswerState, int]

    @property
    def is_over(self) -> bool:
        return self.year.status == ReportingYear.Status.PUBLISHED

    @property
    def expected(self) -> int:
        return sum(self.answers.values())

    @property
    def counts(self) -> list[tuple[State, int]]:
        """How many answers are in each state, as the roll-up counts them. What may still come is not late."""
        words = {AnswerState.NOT_RECEIVED: NOT_YET} if self.year.status in NOT_OVER else {}
        return [(State(words.get(state, state)), number) for state, number in self.answers.items()]

    @property
    def handed_in(self) -> int:
        return sum(row.submission.status in Submission.RECEIVED for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.is_late for row in self.rows)

    @property
    def legend(self) -> list[State]:
        """The states that stand in a cell by a shorter word."""
        found = dict.fromkeys(cell.state for row in self.rows for cell in row.cells)
        return [state for state in found if state.short != state.word]

    @property
    def sums(self) -> list[int]:
        """How many of the rows are finished with each part."""
        lines = zip(*(row.cells for row in self.rows), strict=True)
        return [sum(cell.state.word in FINISHED for cell in line) for line in lines]


def columns(year: ReportingYear) -> list[Column]:
    """The parts in the order of the task list."""
    questions = [
        Column(f"fragor/{question.number}", f"Fråga {question.number}", question.text)
        for question in year.questions.all()
    ]
    own = [Column(key, TITLES.get(key, form.heading)) for key, form in parts.FORMS.items()]
    return [*own[:-1], *questions, own[-1]]  # the memo is written last


def wall(year: ReportingYear, today: datetime.date) -> Wall:
    """The whole wall of `year`, administrations in Swedish order."""
    rollup = roll_up(collect(year))
    shown = columns(year)
    submissions = sorted(_with_activity(year), key=lambda item: sort_key(item.administration.name))
    begun: dict[int, dict[str, Part]] = {}
    for part in Part.objects.filter(submission__in=submissions).select_related("saved_by"):
        begun.setdefault(part.submission_id, {})[part.key] = part
    memos = set(year.memos.filter(project=None).values_list("administration", flat=True))
    open_ = _open_findings(year, submissions)
    rows = tuple(
        _row(item, shown, rollup, begun.get(item.pk, {}), item.administration_id in memos, today)
        for item in submissions
    )
    rows = tuple(replace(row, **open_.get(row.submission.pk, {})) for row in rows)
    return Wall(year, tuple(shown), rows, rollup.states())


def _with_activity(year) -> Iterable[Submission]:
    """The submissions with the last thing that happened to each; a reminder is not something it did."""
    events = Event.objects.filter(
        subject_type__app_label="reports",
        subject_type__model="submission",
        subject_id=OuterRef("pk"),
    ).exclude(verb=REMINDED)
    newest = events.order_by("-at", "-pk")
    found = year.submissions.select_related("year", "administration").order_by("pk")
    return found.annotate(
        event_at=Subquery(newest.values("at")[:1]),
        event_by=Subquery(newest.values("by_name")[:1]),
    )


def _row(submission, shown, rollup, begun, has_memo, today) -> Row:
    fact = rollup.facts.submission(submission.administration.code)
    held = _held(rollup, fact, has_memo)
    last = [(part.saved_at, part.saved_by) for part in begun.values() if part.saved_at]
    last = [(at, by.name if by else "") for at, by in last]
    if submission.event_at:
        last.append((submission.event_at, submission.event_by))
    at, by = max(last, default=(None, ""))
    url = reverse("review", args=[submission.year.year, submission.administration.slug])
    return Row(
        submission,
        tuple(
            Cell(
                column,
                State(word(submission, fact, begun, column.key, held)),
                f"{url}#{column.key.replace('/', '-')}",  # the part's place on the review's page
            )
            for column in shown
        ),
        url,
        days_left(submission, today),
        last_at=at,
        last_by=by,
    )


def word(
    submission: Submission, fact: SubmissionFact, begun: dict[str, Part], key: str, held: set[str]
) -> str:
    """The state of the part `key`. `held`: the parts that hold something, for what nobody has said
    that it is finished."""
    if submission.status == Status.NOT_RECEIVED:
        return AnswerState.NOT_RECEIVED
    kind, _, number = key.partition("/")
    came_in = submission.status in Submission.RECEIVED
    if kind == "fragor" and (came_in or submission.status == Status.RETURNED and key not in begun):
        return answer_state(replace(fact, received=True), fact.answer(int(number)))
    if key in begun:
        return begun[key].get_status_display()
    if came_in:
        return THERE if key in held else NOT_THERE
    return NOT_BEGUN


def _held(rollup: Rollup, fact, has_memo) -> set[str]:
    """The parts that hold something."""
    mine = [part for part in rollup.parts if part.administration == fact.administration]
    return {
        key
        for key, there in (
            ("projekt", mine),
            ("utbetalningar", any(part.payout(rollup.year) for part in mine)),
            ("mal", any(part.shares for part in mine)),
            ("parter", fact.partners),
            ("aktiviteter", fact.activities or fact.networks),
            ("tjansteskrivelse", has_memo),
        )
        if there
    }


def days_left(submission: Submission, today: datetime.date) -> int | None:
    """Days to the last day, negative after it; None when nothing is waited for."""
    waits = submission.status not in {*Submission.RECEIVED, Status.NOT_RECEIVED}
    year = submission.year
    if not waits or year.last_day is None or year.status != ReportingYear.Status.OPEN:
        return None
    return (year.last_day - today).days


def _open_findings(year, submissions) -> dict[int, dict[str, int]]:
    """By submission: errors, and warnings without a reason. Nothing when the year is over, and nothing of a
    report that nobody has begun: all of it would be missing."""
    unlooked = {Status.NOT_STARTED, Status.NOT_RECEIVED}
    looked = [item for item in submissions if item.status not in unlooked]
    if year.status == ReportingYear.Status.PUBLISHED or not looked:
        return {}
    reasons = set(Waiver.objects.filter(submission__in=looked).values_list("submission", "finding"))
    found = {}
    for case in checks.build_all(looked):
        pk, findings = case.submission.pk, checks.run(case)
        errors = len(checks.errors(findings))
        waived = sum(not item.is_error and (pk, item.key) in reasons for item in findings)
        found[pk] = {"errors": errors, "warnings": len(findings) - errors - waived}
    return found
