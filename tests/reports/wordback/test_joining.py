"""A text as it went out and as it came back: what nobody touched stays as it is stored, to the letter."""

import pytest

from reports.renderers.docx_known import File
from reports.wordback.joining import ChangedFigure, join

LIVE = '<data value="utbetalt">{utbetalt}</data>'
KNOWN = {"utbetalt": "4 029 253 kronor"}


def joined(base, came, *changed):
    return join(base, came, File(known=KNOWN, changed=list(changed)))


@pytest.mark.parametrize(
    ("base", "came", "html"),
    [
        ("<p>A</p><p>B</p>", "<p>A</p><p>C</p>", "<p>A</p><p>C</p>"),
        ("<p>A</p><p>B</p>", "<p>B</p>", "<p>B</p>"),
        ("<p>A</p>", "<p>A</p><ul><li>x</li></ul>", "<p>A</p><ul><li>x</li></ul>"),
        ("<p>A</p>", "", ""),
        # What Word cannot say as it is stored is left alone when it was not touched.
        ("<p><em><strong>A</strong></em></p><p>B</p>", "<p><strong><em>A</em></strong></p><p>C</p>",
         "<p><em><strong>A</strong></em></p><p>C</p>"),
        ('<p><a href="https://malmo.se/">A</a></p><p>B</p>', '<p><a href="https://malmo.se">A</a></p>',
         '<p><a href="https://malmo.se/">A</a></p>'),
        ("<h4>Liten</h4><p>B</p>", "<h3>Liten</h3><p>C</p>", "<h4>Liten</h4><p>C</p>"),
    ],
)  # fmt: skip
def test_only_what_was_changed_is_read_from_the_file(base, came, html):
    assert joined(base, came).html == html


def test_the_authors_own_numbers_keep_their_mark():
    base = '<p>Vi hade <data value="eget">1265</data> besök.</p>'
    assert joined(base, "<p>Vi hade 1265 trevliga besök.</p>").html == base.replace(
        "besök", "trevliga besök"
    )
    assert joined(base, "<p>Vi hade 1300 besök.</p>").html == "<p>Vi hade 1300 besök.</p>"


def test_a_live_figure_without_its_control_is_live_again():
    came = "<p>Vi fick nu 4 029 253 kronor.</p>"
    assert joined(f"<p>Vi fick {LIVE}.</p>", came).html == f"<p>Vi fick nu {LIVE}.</p>"


def test_a_live_figure_may_be_taken_away_and_moved():
    base = f"<p>Vi fick {LIVE}.</p><p>Slut.</p>"
    assert joined(base, "<p>Vi fick pengar.</p><p>Slut.</p>").figures == ()
    moved = f"<p>Vi fick 3 bidrag.</p><p>Slut: {LIVE}.</p>"
    assert joined(base, moved).html == moved


def test_a_changed_live_figure_leaves_its_paragraph_as_it_was():
    base = f"<p>Först.</p><p>Vi fick {LIVE}.</p><p>Slut.</p>"
    marked = '<data value="ändrad-1">{ändrad-1}</data>'
    came = f"<p>Först.</p><p>Vi fick ändå {marked}.</p><p>Nytt slut.</p>"
    found = joined(base, came, ("utbetalt", "5 kronor"))
    assert found.html == base.replace("Slut", "Nytt slut")
    assert found.figures == (ChangedFigure(2, "utbetalt", "4 029 253 kronor", "5 kronor"),)


def test_a_number_typed_over_a_live_figure_is_a_changed_figure():
    found = joined(f"<p>Vi fick {LIVE} i år.</p>", "<p>Vi fick 5 kronor i år.</p>")
    assert found.figures == (ChangedFigure(1, "utbetalt", "4 029 253 kronor", "5 kronor"),)
    assert found.html == f"<p>Vi fick {LIVE} i år.</p>"
