"""One chart of a workbook, with the small table that it is drawn from."""

import math

from xlsxwriter.utility import xl_rowcol_to_cell

from malmo_intl import richtext
from malmo_intl.formats import MISSING
from reports.document import Bar, Chart, Value
from reports.renderers import charts
from reports.renderers.xlsx_cells import Pen, number, number_format
from reports.renderers.xlsx_names import DIAGRAMS
from reports.renderers.xlsx_page import ACCENT, HEAD_LOOK, INK, LINE_LOOK, QUIET

LABEL, FIGURE = 1, 2  # columns: the first holds the chart, from the third on there are figures
WIDTHS = (92, 46, 16)  # in characters: the chart, the label, and each column of figures
_WIDE, _ROW = 640, 20  # pixels: a chart, and a row of the sheet
_BAR, _TITLE, _MARGIN = 34, 22, 14  # a bar with its space, a line of the title, what is left below
_LETTERS = 48  # of a title, on one line
_HEADING = "Stapel"
_UNITS = {"kr": "Kronor", "percent": "Procent"}
_FONT = {"name": "Calibri", "color": INK}


def _keep_on_one_line(made):
    """The figures after the bars, which LibreOffice would break in the middle. XlsxWriter has no option for it;
    it writes these words' frame here, and no other that is turned (a whole turn: not at all)."""
    write = made._write_a_body_pr

    def unbroken(rotation, is_horizontal):
        if rotation == _WHOLE_TURN:
            made._xml_empty_tag("a:bodyPr", [("wrap", "none")])
        else:
            write(rotation, is_horizontal)

    made._write_a_body_pr = unbroken


