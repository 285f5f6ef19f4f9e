"""A figure in the workbook leads to the page with its rows, when the document says where that is."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from reports.document import Column, Grid, Section, SumOf
from reports.renderers import xlsx, xlsx_cells
from tests import sample

SITE = "https://redovisning.malmo.se"
GRID = Grid(
    "medel",
    "Medel",
    (Column("namn", "Namn"), Column("kr", "Kronor", "kr", total=True)),
    (("Miljö", Decimal(5)), ("Kultur", Decimal(7))),
    ("Summa", Decimal(12)),
    addresses=(("/projekt/a/", "/siffror/?forvaltning=mf"), ("", "/siffror/?forvaltning=%C3%A5")),
    total_addresses=("", "/siffror/"),
)


def of(*grids, site=SITE):
    document = replace(sample.document(), sections=(Section("a", "A", grids),), appendix=())
    return replace(document, site=site)


def sheet(document, name="Medel"):
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(document)))[name]


def links(page):
    return {
        cell.coordinate: cell.hyperlink.target
        for row in page.iter_rows()
        for cell in row
        if cell.hyperlink and cell.hyperlink.target
    }


def test_values_names_and_sums_lead_to_their_pages_and_are_still_what_they_were():
    page = sheet(of(GRID))
    assert links(page) == {
        "A3": f"{SITE}/projekt/a/",
        "B3": f"{SITE}/siffror/?forvaltning=mf",
        "B4": f"{SITE}/siffror/?forvaltning=%C3%A5",
        "B5": f"{SITE}/siffror/",
    }
    assert [page[name].value for name in ("A3", "B3", "B5")] == ["Miljö", 5, "=SUM($B$3:$B$4)"]
    assert page["B3"].font.color.rgb == f"FF{xlsx_cells.LINK[1:]}"
    assert page["A4"].font.color is None or page["A4"].font.color.rgb != page["B3"].font.color.rgb


def test_a_named_figure_leads_to_its_page():
    figures = (replace(sample.document().figures[0], address="/redovisning/2019/siffror/x/"),)
    page = sheet(replace(of(GRID), figures=figures), "Om")
    assert f"{SITE}/redovisning/2019/siffror/x/" in links(page).values()


@pytest.mark.parametrize("site", ["", "javascript:alert(1)//", "file:///"])
def test_without_a_site_of_the_web_nothing_leads_anywhere(site):
    blob = xlsx.render(of(GRID, site=site))
    with zipfile.ZipFile(io.BytesIO(blob)) as parts:
        assert b'TargetMode="External"' not in b"".join(map(parts.read, parts.namelist()))


@pytest.mark.parametrize("address", ["siffror/", "@evil.example/", "/" + "x" * 2_000])
def test_what_is_no_path_of_ours_is_no_link(address):
    assert not links(
        sheet(of(replace(GRID, addresses=(("", address), ("", "")), total_addresses=())))
    )


def test_more_links_than_a_sheet_may_hold_are_left_out_in_silence(monkeypatch, recwarn):
    monkeypatch.setattr(xlsx_cells, "MAX_LINKS", 2)
    page = sheet(of(GRID))
    assert list(links(page)) == ["A3", "B3"]
    assert page["B5"].value == "=SUM($B$3:$B$4)"
    assert not recwarn


def test_a_link_on_a_formula_keeps_the_formula():
    columns = (GRID.columns[0], replace(GRID.columns[1], sum_of=SumOf("rader", "kr", "namn")))
    rows = Grid("rader", "Rader", GRID.columns, GRID.rows)
    page = sheet(of(replace(GRID, columns=columns), rows))
    assert page["B3"].value.startswith("=SUMIFS(")
    assert page["B3"].hyperlink.target == f"{SITE}/siffror/?forvaltning=mf"
