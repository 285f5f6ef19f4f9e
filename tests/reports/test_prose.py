"""Live figures in text: what they say, what is refused, and that the text itself never changes."""

from decimal import Decimal

import pytest

from malmo_intl import marks
from malmo_intl.formats import Amount
from reports import prose
from reports.document import Figure
from reports.facts import MemoFact
from reports.rollup import roll_up
from tests.reports import figures_kit as kit

PAID = Figure("paid", "Utbetalda EU-medel", Decimal(43108794), "kr")
ROUGH = Figure("paid", "Utbetalda EU-medel", Amount(Decimal(16_000_000), "över", 1_000_000), "kr")
COUNT = Figure("unique_projects", "Unika EU-projekt", 7, "count")
MANY = Figure("partners", "Parter", Amount(Decimal(130), "över"), "count")
UNKNOWN = Figure("visitors", "Besökare", None, "count")


@pytest.mark.parametrize(
    ("figure", "form", "text"),
    [
        (PAID, "", "43\u00a0108\u00a0794\u00a0kronor"),
        (PAID, "cirka", "cirka 43\u00a0miljoner\u00a0kronor"),
        (PAID, "tkr", "43\u00a0109\u00a0tkr"),
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


def test_a_text_is_filled_with_the_figures_of_the_day():
    text = marks.read("Vi fick {utbetalt cirka}, i {unika-projekt ord} projekt.")
    filled = prose.fill(text, {"utbetalt": PAID, "unika-projekt": COUNT})
    assert filled == "<p>Vi fick cirka 43\u00a0miljoner\u00a0kronor, i sju projekt.</p>"


def test_all_of_a_memo_is_filled():
    text = marks.read("Vi fick {utbetalt cirka}.")
    memo = prose.fill_memo(
        MemoFact("Året", summary=text, sections={"case": text}), {"utbetalt": PAID}
    )
    said = "<p>Vi fick cirka 43\u00a0miljoner\u00a0kronor.</p>"
    assert (memo.summary, memo.sections) == (said, {"case": said})


def test_every_figure_of_the_year_can_stand_in_a_text_and_so_can_the_year_before():
    known = prose.figures(roll_up(kit.facts(kit.part("Rebus", paid=1000))))
    assert set(known) == set(prose.KNOWN)
    assert prose.written(known["utbetalt"]) == "1\u00a0000\u00a0kronor"
    assert prose.written(known["utbetalt-året-innan"]) == "uppgift saknas"
    for name, item in known.items():
        assert [prose.fault(choice.mark) for choice in prose.choices(item, name)].count("") > 0


def test_a_document_is_never_stopped_by_a_figure_that_is_gone():
    assert prose.fill(marks.read("Vi fick {utgick}."), {}) == "<p>Vi fick uppgift saknas.</p>"


def test_a_value_is_text_and_never_markup():
    year = Figure("år", "Året", "<b>2019</b>", "text")
    assert "<b>" not in prose.fill(marks.read("År {år}"), {"år": year})


def test_the_editor_sends_the_value_and_the_mark_is_kept():
    sent = '<p>Vi fick <data value="utbetalt">43 108 794 kronor</data>.</p>'
    assert marks.read(sent) == '<p>Vi fick <data value="utbetalt">{utbetalt}</data>.</p>'
    assert marks.as_marks(marks.read(sent)) == "Vi fick {utbetalt}."


def test_a_mark_that_is_typed_in_the_editor_is_a_figure_too():
    typed = marks.read("<p>Vi fick <strong>{Utbetalt  cirka}</strong> och {så}: { }</p>")
    assert prose.recognise(typed) == (
        '<p>Vi fick <strong><data value="utbetalt cirka">{utbetalt cirka}</data></strong> '
        'och <data value="så">{så}</data>: { }</p>'
    )


@pytest.mark.parametrize(
    ("mark", "sentence"),
    [
        ("{utbetalt}", ""),
        ("{utbetalt-året-innan tkr}", ""),
        ("{år}", ""),
        ("{utbetlat}", "Siffran {utbetlat} finns inte. Menar du {utbetalt}?"),
        ("{xyz}", "Siffran {xyz} finns inte. Välj en i listan under texten."),
        (
            "{unika-projekt tkr}",
            "{unika-projekt tkr} går inte att skriva så. Skriv {unika-projekt} eller {unika-projekt ord}.",
        ),
    ],
)
def test_what_is_no_figure_is_said_with_what_was_meant(mark, sentence):
    assert prose.faults(marks.read(f"Vi fick {mark}.")) == ([sentence] if sentence else [])
