"""The Word file, read again by python-docx and opened by LibreOffice."""

import io
import os
import re
import subprocess
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import docx as word
import openpyxl
import pytest
from docx.oxml.ns import qn

from malmo_intl import formats
from malmo_intl.formats import Amount
from reports.document import (
    Bar,
    Chart,
    Column,
    Figure,
    Grid,
    KeyFigures,
    Notice,
    Points,
    Prose,
    Section,
    Term,
    Terms,
)  # fmt: skip
from reports.renderers import docx
from reports.renderers.docx_parts import safe_address
from tests import sample

LISTED = re.compile(r"(?:Heading|Rubrik) (\d)")


def opened(document):
    return word.Document(io.BytesIO(docx.render(document)))


def of(*blocks, **changes):
    return replace(sample.document(), sections=(Section("a", "Avsnitt", blocks),), **changes)


def paragraphs(file):
    """All paragraphs in the order they are read, those in tables too."""
    return [word.text.paragraph.Paragraph(item, file) for item in file.element.body.iter(qn("w:p"))]


def texts(file):
    return [item.text for item in paragraphs(file) if item.text]


def headings(file):
    found = ((LISTED.match(item.style.name), item.text) for item in paragraphs(file))
    return [(int(match[1]), text) for match, text in found if match]


def instructions(part):
    return [item.text.strip() for item in part.iter(qn("w:instrText"))]


def styled(file, style):
    return [item for item in paragraphs(file) if item.style.name == style]


# --- The whole text ------------------------------------------------------------------------------


def test_every_text_of_the_document_stands_in_its_order():
    file = opened(of(
        sample.PROSE,
        Points(("Ett", "Två"), numbered=True),
        Notice("Rapportering har ej inkommit.", "missing"),
        Terms((Term("Fond", "ESF"), Term("Belopp", Decimal(1680158), "kr"))),
        sample.rough(),
    ))  # fmt: skip
    found = texts(file)
    assert found[found.index("Avsnitt") :] == [
        "Avsnitt", "Förvaltningen har deltagit i flera projekt, se malmo.se.", "En underrubrik",
        "första punkten", "andra punkten", "ett", "två", "Vad", "Antal", "Besök", "4", "Slut på avsnittet.",
        "Ett", "Två", "Rapportering har ej inkommit.", "Fond", "ESF", "Belopp", formats.kronor(Decimal(1680158)),
        "Utbetalt per förvaltning 2023, kronor", "Förvaltning", "Antal projekt", "Utbetalt",
        "Miljöförvaltningen", "17", "ca\xa015\xa0300\xa0000", "Kulturförvaltningen", "2", "360\xa0000",
        "Fastighets- och gatukontoret", "1", "uppgift saknas", "Summa", "20", "ca\xa015\xa0660\xa0000",
        "För en förvaltning saknas uppgift.",
    ]  # fmt: skip


def test_the_head_of_a_memo_has_sender_left_and_date_reference_and_number_right():
    file = opened(sample.document())
    left, right = file.tables[0].rows[0].cells
    assert left.text.split("\n") == ["Malmö stad", "Arbetsmarknads- och socialförvaltningen"]
    assert right.text.split("\n") == [
        "Tjänsteskrivelse", "Datum", "2020-01-05", "Vår referens", "Planeringssekreterare",
        "asf.eu@exempel.malmo.se", "040-00 00 00", "Diarienummer", "ASN-2019-17886",
    ]  # fmt: skip
    assert styled(file, "Title")[0].text == "Redovisning av internationellt arbete 2019"


def test_the_city_is_not_named_twice_when_it_is_the_sender():
    document = sample.document()
    file = opened(replace(document, head=replace(document.head, sender="Malmö stad")))
    assert file.tables[0].rows[0].cells[0].text == "Malmö stad"


# --- Headings and contents -----------------------------------------------------------------------


