"""Excel draws the document's charts from cells, and the cells fetch their figures from its tables."""

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from html import unescape

import openpyxl
import pytest

from malmo_intl.formats import Amount
from reports.document import Bar, Chart, Column, Grid, Section
from reports.renderers import xlsx, xlsx_names, xlsx_page
from tests import sample

GRID = Grid(
    "medel",
    "Utbetalt, kronor",
    (Column("namn", "Förvaltning"), Column("kr", "Kronor", "kr", total=True)),
    (("Kultur", Decimal(360_000)), ("Miljö", Amount(Decimal(15_300_000), "ca", 100_000))),
    ("Summa", Amount(Decimal(15_660_000), "ca", 100_000)),
)
BARS = (
    Bar("Miljö", Amount(Decimal(15_300_000), "ca", 100_000)),
    Bar("Kultur", Decimal(360_000)),
    Bar("Fritid", None, note="Nya mål från 2020"),
)
MONEY = Chart("d1", "Miljö får mest", "Miljö får mest. Kultur har minst.", "kr", BARS, "medel")
STEPS = Chart(
    "d2",
    "Från 47 till 54",
    "Från 47 till 54 i tre steg.",
    "count",
    (Bar("2018", 47), Bar("Nya", 10, base=47), Bar("Slut", -3, base=57), Bar("2019", 54)),
    "steg",
)
STEPS_GRID = Grid(
    "steg",
    "Steg",
    (Column("steg", "Steg"), Column("antal", "Antal", "count", total=True)),
    (("Medverkan 2018", 47), ("Nya", 10), ("Slut", -3)),
    ("Medverkan 2019", 54),
)


def of(*blocks, **changes):
    section = Section("a", "A", blocks)
    return replace(sample.document(), sections=(section,), appendix=(), **changes)


@pytest.fixture(scope="module")
def blob():
    return xlsx.render(of(GRID, MONEY, STEPS_GRID, STEPS))


def cells(blob, **options):
    return openpyxl.load_workbook(io.BytesIO(blob), **options)["Diagram"]


def part(blob, name):
    with zipfile.ZipFile(io.BytesIO(blob)) as parts:
        return unescape(parts.read(name).decode())


def test_the_charts_have_a_sheet_that_the_first_one_leads_to(blob):
    book = openpyxl.load_workbook(io.BytesIO(blob))
    assert book.sheetnames == ["Om", "Diagram", "Utbetalt", "Steg"]
    links = {cell.hyperlink.location for row in book["Om"] for cell in row if cell.hyperlink}
    assert "'Diagram'!A1" in links


@pytest.mark.parametrize("bars", [(), (Bar("Miljö", None),)])
def test_a_document_with_nothing_to_draw_has_no_such_sheet(bars):
    book = openpyxl.load_workbook(io.BytesIO(xlsx.render(of(GRID, replace(MONEY, bars=bars)))))
    assert book.sheetnames == ["Om", "Utbetalt"]


def test_a_table_called_diagram_does_not_take_its_place():
    sheets = xlsx_names.place(of(replace(GRID, caption="Diagram")))
    assert [sheet.name for sheet in sheets] == ["Medel"]


def test_a_figure_is_fetched_from_its_row_in_the_table(blob):
    sheet = cells(blob)
    assert [sheet.cell(row, 2).value for row in (3, 4, 5)] == [
        "Miljö", "Kultur", "Fritid (Nya mål från 2020): uppgift saknas",
    ]  # fmt: skip
    assert (sheet["C3"].value, sheet["C3"].number_format) == ("='Utbetalt'!$B$4", '"ca "#,##0')
    assert (sheet["D4"].value, sheet["D4"].number_format) == ("='Utbetalt'!$B$3", "#,##0")
    assert cells(blob, data_only=True)["C3"].value == 15_300_000


