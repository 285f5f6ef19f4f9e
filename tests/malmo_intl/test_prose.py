"""Prose has one form, whoever wrote it: the editor, Word, or somebody without JavaScript."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from malmo_intl import marks, prose, richtext


@pytest.mark.parametrize(
    ("cleaned", "settled"),
    [
        ("Lös text", "<p>Lös text</p>"),
        ("Lös <em>text</em><p>och ett stycke</p>", "<p>Lös <em>text</em></p><p>och ett stycke</p>"),
        ("<p>Ett</p>\n<p> </p>\n<p>Två</p>", "<p>Ett</p><p>Två</p>"),
        ("<ul><li><p>En</p></li></ul>", "<ul><li>En</li></ul>"),
        (
            "<ul><li><p>En</p><ul><li><p>under</p></li></ul></li></ul>",
            "<ul><li>En<ul><li>under</li></ul></li></ul>",
        ),
        ("<ul><li><p>En</p><p>Två</p></li></ul>", "<ul><li><p>En</p><p>Två</p></li></ul>"),
        (
            "<table><tbody><tr><th><p>År</p></th></tr><tr><td><p>1</p></td></tr></tbody></table>",
            "<table><thead><tr><th>År</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>",
        ),
        (
            "<table><tbody><tr><th>Rad</th><td>1</td></tr><tr><th>Rad</th><td>2</td></tr></tbody></table>",
            None,
        ),
    ],
)
def test_the_same_text_has_one_form(cleaned, settled):
    assert prose.settle(cleaned) == (settled or cleaned)


TAGS = [*sorted(richtext.TAGS), "div", "span", "script"]
html = some.lists(
    some.one_of(
        some.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        some.sampled_from(['<data value="eget">', '<data value="utbetalt/yalla">', "{eget: 8}"]),
        some.sampled_from(["text", " ", "\n", "&amp;", "&nbsp;", "**", "*x*", "- ", "## ", "| a |", "[a](b)", "<br>"]),
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(html)
@settings(max_examples=400)
def test_what_is_read_is_read_the_same_again_and_nothing_said_is_lost(posted):
    try:
        read = marks.read(posted)
    except richtext.TooComplex:
        return
    assert marks.read(read) == read
    assert richtext.clean(read) == read


@given(some.text(alphabet="ab12 \n-*#|.[](){}<>&å\u00a0", max_size=60))
@settings(max_examples=400)
def test_typed_text_keeps_every_letter(typed):
    read = marks.from_marks(typed)
    assert sorted(filter(str.isalpha, prose.plain(read))) == sorted(filter(str.isalpha, typed))
    assert marks.read(read) == ("" if richtext.is_blank(read) else read)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Ett\n\nTvå\nrader", "<p>Ett</p><p>Två<br>rader</p>"),
        ("## Rubrik\n\n### Mindre", "<h3>Rubrik</h3><h4>Mindre</h4>"),
        (
            "- en\n  - under\n- två",
            "<ul><li>en<ul><li>under</li></ul></li><li>två</li></ul>",
        ),
        ("1. ett\n2. två", "<ol><li>ett</li><li>två</li></ol>"),
        (
            "**fet** *kursiv* [länk](https://malmo.se)",
            '<p><strong>fet</strong> <em>kursiv</em> <a href="https://malmo.se">länk</a></p>',
        ),
        (
            "| År | Kr |\n| --- | --- |\n| 2019 | 4 |",
            "<table><thead><tr><th>År</th><th>Kr</th></tr></thead>"
            "<tbody><tr><td>2019</td><td>4</td></tr></tbody></table>",
        ),
        ("5 * 3 < 20 & så", "<p>5 * 3 &lt; 20 &amp; så</p>"),
        (
            "{utbetalt/vagen-in tkr} till {eget: 1 265} personer",
            '<p><data value="utbetalt/vagen-in tkr">{utbetalt/vagen-in tkr}</data> till '
            '<data value="eget">1 265</data> personer</p>',
        ),
    ],
)
def test_marks_are_read_and_written_back(text, html):
    assert marks.from_marks(text) == html
    assert marks.as_marks(html) == text


@pytest.mark.parametrize(
    "html",
    [
        "<p>**</p><p>- inte en punkt</p>",
        "<ul><li><p>En</p><p>Två</p></li></ul>",
        "<ul><li>a</li></ul><ul><li>b</li></ul><p>*a*</p>",
    ],
)
def test_what_marks_cannot_say_is_not_said_in_marks(html):
    assert marks.as_marks(html) is None


@given(html)
@settings(max_examples=400)
def test_marks_never_change_the_prose(posted):
    try:
        read = marks.read(posted)
        text = marks.as_marks(read)
    except richtext.TooComplex:
        return
    assert text is None or marks.read(text) == read


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("", 0),
        ("<p>Vi fick 4&nbsp;029&nbsp;253 kr – i år.</p>", 6),
        ("<p>Ett</p><p>två</p><ul><li>tre<ul><li>fyra</li></ul></li></ul>", 4),
        ("<p>sam<strong>man</strong>satt</p>", 1),
    ],
)
def test_words_are_counted_as_people_count_them(html, words):
    assert prose.words(html) == words


@pytest.mark.parametrize(
    ("posted", "kept"),
    [
        ('<data value="eget">1 <strong>265</strong></data>', None),
        ('<data value="eget"> </data>', ""),
        (
            '<data value="eget"><data value="år">2024</data></data>',
            '<data value="eget">2024</data>',
        ),
        ('<data title="b" value="eget" lang="sv">8</data>', '<data value="eget">8</data>'),
        ('<data value="a b c">8</data>', "8"),
        (f'<data value="eget">{"8" * 81}</data>', "8" * 81),
    ],
)
def test_an_own_number_keeps_what_its_author_wrote(posted, kept):
    html = f"<p>Vi är {posted}.</p>"
    wanted = html if kept is None else f"<p>Vi är {kept}.</p>"
    assert marks.read(html).replace("  ", " ") == wanted.replace("är .", "är .")


def test_a_live_figure_is_one_word_and_is_not_typed():
    text = marks.read("Vi fick {utbetalt cirka} av {eget: 1 265} kronor.")
    assert prose.words(text) == 7
    assert prose.plain(prose.typed(text)) == "\nVi fick \ufffc av 1 265 kronor.\n"
