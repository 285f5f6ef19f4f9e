"""What can be quoted from an answer, and whether a text still holds it."""

import pytest

from reports import quoting

ANSWER = (
    "<h3>Våra projekt</h3><p>Vi reste till Lund med tolv kollegor.</p>"
    "<ul><li>En <strong>punkt</strong> om träd<ul><li>under den en till</li></ul></li><li>Nej</li></ul>"
    "<table><tbody><tr><td>Ett</td></tr></tbody></table>"
)


def test_paragraphs_and_points_can_be_quoted_and_the_rest_is_read():
    found = quoting.passages(ANSWER)
    assert [item.text for item in found if item.is_quotable] == [
        "Vi reste till Lund med tolv kollegor.",
        "En punkt om träd",
        "under den en till",
    ]
    assert [item.text for item in found if not item.is_quotable] == ["Våra projekt", "Nej", "Ett"]


def test_a_point_stands_by_itself_with_its_bold_words():
    point = quoting.passages(ANSWER)[2]
    assert point.html == "<ul><li>En <strong>punkt</strong> om träd</li></ul>"


def test_a_passage_is_found_by_its_digest_however_it_is_spaced():
    digest = quoting.passages(ANSWER)[1].digest
    assert quoting.find("<p>Vi reste till\u00a0Lund  med tolv kollegor.</p>", digest)
    assert quoting.find("<p>Vi reste till Lund med elva kollegor.</p>", digest) is None


@pytest.mark.parametrize(
    ("text", "passage", "holds"),
    [
        ("<p>Vi reste till Lund</p>", "Vi reste till Lund", True),
        ("<p>VI RESTE till\u00a0Lund</p>", "Vi reste till Lund", True),
        # Few words must be a block of their own, many may stand within one.
        ("<p>Sedan: Vi reste till Lund</p>", "Vi reste till Lund", False),
        ("<p>Sedan: vi reste till Lund i maj 2019.</p>", "Vi reste till Lund i maj 2019.", True),
    ],
)
def test_a_text_holds_a_passage(text, passage, holds):
    assert (passage in quoting.Whole(text)) is holds


def test_what_a_changed_passage_says_now():
    now = "<p>Något helt annat.</p><p>Vi reste till Lund med elva kollegor.</p>"
    assert quoting.now("Vi reste till Lund med tolv kollegor.", now).endswith("elva kollegor.")
    assert quoting.now("Vi reste till Lund med tolv kollegor.", "<p>Inget.</p>") == ""