@pytest.mark.parametrize("contents", [False, True])
def test_heading_levels_never_skip(contents):
    before = 0
    for level, _ in headings(opened(sample.document(contents=contents))):
        assert level <= before + 1
        before = level


def test_headings_of_prose_stand_below_the_sections_and_never_skip():
    prose = Prose("<h4>Fyra</h4><p>x</p><h3>Tre</h3><h4>Under tre</h4>")
    assert headings(opened(of(prose))) == [
        (1, "Avsnitt"),
        (2, "Fyra"),
        (2, "Tre"),
        (3, "Under tre"),
    ]


def numbers(file):
    """Heading → its number as Word counts it, by the definitions in the file."""
    part = file.part.numbering_part.element
    counts, found = {}, {}
    for item in paragraphs(file):
        place = item._p.pPr.numPr if item._p.pPr is not None else None
        if place is None or not LISTED.match(item.style.name):
            continue
        num = next(num for num in part.num_lst if num.numId == place.numId.val)
        kind = num.abstractNumId.val
        if (kind, num.numId) not in counts:  # a list of its own begins where it says
            counts[kind] = {override.ilvl: override.find(qn("w:startOverride")).get(qn("w:val"))
                            for override in num.lvlOverride_lst}  # fmt: skip
            counts[kind] = {level: int(start) for level, start in counts[kind].items()}
            counts[kind][place.ilvl.val] -= 1
            counts[(kind, num.numId)] = True
        level = place.ilvl.val
        counts[kind] = {at: count for at, count in counts[kind].items() if at <= level}
        counts[kind][level] = counts[kind].get(level, 0) + 1
        levels = part.xpath(f"./w:abstractNum[@w:abstractNumId='{kind}']/w:lvl[@w:ilvl='{level}']")
        text = levels[0].find(qn("w:lvlText")).get(qn("w:val"))
        letters = levels[0].find(qn("w:numFmt")).get(qn("w:val")) == "upperLetter"
        for at in range(level + 1):
            count = counts[kind].setdefault(at, 1)
            text = text.replace(f"%{at + 1}", chr(64 + count) if letters else str(count))
        found[item.text] = text
    return found


def test_numbers_of_sections_are_counted_by_word_and_come_to_what_the_document_says():
    document = sample.document(contents=True)
    file = opened(document)
    said = {part.heading: part.number for _, part in document.walk() if part.number}
    assert (3, "Hela Familjen 2.0") in headings(file)
    assert len(said) > 4
    assert numbers(file) == said


def test_a_number_that_word_would_not_come_to_begins_a_list_of_its_own():
    wanted = ("1", "1.1", "1.3", "1.3.1", "4", "4.1", "A", "B", "D", "x 1")
    sections = tuple(Section(f"s{n}", f"R{n}", number=n) for n in wanted)
    file = opened(replace(sample.document(), sections=sections))
    assert numbers(file) == {f"R{n}": n for n in wanted[:-1]}
    assert headings(file)[-1][1] == "x 1\tRx 1"  # typed, since Word cannot count so


def test_the_contents_are_a_field_filled_in_with_links_to_every_heading():
    file = opened(sample.document(contents=True))
    codes = instructions(file.element)
    assert codes[0] == 'TOC \\o "1-2" \\h'
    entries = [item.text for item in paragraphs(file) if item.style.name.startswith("toc ")]
    assert "Sammanfattning\t" in entries
    assert "1.2\tHur sprids projektens resultat?\t" in entries
    bookmarks = {item.get(qn("w:name")) for item in file.element.iter(qn("w:bookmarkStart"))}
    goals = [link.get(qn("w:anchor")) for link in file.element.iter(qn("w:hyperlink"))]
    goals = [goal for goal in goals if goal]
    assert len(goals) == len(entries)
    assert set(goals) <= bookmarks
    assert {f"PAGEREF {goal} \\h" for goal in goals} == set(codes[1:])
    assert file.settings.element.find(qn("w:updateFields")) is not None
    # Known to Word as a contents table, with its own button.
    table = next(file.element.body.iterchildren(qn("w:sdt")))
    assert next(table.iter(qn("w:docPartGallery"))).get(qn("w:val")) == "Table of Contents"
    assert len(list(table.iter(qn("w:p")))) == 1 + len(entries)


