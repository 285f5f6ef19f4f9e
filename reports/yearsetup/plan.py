"""What stadskontoret decides about a year, as plain values: from the last year, or as it stands."""

import datetime
from dataclasses import dataclass, field

from malmo_intl.models import Administration
from projects.models import GoalSet
from reports import letters, schedule
from reports.models import MailText, Milestone, Question, ReportingYear

Step = Milestone.Step
# The day of the hand-in is the year's last day, and that of the council the year's council_on.
FIXABLE = [step for step in Step if step not in (Step.OFFICE, Step.COUNCIL)]
COUNTED = [step for step in Step if step != Step.COUNCIL]
# From the days of the reports of 2019, 2022 and 2023.
WORKDAYS = {
    Step.PREPARATION: 6,
    Step.COMMITTEE: 10,
    Step.BOARD: 10,
    Step.OFFICE: 40,
    Step.CITY_COMMITTEE: 10,
    Step.CITY_BOARD: 12,
}


@dataclass(frozen=True)
class Asked:
    """A question. `pk`: its row, when it has one."""

    text: str
    lists_projects: bool = False
    continues_id: int | None = None
    number: int = 0
    pk: int | None = None


@dataclass(frozen=True)
class Mail:
    subject: str
    body: str
    days: str = ""


@dataclass(frozen=True)
class Pace:
    """Workdays before the next body, and the day if it is already decided."""

    workdays: int
    day: datetime.date | None = None


@dataclass(frozen=True)
class Plan:
    """A year. `boards`: each expected administration's id, with the day its board meets if known."""

    year: int
    goal_set: GoalSet | None = None
    opens_on: datetime.date | None = None
    last_day: datetime.date | None = None
    council_on: datetime.date | None = None
    questions: tuple[Asked, ...] = ()
    boards: dict[int, datetime.date | None] = field(default_factory=dict)
    mails: dict[str, Mail] = field(default_factory=dict)
    paces: dict[str, Pace] = field(default_factory=dict)


def stored(year: ReportingYear) -> Plan:
    """The year as it stands. What it lacks of mails and steps is as proposed."""
    questions = tuple(
        Asked(item.text, item.lists_projects, item.continues_id, item.number, item.pk)
        for item in year.questions.order_by("number")
    )
    return Plan(
        year.year,
        year.goal_set,
        year.opens_on,
        year.last_day,
        year.council_on,
        questions,
        dict(year.submissions.order_by("pk").values_list("administration", "board_on")),
        {**_usual_mails(), **_mails(year)},
        {**_usual_paces(), **paces(year)},
    )


def proposed(number: int) -> Plan:
    """The year `number` as the last one suggests: its questions, each continuing its own, the goals
    valid then, the administrations that exist then (counting rule 10), last year's mails and workdays,
    and its dates moved by whole weeks. No goal set when none is valid."""
    before = ReportingYear.objects.filter(year__lt=number).order_by("-year")
    asked = before.filter(questions__isnull=False).first()
    dated = before.exclude(last_day=None).first()
    mailed = before.filter(mail_texts__isnull=False).first()
    stepped = before.filter(milestones__isnull=False).first()
    return Plan(
        number,
        goals_of(number),
        **(_moved(dated, number) if dated else {}),
        questions=tuple(_continued(asked)) if asked else (),
        boards=dict.fromkeys(Administration.objects.during(number).values_list("pk", flat=True)),
        mails={**_usual_mails(), **(_mails(mailed) if mailed else {})},
        paces={**_usual_paces(), **(_without_days(stepped) if stepped else {})},
    )


def goals_of(number: int) -> GoalSet | None:
    try:
        return GoalSet.objects.valid_in(number)
    except GoalSet.DoesNotExist:
        return None


def _continued(year):
    for question in year.questions.order_by("number"):
        yield Asked(question.text, question.lists_projects, question.pk, question.number)


def _moved(year, number) -> dict:
    """The same weekday as last year, or the workday before it."""
    weeks = datetime.timedelta(weeks=52 * (number - year.year))
    days = {name: getattr(year, name) for name in ("opens_on", "last_day", "council_on")}
    return {name: day and schedule.before(day + weeks, 0) for name, day in days.items()}


def _usual_mails() -> dict[str, Mail]:
    # Without the last line's end, which a form would take away.
    return {
        str(kind): Mail(subject, body.strip(), days)
        for kind, (subject, body, days) in letters.DEFAULTS.items()
    }


def _mails(year) -> dict[str, Mail]:
    """The year's own. One query."""
    return {
        item.kind: Mail(item.subject, item.body.strip(), item.days)
        for item in MailText.objects.filter(year=year)
    }


def paces(year: ReportingYear) -> dict[str, Pace]:
    """The year's own. One query."""
    return {item.step: Pace(item.workdays, item.day) for item in year.milestones.all()}


def _usual_paces() -> dict[str, Pace]:
    return {step.value: Pace(count) for step, count in WORKDAYS.items()}


def _without_days(year) -> dict[str, Pace]:
    return {step: Pace(pace.workdays) for step, pace in paces(year).items()}


def earlier_questions(number: int) -> list[Question]:
    """Those of the years before, newest year first."""
    found = Question.objects.filter(year__year__lt=number).select_related("year")
    return list(found.order_by("-year__year", "number"))
