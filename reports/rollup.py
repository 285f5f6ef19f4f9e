"""The year's figures. Pure arithmetic: no Django, no text, no queries.

Every table is cut from the same rows, `Rollup.rows`: one per payout and goal, in whole kronor. That is why
the totals by administration, fund, goal and project are equal to the krona.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from malmo_intl.formats import Amount, sort_key
from reports.facts import AdministrationFact, Facts, FundFact, Part, PublishedFact, SubmissionFact
from reports.rules import (
    NO_GOAL,
    ZERO,
    AnswerState,
    Comparison,
    Count,
    Paid,
    add,
    answer_state,
    belongs_to,
    compare,
    count,
    fund_of,
    is_eu_project,
    paid,
    split,
    whole_kronor,
    with_reason,
)


@dataclass(frozen=True)
class Row:
    """A part of a payout: what one participation was paid for one goal. Whole kronor."""

    part: Part
    fund: FundFact | None
    goal: int
    amount: Decimal


@dataclass(frozen=True)
class Line:
    """One line of a table: an administration, a fund or a goal."""

    key: str
    name: str
    count: Count | None = None
    projects: Amount | None = None
    paid: Amount | None = None
    missing: int = 0


@dataclass(frozen=True)
class Rollup:
    """What can be said of a year, city-wide or for one administration (`only`)."""

    facts: Facts
    only: str = ""

    @property
    def year(self) -> int:
        return self.facts.year

    @cached_property
    def published(self) -> dict[tuple, PublishedFact]:
        """(year, name, administration, goal) → the figure as printed. City-wide only."""
        if self.only:
            return {}
        return {
            (item.year, item.name, item.administration, item.goal): item
            for item in self.facts.published
        }

    # --- Participations ---------------------------------------------------------------------------

    def parts_of(self, year: int) -> tuple[Part, ...]:
        """The participations that belong to `year`, projects in Swedish order."""
        mine = (
            part for part in self.facts.parts if not self.only or part.administration == self.only
        )
        return tuple(
            sorted(
                (part for part in mine if belongs_to(part, year)),
                key=lambda part: (sort_key(part.project.name), part.administration),
            )
        )

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return self.parts_of(self.year)

    @cached_property
    def eu_parts(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if is_eu_project(part))

    @cached_property
    def without_fund(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.project.grants)

    @cached_property
    def count(self) -> Count:
        return count(self.eu_parts)

    # --- Money ------------------------------------------------------------------------------------

    @cached_property
    def paid_parts(self) -> tuple[Part, ...]:
        """Participations with a row for what was paid of EU money in the year; 0 is a row too."""
        return tuple(part for part in self.parts if part.payout(self.year) and self._pays_eu(part))

    def _pays_eu(self, part: Part) -> bool:
        fund = fund_of(part, self.year)
        return fund.is_eu if fund else is_eu_project(part) or not part.project.grants

    @cached_property
    def unpaid_parts(self) -> tuple[Part, ...]:
        """EU projects of the year that say nothing of what was paid."""
        return tuple(part for part in self.eu_parts if part.payout(self.year) is None)

    @cached_property
    def paid(self) -> Paid:
        """EU money paid out, and for how many participations the figure is missing."""
        total = paid(self.paid_parts, self.year)
        return Paid(total.amount, total.missing + len(self.unpaid_parts))

    def paid_to(self, part: Part) -> Decimal | None:
        """Whole kronor that the participation was paid in the year; None if not known."""
        payout = part.payout(self.year)
        known = payout is not None and payout.amount is not None
        return whole_kronor(payout.amount) if known else None

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        rows = []
        for part in self.paid_parts:
            amount = self.paid_to(part)
            if amount is None:
                continue
            fund = fund_of(part, self.year)
            shares = [share for share in part.shares if share[0] in self.goals]
            pieces = split(amount, shares)
            rows += [Row(part, fund, goal, pieces[goal]) for goal in sorted(pieces)]
        return tuple(rows)

    @cached_property
    def goals(self) -> dict[int, str]:
        return {goal.number: goal.name for goal in self.facts.goals}

    # --- Tables -----------------------------------------------------------------------------------

    @cached_property
    def by_administration(self) -> tuple[Line, ...]:
        """Most projects first, ties in Swedish order. Published lines where the year has them."""
        lines = self._published_by_administration() or self._counted_by_administration()
        return tuple(sorted(lines, key=lambda line: (-line.projects.value, sort_key(line.name))))

    def _counted_by_administration(self) -> list[Line]:
        lines = []
        for administration in self.facts.administrations:
            mine = [part for part in self.eu_parts if part.administration == administration.code]
            money = [row for row in self.rows if row.part.administration == administration.code]
            silent = [p for p in self.unpaid_parts if p.administration == administration.code]
            if mine or money:
                counted = count(mine)
                lines.append(
                    Line(
                        administration.code,
                        administration.name,
                        counted,
                        Amount(Decimal(counted.participations)),
                        _sum(money) if money else None,
                        len(silent),
                    )
                )
        return lines

    def _published_by_administration(self) -> list[Line]:
        lines = []
        for administration in self.facts.administrations:
            projects = self.published.get((self.year, "eu_projects", administration.code, None))
            money = self.published.get((self.year, "paid", administration.code, None))
            if projects or money:
                lines.append(
                    Line(
                        administration.code,
                        administration.name,
                        projects=projects.amount if projects else Amount(ZERO),
                        paid=money.amount if money else None,
                        missing=0 if money else 1,
                    )
                )
        return lines

    @cached_property
    def by_goal(self) -> tuple[Line, ...]:
        """Every goal of the year's goal set, those without money too; then "Utan mål" if there is any.

        While nobody has said which goals some money serves, what each gets is unknown (counting rule 4).
        """
        published = [
            Line(str(number), name, paid=item.amount)
            for number, name in self.goals.items()
            if (item := self.published.get((self.year, "paid", "", number)))
        ]
        if published:
            return tuple(published)
        is_told = any(row.goal != NO_GOAL for row in self.rows)
        lines = [
            Line(
                str(number),
                name,
                paid=_sum(self._rows(lambda row, n=number: row.goal == n)) if is_told else None,
            )
            for number, name in self.goals.items()
        ]
        loose = self._rows(lambda row: row.goal == NO_GOAL)
        if loose:
            lines.append(Line("", "Utan mål", paid=_sum(loose)))
        return tuple(lines)

    @cached_property
    def by_fund(self) -> tuple[Line, ...]:
        """Most money first. Money whose fund nobody has said stands last."""
        funds = {row.fund for row in self.rows}
        lines = [
            Line(
                fund.code if fund else "",
                fund.name if fund else "Fond ej angiven",
                count({row.part: row for row in money}),
                paid=_sum(money),
            )
            for fund in funds
            if (money := self._rows(lambda row, f=fund: row.fund == f))
        ]
        return tuple(
            sorted(lines, key=lambda line: (not line.key, -line.paid.value, sort_key(line.name)))
        )

    @cached_property
    def projects_by_fund(self) -> tuple[Line, ...]:
        """EU projects by the EU funds that have granted them money, most participations first. One with
        two funds is on both lines, so these do not add up to the total."""
        groups: dict[FundFact, list[Part]] = {}
        for part in self.eu_parts:
            for fund in {g.fund for g in part.project.grants if g.granted and g.fund.is_eu}:
                groups.setdefault(fund, []).append(part)
        lines = (Line(fund.code, fund.name, count(mine)) for fund, mine in groups.items())
        return tuple(
            sorted(lines, key=lambda line: (-line.count.participations, sort_key(line.name)))
        )

    @cached_property
    def by_role(self) -> tuple[Line, ...]:
        """Owner and partner, with participations and money; published counts where the year has them."""
        return tuple(self._of_role(*role) for role in (("owned", True), ("partnered", False)))

    def _of_role(self, name: str, is_owner: bool) -> Line:
        item = self.published.get((self.year, name, "", None))
        mine = [part for part in self.eu_parts if part.is_owner == is_owner]
        money = self._rows(lambda row: row.part.is_owner == is_owner)
        return Line(
            name,
            "Projektägare" if is_owner else "Projektpart",
            count(mine),
            item.amount if item else Amount(Decimal(len(mine))),
            _sum(money) if money else None,
        )

    def _rows(self, wanted: Callable[[Row], bool]) -> list[Row]:
        return [row for row in self.rows if wanted(row)]

    # --- Named figures ----------------------------------------------------------------------------

    def figure(self, name: str) -> Comparison:
        """The city's or the administration's figure `name` of the year: published and from the rows."""
        return self._figure(name, self.year)

    def figure_before(self, name: str) -> Comparison:
        """The same figure the year before (counting rule 9)."""
        return self._figure(name, self.year - 1)

    def figure_in(self, name: str, year: int) -> Comparison:
        """The same figure in any year that the facts know of."""
        return self._figure(name, year)

    def _figure(self, name: str, year: int) -> Comparison:
        item = self.published.get((year, name, "", None))
        if item is None and year in self._printed_years:
            return compare(None, None)  # decided and printed without this figure
        today = self._from_rows(name, year) if year in self.facts.reported_years else None
        if item is None:
            return compare(None, today)
        reason = item.note
        if item.correction and today not in (None, item.latest or item.amount):
            reason = with_reason(reason, item.correction)
        return compare(
            item.amount,
            today,
            reason,
            corrected=item.in_system and bool(reason),
            is_own=year == self.facts.year,
        )

    @cached_property
    def _printed_years(self) -> set[int]:
        """Years decided on before this system: of them it knows what was printed, and nothing more."""
        return {
            item.year
            for item in self.published.values()
            if not item.administration and not item.in_system
        }

    def _from_rows(self, name: str, year: int) -> Amount | None:
        if year != self.year:
            return Rollup(self._facts_of(year), self.only)._from_rows(name, year)
        counts = {
            "eu_projects": self.count.participations,
            "owned": self.count.owned,
            "partnered": self.count.partnered,
            "unique_projects": self.count.projects,
        }
        if name in counts:
            return Amount(Decimal(counts[name]))
        if name == "paid":
            return Amount(self.paid.amount) if self.paid_parts else None
        if name == "partners":
            return Amount(Decimal(self.partner_total)) if self.partners else None
        return None

    @cached_property
    def before(self) -> "Rollup":
        """The participations and the money of the year before, from the same rows."""
        return Rollup(self._facts_of(self.year - 1), self.only)

    def _facts_of(self, year: int) -> Facts:
        """Enough of the facts to count participations and money of another year."""
        return Facts(year=year, administrations=self.facts.administrations, parts=self.facts.parts)

    @cached_property
    def partners(self) -> dict[str, int]:
        """Sector → outside parties, in the order they are entered. Empty when nobody has said."""
        totals: dict[str, int] = {}
        for submission in self.submissions:
            for sector, number in submission.partners:
                totals[sector] = totals.get(sector, 0) + number
        return totals

    @cached_property
    def partner_total(self) -> int:
        return sum(self.partners.values())

    # --- Who has answered -------------------------------------------------------------------------

    @cached_property
    def submissions(self) -> tuple[SubmissionFact, ...]:
        return tuple(
            item
            for item in self.facts.submissions
            if not self.only or item.administration == self.only
        )

    def answer_states(self, submission: SubmissionFact) -> tuple[AnswerState, ...]:
        """The state of the answer to every question of the year, in order."""
        return tuple(
            answer_state(submission, submission.answer(question.number))
            for question in self.facts.questions
        )

    def states(self, submissions: Iterable[SubmissionFact] | None = None) -> dict[AnswerState, int]:
        """How many answers are in each state; of all submissions, or of some."""
        found = [
            state
            for submission in (self.submissions if submissions is None else submissions)
            for state in self.answer_states(submission)
        ]
        return {state: found.count(state) for state in AnswerState}

    @cached_property
    def not_asked(self) -> tuple[AdministrationFact, ...]:
        """Administrations that existed in the year but were not expected to report."""
        expected = {item.administration for item in self.facts.submissions}
        return tuple(item for item in self.facts.administrations if item.code not in expected)

    # --- Reconciliation ---------------------------------------------------------------------------

    @cached_property
    def total_by_administration(self) -> Amount:
        return add(line.paid for line in self.by_administration if line.paid is not None)

    @cached_property
    def total_by_goal(self) -> Amount:
        return add(line.paid for line in self.by_goal if line.paid is not None)


def roll_up(facts: Facts, administration: str = "") -> Rollup:
    """The figures of the whole city, or of one administration (by its code)."""
    return Rollup(facts, administration)


def _sum(rows: Iterable[Row]) -> Amount:
    return Amount(sum((row.amount for row in rows), ZERO))
