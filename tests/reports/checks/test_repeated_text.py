"""The same passage in two answers."""

import pytest

from reports.checks import repeated_text
from tests import make

LONG = (
    "Alla våra projekt har nått det mesta av det som de skulle, och fler har kommit närmare arbete tack vare "
    "Vägen in, som avslutas nästa år."
)


def test_a_passage_that_stands_in_two_answers_is_asked_about(find, answer):
    answer(f"<p>{LONG}</p>")
    answer(f"<p>Kort svar.</p><p>{LONG.replace('Vägen', 'Vagen')}</p>", number=2)
    (found,) = find(repeated_text)
    assert not found.is_error
    assert found.sentence == (
        "I svaret på fråga 2 står ett stycke också i svaret på fråga 1: ”Alla våra projekt har nått det …”. "
        "Ska det vara så?"
    )
    assert found.url.endswith("/fragor/2/#id_svar")


def test_twice_in_one_answer_is_asked_about_too(find, answer):
    answer(f"<p>{LONG}</p><p>{LONG}</p>")
    (found,) = find(repeated_text)
    assert "står ett stycke två gånger" in found.sentence


def test_several_passages_are_one_question(find, answer):
    both = f"<p>{LONG}</p><p>{LONG.replace('Alla våra', 'Sju av våra')}</p>"
    answer(both)
    answer(f"{both}", number=2)
    assert any(
        "står 2 stycken också i svaret på fråga 1" in item.sentence for item in find(repeated_text)
    )


@pytest.mark.parametrize("text", ["Inget att rapportera.", "Se svaret på fråga 1."])
def test_what_is_always_said_in_the_same_way_is_not(find, answer, text):
    answer(f"<p>{text}</p>")
    answer(f"<p>{text}</p>", number=2)
    assert find(repeated_text) == []


def test_a_memo_may_sum_up_in_the_words_of_the_answer(find, answer, draft, miljo):
    answer(f"<p>{LONG}</p>")
    make.memo(draft.year, miljo, summary=f"<p>{LONG}</p>")
    assert find(repeated_text) == []
