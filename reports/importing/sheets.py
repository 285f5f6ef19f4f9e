"""A part as a sheet: which of its fields stand in which row and column, and how they are typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms

from malmo_intl.inputs import CountField, KronorField, PercentField, ProseField
from reports.entry import parts
from reports.entry.form import NOTHING, REASON, PartForm, Rows
from reports.models import Submission

BLANK_ROWS = 20
FILL_IN = "Fyll i här"
_FIXED, _SINGLE = "", "enskilda-"  # rows that are neither added nor removed; fields without rows
_ROW = re.compile(r"(?P<first>[a-z_]+)-(?P<row>\d+|ny\d+|[a-z_]+)(?:-(?P<last>[a-z0-9_]+))?")


@dataclass(frozen=True)
class Line:
    """A row of a sheet: a title that is only read, and the names of the fields beside it.

    An empty name is a cell that nothing is typed in.
    """

    title: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """Lines below one head. `heads` are the columns' labels, one for each name of a line."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Sheet:
    """A part of the submission in the workbook."""

    key: str
    title: str
    intro: str
    blocks: tuple[Block, ...]
    form: PartForm

    @property
    def names(self) -> Iterator[str]:
        for block in self.blocks:
            for line in block.lines:
                yield from filter(None, line.names)


def sheets(submission: Submission) -> list[Sheet]:
    """One sheet per part that is entered on a form; the questions share one."""
    made = []
    questions = []
    for key, title in parts.keys(submission):
        form_class = parts.form_class(key)
        if form_class is None or key == "projekt":
            continue  # the list of projects is confirmed in the browser
        form = form_class(submission, key)
        if key.startswith("fragor/"):
            questions.append(_sheet(form, tab_title(form), title))
        else:
            made.append(_sheet(form, tab_title(form), str(form.lead)))
    return [*made, *questions]


def tab_title(form: PartForm) -> str:
    """What the part's sheet is called."""
    number = form.key.removeprefix("fragor/")
    return f"Fråga {number}" if number != form.key else str(form.heading)


def _sheet(form, title, intro) -> Sheet:
    return Sheet(form.key, title, intro, tuple(_blocks(form)), form)


def _blocks(form: PartForm) -> Iterator[Block]:
    """In the order of the page: single fields one to a line, and each kind of row as a table."""
    tables: dict[str, dict[str, dict[str, str]]] = {}
    for name, field in form.fields.items():
        if field.widget.is_hidden:
            continue  # the order of rows, which they carry along unseen
        match = None if name in (NOTHING, REASON) else _ROW.fullmatch(name)
        if match is None:
            singles = (
                tables.setdefault(f"{_SINGLE}{len(tables)}", {})
                if _last_is_table(tables)
                else tables[next(reversed(tables))]
            )
            singles[name] = {"": name}
            continue
        added = match["last"] and not match["last"].isdecimal()
        group, column = (
            (match["first"], match["last"]) if added else (_FIXED, match["last"] or match["first"])
        )
        tables.setdefault(group, {}).setdefault(match["row"], {})[column] = name
    for group, lines in tables.items():
        yield _block(form, group, lines)


def _last_is_table(tables) -> bool:
    return not tables or not next(reversed(tables)).startswith(_SINGLE)


def _block(form, group, lines) -> Block:
    columns = list(dict.fromkeys(column for line in lines.values() for column in line))
    heads, titles = _words(form, columns, lines)
    if group != _FIXED and not group.startswith(_SINGLE):
        noun = _noun(form, lines, columns)
        lines = _with_blank_rows(group, lines, columns)
        titles = dict.fromkeys(lines, noun)
    return Block(
        heads,
        tuple(
            Line(titles.get(row, ""), tuple(line.get(column, "") for column in columns))
            for row, line in lines.items()
        ),
    )


def _words(form, columns, lines) -> tuple[tuple[str, ...], dict[str, str]]:
    """Heads of the columns, and titles of the lines, from labels that say both: "Havet: kommentar",
    "Plats, aktivitet 1". A column alone has no name of its own."""

    def label(name):
        field = form.fields[name]
        return f"{field.label} (x)" if kind(field) == "yes" else str(field.label)

    if len(columns) == 1:
        return (FILL_IN,), {row: label(line[columns[0]]) for row, line in lines.items()}
    heads = tuple(_head(label(_example(lines, column))) for column in columns)
    first = columns[0]
    return heads, {row: label(line[first]).rpartition(": ")[0] for row, line in lines.items()}


def _noun(form, lines, columns) -> str:
    """What an added row is called: "Plats, aktivitet 1" → "Aktivitet"."""
    label = str(form.fields[_example(lines, columns[0])].label)
    return label.rpartition(", ")[2].rstrip("0123456789 ").capitalize()


def _example(lines, column) -> str:
    return next(line[column] for line in lines.values() if column in line)


def _head(label) -> str:
    """What is said in every row of the column."""
    before, colon, after = label.rpartition(": ")
    mark = " (x)" if label.endswith(" (x)") and not colon else ""
    head = after if colon else (label.rpartition(", ")[0] or label) + mark
    return head[:1].upper() + head[1:]


def _with_blank_rows(group, lines, columns) -> dict:
    kept = {row: line for row, line in lines.items() if not row.startswith("ny")}
    blank = {
        f"ny{at}": {
            column: f"{group}-ny{at}-{column}" for column in columns if column != Rows.REMOVE
        }
        for at in range(1, BLANK_ROWS + 1)
    }
    return kept | blank


def kind(field: forms.Field | None) -> str:
    """How a field is typed in a cell: kr, percent, count, yes, choice or text."""
    kinds = {
        KronorField: "kr",
        PercentField: "percent",
        CountField: "count",
        forms.BooleanField: "yes",
        forms.ChoiceField: "choice",
        ProseField: "prose",
    }
    return next((word for made, word in kinds.items() if isinstance(field, made)), "text")


def choices(field: forms.ChoiceField) -> dict[str, str]:
    """Value → what people read, without the empty choice."""
    return {str(value): str(label) for value, label in field.choices if value not in ("", None)}
