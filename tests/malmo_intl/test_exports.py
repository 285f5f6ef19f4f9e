"""Tables as files: hostile text stays text, numbers stay numbers."""

import csv
import datetime
import io
import re
import zipfile
from decimal import Decimal

import django_tables2 as tables
import openpyxl
import pytest

from malmo_intl import exports

HOSTILE = [
    "=1+1", "=HYPERLINK(\"http://x\",\"y\")", "+46 40 34", "-5 grader", "@SUM(A1)", "\t=1", "\r=1",
    "＝1", "= hej", "#N/A", "{=A1}", "http://exempel.se", "0123", "1e5", "sant", "a;b", 'a"b', "rad\nrad",
    "\x00\x07=1", "\ufffe=1", "å ä ö é", "'=1", " =1", "",
]  # fmt: skip


class Table(tables.Table):
    caption = "Prov"
    text = tables.Column("Text", default="")
    amount = tables.Column("Belopp, kr", default=None)
    day = tables.Column("Dag", default=None, visible=False)


def table(*rows):
    return Table([dict(zip(("text", "amount", "day"), row, strict=True)) for row in rows])


def read_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def sheet_of(content, **options):
    return openpyxl.load_workbook(io.BytesIO(content), **options).active


def clean(text):
    return re.sub("[\x00\x07\ufffe]", "", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_neutralised_in_csv(text):
    cell = read_csv(exports.to_csv(table((text, 1, None))))[1][0]
    assert not cell.startswith(tuple("=+-@\t\r＝"))
    assert cell.removeprefix("'") == clean(text).removeprefix("'")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_a_workbook(text):
    content = exports.to_xlsx(table((text, 1, None)))
    cell = sheet_of(content)["A2"]
    assert cell.data_type in ("s", "n")  # n is openpyxl's word for an empty cell
    assert (cell.value or "") == clean(text).replace("\r", "\n")
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_csv_is_what_excel_in_swedish_expects():
    content = exports.to_csv(
        table(("Åsa", Decimal("-1234.50"), datetime.date(2020, 1, 16)), ("b", 0, None))
    )
    assert content.startswith(b"\xef\xbb\xbf")
    assert read_csv(content) == [
        ["Text", "Belopp, kr", "Dag"], ["Åsa", "-1234,50", "2020-01-16"], ["b", "0", ""],
    ]  # fmt: skip


def test_a_workbook_has_numbers_dates_and_a_sum_that_counts():
    content = exports.to_xlsx(
        table(
            ("a", Decimal("4029253"), datetime.date(2020, 1, 16)), ("b", None, None), ("c", 7, None)
        ),
        sums=("amount",),
    )
    sheet = sheet_of(content)
    assert sheet["B2"].value == 4029253
    assert sheet["C2"].value.date() == datetime.date(2020, 1, 16)
    assert sheet["B3"].value is None  # missing is not zero
    assert sheet["A5"].value == "Summa"
    assert sheet["B5"].value == "=SUBTOTAL(109,B2:B4)"
    assert sheet_of(content, data_only=True)["B5"].value == 4029260
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:C4"


def test_a_text_that_excel_would_cut_is_refused():
    with pytest.raises(ValueError, match="does not fit"):
        exports.to_xlsx(table(("x" * 32_768, 1, None)))


def test_an_empty_table_is_a_file_with_a_head():
    assert len(read_csv(exports.to_csv(table()))) == 1
    assert sheet_of(exports.to_xlsx(table(), sums=("amount",)))["A1"].value == "Text"


def test_a_download_has_a_name_and_is_kept_by_nobody():
    response = exports.download("csv", "projekt", table(("a", 1, None)))
    assert response["Content-Disposition"] == 'attachment; filename="projekt.csv"'
    assert "no-store" in response["Cache-Control"]
