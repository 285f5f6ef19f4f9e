"""One krona more in one payout: all that is under work says so, in every format; what is published does not."""

import openpyxl
import pytest

from funding.models import Payout
from reports import checks, documents
from reports.document import Chart
from reports.models import Answer, PublicationFile
from reports.publishing import contents
from reports.renderers import FORMATS, render
from tests import make
from tests.reports import readings
from tests.reports.publishing.conftest import publish
from tests.reports.publishing.test_rebuilding import only_the_city_memo

LIVE = '<p>Vi fick <data value="utbetalt">{utbetalt}</data>.</p>'
TYPED = "<p>Under 2024 fick förvaltningen 4 711 kronor i EU-medel.</p>"


def drawn(year, miljo):
    return {
        "förvaltning": documents.administration_document(year, miljo),
        "samlad": documents.consolidated_report(year),
        "stad": documents.city_memo(year),
        "siffror": documents.overview_of_the_year(year),
    }


def read(document, suffix, folder) -> str:
    """What a reader finds in the file, with numbers run together."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{document.kind}.{suffix}"
    path.write_bytes(render(document, suffix))
    if suffix == "xlsx":
        book = openpyxl.load_workbook(path, data_only=True)
        return " ".join(str(cell) for sheet in book for row in sheet.values for cell in row)
    readers = {"html": readings.html, "pdf": readings.pdf, "docx": readings.docx}
    return readers.get(suffix, readings.json_)(path).text


def bars(document):
    return [
        bar.value
        for _, section in document.walk()
        for block in section.blocks
        if isinstance(block, Chart)
        for bar in block.bars
    ]


@pytest.mark.documents
def test_every_draft_follows_the_rows_in_every_format(year, miljo, tmp_path):
    Answer.objects.update(text=LIVE)
    paid = Payout.objects.filter(amount=4711)
    other = make.project("Vägen in", funded_by=make.fund("LIFE", "Life"))
    make.participation(
        other, miljo, paid={2024: 100}
    )  # so that there is something to compare in a chart
    before = drawn(year, miljo)
    paid.update(amount=4712)
    after = drawn(year, miljo)
    for name in before:
        for suffix in FORMATS:
            was = read(before[name], suffix, tmp_path / "before")
            now = read(after[name], suffix, tmp_path / "after")
            assert "4811" in was, (name, suffix)
            assert "4812" not in was, (name, suffix)
            assert "4812" in now, (name, suffix)
            assert "4811" not in now, (name, suffix)
    for name in ("samlad", "stad", "siffror"):
        assert 4711 in bars(before[name]), name
        assert 4712 in bars(after[name]), name
    assert "Vifick4812kronor" in read(after["förvaltning"], "pdf", tmp_path / "again")


@pytest.mark.documents
def test_what_is_published_stays(client, year, sam, monkeypatch):
    everything = contents.contents
    monkeypatch.setattr(contents, "contents", lambda *asked: only_the_city_memo(everything(*asked)))
    publish(year, sam)
    client.force_login(sam)
    addresses = [row.publication.file_url(row.format) for row in PublicationFile.objects.all()]

    def files():
        return [b"".join(client.get(address)) for address in addresses]

    before = files()
    assert all(len(content) > 1000 for content in before)
    Payout.objects.update(amount=4712)
    assert files() == before


def test_a_number_that_was_typed_is_asked_about(year):
    submission = year.submissions.get(administration__code="MF")
    Answer.objects.update(text=TYPED)

    def asked():
        found = checks.run(checks.build(submission))
        return [item.sentence for item in found if item.code == "tal-i-text"]

    assert asked() == []
    Payout.objects.update(amount=4712)
    (sentence,) = asked()
    assert "4 711 kronor" in sentence
    assert "4\u00a0712 kronor" in sentence