def test_what_is_not_in_the_contents_is_passed_over_by_words_own_field():
    hidden = Section("b", "Gömt avsnitt", (Prose("<h3>Gömd</h3>"),), in_contents=False)
    document = replace(sample.document(contents=True), sections=(Section("a", "Synligt"), hidden))
    file = opened(document)
    assert [item.text for item in styled(file, "Heading 1")] == ["Synligt"]
    assert not styled(file, "Heading 2")
    assert headings(file) == [(1, "Synligt"), (1, "Gömt avsnitt"), (2, "Gömd")]
    levels = {item.text: item.style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val"))
              for item in styled(file, "Rubrik 1 ej i innehåll")}  # fmt: skip
    assert levels == {"Gömt avsnitt": "0"}


def test_a_report_opens_with_the_year_and_its_chapters_open_pages():
    file = opened(sample.document(contents=True))
    assert styled(file, "Titelsida år")[0].text == "2019"
    opening = [
        item.text for item in styled(file, "Heading 1") if item.paragraph_format.page_break_before
    ]
    assert opening == ["Sammanfattning", "Nämnd nummer 1", "Nämnd nummer 2"]


# --- Tables --------------------------------------------------------------------------------------


def grid_of(document, at):
    return opened(document).tables[at]._tbl


def test_table_heads_are_repeated_and_rows_are_not_broken():
    frame = grid_of(of(sample.payouts()), 1)
    assert len(frame.tr_lst) == 6
    for index, row in enumerate(frame.tr_lst):
        assert row.trPr.find(qn("w:cantSplit")) is not None
        assert (row.trPr.find(qn("w:tblHeader")) is not None) == (index == 0)


def test_captions_stand_above_and_widths_follow_the_shares():
    file = opened(of(sample.payouts()))
    frame = file.tables[1]._tbl
    caption = word.text.paragraph.Paragraph(frame.getprevious(), file)
    assert (caption.style.name, caption.text) == ("Caption", "Utbetalda EU-medel 2019, kronor")
    assert caption.style.paragraph_format.keep_with_next
    widths = [column.w.mm for column in frame.tblGrid.gridCol_lst]
    assert sum(widths) == pytest.approx(160, abs=0.5)
    assert widths[0] > 2 * widths[1] > widths[2]


def test_a_column_is_wide_enough_for_its_longest_word():
    columns = (
        Column("a", "Fond eller program", share=7),
        Column("b", "Medverkan", "count", share=1),
    )
    frame = grid_of(of(Grid("g", "G", columns, (("ESF", 1),))), 1)
    assert frame.tblGrid.gridCol_lst[1].w.mm > 20


def test_figures_stand_to_the_right_and_the_sum_is_set_apart():
    frame = opened(of(sample.payouts())).tables[1]
    last = frame.rows[-1].cells
    assert last[3].paragraphs[0].style.name == "Tabellsumma"
    assert last[3].paragraphs[0].style.font.bold
    assert last[3]._tc.tcPr.find(qn("w:tcBorders")).find(qn("w:top")) is not None
    sides = [cell.paragraphs[0].alignment for cell in frame.rows[1].cells]
    assert [str(side) for side in sides] == ["None", "None", "None", "RIGHT (2)"]


