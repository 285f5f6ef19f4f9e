"""The PDF as a file of record: what it says of itself, and the data inside it."""

import io
import json
import zlib
from dataclasses import replace
from xml.etree import ElementTree

import page as page_validation
import pikepdf
import pytest

from reports.document import Notice, Section, from_data
from reports.renderers import html, pdf_paint, pdf_seal
from reports.renderers.pdf_attachments import attachments
from reports.renderers.pdf_seal import seal
from tests.sample import document

pytestmark = pytest.mark.documents

TOLD = replace(document(), sections=(Section("a", "Avsnitt", (Notice("Inget."),)),))


@pytest.fixture(scope="module")
def painted():
    return pdf_paint.paint(html.page(TOLD), TOLD.draft)


def sealed(painted, told=TOLD, attached=None):
    attached = attachments(told) if attached is None else attached
    return seal(painted, told, attached)


def keeps(blob, profile):
    checked = page_validation.validate_pdf_bytes(blob, profile=profile)
    return [(failed.rule_id, failed.message) for failed in checked.failures]


def test_what_is_painted_is_no_archive_file_until_it_is_sealed(painted):
    assert keeps(painted, "3a")
    assert keeps(sealed(painted), "3a") == []
    assert keeps(sealed(painted), "ua1") == []


def test_a_document_that_was_merged_is_sealed_alike(painted):
    with pikepdf.open(io.BytesIO(painted)) as merged:
        assert seal(merged, TOLD, attachments(TOLD)) == sealed(painted)


def test_the_same_document_is_the_same_file(painted):
    assert sealed(painted) == sealed(painted)


def test_it_says_what_it_is_without_being_unpacked(painted):
    title = 'Så "<b>" & så'
    told = replace(TOLD, head=replace(TOLD.head, title=title))
    blob = sealed(painted, told)
    xmp = blob[blob.index(b"<x:xmpmeta") : blob.index(b"</x:xmpmeta>") + 12].decode()
    tree = ElementTree.fromstring(xmp)  # noqa: S314, our own
    said = ElementTree.tostring(tree, "unicode", method="text")
    assert title in said
    assert "Malmö stad" in said
    assert f"{TOLD.identity}, utkast" in xmp
    with pikepdf.open(io.BytesIO(blob)) as read:
        assert read.Root.Lang == "sv"
        assert read.docinfo.Title == title
        assert read.open_metadata().pdfa_status == "3A"


def test_its_dates_are_the_documents_and_none_if_that_has_none(painted):
    with pikepdf.open(io.BytesIO(sealed(painted))) as read:
        assert str(read.docinfo.CreationDate) == "D:20200105"
    told = replace(TOLD, head=replace(TOLD.head, dated=None, year=2019))
    with pikepdf.open(io.BytesIO(sealed(painted, told))) as read:
        assert "/CreationDate" not in read.docinfo
        assert str(read.Root.AF[0].EF.F.Params.ModDate) == "D:20191231120000Z"


def test_the_document_can_be_made_again_from_the_data_inside(painted):
    with pikepdf.open(io.BytesIO(sealed(painted))) as read:
        [source] = [item for item in read.Root.AF if item.AFRelationship == "/Source"]
        assert from_data(json.loads(source.EF.F.read_bytes())) == TOLD


def test_what_has_no_tables_has_no_workbook_and_a_receipt_no_data_at_all():
    assert [item.relationship for item in attachments(document())] == ["Source", "Data"]
    bare = replace(TOLD, appendix=())
    assert [item.relationship for item in attachments(bare)] == ["Source"]
    assert attachments(replace(document(), kind="kvittens")) == ()


def with_a_page_that_ends_in_a_carriage_return(painted):
    pdf = pikepdf.open(io.BytesIO(painted))
    drawn = pdf.pages[0].Contents.read_bytes()
    longer = (drawn + b"\t" * more for more in range(1, 2000))
    packed = next(text for text in map(zlib.compress, longer) if text.endswith(b"\r"))
    pdf.pages[0].Contents.write(packed, filter=pikepdf.Name.FlateDecode)
    return pdf


def test_no_stream_ends_in_a_way_that_a_checker_may_misread(painted, monkeypatch):
    with with_a_page_that_ends_in_a_carriage_return(painted) as pdf:
        assert keeps(seal(pdf, TOLD), "3a") == []
    monkeypatch.setattr(pdf_seal, "AMBIGUOUS", b"what is never there")
    with with_a_page_that_ends_in_a_carriage_return(painted) as pdf:
        assert b"\r\nendstream" in seal(pdf, TOLD)
