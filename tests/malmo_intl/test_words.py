"""Words as a search compares them."""

import threading

import pytest

from malmo_intl.words import snippet, sought, stem_list, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("projekt", "projekten"),
        ("Utbildning", "utbildningar"),
        ("förvaltningen", "förvaltningarnas"),
        ("idéburet", "ideburet"),
    ],
)
def test_inflection_case_and_accents_do_not_matter(one, other):
    assert stem_list(one) == stem_list(other)


@pytest.mark.parametrize(("one", "other"), [("mål", "mal"), ("finns", "Finnsinte"), ("ö", "o")])
def test_other_words_are_other_words(one, other):
    assert stem_list(one) != stem_list(other)


def test_a_whole_word_is_found_between_spaces():
    assert stems("EU-projekt, projektägare") == " eu projek projektäg "
    assert stems(" – ") == ""


def test_what_is_sought_has_each_word_once_and_a_star_for_the_unfinished():
    found = sought("Projekten projekt utbild* ")
    assert [item.needle for item in found] == [" projek ", " utbild"]
    assert [item.needle for item in sought("gröna", unfinished=True)] == [" grön"]
    assert len(sought(" ".join(f"ord{number}" for number in range(50)))) == 10


def marked(text, query, **options):
    return "".join(
        f"[{piece}]" if hit else piece for piece, hit in snippet(text, sought(query), **options)
    )


def test_the_words_that_were_sought_are_marked_as_they_stand():
    text = "Förvaltningens projekt. EU-projekten pågår."
    assert marked(text, "projekt") == "Förvaltningens [projekt]. EU-[projekten] pågår."
    assert marked(text, "pro*") == "Förvaltningens [projekt]. EU-[projekten] pågår."


def test_a_long_text_is_cut_round_the_first_word_found():
    text = f"{'inledning ' * 100}hemlighet {'avslutning ' * 100}"
    made = marked(text, "hemlighet", length=60)
    assert made.startswith("…\u00a0")
    assert "[hemlighet]" in made
    assert made.endswith("\u00a0…")
    assert len(made) < 90


def test_a_text_without_the_words_shows_its_beginning():
    assert marked("Ett två tre.", "fyra") == "Ett två tre."


def test_marks_are_never_markup():
    assert ("<b>projekt", False) not in snippet("<b>projekt", sought("projekt"))
    assert marked("<b>projekt", "projekt") == "<b>[projekt]"


def test_two_threads_do_not_mix_their_words():
    wrong = []

    def read(word, stem):
        for _ in range(2000):
            if stem_list(word) != [stem]:
                wrong.append(word)

    words = ["projekten", "utbildningar", "förvaltningarnas", "samverkan"]
    threads = [threading.Thread(target=read, args=(word, stem_list(word)[0])) for word in words]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
