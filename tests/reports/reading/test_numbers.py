"""What is a figure in a text and what is not, and what is known of it from the writing."""

from decimal import Decimal

import pytest

from reports.reading.numbers import numbers

NBSP, THIN, NARROW = "\u00a0", "\u2009", "\u202f"


def the_one(text):
    (found,) = numbers(text)
    return found


@pytest.mark.parametrize(
    ("text", "value", "unit", "step", "caution"),
    [
        ("Det blev 4 029 253 kronor.", 4_029_253, "kr", 1, ""),
        (f"Det blev 4{NBSP}029{THIN}253{NARROW}SEK.", 4_029_253, "kr", 1, ""),
        ("Det blev 43 mkr.", 43_000_000, "kr", 1_000_000, ""),
        ("Det blev 1,5 miljoner kronor.", 1_500_000, "kr", 100_000, ""),
        ("Det blev ca 16 miljoner kronor.", 16_000_000, "kr", 1_000_000, "ca"),
        ("Det blev ca. 15 300 000 kr.", 15_300_000, "kr", 100_000, "ca."),
        ("Det blev 250 tkr.", 250_000, "kr", 1000, ""),
        ("Det blev 2 miljarder kronor.", 2_000_000_000, "kr", 1_000_000_000, ""),
        ("Det blev 300 000 euro.", 300_000, "euro", 1, ""),
        ("Det blev nästan 30 %.", 30, "%", 10, "nästan"),
        ("Det blev 12,5 procent.", Decimal("12.5"), "%", 1, ""),
        ("Över 1 265 personer kom.", 1265, "count", 1, "över"),
        ("Fler än 40 elever kom.", 40, "count", 10, "fler än"),
        ("Vi tog emot (ca 80 gäster).", 80, "count", 10, "ca"),
        ("Det kom 2000 deltagare.", 2000, "count", 1, ""),
        ("Vi driver åtta projekt.", 8, "count", 1, ""),
        ("Cirka trettiofem elever kom.", 35, "count", 1, "cirka"),
        ("Det kom cirka sjutton.", 17, "count", 1, "cirka"),
        ("Två miljoner kronor gick åt.", 2_000_000, "kr", 1_000_000, ""),
        ("Fyra av förvaltningens skolor är med.", 4, "count", 1, ""),
    ],
)
def test_a_figure_is_read_with_unit_caution_and_precision(text, value, unit, step, caution):
    found = the_one(text)
    assert (found.value, found.unit, found.step, found.caution) == (value, unit, step, caution)
    assert text[found.start : found.end] == found.text


def test_a_range_is_one_figure_with_two_ends():
    for text in ("Andelen är 40–60 %.", "Andelen är 40 - 60 procent.", "Andelen är 40-60 %."):
        found = the_one(text)
        assert (found.value, found.high, found.unit) == (40, 60, "%"), text


@pytest.mark.parametrize(
    "text",
    [
        "Under 2019 hände mycket.",
        "Perioden 2018–19, eller 2018–2019.",
        "Mötet hölls den 25 augusti.",
        "Mötet hölls 27–28 mars 2024.",
        "Beslut fattas 2020-01-16.",
        "Underlaget är daterat 191231.",
        "Mätt till den 19/11.",
        "Mötet börjar kl. 13.",
        "Mötet börjar 13.30.",
        "Ring 040-34 10 00.",
        "Ring 040 34 10 00.",
        "Diarienummer STK-2015-1008.",
        "Se avsnitt 2.1.4.",
        "Se kapitel 3.",
        "Pengarna kom från Horisont 2020.",
        "Vi arbetar med Agenda 2030.",
        "Det bidrar till KF-mål 2 och mål 8.",
        "Elever i årskurs 1 och åk 6.",
        "Det är den 3:e gången.",
        "Utsläppen av CO₂ och CO2 minskar.",
        "Skriv till namn2@exempel.se.",
        "1. Nämnden godkänner redovisningen.",
        "Skolorna deltar (2).",
        "Ett projekt och en förening.",
        "Två tredjedelar av budgeten.",
        "Etapp 1 och etapp 2 är klara.",
        "Resultatet blev jämnt, 50/50.",
        "Andra gången var bättre.",
    ],
)
def test_years_dates_ordinals_sections_and_parts_of_names_are_no_figures(text):
    assert numbers(text) == []


def test_digits_within_a_known_name_are_no_figure():
    text = "I Scenen 2.0 deltog 30 personer."
    start = text.index("Scenen")
    assert [item.value for item in numbers(text, [(start, start + 10)])] == [30]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("medverkan i 54 EU-projekt", ["projects"]),
        ("54 projekt, 19 ägare och 35 part", ["projects", "owned", "partnered"]),
        ("antingen som projektägare (19) eller som projektpartner (35)", ["owned", "partnered"]),
        ("fyra EU-finansierade projekt", ["projects"]),
        ("275 externa aktörer", ["partners"]),
        ("1 265 internationella besökare", ["visitors"]),
        ("under 24 månader", ["time"]),
        ("6 delprojekt", [None]),
        ("tre projektmedarbetare", [None]),
    ],
)
def test_what_is_counted_is_told_by_the_noun(text, kinds):
    assert [item.kind for item in numbers(text)] == kinds


def test_a_sum_of_two_is_two():
    assert [item.value for item in numbers("Det blir 4+3 projekt.")] == [4, 3]


def test_a_year_before_a_number_is_not_joined_with_it():
    assert [item.value for item in numbers("Under 2019 275 parter.")] == [275]
