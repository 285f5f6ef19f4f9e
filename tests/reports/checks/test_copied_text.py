"""Old years in text that was copied from last year."""

import pytest

from reports.checks import copied_text
from reports.models import Answer, MemoSection
from tests import make


@pytest.fixture
def earlier(draft, miljo):
    before = make.submission(make.year(2023), miljo, "approved")
    question = draft.year.questions.get(number=1)
    question.continues = before.year.questions.get(number=1)
    question.save()
    text = "<p>Under 2023 tog vi emot 340 besökare.</p>"
    return Answer.objects.create(submission=before, question=question.continues, text=text)


def test_an_old_year_is_asked_about_with_the_key_that_its_page_knows(find, earlier, answer):
    answer("<p>Under 2023 gjorde vi mycket.</p>")
    (found,) = find(copied_text)
    assert not found.is_error
    assert found.key == "kopierat:1:2023"
    assert "”2023” kvar från 2023" in found.sentence
    assert found.url.endswith("/fragor/1/#id_svar")


def test_a_new_text_is_fine(find, earlier, answer):
    answer("<p>Under 2024 tog vi emot 512 besökare.</p>")
    assert find(copied_text) == []


def test_without_an_earlier_answer_there_is_nothing_to_copy(find, answer):
    answer("<p>Under 2023 gjorde vi mycket.</p>")
    assert find(copied_text) == []


def test_an_answer_two_years_back_is_read_where_the_last_one_was_empty(
    find, earlier, answer, miljo
):
    """As its page does: it walks the whole line of questions."""
    before = make.submission(make.year(2022), miljo, "approved")
    question = earlier.question
    question.continues = before.year.questions.get(number=1)
    question.save()
    text = "<p>Under 2022 tog vi emot 340 besökare.</p>"
    Answer.objects.create(submission=before, question=question.continues, text=text)
    earlier.text = ""
    earlier.save()
    answer("<p>Under 2022 gjorde vi mycket.</p>")
    (found,) = find(copied_text)
    assert "kvar från 2022" in found.sentence


def test_the_memos_sections_are_read_too(find, draft, miljo):
    before, now = make.memo(make.year(2023), miljo), make.memo(draft.year, miljo)
    for memo in (before, now):
        MemoSection.objects.create(memo=memo, key="work", text="<p>Året var 2023.</p>")
    (found,) = find(copied_text)
    assert found.key == "kopierat:avsnitt-work:2023"
    assert "”2023” kvar från 2023" in found.sentence
    assert found.url.endswith("/tjansteskrivelse/#id_avsnitt-work")
