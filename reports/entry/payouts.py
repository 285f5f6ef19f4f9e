"""Utbetalningar: what the administration was paid in the year, project by project."""

from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.db.models.functions import Coalesce

from funding.models import Fund, Grant, Payout
from malmo_intl.formats import long_date
from malmo_intl.inputs import KronorField, PlainTextField
from projects.models import Participation
from reports import rules
from reports.entry.grid import Cell, GridForm

AMOUNT, PENDING, COMMENT, FUND = "belopp", "vantar", "kommentar", "fond"
# The last money often comes after the end: so many years back are still asked about.
YEARS_PAID, YEARS_ENDED = 3, 2


@dataclass(frozen=True)
class PayoutRow:
    """A participation in the grid, for a template."""

    participation: Participation
    amount: Cell
    pending: Cell
    comment: Cell
    fund: forms.BoundField | None
    funds: list[Fund]
    earlier: Payout | None
    ended: str  # "november 2018", or "" while it is under way


@dataclass(frozen=True)
class Total:
    """Whole kronor of what can be read, and what is not in it."""

    amount: Decimal
    missing: int
    waiting: int
    unreadable: list[str]


class PayoutsForm(GridForm):
    """An empty amount is no row, 0 is a row, and "inte utbetalt än" is a row without amount (rule 4)."""

    heading = "Utbetalningar"
    template = "reports/entry/_payouts.html"
    columns = (AMOUNT, PENDING, COMMENT, FUND)

    @property
    def number(self) -> int:
        return self.submission.year.year

    @property
    def number_before(self) -> str:
        return str(self.number - 1)

    @property
    def lead(self):
        return f"Vad fick förvaltningen utbetalt under {self.number}, projekt för projekt?"

    # --- Which rows -----------------------------------------------------------------------------

    def listed(self, own):
        """Those of the year (rule 3), and those that may still have been paid."""
        payouts = Payout.objects.filter(participation__in=own)
        ended = own.alias(ends=Coalesce("ends_on", "project__ends_on")).filter(
            ends__year__gte=self.number - YEARS_ENDED, ends__year__lt=self.number
        )
        paid = payouts.filter(year__gte=self.number - YEARS_PAID, year__lt=self.number)
        return (
            Q(pk__in=own.belonging_to(self.number, payouts).values("pk"))
            | Q(pk__in=paid.values("participation"))
            | Q(pk__in=ended.values("pk"))
        )

    def prefetched(self, rows):
        payouts = Payout.objects.filter(year__lte=self.number).select_related("fund")
        return rows.prefetch_related(
            Prefetch("project__grants", Grant.objects.select_related("fund").order_by("pk")),
            Prefetch("payouts", payouts.order_by("-year"), to_attr="known_payouts"),
        )

    def names(self, row):
        return [f"{column}-{row.pk}" for column in self.columns]

    def _payout(self, row, number) -> Payout | None:
        return next((payout for payout in row.known_payouts if payout.year == number), None)

    def _funds(self, row) -> list[Fund]:
        """The project's, and the one that the payout names."""
        payout = self._payout(row, self.number)
        named = [payout.fund] if payout and payout.fund else []
        return list(dict.fromkeys([*(grant.fund for grant in row.project.grants.all()), *named]))

    # --- The form -------------------------------------------------------------------------------

    def read(self):
        stored = {}
        for row in self.participations:
            payout = self._payout(row, self.number)
            stored[f"{AMOUNT}-{row.pk}"] = payout and payout.amount
            stored[f"{PENDING}-{row.pk}"] = bool(payout and payout.pending)
            stored[f"{COMMENT}-{row.pk}"] = payout.comment if payout else ""
            if len(self._funds(row)) > 1:
                stored[f"{FUND}-{row.pk}"] = payout and payout.fund_id
        return stored

    def lay_out(self):
        fields = {}
        for row in self.participations:
            fields |= self._fields(row)
        return fields

    def _fields(self, row):
        project = row.project.name
        fields = {
            f"{AMOUNT}-{row.pk}": KronorField(
                label=f"{project}: utbetalt {self.number}, kronor", required=False, negative=True
            ),
            f"{PENDING}-{row.pk}": forms.BooleanField(
                label=f"{project}: inte utbetalt än", required=False
            ),
            f"{COMMENT}-{row.pk}": PlainTextField(
                label=f"{project}: kommentar", required=False, max_length=1000,
                widget=forms.Textarea,
            ),
        }  # fmt: skip
        funds = self._funds(row)
        if len(funds) > 1:
            fund = f"{project}: fond eller program"
            fields[f"{FUND}-{row.pk}"] = forms.TypedChoiceField(
                label=fund, required=False, coerce=int, empty_value=None,
                choices=[("", "Välj fond"), *((str(item.pk), item.name) for item in funds)],
                widget=forms.Select({"aria-label": fund}),
            )  # fmt: skip
        return fields

    def clean(self):
        for row in self.participations:
            self._clean_row(row)
        return super().clean()

    def _clean_row(self, row):
        amount, pending, comment, fund = self.names(row)
        if {amount, comment} & self.errors.keys():
            return
        typed, waits, words = (self.cleaned_data.get(name) for name in (amount, pending, comment))
        if typed is not None and waits:
            self.add_error(
                amount,
                "Ta bort beloppet eller krysset för inte utbetalt än. Båda kan inte gälla samtidigt.",
            )
        elif typed is not None and typed < 0 and not words:
            self.add_error(
                comment, "Ett negativt belopp är en återbetalning. Skriv här vad den gäller."
            )
        elif typed is None and not waits:
            # A choice by itself says nothing; a text does.
            self.cleaned_data[fund] = None
            if words:
                self.add_error(
                    comment,
                    "Kommentaren sparas tillsammans med ett belopp. Skriv beloppet, kryssa för inte "
                    "utbetalt än eller ta bort kommentaren.",
                )

    # --- Saving ---------------------------------------------------------------------------------

    def write(self, by):
        """One row at a time, and only those that differ, for the history."""
        stored = {
            payout.participation_id: payout
            for payout in Payout.objects.filter(
                participation__in=[row.pk for row in self.participations], year=self.number
            )
        }
        for row in self.participations:
            self._write_row(row, stored.get(row.pk))

    def _write_row(self, row, payout):
        amount, pending, comment, fund = (self.cleaned_data.get(name) for name in self.names(row))
        if amount is None and not pending:
            if payout:
                payout.delete()
                self.taken_away.append(f"utbetalningen till {row.project}")
            return
        wanted = {"amount": amount, "pending": bool(pending), "comment": comment}
        if f"{FUND}-{row.pk}" in self.fields:
            wanted["fund_id"] = fund
        payout = payout or Payout(participation=row, year=self.number)
        if payout.pk is None or any(getattr(payout, key) != new for key, new in wanted.items()):
            for key, new in wanted.items():
                setattr(payout, key, new)
            payout.save()

    # --- For the page ---------------------------------------------------------------------------

    def rows(self) -> list[PayoutRow]:
        return [self._row(row) for row in self.participations]

    def _row(self, row):
        amount, pending, comment, fund = self.names(row)
        return PayoutRow(
            row,
            self.cell(amount),
            self.cell(pending),
            self.cell(comment),
            self[fund] if fund in self.fields else None,
            self._funds(row),
            next((payout for payout in row.known_payouts if payout.year < self.number), None),
            self._ended(row),
        )

    def _ended(self, row) -> str:
        ends = row.ends_on or row.project.ends_on
        if ends is None or ends.year >= self.number:
            return ""
        return long_date(row.ends_on) if row.ends_on else row.project.ends

    def total(self) -> Total:
        """Of what stands in the fields: stored, or typed and sent back. Rounded as in the reports."""
        amount, missing, waiting, unreadable = rules.ZERO, 0, 0, []
        for row in self.participations:
            name, pending = f"{AMOUNT}-{row.pk}", f"{PENDING}-{row.pk}"
            try:
                typed = self.fields[name].clean(self.shown(name))
            except ValidationError:
                unreadable.append(row.project.name)
                continue
            if typed is not None:
                amount += rules.whole_kronor(typed)
            elif self.shown(pending):
                waiting += 1
            else:
                missing += 1
        return Total(amount, missing, waiting, unreadable)

    def last_year(self) -> Decimal | None:
        """Whole kronor paid the year before, or None when nothing is known of it."""
        payouts = [self._payout(row, self.number - 1) for row in self.participations]
        known = [payout.amount for payout in payouts if payout and payout.amount is not None]
        return sum(map(rules.whole_kronor, known), rules.ZERO) if known else None
