"""The document's tables as a workbook: one sheet each, sums as formulas over the rows they sum.

Every figure is the document's. A formula stands only where it must give that same figure, with the
figure written beside it as its last result: previews in mail and on phones show nothing else.
"""

import datetime
from io import BytesIO

from xlsxwriter import Workbook

from malmo_intl import formats, richtext
from reports.document import Document, Grid, Value
from reports.renderers import xlsx_about, xlsx_charts
from reports.renderers.xlsx_cells import FIGURES, Pen, align, number, words
from reports.renderers.xlsx_formulas import adds_up, sum_if
from reports.renderers.xlsx_names import CAPTION, FIRST, HEAD, Sheet, place
from reports.renderers.xlsx_page import HEAD_LOOK, LINE_LOOK, QUIET, height, set_print

NARROW, WIDE = 9, 60  # widths of columns, in characters
_SUM = {"bold": True, "top": 1, "top_color": QUIET}


def render(document: Document) -> bytes:
    """Raises RenderError if a text is longer than a cell can hold: an official text is never cut."""
    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    _properties(book, document)
    pen = Pen(book, document.site)
    sheets = place(document)
    xlsx_about.draw(pen, document, sheets)
    xlsx_charts.draw(pen, document, sheets)
    for sheet in sheets:
        _sheet(pen, document, sheet, sheets)
    book.close()
    return out.getvalue()


def _sheet(pen: Pen, document: Document, sheet: Sheet, sheets: list[Sheet]):
    grid = sheet.grid
    page = pen.book.add_worksheet(sheet.name)
    widths = _widths(grid)
    pen.text(page, CAPTION, 0, sheet.title, bold=True, font_size=14, valign="vcenter")
    page.set_row(CAPTION, 26)
    for at, column in enumerate(grid.columns):
        look = {**HEAD_LOOK, **_apart(grid, at)}
        pen.text(page, HEAD, at, column.label, align=align(column.unit), **look)
    for index, row in enumerate(grid.rows):
        for at, value in enumerate(row):
            _cell(pen, page, sheet, sheets, index, at, value)
        texts = [_drawn(*pair) for pair in zip(row, (c.unit for c in grid.columns), strict=True)]
        height(page, FIRST + index, texts, widths)
    if not grid.rows:
        pen.text(page, FIRST, 0, grid.empty, italic=True, font_color=QUIET)
    last = FIRST + max(len(grid.rows), 1)
    for at, value in enumerate(grid.total):
        _total(pen, page, sheet, last, at, value)
    for index, note in enumerate(grid.notes, start=last + bool(grid.total)):
        pen.text(page, index, 0, note, italic=True, font_color=QUIET)
    _set_up(page, sheet, widths)
    set_print(page, document, sheet.title, sum(widths), repeat=HEAD)


def _cell(pen: Pen, page, sheet: Sheet, sheets, index: int, at: int, value: Value):
    """A value, or the formula that its column promises if that gives the value."""
    column = sheet.grid.columns[at]
    row = FIRST + index
    address = sheet.grid.addresses[index][at] if sheet.grid.addresses else ""
    look = {
        **LINE_LOOK,
        "text_wrap": column.unit not in FIGURES,
        **_apart(sheet.grid, at),
        **pen.link(page, row, at, address),
    }
    formula = None
    if column.sum_of:
        formula = sum_if(column.sum_of, value, sheet.grid.rows[index][0], row, sheets)
    if formula:
        pen.formula(page, row, at, formula, value, column.unit, **look)
    else:
        pen.value(page, row, at, value, column.unit, **look)


def _apart(grid: Grid, at: int) -> dict:
    """Room between figures and words that follow on them, or 4 029 253 and goal 2 are read as one."""
    follows = at > 0 and grid.columns[at - 1].unit in FIGURES
    return {"indent": 1} if follows and grid.columns[at].unit not in FIGURES else {}


def _total(pen: Pen, page, sheet: Sheet, row: int, at: int, value: Value):
    column = sheet.grid.columns[at]
    parts = [line[at] for line in sheet.grid.rows]
    address = sheet.grid.total_addresses[at] if sheet.grid.total_addresses else ""
    look = {**_SUM, **_apart(sheet.grid, at), **pen.link(page, row, at, address)}
    if column.total and adds_up(value, parts, column.unit):
        pen.formula(page, row, at, f"=SUM({sheet.range(at)})", value, column.unit, **look)
    else:
        pen.value(page, row, at, value, column.unit, **look)


def _widths(grid: Grid) -> list[int]:
    """As wide as what the columns hold; long texts are wrapped."""
    widths = []
    for at, column in enumerate(grid.columns):
        texts = [_drawn(line[at], column.unit) for line in (*grid.rows, grid.total) if line]
        longest = max((len(line) for text in texts for line in text.splitlines()), default=NARROW)
        # The head may be wrapped between words, and shows a button for the filter.
        head = max((len(word) for word in column.label.split()), default=0) + 4
        room = 2 * len(_apart(grid, at))
        widths.append(min(max(longest + 2, head, NARROW) + room, WIDE))
    return widths


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


def _properties(book: Workbook, document: Document):
    """From the document alone, so that the same document is the same file."""
    head = document.head
    day = head.dated or datetime.date(head.year, 12, 31)
    texts = {
        "title": head.title,
        "subject": f"{head.genre} {head.year}",
        "author": head.sender,
        "company": xlsx_about.CITY,
        "keywords": head.diary_number,
        "status": "Utkast" if document.draft else "Publicerad",
    }
    properties = {name: richtext.plain(text)[:255] for name, text in texts.items()}
    noon = datetime.datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001, written as UTC
    book.set_properties({**properties, "created": noon})
    book.set_custom_property("Beteckning", richtext.plain(document.called)[:255])
    book.set_size(2400, 1600)
