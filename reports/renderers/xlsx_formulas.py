"""Whether a formula gives the document's figure, and the formula if it does."""

import re
from decimal import Decimal

from malmo_intl.formats import Amount
from reports.document import SumOf, Value
from reports.renderers.xlsx_cells import number
from reports.renderers.xlsx_names import Sheet


def adds_up(value: Value, parts: list[Value], unit: str) -> bool:
    """Whether a formula over the parts gives the value: a proof, not a figure.

    A total may rightly be another number than the sum of its rows, as when a project that two
    administrations share counts once. It is then written as a number.
    """
    numbers = [number(part, unit) for part in parts]
    if number(value, unit) is None or all(part is None for part in numbers):
        return False
    exact = [part.value if isinstance(part, Amount) else part for part in (value, *parts)]
    whole, *rest = [part if isinstance(part, int | Decimal) else Decimal(0) for part in exact]
    return sum(rest, Decimal(0)) == whole


def sum_if(sum_of: SumOf, value: Value, key: Value, row: int, sheets: list[Sheet]) -> str | None:
    """The formula for `value` over the rows whose `by` is `key`; None if it cannot be right."""
    source = next((sheet for sheet in sheets if sheet.grid.key == sum_of.grid), None)
    if source is None or not source.grid.rows or not isinstance(key, str):
        return None
    column, only = sum_of.only or (sum_of.by, key)
    values, by, other = (source.column(name) for name in (sum_of.value, sum_of.by, column))
    if None in (values, by, other):
        return None
    rows = source.grid.rows
    if not (
        _told_apart(key, [line[by] for line in rows])
        and _told_apart(only, [line[other] for line in rows])
    ):
        return None
    parts = [line[values] for line in rows if line[by] == key and line[other] == only]
    parts = parts or [Decimal(0)]  # no row has the key: the formula gives 0
    if not adds_up(value, parts, source.grid.columns[values].unit):
        return None
    terms = [
        source.range_from_elsewhere(values),
        source.range_from_elsewhere(by),
        f'"="&$A{row + 1}',
    ]
    if sum_of.only:
        quoted = only.replace('"', '""')
        terms += [source.range_from_elsewhere(other), f'"={quoted}"']
    return f"=SUMIFS({','.join(terms)})"


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
