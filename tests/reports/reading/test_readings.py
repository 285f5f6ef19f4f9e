"""What the editor is given: places, states, and the live figure that would say the same."""

import time

import pytest

from reports.reading import State, readings
from reports.reading.repeated import repeated
from tests.reports.reading.kit import known, read


def test_places_are_of_the_block_and_hold_caution_number_and_unit():
    html = "<h3>Pengar</h3><p>Vi fick cirka 4 miljoner kronor i EU-medel.</p>"
    (found,) = readings(html, known())
    assert (found.block, found.start, found.end) == (1, 8, 31)
    assert found.text == "cirka 4 miljoner kronor"


def test_a_live_figure_is_live_and_one_character():
    found = read('Vi fick <data value="utbetalt cirka">{utbetalt cirka}</data>.')
    assert [(item.state, item.mark, item.label, item.start, item.end) for item in found] == [
        (State.LIVE, "utbetalt cirka", "Utbetalda EU-medel", 8, 9)
    ]


def test_a_number_that_the_author_answers_for_is_his_own():
    (found,) = read('EU-medel om <data value="eget">4 092 253 kronor</data> betalades ut.')
    assert (found.state, found.text, found.sentence) == (State.OWN, "4 092 253 kronor", "")


def test_what_follows_a_project_is_about_it_until_the_next_heading():
    html = "<h3>Rebus</h3><p>Projektet pågår.</p><p>Hittills har 117 personer skrivits in.</p>{}"
    after = "<h3>Annat</h3><p>Dit kom 117 personer.</p>"
    states = [item.state for item in readings(html.format(after), known())]
    assert states == [State.AGREES, State.UNKNOWN]


def test_the_number_of_a_heading_is_no_figure():
    assert readings("<h3>3 Miljönämnden</h3>", known()) == []


def test_a_text_without_numbers_has_nothing_to_read():
    assert read("Förvaltningen har deltagit i Rebus och i flera nätverk.") == []


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{'8 projekt och Rebus, ' * 700}</p>",
        f"<p>{'åtta ' * 3000}</p>",
        f"<p>{'1 ' * 5000}</p>",
        f"<p>{'1' * 59_000}</p>",
        f"<p>{'a' * 59_000}</p>",
        f"<p>{'1.' * 29_000}</p>",
        f"<p>{'4 029 253 kr ' * 1000}</p>",
        "<p>ett två tre</p>" * 1000,
    ],
    ids=("many", "words", "digits", "one", "letters", "points", "sums", "blocks"),
)  # fmt: skip
def test_a_hostile_text_is_read_in_reasonable_time(html):
    against = known()
    began = time.process_time()
    readings(html, against)
    assert not [item for item in repeated({"1": html, "2": html}) if item.first is item.second]
    assert time.process_time() - began < 3


def test_a_long_text_is_read_in_no_time():
    """Thirty answers of three hundred words. The limit is far above what it takes, for a loaded machine."""
    sentence = "Under 2024 deltog vi i Rebus med åtta personer, och 4 029 253 kronor kom in på ett eller annat sätt. "
    html = "".join(f"<p>{sentence * 5}</p>" for _ in range(90))
    against = known()
    began = time.process_time()
    assert len(readings(html, against)) == 900
    assert time.process_time() - began < 1