def test_a_small_table_facts_and_who_answers_for_a_memo_keep_together():
    signed = Section("ansvariga", "Ansvariga", (Points(("Enhetschef", "Förvaltningschef")),))
    text = Section("text", "Text", (Prose("<p>Ett</p><p>Två</p>"), sample.payouts()))
    facts = Section(
        "fakta",
        "Fakta",
        (Terms((Term("Fond", "ESF"), Term("Period", "2019"))), Prose("<p>Slut</p>")),
    )
    file = opened(replace(sample.document(), sections=(text, facts, signed)))
    kept = {item.text: bool(item.paragraph_format.keep_with_next) for item in paragraphs(file)}
    assert [kept[text] for text in ("Ett", "Två", "ESF", "2019")] == [False, False, True, False]
    assert [kept[text] for text in ("Hela Familjen 2.0", "Summa")] == [True, False]
    assert [kept[text] for text in ("Slut", "Enhetschef", "Förvaltningschef")] == [
        True,
        True,
        False,
    ]


def test_facts_stand_at_the_same_place_whatever_they_say():
    def place(label, value):
        return opened(of(Terms((Term(label, value),)))).tables[-1].columns[0].width

    assert place("Fond", "ESF") == place("Projektägare", "Arbetsmarknads- och socialförvaltningen")
    assert place("Arbetsmarknads- och socialnämnden", "2020-01-30") > place("Fond", "ESF")


def test_what_is_missing_is_quieter_than_what_is_known():
    rows = Grid("g", "G", (Column("a", "A"), Column("kr", "Kr", "kr")), (("x", None), ("y", 5)))
    facts, grid = opened(of(Terms((Term("Fond", None),)), rows)).tables[-2:]
    styles = [table.cell(row, 1).paragraphs[0].style for table, row in ((facts, 0), (grid, 1))]
    assert [style.name for style in styles] == ["Tabell saknas"] * 2
    assert styles[0].font.italic
    assert grid.cell(2, 1).paragraphs[0].style.name == "Tabelltext"


def test_key_figures_have_the_year_before_beside_them():
    frame = opened(sample.document()).tables
    rows = [[cell.text for cell in row.cells] for table in frame for row in table.rows]
    assert ["Nyckeltal", "2019", "2022"] in rows
    assert ["EU-projekt", "54", "47"] in rows
    assert ["Samverkansparter", "uppgift saknas", "–"] in rows


def test_a_year_before_that_differs_between_figures_is_named_with_each():
    figures = tuple(
        Figure(f"f{y}", f"F{y}", 2, "count", previous=1, previous_year=y) for y in (2018, 2022)
    )
    rows = [
        [cell.text for cell in row.cells] for row in opened(of(KeyFigures(figures))).tables[1].rows
    ]
    assert rows == [
        ["Nyckeltal", "2019", "Tidigare"],
        ["F2018", "2", "1 (2018)"],
        ["F2022", "2", "1 (2022)"],
    ]


BARS = (Bar("ESF & co", Decimal(5)), Bar("Okänt", None), Bar("=1+1", Amount(Decimal(2), "ca")))


def chart_parts(blob):
    """The chart and its workbook, and what the text says of it."""
    with zipfile.ZipFile(io.BytesIO(blob)) as parts:
        drawn = parts.read("word/charts/chart1.xml").decode()
        book = openpyxl.load_workbook(io.BytesIO(parts.read("word/embeddings/diagram1.xlsx")))
        said = next(word.Document(io.BytesIO(blob)).element.iter(qn("wp:docPr")))
    return drawn, book.active, said


def test_a_chart_is_drawn_by_word_with_words_for_those_who_do_not_see_it():
    chart = Chart("c", "Fynd", "Mening ”ett” & <två>.", "kr", BARS, "utbetalningar")
    blob = docx.render(of(sample.payouts(), chart))
    drawn, sheet, said = chart_parts(blob)
    assert said.get("descr") == chart.sentence
    assert re.findall("<a:t>(.*?)</a:t>", drawn) == ["5\xa0kr", "uppgift saknas", "ca\xa02\xa0kr"]
    assert re.findall(r'<c:pt idx="\d"><c:v>(.*?)</c:v>', drawn)[1:] == [
        "ESF &amp; co", "Okänt", "=1+1", "5.0", "0.0", "2.0",
    ]  # fmt: skip
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["ESF & co", 5], ["Okänt", 0], ["=1+1", 2],
    ]  # fmt: skip
    assert sheet["A4"].data_type == "s"
    found = texts(word.Document(io.BytesIO(blob)))
    assert found[-2:] == ["Fynd", "Siffrorna står i tabellen ”Utbetalda EU-medel 2019, kronor”."]


