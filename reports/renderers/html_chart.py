"""A chart as SVG, the same on the page and on paper. What is arithmetic here is geometry."""

import textwrap

from django.template.loader import render_to_string

from reports.document import Bar, Chart
from reports.renderers import charts

# A bar's label stands above it, its value beside it. Lengths in CSS pixels; widths in per cent of the
# chart, so that text keeps its size on a phone, where a longer label than _WIDE letters takes two lines.
_STEP, _NOTE, _LINE, _LONGEST, _WIDE = 46, 34, 17, 58, 44


def svg(chart: Chart) -> str:
    """The chart as a <figure>, to stand in a page of ours beside the table with its figures."""
    return render_to_string("documents/chart.html", {"block": drawn(chart, {})})


def drawn(chart: Chart, tables: dict[str, str]) -> dict:
    """What the template wants. `tables`: the captions of the document's tables, by key."""
    reach = charts.reach(chart)
    bars, top = [], 0
    for bar in chart.bars:
        bars.append(_bar(bar, chart, reach, top))
        top = bars[-1]["bottom"]
    return {
        "key": chart.key,
        "finding": chart.finding,
        "sentence": chart.sentence,
        "grid": chart.grid if chart.grid in tables else "",
        "caption": tables.get(chart.grid, ""),
        "height": str(top),
        "bars": bars,
    }


def _bar(bar: Bar, chart: Chart, reach: float, top: int) -> dict:
    start, length = charts.span(bar)
    at = top + (_NOTE if bar.note else 0)
    first, *more = _lines(bar.label)
    label_y, at = at + 14, at + _LINE * len(more)
    return {
        "label": first,
        "more": "".join(more),
        "more_y": str(label_y + _LINE),
        "value": charts.words(bar, chart.unit),
        "x": _part(start, reach) if start else "0",
        "width": _part(length, reach),
        "end": _part(start + length, reach),
        "gap": "8" if start + length else "0",
        "less": charts.is_step_down(bar),
        "label_y": str(label_y),
        "y": str(at + 20),
        "value_y": str(at + 32),
        "bottom": at + _STEP,
        "note": bar.note,
        "line_y": str(top + 8),
        "note_y": str(top + 24),
    }


def _lines(label: str) -> list[str]:
    """One line, or two of much the same length."""
    if len(label) <= _WIDE:
        return [label]
    wraps = (textwrap.wrap(label, width) for width in range(len(label) // 2, _WIDE))
    cut = textwrap.wrap(label, _WIDE, max_lines=2, placeholder=" …")
    return next((lines for lines in wraps if len(lines) == 2), cut)


def _part(length: float, reach: float) -> str:
    return f"{length / reach * _LONGEST:.2f}%"
