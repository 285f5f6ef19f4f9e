"""The Word file's XML, as an accessibility checker reads it: what a screen reader is told, and in which order."""

import io
import re
import zipfile
from dataclasses import replace

import docx as word
import pytest
from docx.oxml.ns import qn

from reports.document import Bar, Chart, Grid, KeyFigures, Prose, Section, Term, Terms
from reports.renderers import docx
from reports.renderers.docx_styles import FRAME
from tests import sample

ADDRESS = "/redovisning/2019/siffror/utbetalt/"
LIVE = Prose('<p>Vi fick <data value="utbetalt cirka">cirka 4 miljoner kronor</data> i stöd.</p>')


def linked(document):
    """The sample with a link behind every figure, a live one in a text, a chart, and a heading in prose."""
    grid = sample.payouts()
    behind = replace(
        grid,
        addresses=tuple(("", "", "", ADDRESS) for _ in grid.rows),
        total_addresses=("", "", "", ADDRESS),
    )
    chart = Chart("c", "ESF får mest", "ESF får mest: 5 kr.", "kr", (Bar("ESF", 5),), grid.key)
    more = Section("mer", "Mer", (LIVE, Prose("<h4>Djupt</h4><p>x</p>"), behind, chart))
    return replace(
        document,
        sections=(more, *document.sections),
        site="https://redovisning.malmo.se",
        marks=(("utbetalt", ADDRESS),),
    )


@pytest.fixture(scope="module", params=[False, True], ids=["skrivelse", "rapport"])
def file(request):
    return word.Document(io.BytesIO(docx.render(linked(sample.document(contents=request.param)))))


def every(file, tag):
    return list(file.element.body.iter(qn(tag)))


def text(element):
    return "".join(item.text or "" for item in element.iter(qn("w:t"))).strip()


def live_figures(file):
    """What is said of each control that holds one."""
    return [item for item in every(file, "w:sdtPr") if item.find(qn("w:tag")) is not None]


def test_headings_have_words_and_skip_no_level(file):
    before = 0
    for paragraph in file.paragraphs:
        level = re.match(r"(?:Heading|Rubrik) (\d)", paragraph.style.name)
        if level:
            assert paragraph.text.strip()
            assert int(level[1]) <= before + 1
            before = int(level[1])
    assert before


def test_every_drawing_and_watermark_has_its_alternative_text(file):
    described = [item.get("descr") for item in every(file, "wp:docPr")]
    assert described
    assert all(described)
    for header in (file.sections[0].header, file.sections[0].first_page_header):
        marks = re.findall(r"<v:shape [^>]*>", header._element.xml)
        assert all(
            'alt="' in mark for mark in marks
        )  # said in words beside it, so it is decoration


def test_tables_say_which_cells_are_heads_and_have_no_holes(file):
    for table in every(file, "w:tbl"):
        if table.tblPr.find(qn("w:tblStyle")).get(qn("w:val")) == FRAME:
            assert len(table.tr_lst) == 1  # a frame of one row is read from left to right
            continue
        look = table.tblPr.find(qn("w:tblLook"))
        first = table.tr_lst[0].trPr
        has_head = first is not None and first.find(qn("w:tblHeader")) is not None
        assert has_head == (look.get(qn("w:firstRow")) == "1")
        assert has_head or look.get(qn("w:firstColumn")) == "1"
        assert len({len(row.tc_lst) for row in table.tr_lst}) == 1
        assert not [*table.iter(qn("w:gridSpan")), *table.iter(qn("w:vMerge"))]


def test_links_have_words_and_lead_somewhere(file):
    names = {item.get(qn("w:name")) for item in every(file, "w:bookmarkStart")}
    links = every(file, "w:hyperlink")
    assert len(links) > 5
    for link in links:
        goal = link.get(qn("w:anchor"))
        assert text(link)
        assert goal in names if goal else file.part.rels[link.get(qn("r:id"))].target_ref


def test_the_language_and_the_title_are_set_and_no_run_has_another(file):
    assert file.core_properties.title
    languages = {item.get(qn("w:val")) for item in file.styles.element.iter(qn("w:lang"))}
    assert languages == {"sv-SE"}
    assert not every(file, "w:lang")
    assert file.settings.element.find(qn("w:themeFontLang")).get(qn("w:val")) == "sv-SE"