def test_a_chart_without_a_table_beside_it_gets_one():
    alone = opened(of(Chart("c", "Fynd", "Mening.", "kr", (Bar("ESF", Decimal(5)),))))
    assert texts(alone)[-4:] == ["Fynd", "Siffrorna i diagrammet", "ESF", "5"]
    nothing = opened(of(Chart("c", "Fynd", "Mening.", "kr", ())))
    assert texts(nothing)[-2:] == ["Fynd", "Mening."]


def test_a_chart_of_nothing_is_not_drawn():
    file = opened(of(sample.payouts(), Chart("c", "Fynd", "Mening.", "kr", (), "utbetalningar")))
    assert not list(file.element.iter(qn("w:drawing")))


def test_a_table_without_rows_says_so():
    empty = Grid("t", "Besök", (Column("a", "A"),), (), empty="Inga besök är redovisade.")
    assert texts(opened(of(empty)))[-2:] == ["Besök", "Inga besök är redovisade."]


# --- Lists and prose -----------------------------------------------------------------------------


def list_ids(file):
    return {item.text: item._p.pPr.numPr.numId.val for item in paragraphs(file)
            if item._p.pPr is not None and item._p.pPr.numPr is not None}  # fmt: skip


def test_every_numbered_list_begins_at_one():
    first, second = (
        Points(("a", "b"), numbered=True),
        Prose("<ol><li>c</li></ol><ol><li>d</li></ol>"),
    )
    file = opened(of(first, second, Points(("e",))))
    ids = list_ids(file)
    assert ids["a"] == ids["b"]
    assert len({ids[name] for name in "acde"}) == 4
    numbering = file.part.numbering_part.element
    for name in "acd":
        num = next(item for item in numbering.num_lst if item.numId == ids[name])
        assert num.lvlOverride_lst[0].find(qn("w:startOverride")).get(qn("w:val")) == "1"


def test_who_chooses_a_list_style_in_word_gets_a_list():
    file = opened(sample.document())
    for name in ("List Bullet", "List Number"):
        style = file.styles[name]
        list_id = style.element.pPr.numPr.numId.val
        numbering = file.part.numbering_part.element
        kind = next(item for item in numbering.num_lst if item.numId == list_id).abstractNumId.val
        first = numbering.xpath(f"./w:abstractNum[@w:abstractNumId='{kind}']/w:lvl[1]/w:pStyle")
        assert first[0].get(qn("w:val")) == style.style_id


def test_lists_in_lists_go_one_step_in():
    file = opened(
        of(Prose("<ul><li>ett<ol><li>två<p>mer</p></li></ol></li><li><p>tre</p></li></ul>"))
    )
    levels = {item.text: item._p.pPr.numPr.ilvl.val for item in paragraphs(file)
              if item._p.pPr is not None and item._p.pPr.numPr is not None}  # fmt: skip
    assert levels == {"ett": 0, "två": 1, "tre": 0}
    assert styled(file, "List Continue")[0].text == "mer"


