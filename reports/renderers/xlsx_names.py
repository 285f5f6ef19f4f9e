"""Which sheet holds which table, and what Excel lets it be called."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from xlsxwriter.utility import xl_col_to_name

from malmo_intl import richtext
from reports.document import Document, Grid
from reports.renderers.xlsx_cells import length

ABOUT, DIAGRAMS = "Om", "Diagram"
CAPTION, HEAD, FIRST = 0, 1, 2  # rows of a sheet


@dataclass(frozen=True)
class Sheet:
    """A grid, the name of its sheet, and the title it has there."""

    name: str
    grid: Grid
    title: str

    def range(self, at: int) -> str:
        """The rows of column `at`, without head and sum: $D$3:$D$6."""
        letter = xl_col_to_name(at)
        return f"${letter}${FIRST + 1}:${letter}${FIRST + len(self.grid.rows)}"

    def range_from_elsewhere(self, at: int) -> str:
        return f"{quoted(self.name)}!{self.range(at)}"

    def cell(self, index: int, at: int) -> str:
        """From elsewhere: row `index` of the grid, or its sum if that is the next one."""
        return f"{quoted(self.name)}!${xl_col_to_name(at)}${FIRST + index + 1}"

    def column(self, key: str) -> int | None:
        keys = [column.key for column in self.grid.columns]
        return keys.index(key) if key in keys else None


def quoted(name: str) -> str:
    """As a formula and a link say the name of a sheet."""
    return f"'{name.replace(chr(39), chr(39) * 2)}'"


def place(document: Document) -> list[Sheet]:
    """Every grid with the name of its sheet, in the document's order."""
    found = [
        (grid, chapter.heading)
        for chapter in document.sections
        for _, section in chapter.walk()
        for grid in section.blocks
        if isinstance(grid, Grid)
    ]
    found += [(grid, "") for grid in document.appendix]
    # In a document a table is known by its chapter; in a workbook it stands alone.
    chapters = Counter(
        caption for caption, chapter in {(grid.caption, at) for grid, at in found} if chapter
    )
    taken = {
        ABOUT.casefold(),
        DIAGRAMS.casefold(),
        "history",
        "historik",
    }  # the last two Excel keeps for itself
    sheets = []
    for grid, chapter in found:
        shared = chapter if chapters[grid.caption] > 1 else ""
        names = _names(grid, shared)
        name = next(name for name in names if name.casefold() not in taken)
        taken.add(name.casefold())
        title = f"{shared}: {grid.caption}" if shared else grid.caption
        sheets.append(Sheet(name, grid, title))
    return sheets


_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_SMALL_WORDS = ("per", "för", "i", "av", "och", "till", "med", "om", "på", "från", "eller", "som")
_MOST = 31


def _names(grid: Grid, chapter: str) -> Iterator[str]:
    """Names for the grid's sheet, the best first: its short one, its chapter, or its caption up to the
    comma."""
    key = _short(grid.key.replace("-", " "))
    caption = _short(grid.caption.split(",")[0])
    names = [
        name for name in (_cut(grid.short or chapter) or caption, key[:1].upper() + key[1:]) if name
    ]
    yield from names
    base = (names or ["Tabell"])[0]
    number = 2
    while True:
        yield f"{_cut(base, _MOST - len(f' {number}'))} {number}"
        number += 1


def _allowed(text: str) -> str:
    return " ".join(_NOT_IN_NAMES.sub(" ", richtext.plain(text)).split()).strip("' ")


def _cut(text: str, most: int = _MOST) -> str:
    text = _allowed(text)
    if length(text) <= most:
        return text
    while length(text) > most - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _short(text: str) -> str:
    """A caption as a name: without its year if need be, then without its middle, then its end."""
    text = _allowed(text)
    if length(text) > _MOST:
        text = re.sub(r" \d{4}\b", "", text)
    head, per, tail = text.partition(" per ")
    tail = f" … per {tail}" if per else ""
    if length(text) <= _MOST or length(tail) > _MOST - 4:
        return _cut(text)
    while length(head + tail) > _MOST or head.rpartition(" ")[2] in _SMALL_WORDS:
        head = head.rpartition(" ")[0]
    return _allowed(head + tail if head else tail.removeprefix(" … ").capitalize())
