"""Text and Word files become headings and clean HTML, and keep every word."""

import io

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as some

from malmo_intl import richtext
from reports.importing import blocks, word
from reports.importing.upload import Refused


def only(text):
    (block,) = blocks.from_text(text)
    return block


@pytest.mark.parametrize(
    ("typed", "words", "level", "number"),
    [
        ("# Rubrik", "Rubrik", 1, ""),
        ("### **2.1.5 Hur har medlen hjälpt?**", "Hur har medlen hjälpt?", 3, "2.1.5"),
        ("## 10 Miljönämnden", "Miljönämnden", 2, "10"),
        ("#### Styrning och ledning□", "Styrning och ledning", 4, ""),
        ("## 2024 blev ett bra år", "2024 blev ett bra år", 2, ""),
    ],
)
def test_a_heading_is_read_without_its_marks_and_its_number(typed, words, level, number):
    block = only(typed)
    assert (block.words, block.level, block.number) == (words, level, number)


def test_a_heading_in_italics_is_a_quiet_one():
    assert only("### *Vägen in*").quiet
    assert not only("### **Projekten**").quiet


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("en\nrad", "<p>en rad</p>"),
        ("**fet** och *kursiv*", "<p><strong>fet</strong> och <em>kursiv</em></p>"),
        ("2 * 3 * 4", "<p>2 * 3 * 4</p>"),
        ("- ett\n- två\n  rader", "<ul><li>ett</li><li>två rader</li></ul>"),
        ("1. ett\n2. två", "<ol><li>ett</li><li>två</li></ol>"),
        ("[stad](https://malmo.se)", '<p><a href="https://malmo.se">stad</a></p>'),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
            "<tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
        ),
    ],
)
def test_marks_become_tags_and_nothing_else_does(typed, html):
    assert only(typed).html == html


@given(some.text(max_size=300))
def test_any_text_becomes_html_that_needs_no_cleaning_but_for_odd_characters(text):
    for block in blocks.from_text(richtext.plain(text)):
        assert block.is_heading or richtext.clean(block.html) is not None


@given(some.lists(some.text("abcåäö 123", min_size=1, max_size=30), max_size=8))
def test_no_word_is_lost(paragraphs):
    text = "\n\n".join(paragraphs)
    said = " ".join(f"{block.number} {block.words}" for block in blocks.from_text(text))
    assert said.split() == text.split()


# --- Word --------------------------------------------------------------------------------------------


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_word_headings_lists_tables_and_marks_are_kept():
    document = docx.Document()
    document.add_heading("2.1 Vad har ni gjort?", 2)
    paragraph = document.add_paragraph("Vi har ")
    paragraph.add_run("rest").bold = True
    paragraph.add_run(" och ")
    paragraph.add_run("lärt").italic = True
    for item in ("Lusaka", "Paris"):
        document.add_paragraph(item, style="List Bullet")
    document.add_paragraph("Först", style="List Number")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, "abcd", strict=True):
        cell.text = text
    found = word.from_word(saved(document))
    assert (found[0].words, found[0].level, found[0].number) == ("Vad har ni gjort?", 2, "2.1")
    assert [block.html for block in found[1:]] == [
        "<p>Vi har <strong>rest</strong> och <em>lärt</em></p>",
        "<ul><li>Lusaka</li><li>Paris</li></ul>",
        "<ol><li>Först</li></ol>",
        "<table><tbody><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></tbody></table>",
    ]


def test_markup_typed_in_word_is_text():
    document = docx.Document()
    document.add_paragraph("<b onclick=x>&")
    assert word.from_word(saved(document))[0].html == "<p>&lt;b onclick=x&gt;&amp;</p>"


def test_what_is_not_word_is_refused():
    with pytest.raises(Refused, match="inte ett Word-dokument"):
        word.from_word(b"bara text")