def test_words_keep_their_weight_and_links_lead_where_they_say():
    file = opened(of(sample.PROSE))
    line = next(item for item in paragraphs(file) if item.text.startswith("Förvaltningen har"))
    assert [run.text for run in line.runs if run.bold] == ["deltagit"]
    assert [run.text for run in line.runs if run.italic] == ["flera"]
    assert [(link.text, link.address) for link in line.hyperlinks] == [
        ("malmo.se", "https://malmo.se/")
    ]


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://malmo.se/a?b=c#d", "https://malmo.se/a?b=c#d"),
        ("mailto:a@malmö.se", "mailto:a@malmö.se"),
        ("https://malmo.se/två ord", "https://malmo.se/två%20ord"),
        ('https://malmo.se/"<x>', "https://malmo.se/%22%3Cx%3E"),
        ("javascript:alert(1)", ""), ("file:///etc/passwd", ""), ("//malmo.se", ""), ("", ""), (None, ""),
        ("http://", ""), ("http://[", ""), ("http://a b/", ""), ("http://a:x/", ""), ("https://a%00b/", ""),
        ("https://malmo.se/" + "a" * 3000, ""),
    ],
)  # fmt: skip
def test_only_an_address_that_word_can_hold_becomes_a_link(address, safe):
    assert safe_address(address) == safe


def test_prose_that_has_been_tampered_with_is_cleaned_again():
    html = '<p onclick="x">Text<script>alert(1)</script> <a href="javascript:x">här</a><img src="/x"></p>'
    file = opened(of(Prose(html)))
    assert texts(file)[-1] == "Text här"
    assert not list(file.element.iter(qn("w:drawing")))


def test_tables_in_prose_have_a_head_and_are_filled_out():
    html = (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>1<p>2</p></td></tr>"
        "<tr><td><ul><li>x</li></ul></td><td><table><tr><td>inuti</td></tr></table></td></tr></table>"
    )
    table = opened(of(Prose(html))).tables[1]
    assert [len(row.cells) for row in table.rows] == [2, 2, 2]
    assert table._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
    assert table.rows[1].cells[0].text == "1\n2"
    assert table.rows[2].cells[1].tables[0].rows[0].cells[0].text == "inuti"
    for cell in table._tbl.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")  # or Word calls the file damaged


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("löst <strong>ord</strong><p>stycke</p>efteråt", ["löst ord", "stycke", "efteråt"]),
        ("<p>a<br>b</p><p> </p><p><br></p>", ["a\nb"]),
        ("<p>  många \n  <em> mellanslag </em> här </p>", ["många mellanslag här"]),
        ("<p>hårt\xa0mellanslag &amp; &lt;tecken&gt;</p>", ["hårt\xa0mellanslag & <tecken>"]),
        ("<ul><li></li><li><strong>a</strong> b<p>c</p> d</li></ul>", ["a b", "c", "d"]),
        ("<ul><li><h3>Rubrik</h3></li></ul>", ["Rubrik"]),
        ("<ul><ul><li>direkt</li></ul></ul>", ["direkt"]),
        ("<table></table><ul></ul><h3></h3><p></p>", []),
        ("", []),
    ],
)
def test_odd_prose_becomes_the_lines_that_a_browser_shows(html, lines):
    file = opened(of(Prose(html)))
    assert texts(file)[texts(file).index("Avsnitt") + 1 :] == lines


def test_what_xml_cannot_hold_is_left_out_everywhere():
    bad = "a\x00b\x0b\ufffe\ud800c"
    document = of(
        Points((bad,)), Notice(bad), Terms((Term(bad, bad),)), Prose(f"<p>{bad}</p>"),
        Grid("g", bad, (Column("a", bad),), ((bad,),), (bad,), (bad,)),
        head=replace(sample.document().head, title=bad, sender=bad, diary_number=bad),
    )  # fmt: skip
    assert texts(opened(document)).count("abc") >= 10


# --- Every page, the file ------------------------------------------------------------------------


def footers(file):
    section = file.sections[0]
    return section.footer, section.first_page_footer


def test_every_page_is_numbered_by_fields():
    for footer in footers(opened(sample.document())):
        assert instructions(footer._element) == ["PAGE", "NUMPAGES"]
        assert re.search(r"Sida 1 \(1\)$", footer.paragraphs[0].text)


