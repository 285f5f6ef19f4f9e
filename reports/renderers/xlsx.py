"""The document's tables as a workbook: one sheet each, sums as formulas over the rows they sum.

Every figure is the document's. A formula stands only where it must give that same figure, with the
figure written beside it as its last result: previews in mail and on phones show nothing else.
"""

import datetime
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from malmo_intl import formats, richtext
from malmo_intl.formats import Amount
from reports.document import Document, Grid, SumOf, Value, When

CITY = "Malmö stad"
DRAFT = "UTKAST"
ABOUT = "Om"
MAX_TEXT = 32_767  # characters of a cell, counted as Excel counts them: in UTF-16
ACCENT, QUIET, LINE = "#007896", "#454545", "#D9D9D9"
NARROW, WIDE = 9, 60  # widths of columns, in characters
PORTRAIT = 92  # what an upright A4 holds, in characters
CAPTION, HEAD, FIRST = 0, 1, 2  # rows of a sheet
_OLDEST = datetime.date(1900, 3, 1)  # before it Excel's calendar is wrong
_FIGURES = ("kr", "count", "percent")


def render(document: Document) -> bytes:
    """Raises ValueError if a text is longer than a cell can hold: an official text is never cut."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    _properties(book, document)
    pen = Pen(book)
    sheets = place(document)
    _about(pen, document, sheets)
    for sheet in sheets:
        _sheet(pen, document, sheet, sheets)
    book.close()
    return out.getvalue()


# --- Which sheet holds what ----------------------------------------------------------------------


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
        return f"'{self.name.replace(chr(39), chr(39) * 2)}'!{self.range(at)}"

    def column(self, key: str) -> int | None:
        keys = [column.key for column in self.grid.columns]
        return keys.index(key) if key in keys else None


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
    taken = {ABOUT.casefold(), "history", "historik"}  # the last two Excel keeps for itself
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
    """Names for the grid's sheet, the best first: its chapter, or its caption up to the comma."""
    key = _short(grid.key.replace("-", " "))
    caption = _short(grid.caption.split(",")[0])
    names = [name for name in (_cut(chapter) or caption, key[:1].upper() + key[1:]) if name]
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
    if _units(text) <= most:
        return text
    while _units(text) > most - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def _short(text: str) -> str:
    """A caption as a name: without its year if need be, then without its middle, then its end."""
    text = _allowed(text)
    if _units(text) > _MOST:
        text = re.sub(r" \d{4}\b", "", text)
    head, per, tail = text.partition(" per ")
    tail = f" … per {tail}" if per else ""
    if _units(text) <= _MOST or _units(tail) > _MOST - 4:
        return _cut(text)
    while _units(head + tail) > _MOST or head.rpartition(" ")[2] in _SMALL_WORDS:
        head = head.rpartition(" ")[0]
    return _allowed(head + tail if head else tail.removeprefix(" … ").capitalize())


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


# --- Writing cells -------------------------------------------------------------------------------


class Pen:
    """Writes typed values. Text is text whatever it begins with; formulas come from `formula` alone."""

    def __init__(self, book: Workbook):
        self.book = book
        self._formats = {}

    def format(self, **properties):
        properties = {"font_name": "Calibri", "font_size": 11, "valign": "top", **properties}
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]

    def text(self, sheet, row: int, at: int, text: str, **look):
        text = richtext.plain(text).replace("\r\n", "\n").replace("\r", "\n")
        if _units(text) > MAX_TEXT:
            raise ValueError(f"Texten är för lång för Excel: {text[:60]}…")
        made = self.format(**look)
        if not text:
            sheet.write_blank(row, at, None, made)
        elif text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such text for markup of its own and would write it as it stands.
            sheet.write_rich_string(row, at, made, text[:1], made, text[1:], made)
        else:
            sheet.write_string(row, at, text, made)

    def value(self, sheet, row: int, at: int, value: Value, unit: str, **look):
        number = _number(value, unit)
        if number is not None:
            look = {"num_format": number_format(value, unit), "align": _align(unit), **look}
            sheet.write_number(row, at, number, self.format(**look))
        elif isinstance(value, datetime.date) and value >= _OLDEST:
            look = {"num_format": "yyyy-mm-dd", "align": "left", **look}
            sheet.write_datetime(row, at, value, self.format(**look))
        else:
            self.text(sheet, row, at, words(value), **{"align": _align(unit), **look})

    def formula(self, sheet, row: int, at: int, formula: str, value: Value, unit: str, **look):
        """`formula`, with `value` as the result it had when it was last worked out."""
        look = {"num_format": number_format(value, unit), "align": _align(unit), **look}
        sheet.write_formula(row, at, formula, self.format(**look), _number(value, unit))


