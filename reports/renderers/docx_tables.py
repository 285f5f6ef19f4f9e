"""Tables in Word: grids, labelled facts, key figures, and the frame that prose tables use."""

import datetime
from collections.abc import Callable

from docx.oxml.ns import qn
from docx.oxml.table import CT_Tbl
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from malmo_intl import formats, richtext
from reports.document import Grid, KeyFigures, Terms, Value, When
from reports.renderers.columns import LONG_LABEL, widths
from reports.renderers.docx_figures import put_figure
from reports.renderers.docx_parts import element, put
from reports.renderers.docx_styles import QUIET, TABLE, WIDTH, style_id

_TO_THE_RIGHT = ("kr", "count", "percent")
SMALL = 14  # rows, head and sum included: what is not torn by the end of a page


def shown(value: Value, unit: str) -> str:
    """A value as a table shows it; its unit stands in the caption or the column's head."""
    if value is None:
        return formats.MISSING
    if isinstance(value, When):
        return formats.date_as_known(value.day, value.precision)
    if isinstance(value, str):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if unit == "percent":
        return formats.percent(value)
    if unit in _TO_THE_RIGHT or isinstance(value, formats.Amount):
        return formats.amount(value)
    return str(value)  # a year or a number of a goal has no groups of three


def shown_alone(value: Value, unit: str) -> str:
    """A value that stands by itself and so carries its unit."""
    if unit == "kr" and not isinstance(value, str):
        return formats.kronor(value)
    return shown(value, unit)


def paragraph(container, style: str):
    made = container.add_paragraph()
    made._p.style = style_id(style)
    return made


def table(
    container, rows: int, columns, *, head=0, total=False, name="", labels=False, style=TABLE
):
    """The rows as lists of cells. `columns` are widths in millimetres; the first `head` rows are repeated.
    `labels`: the first column names the rows.

    Cells are made here rather than asked of python-docx, which walks the whole table for each.
    """
    body = CT_Tbl.new_tbl(rows, len(columns), Mm(sum(columns)))
    properties = body.tblPr
    properties[:] = []
    properties.append(element("w:tblStyle", val=style))
    properties.append(element("w:tblW", type="dxa", w=Mm(sum(columns)).twips))
    properties.append(element("w:tblLayout", type="fixed"))
    properties.append(_look(head > 0, total, labels))
    if name:
        properties.append(element("w:tblCaption", val=richtext.plain(name)))
    for column, width in zip(body.tblGrid.gridCol_lst, columns, strict=True):
        column.w = Mm(width)
    frame = Table(body, container)
    _insert(container, body)
    cells = []
    for index, row in enumerate(body.tr_lst):
        marks = row.get_or_add_trPr()
        marks.append(element("w:cantSplit"))
        if index < head:
            marks.append(element("w:tblHeader"))
        for cell, width in zip(row.tc_lst, columns, strict=True):
            cell.width = Mm(width)
        # The last column ends where the text ends, as figures do that stand below each other.
        _margin(row.tc_lst[-1], "right", 0)
        cells.append([_Cell(cell, frame) for cell in row.tc_lst])
    return cells


def _look(head: bool, total: bool, labels: bool):
    """Which of the style's rows the table has, twice: LibreOffice reads only the bits."""
    bits = 0x0600 + 0x0020 * head + 0x0040 * total + 0x0080 * labels
    words = {"firstRow": head, "lastRow": total, "firstColumn": labels, "lastColumn": False}
    words = {name: int(on) for name, on in words.items()}
    return element("w:tblLook", val=f"{bits:04X}", **words, noHBand=1, noVBand=1)


def _margin(cell, side: str, twips: int):
    properties = cell.get_or_add_tcPr()
    margins = properties.find(qn("w:tcMar"))
    if margins is None:
        margins = element("w:tcMar")
        properties.append(margins)
    margins.insert(0 if side == "left" else len(margins), element(f"w:{side}", w=twips, type="dxa"))


def _line_above(cell):
    """The table style says so too, but LibreOffice lets the thin line between rows win."""
    line = element("w:top", val="single", sz=8, space=0, color=QUIET)
    cell.get_or_add_tcPr().find(qn("w:tcW")).addnext(element("w:tcBorders", line))


def _inside(container):
    return container.element.body if hasattr(container, "element") else container._element


def _insert(container, body):
    """At the end of the file or of a cell; a file's page set-up stays last."""
    parent = _inside(container)
    last = parent.find(qn("w:sectPr"))
    if last is not None:
        last.addprevious(body)
    else:
        parent.append(body)


def end_list(container):
    """The last item keeps the distance that paragraphs keep."""
    items = _inside(container).findall(qn("w:p"))
    if items:
        items[-1].get_or_add_pPr().get_or_add_spacing().after = Pt(8)


def write(cell, text: str, style="Tabelltext", *, right=False, keep=False, address=""):
    """The cell's first paragraph, which every cell must have. `address`: where its figure leads."""
    target = cell._tc.p_lst[0]
    target.style = style_id(style)
    properties = target.get_or_add_pPr()
    if keep:
        properties.get_or_add_keepNext()
    if right:
        properties.append(element("w:jc", val="right"))
    put_figure(cell.paragraphs[0], text, address)


def after(container):
    """What comes next keeps its distance."""
    paragraph(container, "Tabellslut")


# Millimetres: letters of 9 points, and somewhat wider where another typeface must stand in; the
# room between columns.
_EM, _GAP = 3.4, 3.0
_SLIM = 130  # a name and a figure, not too far from each other
_SHORT, _LONG = 44, 100  # labels of facts


