"""The rows behind a figure as a table that sorts, in Swedish order."""

from collections.abc import Mapping

import django_tables2 as tables
from django.urls import reverse

from malmo_intl import formats
from reports.behind import COUNTS, Answer, Behind

# The columns of each figure's rows; what only printed lines have goes by "printed".
COLUMNS = {
    **dict.fromkeys(COUNTS, ("project", "administration", "role", "fund")),
    "unique_projects": ("project", "administration", "fund"),
    "paid": ("project", "administration", "fund", "goal", "value"),
    "partners": ("administration", "sector", "value"),
    "printed": ("administration", "value"),
}
NUMBER = {"cell": {"class": "number"}, "td": {"class": lambda value: _number_class(value)}}


def _number_class(value):
    return "number unknown" if value == formats.MISSING else "number"


class Line:
    """A row with its texts, and with keys that sort as Swedish does and put what is missing first."""

    def __init__(self, row: Behind, names: Mapping[str, str]):
        self.project, self.role = row.project, row.role
        self.fund, self.goal, self.sector = row.fund or "–", row.goal or "–", row.sector
        self.slug = row.slug
        self.administration = names.get(row.administration, row.administration)
        self.value = formats.amount(row.value)
        self.number = row.value.value if row.value else None
        self.value_key = (row.value is not None, row.value.value if row.value else 0)

    def __getattr__(self, name):
        """`project_key` is the sort key of `project`."""
        if name.endswith("_key"):
            return formats.sort_key(getattr(self, name.removesuffix("_key")))
        raise AttributeError(name)


def _text(header, name, **options):
    return tables.Column(verbose_name=header, order_by=f"{name}_key", **options)


class FigureTable(tables.Table):
    caption = "Rader"

    project = _text("Projekt", "project", linkify=lambda record: _project(record))
    administration = _text("Förvaltning", "administration")
    role = _text("Roll", "role")
    fund = _text("Fond", "fund")
    goal = _text("KF-mål", "goal")
    sector = _text("Sektor", "sector")
    value = _text(
        "Antal", "value", attrs=NUMBER, footer=lambda table: formats.amount(table.answer.total)
    )

    class Meta:
        empty_text = "Siffran har inga rader i systemet."

    def __init__(self, name: str, answer: Answer, names: Mapping[str, str], unit: str):
        self.answer = answer
        self.unit = "kronor" if unit == "kr" else ""
        shown = COLUMNS["printed"] if answer.printed else COLUMNS.get(name, ())
        rows = [Line(row, names) for row in answer.rows]
        super().__init__(
            rows,
            order_by="-value" if "value" in shown else "project",
            exclude=[column for column in self.base_columns if column not in shown],
        )
        if unit == "kr" and "value" in shown:
            self.columns["value"].column.verbose_name = "Belopp, kr"

    def value_value(self, record):
        """A number, or nothing, in a file."""
        return record.number


def _project(record):
    return reverse("projects:detail", args=[record.slug])