def words(value: Value) -> str:
    """What is not a number, as text."""
    if value is None:
        return formats.MISSING
    if isinstance(value, When):
        return formats.date_as_known(value.day, value.precision)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def _number(value: Value, unit: str) -> int | float | None:
    """The value as Excel's only kind of number, or None. A goal is a name, though it looks like one."""
    if isinstance(value, Amount):
        value = value.value
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or unit == "goal":
        return None
    return int(value) if value == int(value) else float(value)


def number_format(value: Value, unit: str) -> str:
    """Groups of three as the reader's Excel makes them; what is not exact says so in its cell."""
    plain = "#,##0"
    if unit == "percent":
        plain = '0" %"' if value == int(value) else '0.0" %"'
    elif unit == "text":
        plain = "0"  # a year has no groups of three
    if isinstance(value, Amount) and not value.exact:
        # A figure printed in whole millions is not exact even if no word said so (rule 7).
        return f'"{value.qualifier or "ca"} "{plain}'
    return plain


def _align(unit: str) -> str:
    return "right" if unit in _FIGURES else "left"


# --- A sheet -------------------------------------------------------------------------------------


def _sheet(pen: Pen, document: Document, sheet: Sheet, sheets: list[Sheet]):
    grid = sheet.grid
    page = pen.book.add_worksheet(sheet.name)
    widths = _widths(grid)
    pen.text(page, CAPTION, 0, sheet.title, bold=True, font_size=14, valign="vcenter")
    page.set_row(CAPTION, 26)
    for at, column in enumerate(grid.columns):
        pen.text(page, HEAD, at, column.label, align=_align(column.unit), **_HEAD)
    for index, row in enumerate(grid.rows):
        for at, value in enumerate(row):
            _cell(pen, page, sheet, sheets, index, at, value)
        texts = [_drawn(*pair) for pair in zip(row, (c.unit for c in grid.columns), strict=True)]
        _height(page, FIRST + index, texts, widths)
    if not grid.rows:
        pen.text(page, FIRST, 0, grid.empty, italic=True, font_color=QUIET)
    last = FIRST + max(len(grid.rows), 1)
    for at, value in enumerate(grid.total):
        _total(pen, page, sheet, last, at, value)
    for index, note in enumerate(grid.notes, start=last + bool(grid.total)):
        pen.text(page, index, 0, note, italic=True, font_color=QUIET)
    _set_up(page, sheet, widths)
    _print(page, document, sheet.title, sum(widths), HEAD)


_HEAD = {"bold": True, "bottom": 2, "bottom_color": ACCENT, "text_wrap": True, "valign": "bottom"}
_SUM = {"bold": True, "top": 1, "top_color": QUIET}


def _cell(pen: Pen, page, sheet: Sheet, sheets, index: int, at: int, value: Value):
    """A value, or the formula that its column promises if that gives the value."""
    column = sheet.grid.columns[at]
    row = FIRST + index
    look = {"bottom": 1, "bottom_color": LINE, "text_wrap": column.unit not in _FIGURES}
    formula = None
    if column.sum_of:
        formula = sum_if(column.sum_of, value, sheet.grid.rows[index][0], row, sheets)
    if formula:
        pen.formula(page, row, at, formula, value, column.unit, **look)
    else:
        pen.value(page, row, at, value, column.unit, **look)


def _total(pen: Pen, page, sheet: Sheet, row: int, at: int, value: Value):
    column = sheet.grid.columns[at]
    parts = [line[at] for line in sheet.grid.rows]
    if column.total and _adds_up(value, parts, column.unit):
        pen.formula(page, row, at, f"=SUM({sheet.range(at)})", value, column.unit, **_SUM)
    else:
        pen.value(page, row, at, value, column.unit, **_SUM)


def _adds_up(value: Value, parts: list[Value], unit: str) -> bool:
    """Whether a formula over the parts gives the value: a proof, not a figure.

    A total may rightly be another number than the sum of its rows, as when a project that two
    administrations share counts once. It is then written as a number.
    """
    numbers = [_number(part, unit) for part in parts]
    if _number(value, unit) is None or all(number is None for number in numbers):
        return False
    exact = [part.value if isinstance(part, Amount) else part for part in (value, *parts)]
    whole, *rest = [part if isinstance(part, int | Decimal) else Decimal(0) for part in exact]
    return sum(rest, Decimal(0)) == whole


