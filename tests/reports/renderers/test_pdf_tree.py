"""The PDF's tags: what is one thing in the document is one thing to a reader who listens."""

from dataclasses import replace

import pytest

from reports.document import Prose, Section, Term, Terms
from reports.renderers import html, pdf_paint, pdf_tree
from tests.reports.readings import structure
from tests.reports.renderers.programs import said_by
from tests.sample import document

pytestmark = pytest.mark.documents

LINES = "<p>rad</p>" * 60
LONG = "ord " * 500


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """A page, and then what does not fit on the next."""
    rows = "".join(f"<tr><th>Rad {at}</th><td>{at}</td></tr>" for at in range(60))
    table = (
        f"<table><thead><tr><th>Vad</th><th>Antal</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    text = f"<p>börjar {LONG} slutar</p><ul><li>först {LONG} sist</li></ul>{table}"
    facts = Terms((Term("Etikett", f"värdet {LONG} slut"), Term("Nästa", "annat")))
    return drawn(tmp_path_factory, Prose(text), facts)


def drawn(tmp_path_factory, *blocks, **head):
    told = replace(document(**head), sections=(Section("a", "Avsnitt", blocks),))
    path = tmp_path_factory.mktemp("tree") / "document.pdf"
    path.write_bytes(pdf_paint.paint(html.page(told), False))
    return path


def one(path, name, word):
    """The only element of that name with the word in it."""
    [found] = [item for item in structure(path).all(name) if word in item.words()]
    return found.words()


def test_a_paragraph_over_two_pages_is_one(broken):
    assert one(broken, "P", "börjar").endswith("ordslutar")


def test_so_is_an_item_of_a_list(broken):
    assert one(broken, "LI", "först").endswith("ordsist")


def test_so_is_a_table_and_its_heads_are_said_once(broken):
    [table] = structure(broken).all("Table")
    assert [head.words() for head in table.all("TH")].count("Antal") == 1
    assert len(list(table.all("TR"))) == 61
    assert said_by("pdftotext", broken, "-").count("Antal") > 1


def test_so_are_a_label_and_its_value(broken):
    found = one(broken, "LI", "Etikett")
    assert found.startswith("Etikettvärdet")
    assert found.endswith("ordslut")


def test_the_document_is_one_article(broken):
    assert len(structure(broken).inside[0].inside) == 1


def test_contents_are_a_table_of_contents(tmp_path_factory):
    path = drawn(tmp_path_factory, Prose("<p>a</p>"), contents=True)
    [contents] = structure(path).all("TOC")
    assert [item.words() for item in contents.all("TOCI")] == ["Avsnitt3"]
    assert len(list(contents.all("Link"))) == 1


def test_a_hyphen_where_a_line_ends_is_told_from_one_that_is_spelt(tmp_path_factory):
    text = Prose("<p>" + "kompetensförsörjningsprojekt EU-projekt " * 20 + "</p>")
    said = said_by("pdftotext", "-layout", drawn(tmp_path_factory, text), "-")
    assert "\u00ad\n" in said
    whole = "".join(said.replace("\u00ad", "").split())
    assert whole.count("kompetensförsörjningsprojektEU-projekt") == 20


def test_tags_that_are_not_as_expected_stop_the_painting(monkeypatch):
    monkeypatch.setattr(pdf_tree, "_has_no_marker", lambda box: False)
    with pytest.raises(pdf_tree.OtherTags):
        pdf_paint.paint(html.page(document()), False)
