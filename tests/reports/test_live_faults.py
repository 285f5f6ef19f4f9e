"""What is said of a mark that is no figure: another figure's money is never proposed."""

from dataclasses import replace

import pytest

from malmo_intl import marks
from reports.live import Live
from reports.live_faults import faults
from reports.rollup import roll_up
from tests.reports import figures_kit as kit

ENDED = kit.part(
    "Avec", funds=(kit.ERUF,), ends_on=kit.day(2018, 12, 31), starts_on=kit.day(2017, 1, 1)
)
FACTS = kit.facts(
    kit.part("Rebus", paid=1000),
    replace(ENDED, project=replace(ENDED.project, name="AVEC")),
    kit.part("Krami", "KULF", paid=7),
)
MINE, CITY = Live(roll_up(FACTS, "MF")), Live(roll_up(FACTS))
CHOOSE = "Ta bort siffran eller välj en annan."


def said(mark, live=MINE, **how):
    return " ".join(faults(marks.read(f"Vi fick {mark}."), live, **how).values())


@pytest.mark.parametrize(
    ("mark", "sentence"),
    [
        ("{utbetalt}", ""),
        ("{utbetalt/rebus tkr}", ""),
        ("{år}", ""),
        ("{förvaltning först}", ""),
        ("{eget: 99}", ""),
        ("{utbetlat}", "Siffran {utbetlat} finns inte. Menar du {utbetalt}?"),
        ("{utbetlat/rebus}", "Siffran {utbetlat/rebus} finns inte. Menar du {utbetalt/rebus}?"),
        ("{utbetalt/rebuss}", "Siffran {utbetalt/rebuss} finns inte. Menar du {utbetalt/rebus}?"),
        ("{xyz}", "Siffran {xyz} finns inte. Välj en i listan över siffror."),
        ("{utbetlat/borta}", "Siffran {utbetlat/borta} finns inte. Välj en i listan över siffror."),
        ("{unika-projekt}", "Siffran {unika-projekt} finns inte. Välj en i listan över siffror."),
        ("{år först}", "{år först} går inte att skriva så. Skriv {år}."),
        (
            "{partnerprojekt tkr}",
            "{partnerprojekt tkr} går inte att skriva så. Skriv {partnerprojekt} eller {partnerprojekt ord}.",
        ),
    ],
)
def test_what_is_no_figure_is_said_with_what_was_meant(mark, sentence):
    assert said(mark) == sentence


@pytest.mark.parametrize(
    ("mark", "what"),
    [
        ("{utbetalt/avec}", "projektet AVEC är inte längre med"),
        ("{utbetalt-året-innan/avec-2 tkr}", "projektet ”avec-2” är inte med"),
        ("{utbetalt/krami}", "projektet ”krami” är inte med"),  # another administration's
        ("{utbetalt/rebus-2}", "projektet ”rebus-2” är inte med"),
        (
            "{utbetalt/fond-eruf}",
            "fonden Europeiska regionala utvecklingsfonden är inte längre med",
        ),
        ("{utbetalt/fond-esff}", "fonden ”esff” är inte med"),
        ("{utbetalt/fond-rec}", "fonden ”rec” är inte med"),
        ("{utbetalt/mål-9}", "mål 9 är inte med"),
        ("{utbetalt/förvaltning-mf}", "förvaltningen ”mf” är inte med"),
        ("{samverkansparter/offentlig}", "sektorn ”offentlig” är inte med"),
    ],
)
def test_of_what_is_not_in_the_report_it_is_said_and_no_other_figure_is_proposed(mark, what):
    assert (
        said(mark)
        == f"Siffran {mark} finns inte: {what} i förvaltningens redovisning 2019. {CHOOSE}"
    )


def test_what_stood_in_the_text_was_right_and_is_no_misspelling():
    assert "Menar du" in said("{utbetalt/rebuss}")
    assert said("{utbetalt/rebuss}", stood=["utbetalt/rebuss"]).endswith(CHOOSE)


def test_in_the_citys_text_it_is_said_of_the_city_and_of_each_administration():
    assert "stadens redovisning 2019" in said("{utbetalt/borta}", CITY)
    sentence = said("{utbetalt/förvaltning-mf/avec}", CITY)
    assert "projektet AVEC är inte längre med i förvaltningens redovisning" in sentence


def test_every_one_is_named():
    text = marks.read("Vi fick {xyz} och {utbetalt/avec}, inte {utbetalt}.")
    assert list(faults(text, MINE)) == ["xyz", "utbetalt/avec"]
