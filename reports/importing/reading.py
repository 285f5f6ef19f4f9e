"""A filled-in workbook: which fields it says something about, and where. Reads; decides nothing."""

import datetime
import io
import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import openpyxl
from openpyxl.utils import get_column_letter

from malmo_intl import formats
from reports.importing.upload import Kind, Refused, kind_of
from reports.importing.workbook import ABOUT, FIRST, HEAD, NAMES

MOST_ROWS, MOST_COLUMNS = 2_000, 60


@dataclass(frozen=True)
class Place:
    """Where a cell is, as people say it: "Utbetalningar, rad 7, kolumn Belopp"."""

    sheet: str
    row: int
    head: str

    def __str__(self):
        return f"{self.sheet}, rad {self.row}, kolumn {self.head}"


@dataclass(frozen=True)
class Typed:
    """A cell's text as a person would type it on the page, and where it stands."""

    text: str
    place: Place


@dataclass(frozen=True)
class Filled:
    """What a workbook says: whose it is, the versions it was made from, and part → field → cell."""

    year: int
    administration: str
    versions: dict[str, int]
    parts: dict[str, dict[str, Typed]]


def read(content: bytes) -> Filled:
    """Raises Refused for what is not a workbook of ours, or has been taken apart."""
    if kind_of(content) != Kind.EXCEL:
        raise Refused("Filen är inte en Excel-bok (.xlsx).")
    try:
        book = openpyxl.load_workbook(
            io.BytesIO(content), read_only=True, data_only=True, keep_links=False
        )
        return _filled(book)
    except Refused:
        raise
    except Exception as error:  # a hostile file makes openpyxl and lxml raise anything
        raise Refused(
            "Excel-boken går inte att läsa. Öppna den i Excel, spara på nytt och försök igen."
        ) from error


def _filled(book) -> Filled:
    if ABOUT not in book.sheetnames:
        raise Refused("Excel-boken är inte hämtad härifrån. Hämta en ny och fyll i den.")
    about = json.loads(next(book[ABOUT].iter_rows(max_row=1, max_col=1, values_only=True))[0])
    sheets, versions = about["sheets"], about["versions"]
    if not all(isinstance(item, dict) for item in (sheets, versions)):
        raise Refused("Excel-boken är ändrad så att den inte går att läsa. Hämta en ny.")
    missing = [title for title in sheets if title not in book.sheetnames]
    if missing:
        raise Refused(f"Bladet ”{missing[0]}” saknas i Excel-boken. Hämta en ny och fyll i den.")
    return Filled(
        int(about["year"]),
        str(about["administration"]),
        {str(key): int(version) for key, version in versions.items()},
        {str(key): dict(_cells(book[title], title)) for title, key in sheets.items()},
    )


def _cells(sheet, title):
    """(field, cell) of every line that names its fields; rows may have been moved, names go along."""
    sheet.reset_dimensions()  # what the file says of its own size is not to be believed
    heads: tuple = ()
    rows = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise Refused(f"Bladet ”{title}” har för många rader.")
        row = (*row, *(None,) * (FIRST + 1 - len(row)))
        if not row[NAMES]:
            if any(value is not None for value in row[FIRST:]):
                raise Refused(
                    f"{title}, rad {number}: raden är inte en av mallens. "
                    "Skriv i de tomma raderna sist i tabellen."
                )
            continue
        if row[NAMES] == HEAD:
            heads = row[FIRST:]
        for index, name in enumerate(json.loads(row[NAMES])):
            if name:
                value = row[FIRST + index] if FIRST + index < len(row) else None
                head = heads[index] if index < len(heads) else get_column_letter(FIRST + index + 1)
                yield str(name), Typed(_text(value), Place(title, number, str(head)))


def _text(value) -> str:
    """A cell as it would be typed: 4029253.0 → "4 029 253", a date → 2024-05-12."""
    match value:
        case None:
            return ""
        case bool():
            return "x" if value else ""
        case int() | float():
            return _number(Decimal(str(value)))
        case datetime.datetime() | datetime.date():
            return value.strftime("%Y-%m-%d")
    return str(value)


def _number(value: Decimal) -> str:
    """More decimals than two are left as they are, for the form to refuse; Excel's own dust is not."""
    if not value.is_finite():
        raise InvalidOperation
    rounded = formats.round_half_up(value, Decimal("0.01"))
    if abs(value - rounded) > Decimal("0.000001"):
        return f"{value:f}".replace(".", ",")
    whole = rounded == rounded.to_integral_value()
    return formats.number(rounded, 0 if whole else 2)
