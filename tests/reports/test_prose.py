"""Live figures in text: what they say, what is refused, and that the text itself never changes."""

from decimal import Decimal

import pytest

from malmo_intl import marks
from malmo_intl.formats import Amount
from reports import prose
from reports.document import Figure
from reports.facts import AnswerFact, MemoFact, SubmissionFact

PAID = Figure("paid", "Utbetalda EU-medel", Decimal(43108794), "kr")
ROUGH = Figure("paid", "Utbetalda EU-medel", Amount(Decimal(16_000_000), "över", 1_000_000), "kr")
SMALL = Figure("paid", "Utbetalt till Krami", Decimal(172_286), "kr")
NONE = Figure("paid", "Utbetalt till Sluta skjut", Decimal(0), "kr")
WHO = Figure("förvaltning", "Förvaltningens namn", "miljöförvaltningen", "text")
COUNT = Figure("unique_projects", "Unika EU-projekt", 7, "count")
MANY = Figure("partners", "Parter", Amount(Decimal(130), "över"), "count")
UNKNOWN = Figure("visitors", "Besökare", None, "count")


@pytest.mark.parametrize(
    ("figure", "form", "text"),
    [
        (PAID, "", "43\u00a0108\u00a0794\u00a0kronor"),
        (PAID, "cirka", "cirka 43\u00a0miljoner\u00a0kronor"),
        (PAID, "tkr", "43\u00a0109\u00a0tkr"),
        (SMALL, "cirka", "cirka 170\u00a0000\u00a0kronor"),
        (NONE, "cirka", "0\u00a0kronor"),
        (WHO, "", "miljöförvaltningen"),
        (WHO, "först", "Miljöförvaltningen"),
        (COUNT, "", "7"),
        (COUNT, "ord", "sju"),
        (UNKNOWN, "", "uppgift saknas"),
        # Counting rule 7: what is known roughly is never exact.
        (ROUGH, "", "över 16\u00a0miljoner\u00a0kronor"),
        (ROUGH, "tkr", "över 16\u00a0000\u00a0tkr"),
        (MANY, "ord", "över 130"),
    ],
)
def test_a_figure_is_written_in_its_forms(figure, form, text):
    assert prose.written(figure, form) == text


def test_what_is_unknown_is_offered_in_one_way_only():
    assert prose.choices(UNKNOWN, "besökare") == [prose.Choice("besökare", "uppgift saknas")]
    assert [choice.mark for choice in prose.choices(COUNT, "besökare")] == [
        "besökare",
        "besökare ord",
    ]


FILLED = '<data value="utbetalt cirka">cirka 43\u00a0miljoner\u00a0kronor</data>'


def test_a_text_is_filled_with_the_figures_of_the_day_and_keeps_their_marks():
    text = marks.read("Vi fick {utbetalt cirka}, i {unika-projekt ord} projekt.")
    filled = prose.fill(text, {"utbetalt": PAID, "unika-projekt": COUNT})
    count = '<data value="unika-projekt ord">sju</data>'
    assert filled == f"<p>Vi fick {FILLED}, i {count} projekt.</p>"
    assert prose.as_words(filled) == (
        "<p>Vi fick cirka 43\u00a0miljoner\u00a0kronor, i sju projekt.</p>"
    )
    assert marks.read(filled) == text


def test_a_number_that_is_the_authors_own_is_left_alone():
    text = marks.read("Vi mötte {eget: 1265} personer och fick {utbetalt cirka}.")
    filled = prose.fill(text, {"utbetalt": PAID})
    assert filled == f'<p>Vi mötte <data value="eget">1265</data> personer och fick {FILLED}.</p>'
    assert prose.marks(text) == ["utbetalt cirka"]


def test_among_others_texts_a_figure_says_whose_it_is():
    text = marks.read("År {år} fick vi {utbetalt/rebus tkr}.")
    known = {"utbetalt/rebus": PAID, "år": Figure("år", "Året", "2019", "text")}
    filled = prose.fill(text, known, within="förvaltning-mf")
    assert prose.marks(filled) == ["år", "utbetalt/förvaltning-mf/rebus tkr"]


def test_all_of_a_memo_and_of_the_answers_is_filled():
    text = marks.read("Vi fick {utbetalt cirka}.")
    memo = prose.fill_memo(
        MemoFact("Året", summary=text, sections={"case": text}), {"utbetalt": PAID}
    )
    told = prose.fill_answers(
        SubmissionFact("MF", True, answers=(AnswerFact(1, text),)), {"utbetalt": PAID}
    )
    said = f"<p>Vi fick {FILLED}.</p>"
    assert (memo.summary, memo.sections) == (said, {"case": said})
    assert told.answer(1).text == said


def test_a_document_is_never_stopped_by_a_figure_that_is_gone():
    text = marks.read("Vi fick {utgick}.")
    assert prose.fill(text, {}) == "<p>Vi fick [siffran finns inte längre].</p>"
    assert prose.fill(text, {"utgick": UNKNOWN}) == (
        '<p>Vi fick <data value="utgick">uppgift saknas</data>.</p>'
    )
    assert prose.fill(text, {}, keep_unknown=True) == text


def test_a_value_is_text_and_never_markup():
    year = Figure("år", "Året", "<b>2019</b>", "text")
    assert "<b>" not in prose.fill(marks.read("År {år}"), {"år": year})


def test_the_editor_sends_the_value_and_the_mark_is_kept():
    sent = '<p>Vi fick <data value="utbetalt">43 108 794 kronor</data>.</p>'
    assert marks.read(sent) == '<p>Vi fick <data value="utbetalt">{utbetalt}</data>.</p>'
    assert marks.as_marks(marks.read(sent)) == "Vi fick {utbetalt}."


def test_a_mark_that_is_typed_in_the_editor_is_a_figure_too():
    typed = marks.read(
        "<p>Vi fick <strong>{Utbetalt  cirka}</strong> och {så}: { } {eget: 8 st}</p>"
    )
    assert prose.recognise(typed) == (
        '<p>Vi fick <strong><data value="utbetalt cirka">{utbetalt cirka}</data></strong> '
        'och <data value="så">{så}</data>: { } <data value="eget">8 st</data></p>'
    )
