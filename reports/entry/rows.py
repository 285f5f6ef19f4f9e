"""Rows that are added to a form and removed from it, each under a name that lasts."""

import re
from dataclasses import dataclass

from django import forms
from django.forms.utils import ErrorDict
from django.forms.widgets import Script

from malmo_intl.inputs import PlainTextField

# A button of this name changes what the page shows, and saves nothing: a row more, a row moved.
REDRAW = "lagg-till"
# For a form's Media: rows are added, moved and removed at once.
SCRIPT = Script("js/rows.js", type="module")


class LineField(PlainTextField):
    """Text on one line: what was pasted with line breaks becomes one."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class OrderField(forms.Field):
    """A row's place among the others, carried along unseen. What cannot be read is the place it has."""

    widget = forms.HiddenInput

    def __init__(self, place: int | None):
        super().__init__(label="Ordning", required=False)
        self.place = place

    def to_python(self, value):
        found = read_place(value)
        return self.place if found is None else found


def read_place(value) -> int | None:
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 5 else None


@dataclass(frozen=True)
class Row:
    """A row of a form, for a template: its id ("17", or "ny1" before it is saved) and its fields."""

    id: str
    fields: list[forms.BoundField]
    remove: forms.BoundField
    is_new: bool
    noun: str = ""
    number: str = ""
    order: forms.BoundField | None = None
    remark: str = ""
    was_moved: bool = False


class FormOfRows(forms.Form):
    """A form with rows that are added and moved by showing the page again."""

    @property
    def is_redrawn(self) -> bool:
        """Whether the page is only to be shown again, with a row more: nothing is asked for yet."""
        return REDRAW in (self.data or ())

    def full_clean(self):
        if self.is_redrawn:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def is_valid(self):
        return super().is_valid() and not self.is_redrawn


