"""A table as CSV or as a workbook: the rows that are shown, in the order they are shown.

Text never becomes a formula, whatever people have written in it; numbers stay numbers.
"""

import csv
import datetime
import io
from decimal import Decimal

import xlsxwriter
from django.http import HttpResponse

from malmo_intl.richtext import plain

# What a spreadsheet takes for a formula in CSV; the last four are the wide forms of the first.
_STARTS_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_LONGEST_CELL = 32_767
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(kind: str, name: str, table, sums=()) -> HttpResponse:
    """`table` as the file `name`.`kind`; kind is one of CONTENT_TYPES."""
    content = to_csv(table) if kind == "csv" else to_xlsx(table, sums)
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[kind],
        headers={
            "Content-Disposition": f'attachment; filename="{name}.{kind}"',
            "Cache-Control": "private, no-store",
        },
    )


def to_csv(table) -> bytes:
    """For Excel in Swedish: UTF-8 with BOM, semicolons, decimal commas, ISO dates."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerows([csv_cell(value) for value in row] for row in table.as_values())
    return out.getvalue().encode("utf-8-sig")


def csv_cell(value) -> str:
    """A value as CSV writes it: empty for None, a comma in a Decimal, never a formula."""
    if value is None:
        return ""
    if isinstance(value, Decimal | int | float):
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    text = plain(str(value))
    return f"'{text}" if text.startswith(_STARTS_FORMULA) else text


def to_xlsx(table, sums=()) -> bytes:
    """One sheet with frozen head, filter and a row of sums for the columns named in `sums`.

    Raises ValueError for a text that Excel would cut.
    """
    head, *rows = table.as_values()
    names = [
        column.name for column in table.columns.iterall() if not column.column.exclude_from_export
    ]
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": table.caption, "company": "Malmö stad"})
    sheet = book.add_worksheet("Tabell")
    formats = _Formats(book)
    for column, title in enumerate(head):
        sheet.write_string(0, column, plain(str(title)), formats.head)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, formats, number, column, value)
    for column, values in enumerate(zip(head, *rows, strict=True)):
        longest = max(len(_shown(value)) for value in values)
        sheet.set_column(column, column, min(max(longest + 2, 8), 60))
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(head) - 1)
        _sums(sheet, formats, names, rows, sums)
    book.close()
    return out.getvalue()


class _Formats:
    """The cell formats of one workbook."""

    def __init__(self, book):
        self.head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
        self.text = book.add_format({"valign": "top"})
        self.quoted = book.add_format({"valign": "top", "quote_prefix": True})
        self.whole = book.add_format({"num_format": "#,##0", "valign": "top"})
        self.exact = book.add_format({"num_format": "#,##0.00", "valign": "top"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
        self.total = book.add_format({"bold": True, "top": 1, "num_format": "#,##0"})


def _write(sheet, formats, row, column, value):
    if value is None:
        return
    if isinstance(value, Decimal | int | float):
        whole = value == int(value)
        sheet.write_number(row, column, value, formats.whole if whole else formats.exact)
    elif isinstance(value, datetime.date):
        sheet.write_datetime(row, column, value, formats.date)
    else:
        text = plain(str(value)).replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > _LONGEST_CELL:
            raise ValueError(f"A text of {len(text)} characters does not fit in a cell.")
        risky = text.startswith(_STARTS_FORMULA)
        sheet.write_string(row, column, text, formats.quoted if risky else formats.text)


def _sums(sheet, formats, names, rows, sums):
    """SUBTOTAL 109 adds the rows that are shown when somebody filters in the workbook."""
    last = len(rows) + 1
    sheet.write_string(last, 0, "Summa", formats.total)
    for column, name in enumerate(names):
        if name in sums:
            letter = xlsxwriter.utility.xl_col_to_name(column)
            total = sum((row[column] for row in rows if row[column] is not None), Decimal(0))
            formula = f"=SUBTOTAL(109,{letter}2:{letter}{last})"
            sheet.write_formula(last, column, formula, formats.total, float(total))
        elif column:
            sheet.write_blank(last, column, None, formats.total)


def _shown(value) -> str:
    if isinstance(value, Decimal | int | float):
        return f"{value:,}"
    return "" if value is None else str(value)
