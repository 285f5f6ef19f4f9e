"""The document's charts, drawn by Excel itself from cells: a sheet of its own, after the first.

A chart's figures stand in a small table to the right of it. Each is a formula that fetches the figure from the table
that the chart is about, so that who changes a row there sees the bars change.
"""

from reports.document import Chart, Document
from reports.renderers import charts
from reports.renderers.xlsx_bars import FIGURE, WIDTHS, Bars, Steps
from reports.renderers.xlsx_cells import Pen, number
from reports.renderers.xlsx_names import DIAGRAMS, Sheet
from reports.renderers.xlsx_page import set_print

_SCALE, _PAGE = 60, 1040  # per cent, when printed, and what pixels an A4 then holds downwards


def of(document: Document) -> list[Chart]:
    """Those that have anything to draw, in reading order."""
    return [
        block
        for _, section in document.walk()
        for block in section.blocks
        if isinstance(block, Chart)
        and any(number(bar.value, block.unit) is not None for bar in block.bars)
    ]


def draw(pen: Pen, document: Document, sheets: list[Sheet]):
    """The sheet, if the document has charts."""
    found = of(document)
    if not found:
        return
    page = pen.book.add_worksheet(DIAGRAMS)
    row, used, breaks = 0, 0, []
    for chart in found:
        block = (Steps if charts.has_steps(chart) else Bars)(pen, page, row, chart)
        if used and used + block.height > _PAGE:
            breaks.append(row)
            used = 0
        used += block.height
        sheet = next((sheet for sheet in sheets if sheet.grid.key == chart.grid), None)
        heading = sheet.title if sheet else chart.finding
        row = block.write(heading, places(chart, sheet) if sheet else [""] * len(chart.bars))
    for at, width in enumerate(WIDTHS):
        page.set_column(at, at, width)
    page.set_column(FIGURE, FIGURE + 6, WIDTHS[-1])
    page.hide_gridlines(2)
    page.print_area(0, 0, row, FIGURE + 1)  # what only holds a bridge's bars up is not for paper
    set_print(page, document, DIAGRAMS, sum(WIDTHS), scale=_SCALE)
    page.set_h_pagebreaks(breaks)


def places(chart: Chart, sheet: Sheet) -> list[str]:
    """For each bar the cell of the chart's table that holds its figure, "" when there is none: found by the
    row's name, or by its place when every row has its bar (as the steps of a bridge)."""
    lines = [*sheet.grid.rows, *([sheet.grid.total] if sheet.grid.total else [])]
    values = [bar.value for bar in chart.bars]
    for at in range(1, len(sheet.grid.columns)):
        if [line[at] for line in lines] == values:
            return [sheet.cell(row, at) for row in range(len(lines))]
        by_name = {(line[0], line[at]): row for row, line in reversed(list(enumerate(lines)))}
        rows = [by_name.get((bar.label, bar.value)) for bar in chart.bars]
        if all(row is not None or value is None for row, value in zip(rows, values, strict=True)):
            return ["" if row is None else sheet.cell(row, at) for row in rows]
    return [""] * len(values)
