"""Three versions of a part put together: what both began from, theirs, mine. And where the two disagree.

A row is one thing: who removes it while somebody else writes in it is asked about the row, not about one
of its columns at a time.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms

from malmo_intl.inputs import PlainTextField, ProseField
from reports.entry.form import PartForm
from reports.entry.rows import Rows


@dataclass(frozen=True)
class Column:
    """A field of a row that clashes, as it is stored and as people read it."""

    name: str
    label: str
    theirs: str
    mine: str
    their_words: str
    my_words: str


@dataclass(frozen=True)
class Clash:
    """A field that both have changed since they saw the same text; or a row that one has removed and the
    other changed: then `name` is what its fields begin with, and `columns` are those with a text."""

    name: str
    label: str
    theirs: str
    mine: str
    is_text: bool  # so that both may be kept, one after the other
    columns: tuple[Column, ...] = ()

    @property
    def is_theirs_removed(self) -> bool:
        return bool(self.columns) and not any(column.theirs for column in self.columns)

    @property
    def is_mine_removed(self) -> bool:
        return bool(self.columns) and not any(column.mine for column in self.columns)

    @property
    def choice(self) -> str:
        """What is chosen until the person chooses: what loses nothing, or else mine."""
        if self.is_text:
            return "bada"
        return "deras" if self.is_mine_removed else "mina"


def merge(
    base: dict, theirs: dict, mine: dict, rows: Iterable[str] = ()
) -> tuple[dict[str, str], list[str]]:
    """Three versions of {field: text} → what both meant, and where they disagree: names of fields, and
    those of `rows`, which are what a row's fields begin with ("aktivitet-17-").

    A field that one side lacks is empty there: a removed row is a row without text. Where it stands is no
    text: two who move the same row are not asked, the later move counts.
    """
    merged, disagree = {}, []
    for name in {**theirs, **mine}:
        before, other, own = (side.get(name, "") for side in (base, theirs, mine))
        merged[name] = other if own in (before, other) else own
        if own not in (before, other) and other != before and not is_place(name):
            disagree.append(name)
    for row in rows:
        names = [name for name in merged if name.startswith(row)]
        if (kept := _one_row(names, base, theirs, mine)) is None:
            continue
        disagree = [name for name in disagree if name not in names]
        if kept:
            disagree.append(row)
        merged |= {name: mine.get(name, "") if kept else "" for name in names}
    return merged, disagree


def is_place(name: str) -> bool:
    """Whether it is a field that only says where a row stands among the others."""
    return name.endswith(f"-{Rows.ORDER}")


def _one_row(names, base, theirs, mine) -> bool | None:
    """Whether a row that one side has removed was changed by the other. None: nobody removed it alone."""
    columns = [name for name in names if not is_place(name)]
    before, other, own = ([side.get(name, "") for name in columns] for side in (base, theirs, mine))
    if not any(before) or any(other) == any(own):
        return None
    return (own if any(own) else other) != before


def rows_of(form: PartForm) -> list[str]:
    """What the fields of each row begin with."""
    end = f"-{Rows.REMOVE}"
    return [f"{name.removesuffix(end)}-" for name in form.fields if name.endswith(end)]


def clashes(form: PartForm, theirs: dict, merged: dict, disagree: Iterable[str]) -> list[Clash]:
    """What is asked about. `form` is mine, `theirs` is what is stored, `merged` has mine where they differ."""
    rows = set(rows_of(form))
    return [
        _of_row(form, name, theirs, merged)
        if name in rows
        else Clash(
            name,
            _label(form, name),
            theirs.get(name, ""),
            merged[name],
            isinstance(form.fields.get(name), (ProseField, PlainTextField)),
        )
        for name in disagree
    ]


def _of_row(form, row, theirs, merged):
    pairs = {
        name: (theirs.get(name, ""), merged.get(name, ""))
        for name in form.fields
        if name.startswith(row)
    }
    columns = tuple(
        Column(
            name,
            getattr(form.fields[name], "short", _label(form, name)),
            *pair,
            *(_in_words(form.fields[name], text) for text in pair),
        )
        for name, pair in pairs.items()
        if any(pair) and not is_place(name)
    )
    first = form.fields[columns[0].name]
    label = str(first.label).removeprefix(f"{columns[0].label}, ")
    return Clash(row, label[:1].upper() + label[1:], "", "", False, columns)


def _in_words(field, text) -> str:
    """The text as the page shows it: what was chosen by its name."""
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(text, text))
    return text


def _label(form, name) -> str:
    return str(form.fields[name].label) if name in form.fields else name