def test_a_draft_says_so_on_every_page_and_a_version_names_itself():
    draft = opened(sample.document()).sections[0]
    for header in (draft.header, draft.first_page_header):
        assert "UTKAST" in header.paragraphs[0].text
        assert 'string="UTKAST"' in header._element.xml
    published = opened(replace(sample.document(draft=False), version=2))
    section = published.sections[0]
    for header in (section.header, section.first_page_header):
        assert "UTKAST" not in header._element.xml
    for footer in footers(published):
        assert footer.paragraphs[0].text.startswith("Version 2 · 2020-01-05 · exempel-2019\t")


def test_the_page_is_an_a4_with_margins_for_a_binder():
    section = opened(sample.document()).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert round(section.left_margin.mm) == round(section.right_margin.mm) == 25


def test_the_file_knows_its_title_its_sender_and_its_language():
    file = opened(sample.document())
    known = file.core_properties
    assert (known.title, known.author, known.language) == (
        "Redovisning av internationellt arbete 2019", "Arbetsmarknads- och socialförvaltningen", "sv-SE",
    )  # fmt: skip
    assert known.created.replace(tzinfo=None) == datetime(2020, 1, 5, 12)
    assert known.last_printed is None
    language = next(file.styles.element.iter(qn("w:lang")))
    assert language.get(qn("w:val")) == "sv-SE"


def test_a_title_longer_than_the_properties_hold_is_whole_in_the_text():
    document = sample.document()
    file = opened(replace(document, head=replace(document.head, title="Lång " * 80)))
    assert len(file.core_properties.title) == 255
    assert styled(file, "Title")[0].text == "Lång " * 80


def test_only_our_styles_are_in_the_file_and_each_used_one_is_there():
    blob = docx.render(sample.document(contents=True))
    file = word.Document(io.BytesIO(blob))
    ids = {style.style_id for style in file.styles}
    used = {item.get(qn("w:val")) for tag in ("w:pStyle", "w:rStyle", "w:tblStyle")
            for item in file.element.iter(qn(tag))}  # fmt: skip
    assert used <= ids
    assert {"Heading1", "TOC1", "ListBullet", "Caption"} <= ids  # those that Word itself gives
    assert len(ids) < 50
    with zipfile.ZipFile(io.BytesIO(blob)) as parts:
        assert not [name for name in parts.namelist() if re.search("thumb|Effects", name)]
        assert b"Macintosh" not in parts.read("docProps/app.xml")


def test_the_parts_of_a_style_stand_in_the_order_that_word_demands():
    order = ["keepNext", "pageBreakBefore", "numPr", "pBdr", "tabs", "suppressAutoHyphens", "spacing",
             "ind", "jc", "outlineLvl"]  # fmt: skip
    for properties in opened(sample.document(contents=True)).styles.element.iter(qn("w:pPr")):
        found = [order.index(item.tag.rpartition("}")[2]) for item in properties]
        assert found == sorted(found)


@pytest.mark.parametrize("contents", [False, True])
def test_the_same_document_is_the_same_file(contents):
    document = sample.document(contents=contents)
    assert docx.render(document) == docx.render(document)


@pytest.mark.documents
def test_libreoffice_shows_it_all_and_the_draft_mark(tmp_path):
    (tmp_path / "rapport.docx").write_bytes(docx.render(sample.document(contents=True)))
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
            "--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "rapport.docx"),
        ],
        check=True, capture_output=True, timeout=120, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    shown = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "rapport.pdf"), "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    pages = shown.removesuffix("\f").split("\f")
    assert len(pages) >= 5
    for number, page in enumerate(pages, start=1):
        assert "UTKAST" in page
        assert f"Sida {number} ({len(pages)})" in page
    assert "Nämnd nummer 2" in pages[-1]
    assert re.search(r"Summa\s+20\s+ca\s15\s660\s000", shown)
