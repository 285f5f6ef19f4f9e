"""What the database knows of a year, as plain values. Filled by `collect`, counted by `rollup`. No Django.

Money is `Decimal` kronor; None is "uppgift saknas" and never zero (counting rule 4).
"""

import datetime
from dataclasses import dataclass, field
from decimal import Decimal

from malmo_intl.formats import Amount


@dataclass(frozen=True)
class AdministrationFact:
    code: str
    name: str
    board_name: str


@dataclass(frozen=True)
class GoalFact:
    number: int
    name: str


@dataclass(frozen=True)
class QuestionFact:
    number: int
    text: str
    lists_projects: bool = False


@dataclass(frozen=True)
class FundFact:
    code: str
    name: str
    is_eu: bool


@dataclass(frozen=True)
class GrantFact:
    fund: FundFact
    granted: bool = True
    budget: Amount | None = None
    amount: Amount | None = None
    comment: str = ""


@dataclass(frozen=True)
class PayoutFact:
    """`amount` None: not paid yet. `fund` None: the project's only fund, or not said."""

    year: int
    amount: Decimal | None
    fund: FundFact | None = None
    comment: str = ""


@dataclass(frozen=True)
class MeasureFact:
    is_target: bool
    what: str
    value: Decimal
    unit: str = ""
    qualifier: str = ""


@dataclass(frozen=True)
class ProjectFact:
    slug: str
    name: str
    owner: str = ""
    period: str = ""
    aim: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    grants: tuple[GrantFact, ...] = ()
    measures: tuple[MeasureFact, ...] = ()


@dataclass(frozen=True)
class Part:
    """A participation: one administration in one project."""

    project: ProjectFact
    administration: str
    is_owner: bool = False
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    contribution: str = ""
    payouts: tuple[PayoutFact, ...] = ()
    shares: tuple[tuple[int, Decimal], ...] = ()
    own_period: str = ""

    @property
    def period(self) -> str:
        """The participation's own where it has one, else the project's."""
        return self.own_period or self.project.period

    def payout(self, year: int) -> PayoutFact | None:
        """The row for `year`; None if there is none."""
        return next((payout for payout in self.payouts if payout.year == year), None)


@dataclass(frozen=True)
class AnswerFact:
    question: int
    text: str = ""
    nothing_to_report: bool = False
    reason: str = ""


@dataclass(frozen=True)
class ActivityFact:
    kind: str
    title: str
    day: datetime.date | None = None
    precision: str = "day"
    place: str = ""
    partner: str = ""
    people: Amount | None = None


@dataclass(frozen=True)
class SubmissionFact:
    """`received`: handed in, so its words may be printed.

    `handed_in` and `checksum` say which version it was; the nämnd's decision has a day and a §.
    """

    administration: str
    received: bool
    status: str = ""
    handed_in: datetime.date | None = None
    checksum: str = ""
    decided_on: datetime.date | None = None
    paragraph: str = ""
    answers: tuple[AnswerFact, ...] = ()
    partners: tuple[tuple[str, int], ...] = ()
    activities: tuple[ActivityFact, ...] = ()
    networks: tuple[str, ...] = ()

    def answer(self, question: int) -> AnswerFact | None:
        return next((answer for answer in self.answers if answer.question == question), None)


@dataclass(frozen=True)
class PublishedFact:
    """A figure as it was printed. `administration` and `goal` say what part of the whole it is.

    `in_system`: published by this system, so that the rows behind it are here; then a `note` is the reason
    why a new version shows another figure. While the year is being corrected, `correction` is the reason
    for the version to come, and `latest` what the last one shows.
    """

    year: int
    name: str
    amount: Amount
    administration: str = ""
    goal: int | None = None
    source: str = ""
    note: str = ""
    in_system: bool = False
    correction: str = ""
    latest: Amount | None = None


@dataclass(frozen=True)
class MemoFact:
    """The words of a memo; the figures are not its own."""

    title: str
    diary_number: str = ""
    dated: datetime.date | None = None
    reference: tuple[str, str, str, str] = ("", "", "", "")
    summary: str = ""
    decision_lead: str = ""
    decisions: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signatories: tuple[tuple[str, str], ...] = ()
    schedule: tuple[tuple[str, datetime.date], ...] = ()
    sections: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Facts:
    """All that a year's documents are made from.

    `parts` holds every participation of every year, so that the year before can be counted too.
    `administrations` are those that exist in the year; `submissions` those that are expected to report.
    """

    year: int
    administrations: tuple[AdministrationFact, ...] = ()
    goals: tuple[GoalFact, ...] = ()
    questions: tuple[QuestionFact, ...] = ()
    parts: tuple[Part, ...] = ()
    submissions: tuple[SubmissionFact, ...] = ()
    published: tuple[PublishedFact, ...] = ()
    city_texts: dict[int, str] = field(default_factory=dict)
    reported_years: frozenset[int] = frozenset()

    def administration(self, code: str) -> AdministrationFact:
        return next(item for item in self.administrations if item.code == code)

    def submission(self, code: str) -> SubmissionFact | None:
        return next((item for item in self.submissions if item.administration == code), None)
