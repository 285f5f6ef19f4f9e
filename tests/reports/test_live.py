"""The live figures of a year: what each is, and that it is the same figure as in the tables."""

from dataclasses import replace
from decimal import Decimal

import pytest

from malmo_intl import prose as mark_form
from reports import prose
from reports.facts import PayoutFact
from reports.live import Live
from reports.live_faults import faults
from reports.live_names import Name, key
from reports.rollup import roll_up
from tests.reports import figures_kit as kit

FACTS = kit.facts(
    kit.part("Rebus", paid=1000, owner=True, shares=((1, 100),)),
    kit.part("Yalla", payouts=(PayoutFact(2019, Decimal(200)), PayoutFact(2018, Decimal(90)))),
    kit.part("Rebus", "KULF", paid=30, funds=(kit.ERUF,)),
    kit.part("Krami", "KULF"),
    submissions=(
        kit.submission("MF", partners=(("Offentlig", 17), ("Universitet/forskning", 2))),
        kit.submission("KULF", partners=(("Offentlig", 3),)),
    ),
)
MINE, CITY = Live(roll_up(FACTS, "MF")), Live(roll_up(FACTS))


@pytest.mark.parametrize(
    ("live", "name", "value"),
    [
        (MINE, "utbetalt", 1200),
        (CITY, "utbetalt", 1230),
        (MINE, "utbetalt/rebus", 1000),
        (CITY, "utbetalt/rebus", 1030),
        (CITY, "utbetalt/krami", None),  # no row is not zero (counting rule 4)
        (MINE, "utbetalt/mål-1", 1000),
        (MINE, "utbetalt/mål-2", 0),
        (MINE, "utbetalt/fond-esf", 1200),
        (CITY, "utbetalt/förvaltning-kulf", 30),
        (CITY, "utbetalt/förvaltning-mf/yalla", 200),
        (CITY, "eu-projekt/förvaltning-kulf", 2),
        (CITY, "ägda-projekt/förvaltning-mf", 1),
        (MINE, "samverkansparter", 19),
        (MINE, "samverkansparter/universitet-forskning", 2),
        (CITY, "samverkansparter/offentlig", 20),
        (MINE, "år", "2019"),
        (MINE, "förra-året", "2018"),
        (MINE, "förvaltning", "förvaltning MF"),
        (MINE, "nämnd", "nämnd MF"),
    ],
)
def test_a_figure_is_what_the_rows_say(live, name, value):
    assert live[name].value == value


@pytest.mark.parametrize(
    ("live", "name"),
    [
        (MINE, "utbetalt/krami"),  # another administration's
        (MINE, "utbetalt/förvaltning-kulf"),
        (MINE, "besökare"),  # printed for the whole city only
        (CITY, "förvaltning"),
        (CITY, "utbetalt/förvaltning-nix"),
        (CITY, "utbetalt/rebus/rebus"),
        (CITY, "eu-projekt/rebus"),
        (CITY, "år-året-innan"),
        (CITY, "utbetalt/mål-9"),
    ],
)
def test_what_is_no_figure_of_theirs_does_not_exist(live, name):
    assert name not in live


def test_the_year_before_is_known_when_it_was_reported():
    assert MINE["utbetalt-året-innan/yalla"].value is None
    both = Live(roll_up(replace(FACTS, reported_years=frozenset({2018, 2019})), "MF"))
    assert both["utbetalt-året-innan/yalla"].value == 90
    assert both["utbetalt-året-innan"].value == 90
    assert "utbetalt-året-innan/yalla" in list(both)


def test_that_another_administration_had_nothing_is_not_known_of_a_year_that_others_reported():
    both = Live(roll_up(replace(FACTS, reported_years=frozenset({2018, 2019}))))
    assert both["eu-projekt-året-innan/förvaltning-kulf"].value is None


@pytest.mark.parametrize("live", [MINE, CITY], ids=["own", "city"])
def test_all_that_is_offered_can_be_typed_and_is_no_fault(live):
    for name, item in live.items():
        for choice in prose.choices(item, name):
            text = f'<p><data value="{choice.mark}">{{{choice.mark}}}</data></p>'
            assert mark_form.settle(text) == text
            assert faults(text, live) == {}


def test_a_goal_is_unknown_until_somebody_has_said_what_share_it_has():
    paid, waiting = kit.part("Rebus", paid=1000), kit.part("Yalla", shares=((1, 100),))
    live = Live(roll_up(kit.facts(paid, waiting), "MF"))
    assert live["utbetalt"].value == 1000
    assert live["utbetalt/mål-1"].value is None
    assert "utbetalt/mål-1" in list(live)  # somebody may still say it
    assert "utbetalt/mål-1" not in list(Live(roll_up(kit.facts(waiting), "MF")))
    told = Live(roll_up(kit.facts(replace(paid, shares=((2, Decimal(100)),))), "MF"))
    assert (told["utbetalt/mål-1"].value, told["utbetalt/mål-2"].value) == (0, 1000)


def test_money_stands_first_and_what_will_never_be_known_is_not_offered():
    assert next(iter(MINE)) == "utbetalt"
    assert "utbetalt/krami" in list(CITY)  # somebody may still fill it in
    assert "utbetalt-året-innan/rebus" not in list(CITY)


@pytest.mark.parametrize(
    ("live", "name", "address"),
    [
        (MINE, "utbetalt", "/redovisning/2019/siffror/utbetalt/?forvaltning=MF"),
        (CITY, "utbetalt", "/redovisning/2019/siffror/utbetalt/"),
        (CITY, "utbetalt-året-innan", "/redovisning/2018/siffror/utbetalt/"),
        (CITY, "utbetalt/mål-2", "/redovisning/2019/siffror/utbetalt/?mal=2"),
        (
            CITY,
            "utbetalt/förvaltning-kulf/rebus",
            "/redovisning/2019/siffror/utbetalt/?forvaltning=KULF&projekt=rebus",
        ),
        (MINE, "år", ""),
    ],
)
def test_a_figure_leads_to_its_rows(live, name, address):
    assert live.address(name) == address


def test_names_are_made_of_what_lasts():
    assert key("Interreg Östersjön") == "interreg-östersjön"
    assert key("Erasmus+") == "erasmus"
    assert Name("utbetalt-året-innan").within("förvaltning-mf") == (
        "utbetalt-året-innan/förvaltning-mf"
    )
    assert Name("år").within("förvaltning-mf") == "år"