def sum_if(sum_of: SumOf, value: Value, key: Value, row: int, sheets: list[Sheet]) -> str | None:
    """The formula for `value` over the rows whose `by` is `key`; None if it cannot be right."""
    source = next((sheet for sheet in sheets if sheet.grid.key == sum_of.grid), None)
    if source is None or not source.grid.rows or not isinstance(key, str):
        return None
    values, by = source.column(sum_of.value), source.column(sum_of.by)
    if values is None or by is None:
        return None
    keys = [line[by] for line in source.grid.rows]
    if not _told_apart(key, keys):
        return None
    parts = [line[values] for line in source.grid.rows if line[by] == key]
    parts = parts or [Decimal(0)]  # no row has the key: the formula gives 0
    if not _adds_up(value, parts, source.grid.columns[values].unit):
        return None
    return (
        f"=SUMIFS({source.range_from_elsewhere(values)},{source.range_from_elsewhere(by)},"
        f'"="&$A{row + 1})'
    )


# A whole number, or words. What else Excel might take for a number, a date, a truth or an error, and
# then not find among texts: "1.10", "1/2", "12:30", "100%", "1e3", "#N/A".
_PLAIN_KEY = re.compile(r"[1-9]\d{0,14}|[^\W\d_].*|\d.*[^\W\d_]{2}.*")
_TRUTHS = {"true", "false", "sant", "falskt"}


def _told_apart(key: str, keys: list[Value]) -> bool:
    """Whether SUMIFS finds the rows of `key` and no others.

    It ignores letter case, reads * ? ~ as wildcards, takes "2" and "2.0" for one number, and gives up
    at 255 characters.
    """
    if len(key) > 250 or re.search(r"[*?~\n]", key) or key.casefold() in _TRUTHS:
        return False
    if not _PLAIN_KEY.fullmatch(key):
        return False
    return all(isinstance(other, str) for other in keys) and all(
        _as_criterion(other) != _as_criterion(key) for other in keys if other != key
    )


def _as_criterion(text: str):
    text = text.strip().casefold()
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text


def _widths(grid: Grid) -> list[int]:
    """As wide as what the columns hold; long texts are wrapped."""
    widths = []
    for at, column in enumerate(grid.columns):
        texts = [_drawn(line[at], column.unit) for line in (*grid.rows, grid.total) if line]
        longest = max((len(line) for text in texts for line in text.splitlines()), default=NARROW)
        # The head may be wrapped between words, and shows a button for the filter.
        head = max((len(word) for word in column.label.split()), default=0) + 4
        widths.append(min(max(longest + 2, head, NARROW), WIDE))
    return widths


def _height(page, row: int, texts: list[str], widths: list[int]):
    """Room for the lines that texts wrap to: not every program works that out on opening."""
    lines = [
        # A line breaks between words, so some of its width is lost.
        sum(
            math.ceil(len(line) / (width - 5)) if len(line) > width else 1
            for line in text.split("\n")
        )
        for text, width in zip(texts, widths, strict=True)
    ]
    if max(lines, default=1) > 1:
        page.set_row(row, min(max(lines) * 15 + 2, 409))  # Excel's highest row


def _drawn(value: Value, unit: str) -> str:
    return words(value) if _number(value, unit) is None else formats.amount(value)


def _set_up(page, sheet: Sheet, widths: list[int]):
    grid = sheet.grid
    for at, width in enumerate(widths):
        page.set_column(at, at, width)
    page.freeze_panes(FIRST, 1 if len(grid.columns) > 2 else 0)
    if grid.rows:
        last = FIRST + len(grid.rows) - 1
        page.autofilter(HEAD, 0, last, len(grid.columns) - 1)
        # Goals are numbers in words' clothing; no green corners for that.
        page.ignore_errors({"number_stored_as_text": f"A{FIRST + 1}:XFD{last + 1}"})


def _print(page, document: Document, title: str, width: int, repeat: int | None = None):
    page.set_paper(9)  # A4
    if width > PORTRAIT:
        page.set_landscape()
    page.set_margins(left=0.7, right=0.7, top=0.9, bottom=0.8)
    page.fit_to_pages(1, 0)
    if repeat is not None:
        page.repeat_rows(repeat)
    page.set_header(
        f"&L{_in_margin(document.head.sender)}&R{DRAFT if document.draft else ''}".removesuffix(
            "&R"
        )
    )
    page.set_footer(f"&L{_in_margin(title)}&RSida &P (&N)")