def test_a_bridge_is_fetched_by_place_and_works_out_where_its_steps_begin(blob):
    sheet, known = cells(blob), cells(blob, data_only=True)
    first = next(row for row in range(6, 30) if sheet.cell(row, 2).value == "2018")
    fetched = [sheet.cell(row, 3).value for row in range(first, first + 4)]
    assert fetched == [f"='Steg'!$B${row}" for row in (3, 4, 5, 6)]
    lengths = [[known.cell(row, at).value for at in (4, 5, 6)] for row in range(first, first + 4)]
    assert lengths == [[0, 47, 0], [47, 10, 0], [54, 0, 3], [0, 54, 0]]
    assert sheet.cell(first + 2, 4).data_type == "f"
    assert sheet.cell(first + 3, 4).data_type == "n"  # a total stands on the ground


def test_a_chart_whose_table_is_elsewhere_has_its_figures_as_numbers():
    sheet = cells(xlsx.render(of(MONEY)))
    assert (sheet["C3"].value, sheet["D4"].value) == (15_300_000, 360_000)
    assert sheet["A1"].value == "Miljö får mest"


def test_a_row_with_the_name_and_another_figure_is_not_taken_for_it():
    other = replace(GRID, rows=(("Kultur", Decimal(1)), *GRID.rows[1:]))
    sheet = cells(xlsx.render(of(other, MONEY)))
    assert sheet["D4"].value == 360_000


def test_the_chart_has_title_words_for_who_does_not_see_it_and_figures_on_its_bars(blob):
    drawing = part(blob, "xl/drawings/drawing1.xml")
    assert re.findall('descr="(.*?)"', drawing) == [MONEY.sentence, STEPS.sentence]
    chart = part(blob, "xl/charts/chart1.xml")
    assert "<c:f>Diagram!$B$1</c:f>" in chart
    assert "<c:v>Miljö får mest</c:v>" in chart
    assert chart.count("<c:showVal") == 2
    assert re.findall('formatCode="(.*?)" sourceLinked="0"', chart)[:2] == [
        '"ca "#,##0" kr"', '#,##0" kr"',
    ]  # fmt: skip
    for cells_of in ("Diagram!$B$3:$B$5", "Diagram!$C$3:$C$5", "Diagram!$D$3:$D$5"):
        assert f"<c:f>{cells_of}</c:f>" in chart


def test_the_figures_of_a_bridge_are_the_documents_words(blob):
    chart = part(blob, "xl/charts/chart2.xml")
    assert re.findall("<a:t>(.*?)</a:t>", chart) == [
        "47",
        "+10",
        "\u22123",
        "54",
    ]
    assert '<c:grouping val="stacked"/>' in chart


def test_figures_are_never_broken_over_two_lines_but_names_may_be(blob):
    for name in ("chart1", "chart2"):
        chart = part(blob, f"xl/charts/{name}.xml")
        labels = "".join(re.findall("<c:dLbls>.*?</c:dLbls>", chart, re.DOTALL))
        assert labels.count('<a:bodyPr wrap="none"/>') == labels.count("<a:bodyPr")
        assert 'wrap="none"' not in re.sub("<c:dLbls>.*?</c:dLbls>", "", chart, flags=re.DOTALL)


def test_bars_have_the_colour_that_can_be_told_from_white():
    """At least three to one against the paper (WCAG 1.4.11); a step down is hollow, so grey says it too."""
    parts = [int(xlsx_page.ACCENT[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (((part + 0.055) / 1.055) ** 2.4 for part in parts)
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    assert 1.05 / (luminance + 0.05) >= 4.5


def test_hostile_names_stay_text_and_the_same_document_is_the_same_file():
    bars = (Bar("=1+1", 5), Bar('<c:v>&"', 3))
    finding = "=Om!A1 har flest"
    document = of(replace(MONEY, unit="count", bars=bars, finding=finding, sentence='"><x'))
    blob = xlsx.render(document)
    assert [cells(blob).cell(row, 2).value for row in (3, 4)] == ["=1+1", '<c:v>&"']
    assert not [cell for row in cells(blob) for cell in row if cell.data_type == "f"]
    chart = part(blob, "xl/charts/chart1.xml")
    assert f"<c:v>{finding}</c:v>" in chart
    assert all(name.startswith("Diagram!") for name in re.findall("<c:f>(.*?)</c:f>", chart))
    assert xlsx.render(document) == blob
