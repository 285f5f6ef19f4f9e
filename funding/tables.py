"""The register as rows with sums, and the table that shows them.

Rows are put in order here, in Swedish, since the two databases disagree about å, ä and ö.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

import django_tables2 as tables
from django.template.loader import get_template

from funding.filters import ProjectFilter
from funding.models import Grant
from malmo_intl import formats
from malmo_intl.formats import Amount
from projects.models import Participation, Project

PENDING = "inte utbetalt än"


@dataclass(frozen=True)
class Sum:
    """What is known of a measure, added up; `unknown` parts are not in it. Whole kronor."""

    amounts: tuple[Amount, ...] = ()
    unknown: int = 0
    pending: bool = False

    @cached_property
    def amount(self) -> Amount | None:
        """None when nothing is known; "minst" when something is left out."""
        if not self.amounts:
            return None
        total = self.amounts[0] if len(self.amounts) == 1 else Amount.total(self.amounts)
        return Amount(total.value, "minst", total.step) if self.unknown else total

    @property
    def text(self) -> str:
        return PENDING if not self.amounts and self.pending else formats.amount(self.amount)

    @property
    def value(self) -> Decimal | None:
        return self.amount.value if self.amount else None

    @property
    def exactness(self) -> str:
        """How the value may be read, in a word of its own for files."""
        if self.amount is None:
            return self.text
        return self.amount.qualifier or "exakt"

    @property
    def key(self):
        """What is not known comes before zero."""
        return (self.amount is not None, self.value or 0)


@dataclass
class Row:
    """A project in the register, with what matches the filter."""

    project: Project
    units: list[tuple[str, str]] = field(default_factory=list)  # (code, name), the owner first
    funds: list[tuple[str, str]] = field(default_factory=list)
    owner: str = formats.MISSING
    is_eu: bool = False
    granted: Sum = Sum()
    paid: Sum = Sum()

    @property
    def name(self):
        return self.project.name

    @property
    def period(self):
        return self.project.period

    @cached_property
    def name_key(self):
        return formats.sort_key(self.project.name)

    @cached_property
    def owner_key(self):
        return (self.owner != formats.MISSING, formats.sort_key(self.owner))

    @cached_property
    def units_key(self):
        return formats.sort_key(_codes(self.units))

    @cached_property
    def funds_key(self):
        return formats.sort_key(_codes(self.funds))

    @cached_property
    def period_key(self):
        return tuple(str(day or "") for day in (self.project.starts_on, self.project.ends_on))


@dataclass(frozen=True)
class Totals:
    """Of the whole selection, all pages. Projects and participations are two counts (rule 1)."""

    projects: int
    owners: int
    partners: int
    granted: Sum
    granted_missing: int
    paid: Sum
    paid_missing: int

    @property
    def parts(self) -> str:
        """41 medverkanden: 19 ägare, 22 part"""
        total = self.owners + self.partners
        word = "medverkan" if total == 1 else "medverkanden"
        return f"{total} {word}: {self.owners} ägare, {self.partners} part".replace(
            " ", formats.NBSP
        ).replace(f":{formats.NBSP}", ": ")


def collect(chosen: ProjectFilter) -> tuple[list[Row], Totals]:
    """The chosen projects in Swedish order, with their sums. Five queries, however many they are."""
    projects = chosen.qs.select_related("external_owner").defer("aim", "source_note")
    rows = {project.pk: Row(project) for project in projects}
    for row in rows.values():
        if row.project.external_owner:
            row.owner = row.project.external_owner.name
    _add_units(rows)
    _add_grants(rows, chosen.chosen.get("fund"))
    roles = _add_payouts(rows, chosen)
    ordered = sorted(rows.values(), key=lambda row: row.name_key)
    return ordered, _totals(ordered, roles)


def _add_units(rows):
    parts = Participation.objects.order_by("role", "administration__code").values_list(
        "project", "role", "administration__code", "administration__name"
    )  # the role owner comes before partner
    for project, role, code, name in parts:
        if row := rows.get(project):
            row.units.append((code, name))
            if role == Participation.Role.OWNER:
                row.owner = name


def _add_grants(rows, fund_code):
    known = defaultdict(list)
    unknown = defaultdict(int)
    for grant in Grant.objects.select_related("fund").order_by("pk"):
        row = rows.get(grant.project_id)
        if row is None:
            continue
        row.funds.append((grant.fund.code, grant.fund.name))
        row.is_eu = row.is_eu or grant.fund.is_eu
        if grant.status != Grant.Status.GRANTED or fund_code not in (None, grant.fund.code):
            continue
        if grant.amount is None:
            unknown[grant.project_id] += 1
        else:
            known[grant.project_id].append(_whole(grant.amount))
    for pk in known.keys() | unknown.keys():
        rows[pk].granted = Sum(tuple(known[pk]), unknown[pk])


def _add_payouts(rows, chosen):
    """Sum what was paid to the participations that match; the roles that these have."""
    fund_code = chosen.chosen.get("fund")
    matching = {
        pk: (rows[project], role)
        for pk, project, role in chosen.participations.values_list("pk", "project", "role")
        if project in rows
    }
    known, unknown, pending = defaultdict(list), defaultdict(int), set()
    payouts = chosen.payouts.values_list("participation", "fund__code", "amount")
    for participation, payer, amount in payouts:
        if participation not in matching:
            continue
        row = matching[participation][0]
        if fund_code:
            payer = payer or (row.funds[0][0] if len(row.funds) == 1 else None)
            if payer is None:
                unknown[row.project.pk] += 1
            if payer != fund_code:
                continue
        if amount is None:
            pending.add(row.project.pk)
        else:
            known[row.project.pk].append(_whole(Amount(amount)))
    for pk in known.keys() | unknown.keys() | pending:
        rows[pk].paid = Sum(tuple(known[pk]), unknown[pk], pk in pending)
    return [role for _, role in matching.values()]


def _whole(amount):
    """Rounded before it is added, so that every table has the same total (counting rule 8)."""
    return Amount(formats.round_half_up(amount.value), amount.qualifier, amount.step)


def _totals(rows, roles):
    owners = roles.count(Participation.Role.OWNER)
    return Totals(
        projects=len(rows),
        owners=owners,
        partners=len(roles) - owners,
        granted=Sum(tuple(amount for row in rows for amount in row.granted.amounts)),
        granted_missing=sum(not row.granted.amounts or row.granted.unknown > 0 for row in rows),
        paid=Sum(tuple(amount for row in rows for amount in row.paid.amounts)),
        paid_missing=sum(not row.paid.amounts or row.paid.unknown > 0 for row in rows),
    )


def _codes(pairs):
    return ", ".join(code for code, _ in pairs)


def _money_class(record, bound_column):
    known = getattr(record, bound_column.name).amounts
    return "number" if known else "number unknown"


def _text_class(value):
    return "unknown" if value == formats.MISSING else ""


class CodesColumn(tables.Column):
    """Short names, each with its full name."""

    def render(self, value):
        return get_template("projects/_codes.html").render({"pairs": value})

    def value(self, value):
        return _codes(value)


class SumColumn(tables.Column):
    """Kronor on the page; a number, or nothing, in a file."""

    def __init__(self, measure, **options):
        number = {"class": "number"}
        attrs = {"cell": number, "td": {"class": _money_class}}
        super().__init__(
            accessor=measure, order_by=f"{measure}__key", attrs=attrs, footer="", **options
        )

    def render(self, value):
        return value.text

    def value(self, value):
        return value.value

    def footer(self, bound_column, table):
        known = getattr(table.totals, bound_column.name)
        missing = getattr(table.totals, f"{bound_column.name}_missing") if known.amounts else 0
        context = {"sum": known.text, "missing": missing}
        return get_template("projects/_sum.html").render(context)


def raw(verbose_name, accessor):
    """A column for files only."""
    return tables.Column(
        verbose_name=verbose_name, accessor=accessor, visible=False, orderable=False, default=None
    )


class ProjectTable(tables.Table):
    caption = "Projekt"

    name = tables.Column(
        "Projekt",
        order_by="name_key",
        linkify=lambda record: record.project.get_absolute_url(),
        footer=lambda table: f"Summa, {table.totals.projects} projekt",
    )
    owner = tables.Column("Ägare", order_by="owner_key", attrs={"td": {"class": _text_class}})
    units = CodesColumn(
        verbose_name="Medverkande förvaltningar",
        order_by="units_key",
        footer=lambda table: table.totals.parts,
    )
    funds = CodesColumn(verbose_name="Fond", order_by="funds_key")
    period = tables.Column("Period", order_by="period_key", attrs={"td": {"class": _text_class}})
    granted = SumColumn("granted", verbose_name="Beviljat, kr")
    paid = SumColumn("paid", verbose_name="Utbetalt, kr")
    granted_exactness = raw("Beviljat, noggrannhet", "granted__exactness")
    paid_exactness = raw("Utbetalt, noggrannhet", "paid__exactness")
    kind = raw("Slag", "project__get_kind_display")
    eu = raw("EU-projekt", "is_eu")
    starts_on = raw("Startar", "project__starts_on")
    ends_on = raw("Slutar", "project__ends_on")
    address = raw("Adress", "project__get_absolute_url")

    class Meta:
        order_by = "name"
        empty_text = "Inga projekt."

    def __init__(self, rows, totals: Totals, year=None, **options):
        self.totals = totals
        super().__init__(rows, **options)
        if year:
            self.columns["paid"].column.verbose_name = f"Utbetalt {year}, kr"

    def render_name(self, record):
        kind = record.project.get_kind_display()
        said = record.project.kind == Project.Kind.PROJECT or kind in record.name.casefold()
        return record.name if said else f"{record.name} ({kind})"

    def value_name(self, record):
        return record.name

    def value_eu(self, value):
        return "ja" if value else "nej"