def _in_margin(text: str) -> str:
    """Text for head or foot, where & begins a command and 255 characters are all there is.

    A leading digit would be read as a type size by some programs, so a space goes before it.
    """
    text = " ".join(richtext.plain(text).split())
    text = text if len(text) <= 80 else f"{text[:79]}…"
    text = text.replace("&", "&&")
    return f" {text}" if text[:1].isdigit() else text


# --- The first sheet -----------------------------------------------------------------------------


_ABOUT_WIDTHS = (34, 22, 18, 8, 66)


def _about(pen: Pen, document: Document, sheets: list[Sheet]):
    """What the workbook is, how its figures are counted, and where its tables are."""
    page = pen.book.add_worksheet(ABOUT)
    pen.text(page, 0, 0, document.head.title, bold=True, font_size=18, valign="vcenter")
    page.set_row(0, 32)
    row = 1
    for label, value in _facts(document):
        pen.text(page, row, 0, label, font_color=QUIET)
        pen.value(page, row, 1, value, "text", bold=value == DRAFT)
        row += 1
    if document.figures:
        row = _figures(pen, page, document, row + 1)
    _places(pen, page, sheets, row + 1)
    for at, width in enumerate(_ABOUT_WIDTHS):
        page.set_column(at, at, width)
    page.hide_gridlines(2)
    page.activate()
    _print(page, document, document.head.title, sum(_ABOUT_WIDTHS))


def _facts(document: Document):
    head = document.head
    sender = CITY if head.sender == CITY else f"{CITY}, {head.sender}"
    facts = (
        ("Dokument", head.genre),
        ("År", head.year),
        ("Avsändare", sender),
        ("Diarienummer", head.diary_number),
        ("Datum", head.dated),
        ("Status", DRAFT if document.draft else f"Version {document.version}"),
        ("Beteckning", document.identity),
    )
    return [(label, value) for label, value in facts if value not in ("", None)]


def _figures(pen: Pen, page, document: Document, row: int) -> int:
    pen.text(page, row, 0, "Så räknas siffrorna", bold=True, font_size=14)
    row += 1
    for at, label in enumerate(("Siffra", "Värde", "Tidigare värde", "År", "Räkneregel")):
        align = "right" if at in (1, 2) else "left"
        pen.text(page, row, at, label, align=align, indent=int(at == 3), **_HEAD)
    look = {"bottom": 1, "bottom_color": LINE}
    for figure in document.figures:
        row += 1
        label = f"{figure.label}, kronor" if figure.unit == "kr" else figure.label
        pen.text(page, row, 0, label, text_wrap=True, **look)
        pen.value(page, row, 1, figure.value, figure.unit, **look)
        if figure.previous_year:
            pen.value(page, row, 2, figure.previous, figure.unit, **look)
            pen.value(page, row, 3, figure.previous_year, "text", indent=1, **look)
        else:
            pen.text(page, row, 2, "", **look)
            pen.text(page, row, 3, "", **look)
        rule = "\n".join(part for part in (figure.rule, figure.note) if part)
        pen.text(page, row, 4, rule, text_wrap=True, **look)
        _height(page, row, [label, rule], [_ABOUT_WIDTHS[0], _ABOUT_WIDTHS[4]])
    return row + 1


def _places(pen: Pen, page, sheets: list[Sheet], row: int):
    if not sheets:
        return
    pen.text(page, row, 0, "Tabeller", bold=True, font_size=14)
    for row, sheet in enumerate(sheets, start=row + 1):  # noqa: B020, the row goes on
        goal = f"internal:'{sheet.name.replace(chr(39), chr(39) * 2)}'!A1"
        look = pen.format(font_color=ACCENT, underline=1)
        page.write_url(row, 0, goal, look, string=sheet.name)
        pen.text(page, row, 1, sheet.title)


def _properties(book: Workbook, document: Document):
    """From the document alone, so that the same document is the same file."""
    head = document.head
    day = head.dated or datetime.date(head.year, 12, 31)
    words = {
        "title": head.title,
        "subject": f"{head.genre} {head.year}",
        "author": head.sender,
        "company": CITY,
        "keywords": head.diary_number,
        "status": "Utkast" if document.draft else "Publicerad",
    }
    properties = {name: richtext.plain(text)[:255] for name, text in words.items()}
    noon = datetime.datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001, written as UTC
    book.set_properties({**properties, "created": noon})
    book.set_size(2400, 1600)
