"""One cell: a typed value as Excel's number, date or text, and how it looks."""

import datetime
from decimal import Decimal

from xlsxwriter import Workbook

from malmo_intl import formats, richtext
from malmo_intl.formats import Amount
from reports.document import Value, When
from reports.renderers import RenderError

FIGURES = ("kr", "count", "percent")
MAX_TEXT = 32_767  # characters of a cell, counted as Excel counts them
MAX_LINKS, MAX_ADDRESS = 65_530, 2_000  # of a sheet; characters of one
LINK = "#00667F"
_OLDEST = datetime.date(1900, 3, 1)  # before it Excel's calendar is wrong


class Pen:
    """Writes typed values. Text is text whatever it begins with; formulas come from `formula` alone."""

    def __init__(self, book: Workbook, site: str = ""):
        """`site` stands before the paths that cells lead to; without it they lead nowhere."""
        self.book = book
        self._site = site if site.startswith(("https://", "http://")) else ""
        self._formats = {}

    def format(self, **properties):
        properties = {"font_name": "Calibri", "font_size": 11, "valign": "top", **properties}
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(properties)
        return self._formats[key]

    def link(self, sheet, row: int, at: int, path: str) -> dict:
        """Makes the cell lead to the path, before it is written; gives the look that tells.

        What is beyond Excel's limit for a sheet or an address leads nowhere.
        """
        address = f"{self._site}{path}"
        fits = sheet.hlink_count < MAX_LINKS and len(address) <= MAX_ADDRESS
        if not (self._site and path.startswith("/") and fits):
            return {}
        sheet.write_url(row, at, address, string=" ")
        return {"font_color": LINK}

    def text(self, sheet, row: int, at: int, text: str, **look):
        text = richtext.plain(text).replace("\r\n", "\n").replace("\r", "\n")
        if length(text) > MAX_TEXT:
            raise RenderError(
                f"En text är för lång för en ruta i Excel, som tar {formats.number(MAX_TEXT)} tecken: "
                f"”{' '.join(text[:60].split())}…”"
            )
        made = self.format(**look)
        if not text:
            sheet.write_blank(row, at, None, made)
        elif text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such text for markup of its own and would write it as it stands.
            sheet.write_rich_string(row, at, made, text[:1], made, text[1:], made)
        else:
            sheet.write_string(row, at, text, made)

    def value(self, sheet, row: int, at: int, value: Value, unit: str, **look):
        figure = number(value, unit)
        if figure is not None:
            look = {"num_format": number_format(value, unit), "align": align(unit), **look}
            sheet.write_number(row, at, figure, self.format(**look))
        elif isinstance(value, datetime.date) and value >= _OLDEST:
            look = {"num_format": "yyyy-mm-dd", "align": "left", **look}
            sheet.write_datetime(row, at, value, self.format(**look))
        else:
            self.text(sheet, row, at, words(value), **{"align": align(unit), **look})

    def formula(self, sheet, row: int, at: int, formula: str, value: Value, unit: str, **look):
        """`formula`, with `value` as the result it had when it was last worked out."""
        look = {"num_format": number_format(value, unit), "align": align(unit), **look}
        sheet.write_formula(row, at, formula, self.format(**look), number(value, unit))


def words(value: Value) -> str:
    """What is not a number, as text."""
    if value is None:
        return formats.MISSING
    if isinstance(value, When):
        return formats.date_as_known(value.day, value.precision)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def number(value: Value, unit: str) -> int | float | None:
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


def align(unit: str) -> str:
    return "right" if unit in FIGURES else "left"


def length(text: str) -> int:
    """Characters as Excel counts them: in UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
