"""Prose as blocks of text, numbered and measured as the editor does."""

import pytest

from reports.reading.blocks import LIVE, blocks


def texts(html):
    return [(block.tag, block.text) for block in blocks(html)]


def test_every_block_of_text_is_one_in_the_order_of_the_document():
    html = (
        "<p>Ett</p><h3>Två</h3><ul><li>tre<ul><li>fyra</li></ul></li><li>fem</li></ul>"
        "<table><thead><tr><th>sex</th></tr></thead><tbody><tr><td>sju</td></tr></tbody></table><p>åtta</p>"
    )
    assert texts(html) == [
        ("p", "Ett"),
        ("h3", "Två"),
        ("li", "tre"),
        ("li", "fyra"),
        ("li", "fem"),
        ("th", "sex"),
        ("td", "sju"),
        ("p", "åtta"),
    ]
    assert [block.number for block in blocks(html)] == list(range(8))


def test_an_empty_cell_or_point_is_a_block_too():
    assert texts("<table><tbody><tr><td></td><td>2</td></tr></tbody></table><p></p>") == [
        ("td", ""),
        ("td", "2"),
        ("p", ""),
    ]


def test_paragraphs_in_a_point_are_blocks_of_their_own():
    assert texts("<ul><li><p>ett</p><p>två</p></li></ul>") == [("p", "ett"), ("p", "två")]


def test_a_live_figure_is_one_character_and_a_break_is_one():
    (block,) = blocks(
        '<p>Vi fick <data value="utbetalt">{utbetalt}</data><br>i <em>år</em> &amp; då</p>'
    )
    assert block.text == f"Vi fick {LIVE}\ni år & då"
    assert block.live == {8: ("utbetalt", "{utbetalt}")}


def test_a_number_of_ones_own_is_text_and_its_place_is_kept():
    (block,) = blocks('<p>Vi tog emot <data value="eget">1 265</data> gäster.</p>')
    assert block.text == "Vi tog emot 1 265 gäster."
    assert block.own == [(12, 17)]


def test_places_are_counted_as_the_browser_does():
    (block,) = blocks("<p>🌱 8</p>")
    assert block.place(block.text.index("8")) == 3


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Det gick bra. Vi fick 8.", 2),
        ("Vi fick ca. 16 miljoner.", 1),
        ("Vi träffas kl. 13 i dag.", 1),
        ("Städer, bl.a. 3 i Danmark.", 1),
    ],
)
def test_a_full_stop_ends_a_sentence_unless_it_shortens_a_word(text, number):
    (block,) = blocks(f"<p>{text}</p>")
    found = list(block.sentences)
    assert len(found) == number
    assert all(text[start : start + len(sentence)] == sentence for start, sentence in found)