def _widths(grid: Grid) -> list[float]:
    columns = grid.columns
    return widths(
        [column.share for column in columns],
        [column.label for column in columns],
        [
            [_shown_in_cell(value, column.unit) for value, column in zip(row, columns, strict=True)]
            for row in (*grid.rows, grid.total)
            if row
        ],
        _SLIM if len(columns) == 2 and columns[1].unit in _TO_THE_RIGHT else WIDTH,
        _EM,
        [_GAP + 5 * _follows_figures(columns, at) for at in range(len(columns))],
    )


def _shown_in_cell(value: Value, unit: str) -> str:
    text = shown(value, unit)
    return text.replace(" ", formats.NBSP) if unit == "date" else text


def _follows_figures(columns, at: int) -> bool:
    """Whether text stands right of figures: with no room between, 4 029 253 and goal 2 are one."""
    left = at > 0 and columns[at - 1].unit in _TO_THE_RIGHT
    return left and columns[at].unit not in _TO_THE_RIGHT


def grid(container, grid: Grid, address: Callable[[str], str]):
    """Caption above, head repeated on every page, sum below a line, notes last.

    `address` makes the path of a figure's page a link for the file, or "".
    """
    put(paragraph(container, "Caption"), grid.caption)
    if not grid.rows:
        put(paragraph(container, "Notis"), grid.empty)
        return
    lines = [tuple(column.label for column in grid.columns), *grid.rows]
    lines += [grid.total] if grid.total else []
    paths = dict(enumerate(grid.addresses, start=1))
    if grid.total and grid.total_addresses:
        paths[len(lines) - 1] = grid.total_addresses
    cells = table(
        container, len(lines), _widths(grid),
        head=1, total=bool(grid.total), name=grid.caption,
    )  # fmt: skip
    for index, (line, row) in enumerate(zip(lines, cells, strict=True)):
        style = "Tabelltext"
        if index == 0:
            style = "Tabellhuvud"
        elif grid.total and index == len(lines) - 1:
            style = "Tabellsumma"
        # A small table is not broken; of a large one neither head nor sum is left alone.
        together = len(lines) <= SMALL or index in (0, 1, len(lines) - 2)
        keep = together and index < len(lines) - 1
        _row(row, line, grid.columns, style, keep, [address(path) for path in paths.get(index, ())])
    for note in grid.notes:
        put(paragraph(container, "Tabellnot"), note)
    after(container)


def _row(cells, values, columns, style: str, keep: bool, addresses):
    """`keep`: the row stays on the page of the next. `addresses`: where its figures lead, or none."""
    for at, (cell, value, column) in enumerate(zip(cells, values, columns, strict=True)):
        text = value if style == "Tabellhuvud" else _shown_in_cell(value, column.unit)
        goal = addresses[at] if addresses and value is not None else ""
        look = "Tabell saknas" if value is None else style
        write(cell, text, look, right=column.unit in _TO_THE_RIGHT, keep=keep, address=goal)
        if _follows_figures(columns, at):
            _margin(cell._tc, "left", 284)
        if style == "Tabellsumma":
            _line_above(cell._tc)


def terms(container, block: Terms, address: Callable[[str], str]):
    """Label and value side by side, at the same place under every heading. `address` as for a grid."""
    if not block.items:
        return
    label = _LONG if any(len(item.label) > LONG_LABEL for item in block.items) else _SHORT
    cells = table(container, len(block.items), (label, WIDTH - label), labels=True)
    together = len(block.items) <= SMALL
    for index, ((left, right), item) in enumerate(zip(cells, block.items, strict=True), start=1):
        keep = together and index < len(block.items)
        write(left, item.label, "Tabelletikett", keep=keep)
        goal = address(item.address) if item.value is not None else ""
        look = "Tabell saknas" if item.value is None else "Tabelltext"
        write(right, shown_alone(item.value, item.unit), look, keep=keep, address=goal)
    after(container)


def key_figures(container, block: KeyFigures, year: int, address: Callable[[str], str]):
    """The figures large, the year before beside them in a quieter tone. `address` as for a grid."""
    years = {figure.previous_year for figure in block.figures if figure.previous_year}
    before = years.pop() if len(years) == 1 else None
    head = ["Nyckeltal", str(year)]
    columns = [66, 58, 36]
    if before or years:
        head.append(str(before) if before else "Tidigare")
    else:
        columns = [90, 70]
    cells = table(container, len(block.figures) + 1, columns, head=1, name="Nyckeltal")
    for index, (cell, label) in enumerate(zip(cells[0], head, strict=True)):
        write(cell, label, "Tabellhuvud", right=index > 0)
    for row, figure in zip(cells[1:], block.figures, strict=True):
        write(row[0], figure.label)
        if figure.note:
            put(paragraph(row[0], "Tabellnot"), figure.note)
        known = figure.value is not None
        write(
            row[1],
            shown_alone(figure.value, figure.unit),
            "Nyckeltal" if known else "Tabelltext",
            right=True,
            address=address(figure.address) if known else "",
        )
        if len(row) > 2:
            write(row[2], _previous(figure, before), right=True)
        for cell in row:
            cell._tc.get_or_add_tcPr().append(element("w:vAlign", val="center"))
    after(container)


def _previous(figure, before: int | None) -> str:
    if not figure.previous_year:
        return "–"
    text = shown_alone(figure.previous, figure.unit)
    return text if before else f"{text} ({figure.previous_year})"
