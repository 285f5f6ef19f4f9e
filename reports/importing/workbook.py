"""A submission as a workbook to fill in without the system, one sheet per part."""

import io
import json

import xlsxwriter
from django import forms
from xlsxwriter.utility import xl_range_abs

from malmo_intl import formats, marks, richtext
from reports.importing.sheets import Block, Sheet, choices, kind, sheets
from reports.models import Submission

GUIDE, ABOUT, LISTS = "Läs först", "_om", "_listor"
NAMES, TITLE, FIRST = 0, 1, 2  # columns: the hidden names, the title, the first to fill in
HEAD = "[]"  # where a line has its names, a head has none
YES = "x"
_READ_ONLY = {
    "h1": {"bold": True, "font_size": 14},
    "intro": {"text_wrap": True, "font_color": "#454545"},
    "head": {"bold": True, "bg_color": "#E6EEF0", "bottom": 1, "text_wrap": True},
    "title": {"text_wrap": True, "bg_color": "#F4F6F6"},
}
_FILLED_IN = {
    "kr": {"num_format": "#,##0", "align": "right"},
    "öre": {"num_format": "#,##0.00", "align": "right"},
    "count": {"num_format": "#,##0", "align": "right"},
    "percent": {"num_format": "General", "align": "right"},
    "text": {"num_format": "@", "text_wrap": True},
    "prose": {"num_format": "@", "text_wrap": True},
    "yes": {"align": "center"},
    "choice": {},
}
_FRAME = {"border": 1, "border_color": "#B8C4C6"}
_WIDTHS = {"kr": 16, "count": 12, "percent": 12, "yes": 12, "choice": 26, "text": 30, "prose": 90}
_GUIDE = (
    "Fyll i de vita cellerna. De grå säger vad som ska stå där och går inte att ändra.",
    "En tom cell betyder att uppgiften saknas. Skriv 0 när svaret är noll.",
    "Skriv x i kolumner med (x) för ja.",
    "Nya rader läggs till i de tomma raderna sist i tabellen.",
    "Skriv belopp i hela kronor, andelar i procent och datum som 2024-05-12, maj 2024 eller 2024.",
    "I svaren på frågorna är en tom rad ett nytt stycke. Skriv - före en punkt i en lista, ## före en "
    "underrubrik och **runt fet text**.",
    "Spara filen och läs in den på redovisningens sida. Du får se alla ändringar innan något sparas.",
)


def write(submission: Submission) -> bytes:
    """The workbook, filled in with what is stored. Hidden cells say which field is which."""
    file = io.BytesIO()
    text_stays_text = dict.fromkeys(
        ("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False
    )
    made = sheets(submission)
    with xlsxwriter.Workbook(file, {"in_memory": True, **text_stays_text}) as book:
        _Writer(book).write(submission, made)
    return file.getvalue()


def tab(sheet: Sheet) -> str:
    """The sheet's name in Excel, which takes 31 characters."""
    return sheet.title[:31]


def in_cell(prose: str) -> str:
    """Prose as plain text with marks; as HTML in the rare case that there are no marks for it."""
    return marks.as_marks(prose) or prose


class _Writer:
    def __init__(self, book):
        self.book = book
        self.looks = {
            **{
                name: book.add_format({"valign": "top", **look})
                for name, look in _READ_ONLY.items()
            },
            **{
                name: book.add_format({"valign": "top", "locked": False, **_FRAME, **look})
                for name, look in _FILLED_IN.items()
            },
        }
        self.ranges: dict[tuple[str, ...], str] = {}
        self.widths: dict[str, dict[int, int]] = {}

    def write(self, submission, made):
        self._guide(submission)
        for sheet in made:
            self._sheet(sheet)
        about = {
            "year": submission.year.year,
            "administration": submission.administration.code,
            "sheets": {tab(sheet): sheet.key for sheet in made},
            "versions": {sheet.key: sheet.form.version for sheet in made},
        }
        page = self.book.add_worksheet(ABOUT)
        page.write_string(0, 0, json.dumps(about, ensure_ascii=False))
        page.very_hidden()
        page = self.book.add_worksheet(LISTS)
        for column, labels in enumerate(self.ranges):
            page.write_column(0, column, labels)
        page.very_hidden()

    def _guide(self, submission):
        page = self.book.add_worksheet(GUIDE)
        page.set_column(0, 0, 100)
        title = f"{submission.administration} {submission.year}"
        page.write_string(0, 0, title, self.looks["h1"])
        for at, sentence in enumerate(_GUIDE, start=2):
            page.write_string(at, 0, sentence, self.looks["intro"])
        page.protect()

    def _sheet(self, sheet):
        page = self.book.add_worksheet(tab(sheet))
        page.set_column(NAMES, NAMES, None, None, {"hidden": True})
        page.set_column(TITLE, TITLE, 44)
        page.write_string(0, TITLE, sheet.title, self.looks["h1"])
        page.write_string(1, TITLE, sheet.intro, self.looks["intro"])
        at = 3
        for block in sheet.blocks:
            at = self._block(page, sheet, block, at)
        page.freeze_panes(3, FIRST)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.protect(options={"format_columns": True, "format_rows": True})

    def _block(self, page, sheet, block: Block, at: int) -> int:
        """Draw a block from row `at`; the row where the next begins."""
        page.write_string(at, NAMES, HEAD)
        page.write_row(at, TITLE, ("", *block.heads), self.looks["head"])
        for at, line in enumerate(block.lines, start=at + 1):  # noqa: B020 - goes on from the head
            page.write_string(at, NAMES, json.dumps(line.names))
            page.write_string(at, TITLE, line.title, self.looks["title"])
            for index, name in enumerate(line.names):
                if name:
                    field = sheet.form.fields.get(name) or _like(sheet.form, block, index)
                    text = sheet.form.stored.get(name, "")
                    self._cell(page, (at, FIRST + index), field, text)
        return at + 2

    def _cell(self, page, place, field, text):
        how = kind(field)
        self._make_room(page, place, how)
        if how == "choice":
            self._list(page, place, tuple(choices(field).values()))
            text = choices(field).get(text, "")
        elif how == "yes":
            self._list(page, place, (YES,))
            text = YES if text else ""
        elif how == "prose":
            text = in_cell(text)
        if not text:
            page.write_blank(*place, None, self.looks[how])
        elif how in ("kr", "count", "percent"):
            number = formats.read_kronor(text)
            whole = number == number.to_integral_value()
            look = "öre" if how == "kr" and not whole else how
            page.write_number(*place, float(number), self.looks[look])
        else:
            page.write_string(*place, richtext.plain(text), self.looks[how])

    def _make_room(self, page, place, how):
        """A column is as wide as its widest kind of cell; prose has a row of many lines."""
        row, column = place
        widths = self.widths.setdefault(page.name, {})
        widths[column] = max(widths.get(column, 0), _WIDTHS[how])
        page.set_column(column, column, widths[column])
        if how == "prose":
            page.set_row(row, 120)

    def _list(self, page, place, labels):
        """A list to choose from, kept on a hidden sheet: Excel takes few characters in the cell."""
        if labels not in self.ranges:
            column = len(self.ranges)
            self.ranges[labels] = f"={LISTS}!{xl_range_abs(0, column, len(labels) - 1, column)}"
        page.data_validation(*place, *place, {"validate": "list", "source": self.ranges[labels]})


def _like(form, block, index) -> forms.Field | None:
    """The field of the same column in another row; a blank row's own does not exist yet."""
    names = (line.names[index] for line in block.lines)
    return next((form.fields[name] for name in names if name in form.fields), None)
