"""Which stretch of the document each paragraph belongs to, after people and programs have been at the file."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from malmo_intl import richtext
from reports.document import Points, Prose, Section
from reports.importing.upload import Refused
from reports.renderers import docx, docx_origin, docx_reading
from reports.wordback import opening
from tests import in_word, sample

TEXT = (
    '<p>Vi fick <data value="utbetalt cirka">cirka 4 miljoner kronor</data> i <strong>stöd</strong>.</p>'
    "<h3>Så gick det</h3><ul><li>bra</li><li>bättre<ol><li>bäst</li></ol></li></ul>"
    "<table><thead><tr><th>Vad</th><th>Antal</th></tr></thead><tbody><tr><td>Besök</td><td>4</td></tr>"
    '</tbody></table><h4>Mindre</h4><p>En <em>länk</em>: <a href="https://malmo.se/">malmo.se</a>.</p>'
)


def document(html=TEXT):
    first = Section("forst", "Först", (Prose(html), Points(("Ett", "Två"))))
    second = Section("sedan", "Sedan", (Prose("<p>Det andra.</p><p>Det tredje.</p>"),))
    return replace(
        sample.document(),
        sections=(first, second),
        site="https://redovisning.malmo.se",
        marks=(("utbetalt", "/siffra/"),),
    )


@pytest.fixture(scope="module")
def blob():
    return docx.render(document())


def texts(returned):
    """Section → the prose that stands there now."""
    return {
        part.stretch.section: docx_reading.html(part.elements, returned.file, part.stretch.level)
        for part in returned.parts
        if part.stretch.kind == docx_origin.TEXT
    }


def changed(returned):
    return [
        (part.stretch.section, part.stretch.kind)
        for part in returned.parts
        if part.is_changed(returned.file)
    ]


def after(blob, *deeds):
    return opening.read(in_word.edited(blob, *deeds))


def test_what_was_written_is_read_back_as_it_was(blob):
    told = TEXT.replace("cirka 4 miljoner kronor", "{utbetalt cirka}").replace(
        "malmo.se/", "malmo.se"
    )
    returned = opening.read(blob)
    assert texts(returned) == {"forst": told, "sedan": "<p>Det andra.</p><p>Det tredje.</p>"}
    assert changed(returned) == []


def test_the_file_says_which_document_it_is(blob):
    found = opening.read(blob).origin
    assert (found.identity, found.kind, found.draft) == ("exempel-2019", "forvaltning", True)
    assert found.figures == (("utbetalt cirka", "cirka 4 miljoner kronor"),)


def test_a_new_paragraph_belongs_to_the_text_before_it(blob):
    returned = after(blob, in_word.add_after("Det tredje", "Det fjärde."))
    assert texts(returned)["sedan"].endswith("<p>Det fjärde.</p>")
    assert changed(returned) == [("sedan", "text")]


def test_a_new_beginning_belongs_to_the_text_below_the_heading(blob):
    returned = after(blob, in_word.remove("Det andra"), in_word.add_after("Sedan", "Nytt först."))
    assert texts(returned)["sedan"] == "<p>Nytt först.</p><p>Det tredje.</p>"
    assert changed(returned) == [("sedan", "text")]


@pytest.mark.parametrize(("moved", "to"), [("Det andra", "Mindre"), ("Mindre", "Det andra")])
def test_what_was_moved_belongs_where_it_is_now(blob, moved, to):
    returned = after(blob, in_word.move(moved, to))
    both = "".join(texts(returned).values())
    assert both.index(moved) > both.index(to)
    assert {section for section, _ in changed(returned)} == {"forst", "sedan"}


def test_a_text_of_which_nothing_is_left_is_missing(blob):
    returned = after(blob, in_word.remove("Det andra"), in_word.remove("Det tredje"))
    gone = [part.stretch.section for part in returned.parts if part.is_missing]
    assert gone == ["sedan"]


def test_a_paragraph_whose_end_was_struck_out_goes_on_into_the_next(blob):
    def join(file):
        properties = in_word.paragraph(file, "Det andra")._p.get_or_add_pPr()
        properties.append(
            in_word.parse_xml(f"<w:rPr {in_word.nsdecls('w')}><w:del w:id='9'/></w:rPr>")
        )

    assert texts(after(blob, join))["sedan"] == "<p>Det andra.Det tredje.</p>"


def test_parts_that_other_systems_keep_in_the_file_are_not_ours(blob):
    def foreign(file):
        for rel in file.part.rels.values():
            if "customXml" in rel.reltype:
                rel.target_part._blob = b"<ns0:properties xmlns:ns0='urn:x'/>"

    with pytest.raises(Refused, match="inte hämtad härifrån"):
        after(blob, foreign)


def test_a_file_that_is_far_too_long_is_refused(blob, monkeypatch):
    monkeypatch.setattr(opening, "MOST_PARAGRAPHS", 5)
    with pytest.raises(Refused, match="för långt"):
        opening.read(blob)


def test_controls_within_controls_without_end_are_no_way_in(blob):
    def deep(file):
        start = in_word.paragraph(file, "Det andra")._p
        for _ in range(200):
            inner = in_word.OxmlElement("w:smartTag")
            start.append(inner)
            start = inner
        start.append(in_word.parse_xml(f"<w:r {in_word.nsdecls('w')}><w:t>djupt</w:t></w:r>"))

    assert "djupt" not in texts(after(blob, deep))["sedan"]


def test_lists_as_deep_as_prose_may_have_them_are_written_and_read():
    deep = "<ul><li>a" * 5 + "</li></ul>" * 5
    assert changed(opening.read(docx.render(document(deep)))) == []
    deepest = "<ul><li><p><strong><em>a</em></strong></p>" + "<ul><li>b" * 3 + "</li></ul>" * 4
    assert changed(opening.read(docx.render(document(deepest)))) == []


def test_prose_at_its_longest_is_longer_in_word_and_still_written_and_read(monkeypatch):
    long = "<ul>" + "<li>a</li>" * 50 + "</ul>"
    monkeypatch.setattr(richtext, "MAX_CHARACTERS", len(long))
    assert changed(opening.read(docx.render(document(long)))) == []


def test_two_processes_write_the_same_file_whatever_their_seed_and_clock(blob, tmp_path):
    code = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests.reports.wordback.test_opening import document\n"
        "from reports.renderers import docx\n"
        "sys.stdout.buffer.write(docx.render(document()))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True, capture_output=True, cwd=os.getcwd(),
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        ).stdout
        for seed, zone in (("1", "Asia/Tokyo"), ("77", "America/Lima"))
    }  # fmt: skip
    assert found == {blob}


@pytest.mark.documents
def test_libreoffice_opens_and_saves_it_without_a_change(blob, tmp_path):
    """It forgets what a control is called, and its bookmarks are what is left."""
    (tmp_path / "fil.docx").write_bytes(blob)
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
            "--convert-to", "docx", "--outdir", str(tmp_path / "ut"), str(tmp_path / "fil.docx"),
        ],
        check=True, capture_output=True, timeout=120, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    saved = (tmp_path / "ut" / "fil.docx").read_bytes()
    returned = opening.read(saved)
    assert changed(returned) == []
    assert texts(returned) == texts(opening.read(blob))
    edited = after(saved, in_word.write("Det andra", "Det första"))
    assert texts(edited)["sedan"] == "<p>Det första.</p><p>Det tredje.</p>"
