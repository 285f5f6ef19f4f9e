"""What page, paper, Word and Excel have in common when they draw a chart: words and lengths. Geometry only."""

from malmo_intl import formats, richtext
from malmo_intl.formats import NBSP, Amount
from reports.document import Bar, Chart, Unit, Value


def number(value: Value) -> float:
    """A value as a length; what is unknown has none."""
    return float((value.value if isinstance(value, Amount) else value) or 0)


def span(bar: Bar) -> tuple[float, float]:
    """Where the bar begins and how long it is. A total below zero has no length; a step down ends where
    it began."""
    if bar.base is None:
        return 0.0, max(0.0, number(bar.value))
    base, step = number(bar.base), number(bar.value)
    return max(0.0, min(base, base + step)), abs(step)


def reach(chart: Chart) -> float:
    """How far to the right the bars come; never 0."""
    return max((sum(span(bar)) for bar in chart.bars), default=0) or 1


def has_steps(chart: Chart) -> bool:
    """Whether it leads from one total to another, as a bridge does."""
    return any(bar.base is not None for bar in chart.bars)


def is_step_down(bar: Bar) -> bool:
    return bar.base is not None and number(bar.value) < 0


def label(bar: Bar) -> str:
    """With what parts it from the bars above, for programs that draw no line there."""
    return richtext.plain(f"{bar.label} ({bar.note})" if bar.note else bar.label)


def words(bar: Bar, unit: Unit) -> str:
    """The figure at the bar's end, with its unit; a step has its sign."""
    text = _words(bar.value, unit)
    if bar.base is None or number(bar.value) <= 0:
        return text
    caution = bar.value.caution if isinstance(bar.value, Amount) else ""
    return f"{caution}{NBSP}+{text[len(caution) + 1 :]}" if caution else f"+{text}"


def _words(value: Value, unit: Unit) -> str:
    if value is None:
        return formats.MISSING
    if unit == "percent":
        return formats.percent(value.value if isinstance(value, Amount) else value)
    return formats.kronor(value) if unit == "kr" else formats.amount(value)
