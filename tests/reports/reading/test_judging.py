"""Numbers beside the figures of the year: what agrees, what is wrong, and what is left alone."""

import pytest

from reports.reading import State
from tests.reports.reading.kit import known, printed, read, the_one, wrong

CITY = {"published": printed(("eu_projects", 54), ("owned", 19), ("partnered", 35), year=2024)}


@pytest.mark.parametrize(
    ("sentence", "label", "mark"),
    [
        ("Under året betalades 4 029 253 kronor i EU-medel ut.", "Utbetalda EU-medel", "utbetalt"),
        ("Cirka 4 miljoner kronor i EU-medel kom.", "Utbetalda EU-medel", "utbetalt cirka"),
        ("Vi fick 4 029 tkr i EU-medel.", "Utbetalda EU-medel", "utbetalt tkr"),
        ("Rebus fick 4 000 000 kr.", "Utbetalningen till Rebus 2024", "utbetalt/rebus"),
        ("Rebus har en budget om 12,5 miljoner kronor.", "Budget för Rebus", ""),
        ("Förvaltningen äger två projekt.", "EU-projekt som projektägare", "ägda-projekt ord"),
        ("Vi har haft 31 samverkansparter.", "Externa samverkansparter", "samverkansparter"),
        ("Av dem är 17 externa aktörer inom det offentliga.", "Samverkansparter, Offentlig", "samverkansparter/offentlig"),
        ("I Rebus skrevs 117 personer in.", "Resultat för Rebus: deltagare", ""),
        ("I Rebus är målet 200 deltagare.", "Mål för Rebus: deltagare", ""),
        ("I Rebus gick 40 procent vidare.", "Resultat för Rebus: gick vidare till arbete", ""),
    ],
)  # fmt: skip
def test_a_number_agrees_with_the_figure_that_the_sentence_speaks_of(sentence, label, mark):
    found = read(sentence)[-1]
    assert (found.state, found.label) == (State.AGREES, label)
    assert found.mark == mark or not mark
    assert found.sentence == ""


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("EU-medel om 4 092 253 kronor betalades ut.", "4 029 253 kronor"),
        ("Under 2024 betalades sammanlagt cirka 5 miljoner kronor i EU-medel ut.", "4 029 253 kronor"),
        ("För Vägen in betalades 92 253 kronor ut.", "29 253 kronor"),
        ("Vägen in fick 4 000 100 kronor under 2024.", "29 253 kronor"),  # not what Rebus was paid
        ("Förvaltningen äger åtta projekt.", "äger ni två 2024"),
        ("Vi är part i 4 EU-projekt.", "är ni part i ett 2024"),
        ("I Rebus skrevs 171 personer in.", "117"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_what_is_right(sentence, right):
    (said,) = wrong(sentence)
    assert right in said.replace("\u00a0", " ")


@pytest.mark.parametrize(
    "sentence",
    [
        "Hyran kostade 12 500 kronor.",
        "Vi söker 4 100 000 kronor i EU-medel.",
        "Vi räknar med att sammanlagt 9 miljoner kronor i EU-medel planeras.",
        "Under 2019 betalades sammanlagt 9 miljoner kronor i EU-medel ut.",
        "Under 2023 och 2024 betalades sammanlagt 9 miljoner kronor i EU-medel ut.",
        "Region Skåne äger åtta projekt.",
        "Vi har varit med i fyra projekt om kultur.",
        "Vi är part i åtta projekt inom klimat.",
        "Studien har 9 deltagare.",
        "Budgeten sträcker sig mellan 40–60 %.",
        "Det kom 412 personer till Rebus invigning.",
        "Stadsmissionen har sju sociala företag.",
    ],
)
def test_what_the_rows_do_not_know_is_unknown_and_never_wrong(sentence):
    assert wrong(sentence) == []


# --- What the documents of earlier years were wrong in, and what only looked so -------------------


def test_a_project_with_a_row_of_0_kronor_was_not_paid():
    sentence = "EU-medel för förvaltningen har under 2024 uppgått till 4 029 253 SEK, fördelat på tre projekt."
    (said,) = wrong(sentence)
    assert "har pengar betalats ut till två projekt 2024. Trygga gator har 0 kronor." in said
    assert wrong(sentence.replace("tre projekt", "två projekt")) == []


def test_projects_that_have_ended_may_be_counted_or_not():
    for count in ("ett", "två"):
        assert wrong(f"Förvaltningen ägde {count} EU-projekt under 2024.") == []


def test_a_payout_after_the_end_and_one_of_0_are_right():
    assert the_one("Vägen in avslutades 2023. Utbetalt blev 29 253 kr.").state is State.AGREES
    assert wrong("Till Trygga gator betalades 0 kr ut.") == []


def test_a_result_before_the_end_of_a_project_is_no_missed_target():
    text = "Målet är att 200 personer skrivs in i Rebus. Hittills har 117 personer skrivits in."
    assert [item.state for item in read(text)] == [State.AGREES, State.AGREES]


def test_a_project_without_eu_money_is_counted_when_all_are():
    assert wrong("Vi är part i två projekt.") == []
    assert wrong("Vi är part i ett EU-projekt.") == []


# --- The city -------------------------------------------------------------------------------------


def test_counts_of_the_city_are_read_with_their_roles():
    text = "Förvaltningarna redovisade medverkan i 54 EU-projekt, som projektägare (19) eller projektpart (35)."
    against = known("", **CITY)
    assert [item.mark for item in read(text, against)] == [
        "eu-projekt",
        "ägda-projekt",
        "partnerprojekt",
    ]
    other = "Staden deltog i 54 EU-projekt, som ägare i 19 och som part i 35."
    assert [item.mark for item in read(other, against)] == [
        item.mark for item in read(text, against)
    ]
    (said,) = wrong(text.replace("54", "45"), against)
    assert "är förvaltningarna med i 54 2024" in said


def test_a_named_administration_is_compared_with_its_own_line():
    against = known("")
    assert wrong("Kulturförvaltningen, 2 projekt.", against) == []
    (said,) = wrong("Kulturförvaltningen, 5 projekt.", against)
    assert "är kulturförvaltningen med i två 2024" in said
    (said,) = wrong("Kulturförvaltningen, ca 2 600 000 kronor", against)
    assert "1 680 158 kronor" in said.replace("\u00a0", " ")


def test_the_year_before_has_its_own_figure():
    against = known(
        "", published=printed(("eu_projects", 47), ("paid", 41_000_000, "ca", 1_000_000))
    )
    text = "Under 2023 deltog förvaltningarna i 47 EU-projekt. Året innan betalades cirka 41 miljoner kronor ut."
    assert [item.mark for item in read(text, against)] == [
        "eu-projekt-året-innan",
        "utbetalt-året-innan",
    ]
    assert wrong("Under 2023 var förvaltningarnas medverkan i 46 EU-projekt.", against)