def test_nothing_is_empty_but_what_stands_after_a_table(file):
    empty = [item.style.name for item in file.paragraphs if not item.text.strip()]
    assert set(empty) <= {"Tabellslut", "Diagram"}


def test_bookmarks_and_controls_have_numbers_of_their_own(file):
    bookmarks = [item.get(qn("w:id")) for item in every(file, "w:bookmarkStart")]
    controls = [item.find(qn("w:id")).get(qn("w:val")) for item in live_figures(file)]
    assert controls
    for ids in (bookmarks, controls):
        assert len(ids) == len(set(ids))
    names = [item.get(qn("w:name")) for item in every(file, "w:bookmarkStart")]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"_[A-Za-z0-9_]{1,39}", name) for name in names)


# --- Figures ---------------------------------------------------------------------------------------


def rendered(document):
    return word.Document(io.BytesIO(docx.render(document)))


def goals(file):
    return {
        text(link): file.part.rels[link.get(qn("r:id"))].target_ref
        for link in every(file, "w:hyperlink")
        if link.get(qn("r:id"))
    }


def test_figures_lead_to_their_rows_at_the_documents_site():
    found = goals(rendered(linked(sample.document())))
    whole = f"https://redovisning.malmo.se{ADDRESS}"
    assert found["1\xa0680\xa0158"] == whole
    assert found["cirka 4 miljoner kronor"] == whole


def test_a_file_without_a_site_has_no_links_to_figures():
    found = goals(rendered(replace(linked(sample.document()), site="")))
    assert not [goal for goal in found.values() if ADDRESS in goal]


def test_a_key_figure_leads_to_its_rows():
    document = sample.document()
    block = next(
        block
        for _, part in document.walk()
        for block in part.blocks
        if isinstance(block, KeyFigures)
    )
    figures = tuple(replace(figure, address=ADDRESS) for figure in block.figures)
    part = Section("a", "A", (KeyFigures(figures),))
    found = goals(rendered(replace(document, sections=(part,), site="https://x.malmo.se/")))
    assert set(found.values()) == {f"https://x.malmo.se{ADDRESS}"}


def test_a_labelled_figure_leads_to_its_rows():
    facts = Terms((Term("Fond", "ESF"), Term("Utbetalt", 5, "kr", ADDRESS)))
    part = Section("a", "A", (facts,))
    found = goals(rendered(replace(sample.document(), sections=(part,), site="https://x.se")))
    assert found == {"5\xa0kr": f"https://x.se{ADDRESS}"}


def test_a_live_figure_is_a_locked_control_with_its_mark():
    file = rendered(linked(sample.document()))
    said = live_figures(file)[0]
    assert said.find(qn("w:tag")).get(qn("w:val")) == "utbetalt cirka"
    assert said.find(qn("w:lock")).get(qn("w:val")) == "contentLocked"
    assert text(said.getparent()) == "cirka 4 miljoner kronor"
    order = [item.tag.rpartition("}")[2] for item in said]
    assert order == ["alias", "tag", "id", "lock"]


def test_a_number_that_is_the_authors_own_is_plain_text():
    own = Section("a", "A", (Prose('<p>Vi hade <data value="eget">1265</data> besök.</p>'),))
    file = rendered(replace(sample.document(), sections=(own,)))
    assert not every(file, "w:sdt")
    assert "Vi hade 1265 besök." in [item.text for item in file.paragraphs]


def test_labelled_facts_say_that_their_first_column_names_the_rows():
    facts = next(
        block
        for _, part in sample.document().walk()
        for block in part.blocks
        if isinstance(block, Terms)
    )
    file = rendered(replace(sample.document(), sections=(Section("a", "A", (facts,)),)))
    look = file.tables[1]._tbl.tblPr.find(qn("w:tblLook"))
    assert look.get(qn("w:firstColumn")) == "1"


def test_hidden_parts_hold_fingerprints_and_no_texts():
    blob = docx.render(linked(sample.document()))
    with zipfile.ZipFile(io.BytesIO(blob)) as parts:
        hidden = parts.read("customXml/item1.xml").decode()
    assert 'identitet="exempel-2019"' in hidden
    assert "Förvaltningen har" not in hidden


def test_a_grid_without_addresses_is_drawn_as_before():
    grid = sample.payouts()
    assert isinstance(grid, Grid)
    part = Section("a", "A", (grid,))
    assert not goals(rendered(replace(sample.document(), sections=(part,), site="https://x.se")))