class Rows:
    """Rows of a form that may be added and removed: aktivitet-17-titel, aktivitet-ny1-titel.

    A row is new when its id begins with "ny". It is gone when "bort" is ticked or nothing is filled in;
    a ticked row counts as one without text, so that whoever wrote in it meanwhile is asked. So no column may be required by itself (see `require`) and a choice must have an empty one. A row
    that somebody else removed meanwhile still has its number; `write` makes it anew.

    Rows that are `ordered` carry their place in a field of its own, so that a row that is brought back
    comes where it was; new ones come last.
    """

    REMOVE, ORDER = "bort", "ordning"

    def __init__(
        self, name: str, columns: dict, form, blank: int = 1,
        *, noun: str = "", needed=(), ordered=False, remark=None,
    ):  # fmt: skip
        """`columns`: column → a function that makes its field. `blank`: empty new rows offered.

        `noun`: what a row is called, so that each field's label says in which row it stands.
        `needed`: columns that a row is not complete without. `remark`: {column: text} → a sentence
        that is shown at the row.
        """
        self.name, self.columns, self.form = name, columns, form
        self.noun, self.needed, self.ordered, self.remark = noun, needed, ordered, remark
        self.moved = self.added = ""
        self.ids = self._ids(blank)

    def _ids(self, blank):
        pattern = re.compile(rf"{self.name}-(\d{{1,12}}|ny\d{{1,4}})-")
        names = [*self.form.stored, *(self.form.data or ())]
        found = dict.fromkeys(match[1] for name in names if (match := pattern.match(name)))
        new = [int(row[2:]) for row in found if row.startswith("ny")]
        following = max(new, default=0) + 1
        offered = 0 if self.form.is_bound and new else blank
        pressed = (self.form.data or {}).get(REDRAW, "")
        if pressed == self.name:
            offered, self.added = 1, f"ny{following}"
        ids = [*found, *(f"ny{following + extra}" for extra in range(offered))]
        return self._in_order(ids, pressed) if self.ordered else ids

    def _in_order(self, ids, pressed):
        last = max((place for row in ids if (place := self._place(row)) is not None), default=0)
        ids.sort(key=lambda row: last + 1 if self._place(row) is None else self._place(row))
        for way, step in (("upp", -1), ("ner", 1)):
            row = pressed.removeprefix(f"{self.name}-").removesuffix(f"-{way}")
            if pressed == f"{self.name}-{row}-{way}" and row in ids:
                self._move(ids, ids.index(row), step)
        return ids

    def _move(self, ids, at, step):
        """Let the row change places with its neighbour, in the data of the page."""
        self.moved, to = ids[at], min(max(at + step, 0), len(ids) - 1)
        ids[at], ids[to] = ids[to], ids[at]
        self.form.data = self.form.data.copy()
        for place, row in enumerate(ids, start=1):
            self.form.data[self.field_name(row, self.ORDER)] = str(place)

    def _place(self, row) -> int | None:
        name = self.field_name(row, self.ORDER)
        posted = read_place((self.form.data or {}).get(name))
        return read_place(self.form.stored.get(name)) if posted is None else posted

    def field_name(self, row: str, column: str) -> str:
        return f"{self.name}-{row}-{column}"

    def fields(self) -> dict[str, forms.Field]:
        made = {}
        for number, row in enumerate(self.ids, start=1):
            made |= self._fields(row, str(number))
        return made

    def _fields(self, row, number):
        made = {column: make() for column, make in self.columns.items()}
        if row == self.added:
            next(iter(made.values())).widget.attrs["autofocus"] = True
        for column, field in made.items():
            field.is_needed = column in self.needed
        made[self.REMOVE] = forms.BooleanField(label="Ta bort", required=False)
        if self.ordered:
            stored = read_place(self.form.stored.get(self.field_name(row, self.ORDER)))
            made[self.ORDER] = OrderField(stored)
        is_removed = self._is_removed(row)
        for column, field in made.items():
            if is_removed and column != self.REMOVE:
                field.clean = lambda value: None  # what goes away need not be right
            field.short = field.label
            if self.noun:
                field.label = f"{field.short}, {self.noun} {number}"
        return {self.field_name(row, column): field for column, field in made.items()}

    def _is_removed(self, row) -> bool:
        data, name = self.form.data or {}, self.field_name(row, self.REMOVE)
        return bool(forms.CheckboxInput().value_from_datadict(data, {}, name))

    def __iter__(self):
        for number, row in enumerate(self.ids, start=1):
            yield self._row(row, str(number), self.form.__getitem__)

    @property
    def pattern(self) -> Row:
        """An empty row for a script to copy: its id is "ny0", and its number "nr0"."""
        made = self._fields("ny0", "nr0")
        return self._row("ny0", "nr0", lambda name: forms.BoundField(self.form, made[name], name))

    def _row(self, row, number, bound):
        fields = {column: bound(self.field_name(row, column)) for column in self.columns}
        texts = {column: str(field.value() or "") for column, field in fields.items()}
        return Row(
            row,
            list(fields.values()),
            bound(self.field_name(row, self.REMOVE)),
            row.startswith("ny"),
            self.noun,
            number,
            bound(self.field_name(row, self.ORDER)) if self.ordered else None,
            self.remark(texts) if self.remark else "",
            row == self.moved,
        )

    def cleaned(self) -> list[tuple[str, dict]]:
        """(id, {column: value}) of every row that is to be kept, in order."""
        kept = []
        for row in self.ids:
            data = self.form.cleaned_data
            values = {column: data.get(self.field_name(row, column)) for column in self.columns}
            removed = data.get(self.field_name(row, self.REMOVE))
            if not removed and any(value not in (None, "", False) for value in values.values()):
                kept.append((row, values))
        return kept

    def places(self, taken=()) -> dict[str, int]:
        """Which place each kept row of `ordered` rows gets: its own, or the next free one above the row
        before it. None of `taken`."""
        places, last = {}, 0
        for row, _ in self.cleaned():
            wanted = self.form.cleaned_data.get(self.field_name(row, self.ORDER))
            last = max(last + 1, wanted or 0)
            while last in taken:
                last += 1
            places[row] = last
        return places

    def require(self, column: str, sentence: str):
        """Add an error to every kept row that lacks `column`. For the form's `clean`."""
        for row, values in self.cleaned():
            name = self.field_name(row, column)
            if values[column] in (None, "") and name not in self.form.errors:
                self.form.add_error(name, sentence)

    def rename(self, row: str, pk: int):
        """Say which number the new `row` got."""
        if row != str(pk):
            self.form.renamed[f"{self.name}-{row}-"] = f"{self.name}-{pk}-"

    def removed(self) -> list[str]:
        """Ids of stored rows that are to be removed."""
        kept = {row for row, _ in self.cleaned()}
        return [row for row in self.ids if not row.startswith("ny") and row not in kept]
