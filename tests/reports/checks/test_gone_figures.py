"""A live figure whose project has gone from the year is said where it stands, before a document is made."""

from malmo_intl import marks
from reports.checks import gone_figures


def test_figures_that_exist_are_in_order(find, answer, rebus):
    answer(marks.read("Under {år} fick {förvaltning} {utbetalt}, av det {utbetalt/rebus tkr}."))
    answer(marks.read("Vi mötte {eget: 1265} personer."), number=2)
    assert find(gone_figures) == []


def test_one_that_has_gone_is_an_error_with_its_place(find, answer, rebus):
    answer(marks.read("Vi fick {utbetalt/rebus}."))
    rebus.delete()
    (finding,) = find(gone_figures)
    assert finding.is_error
    assert finding.sentence == (
        "I svaret på fråga 1: Siffran {utbetalt/rebus} finns inte: projektet ”rebus” är inte med i "
        "förvaltningens redovisning 2024. Ta bort siffran eller välj en annan."
    )
    assert finding.url.endswith("/fragor/1/#id_svar")
