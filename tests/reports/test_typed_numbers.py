"""What stands instead of a typed number: the same where it agrees, the right one where it does not."""

import pytest

from reports.live import Live
from reports.rollup import roll_up
from reports.typed_numbers import told
from tests.reports import figures_kit as kit

LIVE = Live(
    roll_up(kit.facts(kit.part("Rebus", paid=4_029_253), kit.part("Yalla", owner=True)), "MF")
)


@pytest.mark.parametrize(
    ("sentence", "state", "mark"),
    [
        ("Under 2019 fick vi 4 029 253 kronor i EU-medel.", "agrees", "utbetalt"),
        ("Under 2019 fick vi cirka 4 miljoner kronor i EU-medel.", "agrees", "utbetalt cirka"),
        ("Under 2019 fick vi 4 029 352 kronor i EU-medel.", "contradicts", "utbetalt"),
        ("Vi deltog i två EU-projekt.", "agrees", "eu-projekt ord"),
        ("Vi deltog i tre EU-projekt.", "contradicts", "eu-projekt ord"),
        ("Vi deltog i 3 EU-projekt.", "contradicts", "eu-projekt"),
        ("Vi mötte 1 265 personer.", "unknown", ""),
        ('Vi deltog i <data value="eget">tre</data> EU-projekt.', "own", ""),
    ],
)
def test_a_number_knows_the_live_figure_that_may_stand_there(sentence, state, mark):
    (reading,) = told(f"<p>{sentence}</p>", LIVE)["readings"]
    assert (reading["state"], reading["mark"]) == (state, mark)
    assert bool(reading["says"]) == bool(mark)


def test_what_is_live_already_is_not_told():
    text = '<p>Vi fick <data value="utbetalt">4 029 253 kronor</data>.</p>'
    assert told(text, LIVE) == {"blocks": ["Vi fick \ufffc."], "readings": []}
