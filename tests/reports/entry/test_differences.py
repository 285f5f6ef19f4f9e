"""What was changed is marked, word by word, and nothing else is touched."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from malmo_intl import marks, prose
from reports.entry.differences import mark


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("<p>Samma</p>", "<p>Samma</p>", "<p>Samma</p>"),
        ("", "<p>Nytt</p>", "<p><ins>Nytt</ins></p>"),
        ("<p>Borta</p>", "", "<p><del>Borta</del></p>"),
        (
            "<p>Vi hade tre projekt.</p>",
            "<p>Vi hade fyra projekt.</p>",
            "<p>Vi hade <del>tre</del><ins>fyra</ins> projekt.</p>",
        ),
        (
            "<p>Ett</p><p>Två</p>",
            "<p>Ett</p><p>Nytt</p><p>Två</p>",
            "<p>Ett</p><p><ins>Nytt</ins></p><p>Två</p>",
        ),
        # What two texts have in common is words: no comma is kept between them.
        (
            "<p>Ett, två.</p>",
            "<p>Tre, fyra.</p>",
            "<p><del>Ett, två</del><ins>Tre, fyra</ins>.</p>",
        ),
        ("<p>a &lt; b</p>", "<p>a &gt; b</p>", "<p>a <del>&lt;</del><ins>&gt;</ins> b</p>"),
    ],
)
def test_the_changed_words_are_marked(before, after, marked):
    assert mark(before, after) == marked


texts = some.text(alphabet="ab \n-*#|.<&1", max_size=50).map(marks.from_marks)


@given(texts, texts)
def test_without_its_marks_it_is_the_new_text(before, after):
    marked = mark(before, after)
    rest = re.sub(r"<del>.*?</del>", "", marked).replace("<ins>", "").replace("</ins>", "")
    assert prose.plain(rest).split() == prose.plain(after).split()
    assert set(re.findall(r"<([a-z0-9]+)", marked)) <= {
        *re.findall(r"<([a-z0-9]+)", before + after),
        "ins",
        "del",
        "p",
    }


@given(texts)
def test_nothing_is_marked_where_nothing_changed(text):
    assert mark(text, text) == text


def test_two_texts_that_have_little_in_common_are_marked_as_two():
    """A word here and there that both happen to have is not kept between the others."""
    before = "<p>Vi har " + " ".join(f"gammalt{n}" for n in range(50)) + " i år.</p>"
    after = "<p>Vi har " + " ".join(f"nytt{n}" for n in range(50)) + " i år.</p>"
    assert mark(before, after).count("<ins>") == mark(before, after).count("<del>") == 1
    changed = before.replace("gammalt7 ", "nytt7 ")
    assert mark(before, changed).count("<del>gammalt7</del><ins>nytt7</ins>") == 1
