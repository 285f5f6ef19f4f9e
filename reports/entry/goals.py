"""KF-mål: how much of each participation serves which of the council's goals."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q

from funding.models import Payout
from malmo_intl.formats import number, percent
from malmo_intl.inputs import PercentField
from projects.models import Goal, GoalAllocation, Participation
from reports import rules
from reports.entry.grid import Cell, GridForm

SHARE, ALL = "andel", "allt"
WHOLE = Decimal(100)


@dataclass(frozen=True)
class GoalCell:
    """A participation's share for a goal. `kronor`: its part of the payout, or None if unknown."""

    goal: Goal
    field: Cell
    kronor: Decimal | None


@dataclass(frozen=True)
class GoalRow:
    """A participation in the grid, for a template. Shares are per cent, money whole kronor.

    `given` is None while a share cannot be read; `without_goal` also while there is no payout.
    """

    participation: Participation
    cells: list[GoalCell]
    payout: Payout | None
    paid: Decimal | None
    given: Decimal | None
    without_goal: Decimal | None
    earlier: str

    @property
    def given_words(self) -> str:
        return _percent(self.given or rules.ZERO)

    @property
    def left_words(self) -> str:
        return _percent(WHOLE - (self.given or rules.ZERO))

    @property
    def is_over(self) -> bool:
        return self.given is not None and self.given > WHOLE


