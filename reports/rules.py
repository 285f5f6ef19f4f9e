"""The ten counting rules. Each is one function, and its text is printed in the reports' own notes.

No Django. Money is `Decimal` kronor; None is "uppgift saknas".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from malmo_intl.formats import Amount, round_half_up
from reports.facts import AnswerFact, FundFact, Part, SubmissionFact

ZERO = Decimal(0)
NO_GOAL = 0  # the key of money that serves no goal: "Utan mål"
RULES: dict[int, str] = {}


def rule(number: int, text: str):
    """Mark a function as counting rule `number`, with the Swedish `text` that is printed."""
    RULES[number] = text

    def mark(function):
        function.rule = number
        return function

    return mark


@dataclass(frozen=True)
class Count:
    """Participations by role, and the unique projects behind them. Two numbers, never one."""

    participations: int
    owned: int
    partnered: int
    projects: int


@rule(
    1,
    "Medverkan och unika projekt är två olika tal. Ett projekt som två förvaltningar deltar i är två "
    "medverkanden men ett unikt projekt.",
)
def count(parts: Iterable[Part]) -> Count:
    parts = list(parts)
    owned = sum(part.is_owner for part in parts)
    return Count(
        participations=len(parts),
        owned=owned,
        partnered=len(parts) - owned,
        projects=len({part.project.slug for part in parts}),
    )


@rule(
    2,
    "Ett EU-projekt har beviljats pengar från minst en fond eller ett program inom EU. En ansökan, eller "
    "ett projekt utan angiven fond, räknas inte som EU-projekt.",
)
def is_eu_project(part: Part) -> bool:
    return any(grant.granted and grant.fund.is_eu for grant in part.project.grants)


@rule(
    3,
    "En medverkan hör till året om den pågick då eller om pengar för den betalades ut då. Sista "
    "utbetalningen kommer ofta efter projektets slut.",
)
def belongs_to(part: Part, year: int) -> bool:
    """Under way in `year`, or with a row for what was paid in it; 0 kronor is no money, and says only of what
    has no known period that it was there.

    The participation's own period goes before the project's; a side that neither knows is open, but a
    participation that knows no side at all is not under way in any year.
    """
    payout = part.payout(year)
    if payout is not None and payout.amount != 0:
        return True
    starts = part.starts_on or part.project.starts_on
    ends = part.ends_on or part.project.ends_on
    if starts is None and ends is None:
        return payout is not None
    return (starts is None or starts.year <= year) and (ends is None or ends.year >= year)


@dataclass(frozen=True)
class Paid:
    """A sum of what is known, and how many rows are not."""

    amount: Decimal
    missing: int


@rule(
    4,
    "Noll är inte detsamma som att uppgift saknas. En summa räknar det som är känt och säger hur många "
    "uppgifter som saknas.",
)
def paid(parts: Iterable[Part], year: int) -> Paid:
    """Whole kronor paid out in `year`."""
    payouts = [part.payout(year) for part in parts]
    known = [payout.amount for payout in payouts if payout and payout.amount is not None]
    return Paid(sum(map(whole_kronor, known), ZERO), len(payouts) - len(known))


class Measure(StrEnum):
    PAID = "utbetalt"
    GRANTED = "beviljat"
    BUDGET = "budget"


@dataclass(frozen=True)
class Money:
    """An amount of one measure."""

    measure: Measure
    amount: Amount


@rule(
    5,
    "Utbetalt, beviljat och budget är tre olika mått. De läggs aldrig ihop och jämförs aldrig.",
)
def add_money(monies: Iterable[Money]) -> Money:
    """Their sum. Raises TypeError when the measures differ, ValueError when there are none."""
    monies = list(monies)
    measures = {money.measure for money in monies}
    if len(measures) > 1:
        raise TypeError(f"Different measures cannot be added: {', '.join(sorted(measures))}")
    if not measures:
        raise ValueError("There is nothing to add.")
    return Money(measures.pop(), Amount.total(money.amount for money in monies))


@rule(
    6,
    "En utbetalning delas mellan målen efter medverkans andelar. Det som inte har något mål visas som "
    "”Utan mål”. Delarna avrundas till hela kronor så att de alltid blir lika med utbetalningen.",
)
def split(amount: Decimal, shares: Iterable[tuple[int, Decimal]]) -> dict[int, Decimal]:
    """Whole kronor per goal number, by largest remainder; NO_GOAL takes what no share claims.

    `amount` is whole kronor. Shares are per cent; a draft whose shares exceed 100 is scaled down to 100
    (the check of the form refuses to hand it in). The parts always add up to `amount`. A goal with a
    share is there also when its part is 0.
    """
    weights: dict[int, Decimal] = {}
    for goal, share in shares:
        weights[goal] = weights.get(goal, ZERO) + share
    claimed = sum(weights.values(), ZERO)
    whole = max(claimed, Decimal(100))
    if claimed < whole:
        weights[NO_GOAL] = weights.get(NO_GOAL, ZERO) + whole - claimed
    exact = {goal: amount * weight / whole for goal, weight in weights.items()}
    parts = {goal: value.to_integral_value(ROUND_FLOOR) for goal, value in exact.items()}
    left = int(amount - sum(parts.values(), ZERO))
    by_remainder = sorted(exact, key=lambda goal: (parts[goal] - exact[goal], goal))
    for goal in by_remainder[:left]:
        parts[goal] += 1
    return parts


@rule(
    7,
    "En ungefärlig siffra behåller sitt förbehåll (ca, över, drygt, nästan) och visas aldrig som exakt. "
    "En summa med en ungefärlig del är ungefärlig.",
)
def add(amounts: Iterable[Amount]) -> Amount:
    return Amount.total(amounts)


@rule(8, "Belopp avrundas en gång, till hela kronor. En halv krona avrundas uppåt.")
def whole_kronor(value: Decimal) -> Decimal:
    """A payout is the smallest sum that is printed; it is rounded before anything is added, so that
    tables cut in different ways have the same total to the krona."""
    return round_half_up(value)


@dataclass(frozen=True)
class Comparison:
    """A figure as it was published and as the rows say today; `reason` when the two differ.

    `corrected`: it was published by this system and then corrected. `is_own`: it is asked for by the
    corrected year itself, whose new version shows today's; every other year shows the published one.
    """

    published: Amount | None
    today: Amount | None
    reason: str = ""
    corrected: bool = False
    is_own: bool = False

    @property
    def shown(self) -> Amount | None:
        first, second = self.published, self.today
        if self.corrected and self.is_own:
            first, second = second, first
        return first if first is not None else second

    @property
    def differs(self) -> bool:
        return None not in (self.published, self.today) and self.published != self.today


@rule(
    9,
    "Ett tidigare års siffra är den som publicerades. Om raderna säger något annat i dag visas båda, "
    "med skälet.",
)
def compare(
    published: Amount | None,
    today: Amount | None,
    reason: str = "",
    *,
    corrected: bool = False,
    is_own: bool = False,
) -> Comparison:
    return Comparison(published, today, reason, corrected, is_own)


def with_reason(note: str, reason: str) -> str:
    """The reasons of a figure's corrections, oldest first, as sentences."""
    reason = reason.strip()
    ended = reason if reason.endswith((".", "!", "?")) else f"{reason}."
    return f"{note} {ended}".strip()


