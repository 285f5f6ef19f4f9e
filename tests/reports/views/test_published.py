"""What is published: its page, its files byte for byte, and where the shelf shows it."""

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import PublicationFile, ReportingYear
from reports.publishing import correcting
from tests import make
from tests.reports.publishing.conftest import (  # noqa: F401 - fixtures
    publish,
    quick,
    year,
)

FILE = "/publicerat/2024/samlad/v1.json"
Status = ReportingYear.Status


@pytest.fixture
def published(year, sam, quick):  # noqa: F811
    publish(year, sam)
    return year


def text(answer):
    return answer.content.decode().replace("\u00a0", " ")


def test_a_file_is_served_byte_for_byte_for_ever(client, olle, published):
    client.force_login(olle)
    stored = PublicationFile.objects.get(publication__kind="samlad", format="json")
    answer = client.get(FILE)
    assert answer.content == bytes(stored.content)
    assert hashlib.sha256(answer.content).hexdigest() == stored.sha256
    assert answer["Content-Type"] == "application/json"
    assert answer["ETag"] == f'"{stored.sha256}"'
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert 'attachment; filename="malmo-stad-samlad-2024-v1.json"' in answer["Content-Disposition"]


def test_what_the_browser_has_is_not_sent_again(client, olle, published):
    client.force_login(olle)
    etag = client.get(FILE)["ETag"]
    again = client.get(FILE, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_pdf_is_read_in_the_browser(client, olle, published):
    client.force_login(olle)
    answer = client.get("/publicerat/2024/forvaltning/mf/v1.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        'inline; filename="malmo-stad-forvaltning-mf-2024-v1.pdf"'
    )


def test_the_page_tells_who_when_and_of_what(client, olle, published):
    client.force_login(olle)
    page = text(client.get("/publicerat/2024/samlad/v1/"))
    assert "Version 1, publicerad" in page
    assert "av Sam" in page
    assert "ab" * 32 in page
    assert "30 januari 2025, § 12" in page
    assert "Ej inkommen" in page
    assert PublicationFile.objects.filter(publication__kind="samlad").first().sha256 in page
    assert "WeasyPrint" in page
    assert page.count("<h1") == 1
    assert "Vi planterade träd." in page


def test_an_old_version_leads_to_the_new_one(client, olle, published):
    make.publication(published, "samlad", version=2)
    client.force_login(olle)
    old = text(client.get("/publicerat/2024/samlad/v1/"))
    assert "Det finns en senare version" in old
    assert "/publicerat/2024/samlad/v2/" in old
    new = text(client.get("/publicerat/2024/samlad/v2/"))
    assert "Skäl till den nya versionen: Ett fel" in new


def test_others_read_what_is_published_first_and_no_drafts(client, olle, published):
    client.force_login(olle)
    page = text(client.get("/dokument/"))
    assert "/publicerat/2024/samlad/v1.pdf" in page
    assert "/publicerat/2024/forvaltning/mf/v1/" in page
    assert "/dokument/2024/" not in page
    assert client.get("/dokument/2024/samlad/")["Location"] == "/publicerat/2024/samlad/v1/"


@pytest.mark.parametrize(
    ("person", "drafts"),
    [("sam", ["samlad", "stad", "forvaltning/mf"]), ("rut", ["forvaltning/mf"])],
)
def test_drafts_of_a_published_year_are_for_who_writes_them(
    client, request, published, person, drafts
):
    client.force_login(request.getfixturevalue(person))
    page = text(client.get("/dokument/"))
    for draft in ("samlad", "stad", "forvaltning/mf"):
        assert (f'href="/dokument/2024/{draft}/"' in page) is (draft in drafts)
    assert page.index("/publicerat/2024/") < page.index("/dokument/2024/")


def test_only_the_last_version_is_on_the_shelf(client, olle, published):
    make.publication(published, "samlad", version=2)
    client.force_login(olle)
    page = text(client.get("/dokument/"))
    assert "/publicerat/2024/samlad/v2/" in page
    assert "/publicerat/2024/samlad/v1" not in page


def test_while_it_is_corrected_others_see_nothing_but_the_publications(
    client, olle, sam, published
):
    correcting.start(published, sam, "Ett fel")
    client.force_login(olle)
    assert client.get("/publicerat/2024/samlad/v1/").status_code == 200
    assert client.get(FILE).status_code == 200
    assert client.get("/dokument/2024/samlad/")["Location"] == "/publicerat/2024/samlad/v1/"
    assert client.get("/redovisning/2024/mf/").status_code == 404
    for address in ("/redovisning/2024/", "/redovisning/", "/projekt/", "/projekt/rebus/"):
        page = text(client.get(address)).replace(" ", "")
        assert "4711" not in page, address


def test_a_year_without_publications_is_as_before(client, olle, db):
    before = make.year(2019, status=Status.PUBLISHED)
    unit = make.administration("X", "Xförvaltningen", "Xnämnden")
    make.submission(before, unit, "approved")
    client.force_login(olle)
    assert "/dokument/2019/samlad/" in text(client.get("/dokument/"))


@pytest.mark.parametrize("address", ["/publicerat/2024/samlad/v1/", "/dokument/"])
def test_the_queries_do_not_grow(client, olle, published, address):
    client.force_login(olle)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    few = queries()
    for number in range(9):
        unit = make.administration(f"F{number}", f"Förvaltning {number}", f"Nämnd {number}")
        make.publication(published, "forvaltning", administration=unit)
    assert queries() == few


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("/dokument/2024/samlad/", "/publicerat/2024/samlad/v1/"),
        ("/dokument/2024/samlad.pdf", "/publicerat/2024/samlad/v1.pdf"),
        ("/dokument/2024/samlad.html", "/publicerat/2024/samlad/v1/"),
        ("/dokument/2024/forvaltning/mf/", "/publicerat/2024/forvaltning/mf/v1/"),
    ],
)
def test_the_address_of_the_draft_leads_to_what_was_published(
    client, olle, published, before, after
):
    client.force_login(olle)
    assert client.get(before)["Location"] == after
    correcting.start(published, None, "Ett belopp var fel.")
    assert client.get(before)["Location"] == after
