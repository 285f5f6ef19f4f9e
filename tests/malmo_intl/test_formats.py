"""Figures, dates and words as Swedish readers expect them, and how they are read."""

import contextlib
import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malmo_intl import formats
from malmo_intl.formats import NBSP, Amount


def plain(text):
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("value", "text"),
    [(4029253, "4 029 253"), (0, "0"), (1265, "1 265"), (-500, "−500"), (Decimal("0.5"), "1")],
)
def test_thousands_stand_in_groups_with_no_break_spaces(value, text):
    assert plain(formats.number(value)) == text
    assert " " not in formats.number(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "uppgift saknas"),
        (Decimal(0), "0 kr"),
        (Decimal("4029252.50"), "4 029 253 kr"),
        (Amount(Decimal(16_000_000), "ca", 1_000_000), "ca 16 miljoner kronor"),
        (Amount(Decimal(15_300_000), "ca", 100_000), "ca 15 300 000 kr"),
        (Amount(Decimal(360_000)), "360 000 kr"),
        (Amount(Decimal(25_000_000), "", 1_000_000), "ca 25 miljoner kronor"),
    ],
)
def test_kronor_keep_their_exactness(value, text):
    assert plain(formats.kronor(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal(43_108_794), "cirka 43 miljoner kronor"),
        (Decimal(41_000_000), "41 miljoner kronor"),
        (Decimal(1_000_000), "1 miljon kronor"),
        (Decimal(2_680_030), "cirka 2,7 miljoner kronor"),
        (Decimal(9_960_000), "cirka 10 miljoner kronor"),
        (Amount(Decimal(16_000_000), "ca", 1_000_000), "cirka 16 miljoner kronor"),
        (Amount(Decimal(16_000_000), "över", 1_000_000), "över 16 miljoner kronor"),
    ],
)
def test_large_sums_in_running_text_are_rounded_once(value, text):
    assert plain(formats.in_words(value)) == text


@pytest.mark.parametrize(
    ("day", "precision", "text"),
    [
        (datetime.date(2022, 5, 12), "day", "12 maj 2022"),
        (datetime.date(2022, 8, 1), "month", "augusti 2022"),
        (datetime.date(2022, 1, 1), "year", "2022"),
        (None, "day", ""),
    ],
)
def test_a_date_is_shown_as_well_as_it_is_known(day, precision, text):
    assert plain(formats.date_as_known(day, precision)) == text


@pytest.mark.parametrize(
    ("starts", "ends", "planned", "text"),
    [
        ("2018", "2020", False, "2018 – 2020"),
        ("", "november 2018", False, "till november 2018"),
        ("2019", "", False, "från 2019"),
        ("2019", "mars 2021", True, "2019 – mars 2021 (planerat)"),
        ("", "", False, "uppgift saknas"),
    ],
)
def test_a_period_says_what_is_known(starts, ends, planned, text):
    assert formats.period(starts, ends, planned) == text


def test_swedish_order_puts_a_with_ring_before_a_with_dots():
    names = ["Öresund", "Ängen", "Åkern", "Zebra", "éclair", "Eddan", "Fritid", "Förskola"]
    assert sorted(names, key=formats.sort_key) == [
        "éclair",
        "Eddan",
        "Fritid",
        "Förskola",
        "Zebra",
        "Åkern",
        "Ängen",
        "Öresund",
    ]


def test_the_boards_stand_in_the_order_of_the_report_of_2019():
    boards = [
        "Arbetsmarknads- och socialnämnden",
        "Fritidsnämnden",
        "Funktionsstödsnämnden",
        "Förskolenämnden",
        "Grundskolenämnden",
        "Hälsa-, vård- och omsorgsnämnden",
        "Kommunstyrelsen",
        "Kulturnämnden",
        "Miljönämnden",
        "Servicenämnden",
        "Stadsbyggnadsnämnden",
        "Tekniska nämnden",
    ]
    backwards = sorted(boards, reverse=True)
    assert sorted(backwards, key=formats.sort_key) == boards


@pytest.mark.parametrize(
    ("name", "text"),
    [("Stadskontoret", "Stadskontorets"), ("Malmö Museers", "Malmö Museers"), ("", "s")],
)
def test_the_genitive(name, text):
    if name:
        assert formats.genitive(name) == text


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("4029253", "4029253"),
        ("4 029 253", "4029253"),
        ("4\u00a0029\u00a0253,00", "4029253"),
        ("4\u202f029\u202f253 kr", "4029253"),
        ("−500", "-500"),
        ("-500,5", "-500.5"),
        ("0", "0"),
        ("  12  ", "12"),
    ],
)
def test_sums_are_read_as_people_write_them(typed, value):
    assert formats.read_kronor(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed",
    ["1 5", "4 02 9253", "1.5", "1e5", "1_000", "٣", "12,345", "", "kr", "1 5000", "−"],
)
def test_what_is_not_understood_is_refused_with_an_example(typed):
    with pytest.raises(ValueError, match="4 029 253"):
        formats.read_kronor(typed)


@given(st.decimals(-(10**12), 10**12, places=2))
def test_a_sum_that_was_written_is_read_as_the_same(value):
    assert formats.read_kronor(formats.number(value, 2)) == value


@given(st.text())
def test_any_typed_text_is_read_or_refused_and_never_breaks(text):
    with contextlib.suppress(ValueError):
        assert isinstance(formats.read_kronor(text), Decimal)


def test_names_are_compared_without_case_and_dashes():
    assert formats.normalise("Hälsa-,  Vård- och\nOMSORG") == "hälsa , vård och omsorg"
