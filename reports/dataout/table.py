"""What a table that is given out is: its columns, what they mean, and which of them may be open. No Django."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Type = Literal["heltal", "decimaltal", "text", "datum", "ja/nej"]


@dataclass(frozen=True)
class Column:
    """`rule`: the counting rule behind it. `is_open`: False for free text, in which people may be named."""

    name: str
    type: Type
    meaning: str
    unit: str = ""
    rule: int = 0
    is_open: bool = True


@dataclass(frozen=True)
class Table:
    """`rows(scope)` gives tuples with a value for every column. `theme` is a theme of the EU's data portals."""

    key: str
    title: str
    description: str
    columns: tuple[Column, ...]
    rows: Callable[..., Iterable[tuple]]
    title_en: str
    theme: str = "GOVE"
    keywords: tuple[str, ...] = ()

    @property
    def open_columns(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.is_open)

    def open_rows(self, scope) -> Iterable[tuple]:
        """Only what may be given to anyone."""
        kept = [index for index, column in enumerate(self.columns) if column.is_open]
        for row in self.rows(scope):
            yield tuple(row[index] for index in kept)
