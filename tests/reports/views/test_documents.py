"""The shelf, a document on the page, and its files."""

import json

import pytest

from reports import renderers
from reports.models import Submission
from reports.renderers import RenderError, preview
from tests import make
from tests.reports.views.conftest import SECRET

CITY_2020 = ["/dokument/2020/samlad", "/dokument/2020/stad"]
MILJO_2020 = ["/dokument/2020/forvaltning/mf", "/dokument/2020/projekt/mf/grona-tak"]


def get(client, person, address):
    client.force_login(person)
    return client.get(address)


def test_the_shelf_has_what_a_person_may_read(client, olle, sam, published, under_way):
    page = get(client, olle, "/dokument/").content.decode()
    assert "/dokument/2019/samlad/" in page
    assert "/dokument/2019/forvaltning/mf.docx" in page
    assert "/dokument/2020/" not in page
    page = get(client, sam, "/dokument/").content.decode()
    assert "/dokument/2020/samlad.pdf" in page
    assert "/dokument/2020/forvaltning/mf/" in page


def test_an_empty_shelf_says_when_it_will_be_filled(client, olle, under_way):
    assert "Det finns inga dokument att läsa än" in get(client, olle, "/dokument/").content.decode()


@pytest.mark.parametrize("address", CITY_2020 + MILJO_2020)
def test_the_city_office_reads_every_document_on_its_page(client, sam, under_way, address):
    page = get(client, sam, f"{address}/").content.decode()
    assert "Utkast" in page
    assert f"{address}.pdf" in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("address", MILJO_2020)
def test_an_administration_reads_its_own(client, rut, under_way, address):
    assert SECRET in get(client, rut, f"{address}/").content.decode()


@pytest.mark.parametrize("end", ["/", ".json", ".docx"])
@pytest.mark.parametrize(
    ("person", "addresses"), [("rut", CITY_2020), ("olle", CITY_2020 + MILJO_2020)]
)
def test_a_document_of_others_does_not_exist(client, request, under_way, person, addresses, end):
    person = request.getfixturevalue(person)
    for address in addresses:
        assert get(client, person, address + end).status_code == 404


def test_a_memo_is_not_mistaken_for_another_administrations(client, olle, rut, kultur, under_way):
    project = kultur.participations.get().project
    make.memo(under_way, kultur, about=project, title="Kulturs egen skrivelse")
    ours, theirs = (f"/dokument/2020/projekt/{code}/{project.slug}.json" for code in ("kulf", "mf"))
    response = get(client, olle, ours)
    assert "Kulturs egen skrivelse" in response.content.decode()
    assert SECRET not in response.content.decode()
    assert get(client, olle, theirs).status_code == 404
    assert SECRET in get(client, rut, theirs).content.decode()


@pytest.fixture
def unwritten(under_way, kultur):
    """Kultur's draft, in whose memo nobody has written."""
    submission = kultur.submissions.get(year=under_way)
    submission.status = Submission.Status.DRAFT
    submission.save()
    return submission


def test_a_draft_can_be_seen_before_its_memo_is_written(client, olle, sam, unwritten):
    for person in (olle, sam):
        assert "/dokument/2020/forvaltning/kulf/" in get(client, person, "/dokument/").content.decode()  # fmt: skip
        page = get(client, person, "/dokument/2020/forvaltning/kulf/").content.decode()
        assert "Redovisning av internationellt arbete 2020" in page
        assert "Beslutspunkterna är inte skrivna." in page
        assert "Utkast" in page


@pytest.mark.documents
@pytest.mark.parametrize("suffix", list(renderers.FORMATS))
def test_an_unwritten_draft_can_be_had_as_a_file(client, olle, unwritten, suffix):
    response = get(client, olle, f"/dokument/2020/forvaltning/kulf.{suffix}")
    assert response.status_code == 200
    assert response.content


def test_an_unwritten_draft_of_others_does_not_exist(client, rut, siv, unwritten):
    for person in (rut, siv):
        assert get(client, person, "/dokument/2020/forvaltning/kulf/").status_code == 404
        assert "forvaltning/kulf" not in get(client, person, "/dokument/").content.decode()


@pytest.mark.parametrize("status", ["not_started", "not_received"])
def test_what_nobody_has_begun_has_no_document(client, olle, sam, unwritten, status):
    Submission.objects.filter(pk=unwritten.pk).update(status=status)
    for person in (olle, sam):
        assert get(client, person, "/dokument/2020/forvaltning/kulf/").status_code == 404


def test_the_page_says_who_decides(client, rut, sam, under_way):
    page = get(client, rut, "/dokument/2020/forvaltning/mf/").content.decode()
    assert "Miljönämnden beslutar." in page
    page = get(client, sam, "/dokument/2020/stad/").content.decode()
    assert "Kommunfullmäktige beslutar." in page


def test_a_document_of_a_published_year_gives_way_to_the_decided_one(client, olle, published):
    page = get(client, olle, "/dokument/2019/forvaltning/mf/").content.decode()
    assert "Miljönämnden har redan beslutat, och den beslutade handlingen gäller." in page


@pytest.mark.parametrize(
    ("suffix", "how"), [("pdf", "inline"), ("docx", "attachment"), ("html", "attachment")]
)
def test_a_file_has_its_name_its_type_and_is_kept_nowhere(
    client, rut, under_way, monkeypatch, suffix, how
):
    monkeypatch.setattr(preview, "render", lambda document, suffix: b"innehall")
    response = get(client, rut, f"/dokument/2020/forvaltning/mf.{suffix}")
    assert response.content == b"innehall"
    name = f"malmo-stad-forvaltning-mf-2020.{suffix}"
    assert response["Content-Disposition"] == f'{how}; filename="{name}"'
    assert response["Content-Type"] == renderers.FORMATS[suffix].media_type
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))


def test_the_json_file_holds_the_document(client, rut, under_way):
    data = json.loads(get(client, rut, "/dokument/2020/forvaltning/mf.json").content)
    assert data["identity"] == "forvaltning-2020-mf"


def test_a_file_that_cannot_be_made_says_what_to_do(client, rut, under_way, monkeypatch):
    def fail(document, suffix):
        raise RenderError("Det tog för lång tid.")

    monkeypatch.setattr(preview, "render", fail)
    response = get(client, rut, "/dokument/2020/forvaltning/mf.pdf")
    page = response.content.decode()
    assert response.status_code == 503
    assert "Det tog för lång tid." in page
    assert "Läs dokumentet på sidan" in page


@pytest.mark.parametrize(
    "address",
    [
        "/dokument/2019/samlad.exe",
        "/dokument/2019/hemlig/",
        "/dokument/2019/forvaltning/xyz/",
        "/dokument/2019/projekt/mf/xyz.pdf",
        "/dokument/2031/samlad/",
    ],
)
def test_what_is_not_there_is_not_found(client, sam, published, address):
    assert get(client, sam, address).status_code == 404


@pytest.mark.parametrize(
    "address", ["/dokument/", "/dokument/2019/samlad/", "/dokument/2019/samlad.json"]
)
def test_documents_are_only_read_and_only_after_log_in(client, rut, published, address):
    assert client.get(address).url == f"/konto/logga-in/?next={address}"
    client.force_login(rut)
    assert client.post(address).status_code == 405
