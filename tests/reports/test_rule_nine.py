"""Counting rule 9: last year's published figure, today's and the reason are shown together."""

from dataclasses import replace

import pytest

from malmo_intl.formats import Amount
from reports.compose import city
from reports.facts import PublishedFact
from reports.figures import figure
from reports.rollup import roll_up
from reports.rules import compare, with_reason
from tests.reports.figures_kit import YEAR, facts, part

REASON = "En utbetalning saknades."


def published(value, year=YEAR, name="paid", **fields):
    return PublishedFact(year, name, Amount(value), in_system=True, **fields)


def rolled(*rows, year=YEAR):
    """Miljö was paid 5 000 in YEAR; the facts are those of `year`."""
    known = facts(part("Rebus", paid=5000), published=rows)
    return roll_up(replace(known, year=year))


@pytest.mark.parametrize(
    ("corrected", "is_own", "shown"),
    [(False, True, 4711), (True, True, 5000), (True, False, 4711), (False, False, 4711)],
)
def test_only_the_corrected_year_itself_shows_todays_figure(corrected, is_own, shown):
    comparison = compare(Amount(4711), Amount(5000), REASON, corrected=corrected, is_own=is_own)
    assert comparison.shown == Amount(shown)
    assert comparison.differs


def test_a_figure_without_rows_today_is_shown_as_it_was_published():
    assert compare(Amount(4711), None, REASON, corrected=True, is_own=True).shown == Amount(4711)


def test_published_by_the_system_and_unchanged_needs_no_note():
    found = figure(rolled(published(5000)), "paid")
    assert (found.value, found.note) == (5000, "")


def test_rows_that_drift_after_publication_do_not_change_the_figure():
    found = figure(rolled(published(4711)), "paid")
    assert found.value == 4711
    assert found.note.startswith("Publicerad siffra. Räknat på projektens egna uppgifter")


def test_a_correction_shows_todays_figure_the_published_one_and_the_reason():
    found = figure(rolled(published(4711, note=REASON)), "paid")
    assert found.value == 5000
    assert found.note == f"Rättad siffra. Tidigare publicerad: 4\u00a0711\u00a0kr. {REASON}"


def test_a_correction_under_way_gives_its_reason_to_what_it_changes():
    under_way = {"correction": "En utbetalning saknades"}
    changed = rolled(published(4711, **under_way)).figure("paid")
    assert (changed.reason, changed.corrected) == (REASON, True)
    same = rolled(published(5000, **under_way)).figure("paid")
    assert (same.reason, same.corrected) == ("", False)
    before = published(4711, note="Ett fel.", latest=Amount(5000), **under_way)
    assert rolled(before).figure("paid").reason == "Ett fel."


def test_the_next_year_shows_published_today_and_reason():
    found = figure(rolled(published(4711, note=REASON), year=YEAR + 1), "paid")
    assert found.previous == 4711
    assert found.note == (
        f"Siffran för {YEAR} är den som publicerades, 4\u00a0711\u00a0kr. "
        f"I dag är den 5\u00a0000\u00a0kr. {REASON}"
    )


def test_a_figure_that_was_not_published_with_the_year_is_counted_from_its_rows():
    """But of a year decided before this system nothing is known but what was printed."""
    here = rolled(published(5000))
    assert here.figure("unique_projects").shown == Amount(1)
    printed = rolled(replace(published(5000), in_system=False))
    assert printed.figure("unique_projects").shown is None


def test_prose_says_both_too():
    own = rolled(published(4711, note=REASON))
    assert "Tidigare publicerades 4\u00a0711 kronor. En utbetalning" in city.paid_sentence(own)
    count = published(2, name="eu_projects", note="Ett projekt var med två gånger.")
    assert city.counts_sentence(rolled(count)).endswith(
        " Siffran är rättad. Tidigare publicerades 2. Ett projekt var med två gånger."
    )


def test_the_notices_leave_a_correction_to_its_figure():
    own = rolled(published(4711, note=REASON))
    assert city.money_coverage_notice(own) == ()


@pytest.mark.parametrize(
    ("note", "reason", "together"),
    [
        ("", "Ett fel", "Ett fel."),
        ("Ett fel.", " Ännu ett! ", "Ett fel. Ännu ett!"),
    ],
)
def test_reasons_are_sentences_in_order(note, reason, together):
    assert with_reason(note, reason) == together
