"""The Excel book in the browser: fetched, shown, saved; nobody else's."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.models import Part, Saving, Submission
from tests import make

PAGE, FILE = "/redovisning/2024/mf/arbetsbok/", "/redovisning/2024/mf/arbetsbok.xlsx"


@pytest.fixture
def draft(miljo):
    return make.submission(make.year(2024), miljo)


def fetched(client, person):
    client.force_login(person)
    return openpyxl.load_workbook(io.BytesIO(client.get(FILE).content))


def read_in(client, book):
    file = io.BytesIO()
    book.save(file)
    return client.post(PAGE, {"file": SimpleUploadedFile("bok.xlsx", file.getvalue())})


def with_partners(book, number):
    sheet = book["Samverkansparter"]
    next(row for row in sheet.iter_rows() if row[1].value == "Offentlig")[2].value = number
    return book


def signed(page):
    return page.context["signed"]


def test_changes_are_shown_first_and_saved_when_confirmed(client, rut, draft):
    page = read_in(client, with_partners(fetched(client, rut), 17))
    assert "Inget är sparat än" in page.content.decode()
    assert not Part.objects.exists()
    assert client.post(PAGE, {"proposal": signed(page)}).url == "/redovisning/2024/mf/"
    saving = Saving.objects.first()
    assert (saving.how, saving.by) == (Saving.How.IMPORTED, rut)


def test_confirmed_twice_it_is_saved_once(client, rut, draft):
    page = read_in(client, with_partners(fetched(client, rut), 17))
    for _ in range(2):
        client.post(PAGE, {"proposal": signed(page)})
    assert draft.partner_counts.get().count == 17


def test_a_book_that_changes_nothing_says_so(client, rut, draft):
    page = read_in(client, fetched(client, rut))
    assert "ändrar ingenting" in page.content.decode()


def test_a_bad_cell_is_told_and_cannot_be_confirmed(client, rut, draft):
    page = read_in(client, with_partners(fetched(client, rut), "många"))
    assert page.status_code == 422
    assert "går inte att läsa som ett antal" in page.content.decode()
    assert signed(page) == ""


def test_what_was_not_shown_cannot_be_saved(client, rut, olle, draft, kultur):
    page = read_in(client, with_partners(fetched(client, rut), 17))
    for forged in ("", "x", signed(page)[:-2]):
        assert client.post(PAGE, {"proposal": forged}).status_code == 422
    make.submission(draft.year, kultur)
    client.force_login(olle)
    other = PAGE.replace("/mf/", "/kulf/")
    assert client.post(other, {"proposal": signed(page)}).status_code == 422
    assert not Part.objects.exists()


def test_only_those_who_report_may_and_only_while_it_is_open(client, rut, olle, lena, sam, draft):
    for person, status in ((olle, 404), (lena, 403), (sam, 403), (rut, 200)):
        client.force_login(person)
        assert client.get(PAGE).status_code == client.get(FILE).status_code == status
    Submission.objects.update(status=Submission.Status.SUBMITTED)
    assert client.post(PAGE, {}).status_code == 403
    assert client.post(FILE).status_code == 405