class Bars:
    """A table and its chart: a series for every way that figures are written, each with its own format."""

    subtype = None

    def __init__(self, pen: Pen, page, row: int, chart: Chart):
        self.pen, self.page, self.row, self.chart = pen, page, row, chart
        self.unit = chart.unit
        self.forms = list(dict.fromkeys(filter(None, map(self._form, chart.bars))))
        self.first = row + 2
        self.last = self.first + len(chart.bars) - 1
        self.title = _TITLE * (1 + math.ceil(len(chart.finding) / _LETTERS))
        self.drawn = self.title + _BAR * len(chart.bars) + _MARGIN

    @property
    def names(self) -> list[str]:
        unit = _UNITS.get(self.unit, "Antal")
        words = [form.split('"')[1].strip() if '"' in form else "" for form in self.forms]
        return [_HEADING, *(f"{unit}, {word}" if word not in ("", "%") else unit for word in words)]

    @property
    def height(self) -> int:
        """Pixels, about; what is below it until the next one too."""
        return self.drawn + 5 * _ROW

    def write(self, heading: str, places: list[str]) -> int:
        """The row that the next chart begins on. `places`: for each bar the cell with its figure."""
        pen, page = self.pen, self.page
        pen.text(page, self.row, 0, heading, bold=True, font_size=14, valign="vcenter")
        pen.text(page, self.row, LABEL, self.chart.finding, bold=True, valign="vcenter")
        page.set_row(self.row, 26)
        for at, name in enumerate(self.names, start=LABEL):
            side = "left" if at == LABEL else "right"
            pen.text(page, self.row + 1, at, name, align=side, **HEAD_LOOK)
        for index, bar in enumerate(self.chart.bars):
            row = self.first + index
            label = charts.label(bar) if self._form(bar) else f"{charts.label(bar)}: {MISSING}"
            pen.text(page, row, LABEL, label, text_wrap=True, **LINE_LOOK)
            page.set_row(row, _ROW * 0.75 * math.ceil(len(label) / (WIDTHS[LABEL] - 1)))
            for at in range(1, len(self.names)):
                pen.text(page, row, LABEL + at, "", **LINE_LOOK)
            if self._form(bar):
                self._figures(index, bar, places[index])
        words = {"description": richtext.plain(self.chart.sentence)}
        page.insert_chart(self.row + 1, 0, self._chart(), {**words, "object_position": 2})
        return max(self.last + 2, self.row + 2 + self.drawn // _ROW) + 2

    def _form(self, bar: Bar) -> str:
        return (
            number_format(bar.value, self.unit) if number(bar.value, self.unit) is not None else ""
        )

    def _figures(self, index: int, bar: Bar, place: str):
        column = FIGURE + self.forms.index(self._form(bar))
        self._figure(self.first + index, column, bar.value, place)

    def _figure(self, row: int, at: int, value: Value, place: str):
        if place:
            self.pen.formula(self.page, row, at, f"={place}", value, self.unit, **LINE_LOOK)
        else:
            self.pen.value(self.page, row, at, value, self.unit, **LINE_LOOK)

    def _chart(self):
        made = self.pen.book.add_chart({"type": "bar", "subtype": self.subtype})
        for series in self._series():
            made.add_series({"gap": 60, "overlap": 100, **series})
        title = {**_FONT, "size": 12, "bold": True}
        # From its cell: XlsxWriter would take a title with an exclamation mark for a cell's name.
        made.set_title({"name": [DIAGRAMS, self.row, LABEL], "name_font": title})
        made.set_legend({"none": True})
        made.set_y_axis(
            {
                "reverse": True,
                "interval_unit": 1,
                "line": {"color": "#767676"},
                "major_tick_mark": "none",
                "label_position": "low",
                "num_font": {**_FONT, "size": 9},
            }
        )
        made.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
        bars = {
            "y": self.title / self.drawn,
            "height": _BAR * len(self.chart.bars) / self.drawn,
        }
        made.set_plotarea({"layout": {"x": 0.42, "width": 0.38, **bars}})
        _keep_on_one_line(made)
        made.set_chartarea({"border": {"none": True}})
        made.set_size({"width": _WIDE, "height": self.drawn})
        return made

    def _series(self):
        for at, form in enumerate(self.forms, start=FIGURE):
            label = f'{form}" kr"' if self.unit == "kr" else form
            yield {
                **self._cells(at),
                "fill": {"color": ACCENT},
                "data_labels": {**_LABELS, "num_format": label, "position": "outside_end"},
            }

    def _cells(self, at: int) -> dict:
        def column(at):
            return [DIAGRAMS, self.first, at, self.last, at]

        return {
            "name": self.names[at - LABEL],
            "categories": column(LABEL),
            "values": column(at),
        }


_WHOLE_TURN = 360 * 60_000  # as Excel's files count degrees
_ROOM = 0.35  # of the longest bar: for the figure after it
_LABELS = {"value": True, "font": {**_FONT, "size": 10, "bold": True, "rotation": 360}}
_UNSEEN = {"fill": {"none": True}, "border": {"none": True}}


class Steps(Bars):
    """From one total to another: each step hangs where the one before it ended. A step down is hollow.

    Excel puts no figures after bars that stand on others, so an unseen series holds them, in words.
    """

    subtype = "stacked"

    @property
    def names(self) -> list[str]:
        unit = _UNITS.get(self.unit, "Antal")
        return [_HEADING, unit, "Börjar vid", "Nivå eller ökning", "Minskning", "Plats för siffran"]

    def _figures(self, index: int, bar: Bar, place: str):
        row = self.first + index
        figure = xl_rowcol_to_cell(row, FIGURE)
        above = f"SUM({xl_rowcol_to_cell(self.first, FIGURE, row_abs=True)}:{xl_rowcol_to_cell(row - 1, FIGURE)})"
        begins, length = charts.span(bar)
        falls = charts.is_step_down(bar)
        self._figure(row, FIGURE, bar.value, place)
        starts = f"=MAX(0,MIN({above},{above}+{figure}))" if self._is_running(index, bar) else ""
        self._length(row, FIGURE + 1, begins, starts)
        self._length(row, FIGURE + 2, 0 if falls else length, f"=MAX(0,{figure})")
        fall = f"=MAX(0,-{figure})" if bar.base is not None else ""
        self._length(row, FIGURE + 3, length if falls else 0, fall)
        self._length(row, FIGURE + 4, charts.reach(self.chart) * _ROOM)

    def _is_running(self, index: int, bar: Bar) -> bool:
        """Whether the step begins at the sum of what stands above it, as a formula would have it."""
        above = [charts.number(item.value) for item in self.chart.bars[:index]]
        return bar.base is not None and sum(above) == charts.number(bar.base)

    def _length(self, row: int, at: int, length: float, formula: str = ""):
        length = int(length) if length == int(length) else length
        look = self.pen.format(num_format="#,##0", align="right", font_color=QUIET, **LINE_LOOK)
        if formula:
            self.page.write_formula(row, at, formula, look, length)
        else:
            self.page.write_number(row, at, length, look)

    def _series(self):
        words = [
            {"value": charts.words(bar, self.unit), "font": _LABELS["font"]}
            for bar in self.chart.bars
        ]
        yield {**self._cells(FIGURE + 1), **_UNSEEN}
        yield {
            **self._cells(FIGURE + 2),
            "fill": {"color": ACCENT},
            "border": {"color": ACCENT, "width": 1.5},
        }
        yield {
            **self._cells(FIGURE + 3),
            "fill": {"color": "#FFFFFF"},
            "border": {"color": ACCENT, "width": 1.5},
        }
        labels = {**_LABELS, "custom": words, "position": "inside_base"}
        yield {**self._cells(FIGURE + 4), **_UNSEEN, "data_labels": labels}
