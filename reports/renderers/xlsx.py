"""The document's tables as a workbook: one sheet each, sums as formulas over the rows they sum.

Every figure is the document's. A formula stands only where it must give that same figure, with the
figure written beside it as its last result: previews in mail and on phones show nothing else.
"""

import datetime
import math
from io import BytesIO

from xlsxwriter import Workbook

from malmo_intl import formats, richtext
from reports.document import Document, Grid, Value
from reports.renderers.xlsx_cells import FIGURES, Pen, align, number, words
from reports.renderers.xlsx_formulas import adds_up, sum_if
from reports.renderers.xlsx_names import ABOUT, CAPTION, FIRST, HEAD, Sheet, place

CITY = "Malmö stad"
DRAFT = "UTKAST"
ACCENT, QUIET, LINE = "#007896", "#454545", "#D9D9D9"
NARROW, WIDE = 9, 60  # widths of columns, in characters
PORTRAIT = 92  # what an upright A4 holds, in characters


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


# --- A sheet -------------------------------------------------------------------------------------


def _sheet(pen: Pen, document: Document, sheet: Sheet, sheets: list[Sheet]):
    grid = sheet.grid
    page = pen.book.add_worksheet(sheet.name)
    widths = _widths(grid)
    pen.text(page, CAPTION, 0, sheet.title, bold=True, font_size=14, valign="vcenter")
    page.set_row(CAPTION, 26)
    for at, column in enumerate(grid.columns):
        pen.text(page, HEAD, at, column.label, align=align(column.unit), **_HEAD)
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
    look = {"bottom": 1, "bottom_color": LINE, "text_wrap": column.unit not in FIGURES}
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
    if column.total and adds_up(value, parts, column.unit):
        pen.formula(page, row, at, f"=SUM({sheet.range(at)})", value, column.unit, **_SUM)
    else:
        pen.value(page, row, at, value, column.unit, **_SUM)


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
    return words(value) if number(value, unit) is None else formats.amount(value)


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
        side = "right" if at in (1, 2) else "left"
        pen.text(page, row, at, label, align=side, indent=int(at == 3), **_HEAD)
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
    texts = {
        "title": head.title,
        "subject": f"{head.genre} {head.year}",
        "author": head.sender,
        "company": CITY,
        "keywords": head.diary_number,
        "status": "Utkast" if document.draft else "Publicerad",
    }
    properties = {name: richtext.plain(text)[:255] for name, text in texts.items()}
    noon = datetime.datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001, written as UTC
    book.set_properties({**properties, "created": noon})
    book.set_size(2400, 1600)
