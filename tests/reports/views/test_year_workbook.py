"""The file with all of a year's tables and rows: for those who may see the whole city's figures."""

import io

import openpyxl
import pytest

from reports.renderers import xlsx_cells
from tests import make
from tests.reports.views.conftest import SECRET

PATH = "/dokument/{}/underlag.xlsx"


def book(response):
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(response.content))


def words(workbook):
    return {cell.value for page in workbook for row in page.iter_rows() for cell in row}


def test_everyone_reads_a_published_year(client, olle, published):
    client.force_login(olle)
    response = client.get(PATH.format(2019))
    assert "Rader svar" in book(response).sheetnames
    assert response["Content-Disposition"] == 'attachment; filename="malmo-stad-underlag-2019.xlsx"'
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("person", ["rut", "olle", "mans", "lena", "siv"])
def test_the_citys_figures_of_a_year_under_way_are_stadskontorets(
    client, request, under_way, person
):
    client.force_login(request.getfixturevalue(person))
    assert client.get(PATH.format(2020)).status_code == 404


def test_stadskontoret_has_it_meanwhile_without_the_drafts_words(client, sam, under_way):
    client.force_login(sam)
    found = words(book(client.get(PATH.format(2020))))
    assert "Gröna tak" in found
    assert not [word for word in found if isinstance(word, str) and f"Svar: {SECRET}" in word]


def test_a_year_of_which_nothing_is_known_has_none(client, sam, db):
    make.year(2031)
    client.force_login(sam)
    assert client.get(PATH.format(2031)).status_code == 404
    assert "underlag.xlsx" not in client.get("/redovisning/2031/").content.decode()


def test_the_years_page_leads_to_it_for_those_who_may_have_it(client, rut, published, under_way):
    client.force_login(rut)
    assert PATH.format(2019) in client.get("/redovisning/2019/").content.decode()
    assert PATH.format(2020) not in client.get("/redovisning/2020/").content.decode()


def test_a_text_that_no_cell_can_hold_is_told_of(client, rut, published, monkeypatch):
    monkeypatch.setattr(xlsx_cells, "MAX_TEXT", 5)
    client.force_login(rut)
    response = client.get(PATH.format(2019))
    assert response.status_code == 503
    assert "för lång för en ruta i Excel" in response.content.decode()


def test_it_is_only_read_and_only_after_log_in(client, rut, published):
    assert client.get(PATH.format(2019)).status_code == 302
    client.force_login(rut)
    assert client.post(PATH.format(2019)).status_code == 405
