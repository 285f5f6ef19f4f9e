"""The first sheet: what the workbook is, how its figures are counted, and where its tables are."""

from reports.document import Document
from reports.renderers import xlsx_charts
from reports.renderers.xlsx_cells import Pen
from reports.renderers.xlsx_names import ABOUT, DIAGRAMS, Sheet, quoted
from reports.renderers.xlsx_page import (
    ACCENT,
    DRAFT,
    HEAD_LOOK,
    LINE_LOOK,
    QUIET,
    height,
    set_print,
)

CITY = "Malmö stad"
_WIDTHS = (34, 22, 18, 8, 66)


def draw(pen: Pen, document: Document, sheets: list[Sheet]):
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
    _places(pen, page, document, sheets, row + 1)
    for at, width in enumerate(_WIDTHS):
        page.set_column(at, at, width)
    page.hide_gridlines(2)
    page.activate()
    set_print(page, document, document.head.title, sum(_WIDTHS))


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
        pen.text(page, row, at, label, align=side, indent=int(at == 3), **HEAD_LOOK)
    for figure in document.figures:
        row += 1
        label = f"{figure.label}, kronor" if figure.unit == "kr" else figure.label
        pen.text(page, row, 0, label, text_wrap=True, **LINE_LOOK)
        look = pen.link(page, row, 1, figure.address)
        pen.value(page, row, 1, figure.value, figure.unit, **LINE_LOOK, **look)
        if figure.previous_year:
            pen.value(page, row, 2, figure.previous, figure.unit, **LINE_LOOK)
            pen.value(page, row, 3, figure.previous_year, "text", indent=1, **LINE_LOOK)
        else:
            pen.text(page, row, 2, "", **LINE_LOOK)
            pen.text(page, row, 3, "", **LINE_LOOK)
        rule = "\n".join(part for part in (figure.rule, figure.note) if part)
        pen.text(page, row, 4, rule, text_wrap=True, **LINE_LOOK)
        height(page, row, [label, rule], [_WIDTHS[0], _WIDTHS[4]])
    return row + 1


def _places(pen: Pen, page, document: Document, sheets: list[Sheet], row: int):
    found = [(sheet.name, sheet.title) for sheet in sheets]
    if charts := len(xlsx_charts.of(document)):
        title = "Diagrammet, med sina siffror" if charts == 1 else "Diagrammen, med sina siffror"
        found.insert(0, (DIAGRAMS, title))
    if not found:
        return
    pen.text(page, row, 0, "Blad", bold=True, font_size=14)
    look = pen.format(font_color=ACCENT, underline=1)
    for at, (name, title) in enumerate(found, start=row + 1):
        page.write_url(at, 0, f"internal:{quoted(name)}!A1", look, string=name)
        pen.text(page, at, 1, title)