class AnswerState(StrEnum):
    ANSWERED = "Besvarad"
    NOTHING = "Inget att rapportera"
    NOT_RECEIVED = "Ej inkommen"
    EMPTY = "Tomt svar"


@rule(
    10,
    "Varje förvaltning som fanns under året och fått uppdraget förväntas svara. Ett svar är besvarat, "
    "intygat som inget att rapportera, ej inkommet eller tomt.",
)
def answer_state(submission: SubmissionFact, answer: AnswerFact | None) -> AnswerState:
    if not submission.received:
        return AnswerState.NOT_RECEIVED
    if answer and answer.nothing_to_report:
        return AnswerState.NOTHING
    if answer and answer.text:
        return AnswerState.ANSWERED
    return AnswerState.EMPTY


def fund_of(part: Part, year: int) -> FundFact | None:
    """The fund behind the year's payout: the one it names, or the project's only one."""
    payout = part.payout(year)
    if payout and payout.fund:
        return payout.fund
    funds = {grant.fund for grant in part.project.grants}
    return funds.pop() if len(funds) == 1 else None


def explains(difference: Decimal, amounts: Iterable[Amount]) -> bool:
    """Whether rounding of `amounts` to their steps can explain `difference`."""
    return abs(difference) <= sum((Decimal(a.step) / 2 for a in amounts if not a.exact), ZERO)