class GoalsForm(GridForm):
    """Shares in per cent of the goals that are valid in the year; those of other goals are left alone."""

    heading = "KF-mål"
    template = "reports/entry/_goals.html"
    columns = (SHARE,)

    @property
    def lead(self):
        return "Vilka av kommunfullmäktiges mål bidrar projekten till? Fördela varje projekt i procent."

    @cached_property
    def goal_set(self):
        return self.submission.year.goal_set

    @cached_property
    def goals(self) -> list[Goal]:
        return sorted(self.goal_set.goals.all(), key=lambda goal: goal.number)

    # --- Which rows -----------------------------------------------------------------------------

    def listed(self, own):
        payouts = Payout.objects.filter(participation__in=own)
        return Q(pk__in=own.belonging_to(self.submission.year.year, payouts).values("pk"))

    def prefetched(self, rows):
        allocations = GoalAllocation.objects.select_related("goal__goal_set")
        payouts = Payout.objects.filter(year=self.submission.year.year)
        return rows.prefetch_related(
            Prefetch("allocations", allocations.order_by("goal__number"), to_attr="every_share"),
            Prefetch("payouts", payouts, to_attr="year_payouts"),
        )

    def name(self, row, goal) -> str:
        return f"{SHARE}-{row.pk}-{goal.number}"

    def names(self, row):
        return [self.name(row, goal) for goal in self.goals]

    # --- The form -------------------------------------------------------------------------------

    def read(self):
        stored = {name: None for row in self.participations for name in self.names(row)}
        for row in self.participations:
            for share in row.every_share:
                if share.goal.goal_set_id == self.goal_set.pk:
                    stored[self.name(row, share.goal)] = share.share
        return stored

    def lay_out(self):
        self._put_all_on_one_goal()
        return {
            self.name(row, goal): self._field(row, goal)
            for row in self.participations
            for goal in self.goals
        }

    def _field(self, row, goal):
        label = f"{row.project.name}: mål {goal}, procent"
        return PercentField(label=label, required=False)

    def _put_all_on_one_goal(self):
        """What the buttons "Allt till mål 2" ask for: allt=17:2."""
        asked = re.fullmatch(r"(\d{1,12}):(\d{1,4})", str(self.data.get(ALL, "")), re.ASCII)
        for row in self.participations:
            names = self.names(row)
            chosen = asked and int(asked[1]) == row.pk and f"{SHARE}-{row.pk}-{int(asked[2])}"
            if chosen in names:
                data = self.data.copy()
                for name in names:
                    data[name] = "100" if name == chosen else ""
                self.data = data

    def clean(self):
        for row in self.participations:
            names = self.names(row)
            shares = {name: share for name in names if (share := self.cleaned_data.get(name))}
            for name in names:
                self.cleaned_data[name] = shares.get(name)  # 0 % is no share
            total = sum(shares.values())
            if total > WHOLE and not self.errors.keys() & set(names):
                self.add_error(
                    next(iter(shares)),
                    f"Projektets andelar blir tillsammans {_percent(total)}. Minska dem till högst 100 %.",
                )
        return super().clean()

    # --- Saving ---------------------------------------------------------------------------------

    def write(self, by):
        """One row at a time, and only those that differ, for the history."""
        stored = {
            (share.participation_id, share.goal_id): share
            for share in GoalAllocation.objects.filter(
                participation__in=[row.pk for row in self.participations],
                goal__goal_set=self.goal_set,
            )
        }
        for row in self.participations:
            had = [goal for goal in self.goals if (row.pk, goal.pk) in stored]
            kept = [self._write(row, goal, stored.get((row.pk, goal.pk))) for goal in self.goals]
            if had and not any(kept):
                self.taken_away.append(f"målen för {row.project}")

    def _write(self, row, goal, allocation) -> bool:
        share = self.cleaned_data[self.name(row, goal)]
        if share is None:
            if allocation:
                allocation.delete()
            return False
        allocation = allocation or GoalAllocation(participation=row, goal=goal)
        if allocation.pk is None or allocation.share != share:
            allocation.share = share
            allocation.save()
        return True

    # --- For the page ---------------------------------------------------------------------------

    @cached_property
    def rows(self) -> list[GoalRow]:
        return [self._row(row) for row in self.participations]

    def _row(self, row):
        payout = next(iter(row.year_payouts), None)
        paid = None
        if payout and payout.amount is not None:
            paid = rules.whole_kronor(payout.amount)
        shares = self._shares(row)
        given = None if shares is None else sum(shares.values(), rules.ZERO)
        parts = {}
        if paid is not None and given is not None and given <= WHOLE:
            parts = {rules.NO_GOAL: rules.ZERO} | rules.split(paid, shares.items())
        return GoalRow(
            row,
            [
                GoalCell(
                    goal,
                    self.cell(self.name(row, goal)),
                    parts.get(goal.number, rules.ZERO if parts else None),
                )
                for goal in self.goals
            ],
            payout,
            paid,
            given,
            parts.get(rules.NO_GOAL),
            self._earlier(row),
        )

    def _shares(self, row) -> dict[int, Decimal] | None:
        """Goal number → what stands in its field, per cent; None if one of them cannot be read."""
        shares = {}
        for goal in self.goals:
            name = self.name(row, goal)
            try:
                share = self.fields[name].clean(self.shown(name))
            except ValidationError:
                return None
            if share:
                shares[goal.number] = share
        return shares

    def _earlier(self, row) -> str:
        """The shares of the latest earlier goals: "2020–2022: 2. Stadsutveckling och klimat 100 %"."""
        first = self.goal_set.first_year
        before = [share for share in row.every_share if share.goal.goal_set.first_year < first]
        if not before:
            return ""
        last = max((share.goal.goal_set for share in before), key=lambda goals: goals.first_year)
        words = ", ".join(
            f"{share.goal} {_percent(share.share)}"
            for share in before
            if share.goal.goal_set_id == last.pk
        )
        return f"{_years(last)}: {words}"

    def sums(self) -> list[tuple[str, Decimal]]:
        """Whole kronor per goal, and last what has no goal. Rows without a split are not in it."""
        split = [row for row in self.rows if row.without_goal is not None]
        sums = [
            (str(goal), sum((row.cells[at].kronor for row in split), rules.ZERO))
            for at, goal in enumerate(self.goals)
        ]
        return [*sums, ("Kvar utan mål", sum((row.without_goal for row in split), rules.ZERO))]

    def shared_years(self) -> str:
        """The period of the goals when earlier years have the same shares, else ""."""
        return _years(self.goal_set) if self.goal_set.first_year < self.submission.year.year else ""

    def left_out(self) -> list[str]:
        """Projects with a payout whose shares cannot be added up."""
        return [
            row.participation.project.name
            for row in self.rows
            if row.paid is not None and row.without_goal is None
        ]


def _percent(share: Decimal) -> str:
    """12.25 → "12,25 %": the shares have two decimals, which `formats.percent` would round."""
    return f"{number(share, 2)}\u00a0%" if share % 1 else percent(share)


def _years(goal_set) -> str:
    """ "2020–2022", "2023" or "från 2024"."""
    if goal_set.last_year is None:
        return f"från {goal_set.first_year}"
    if goal_set.last_year == goal_set.first_year:
        return str(goal_set.first_year)
    return f"{goal_set.first_year}–{goal_set.last_year}"
