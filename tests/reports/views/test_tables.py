"""Grids and figures as the pages draw them."""

import datetime
from decimal import Decimal

from malmo_intl.formats import Amount
from reports import tables
from reports.document import Column, Figure, Grid, When

GRID = Grid(
    key="medel",
    caption="Medel",
    columns=(Column("vem", "Vem"), Column("vad", "Utbetalt", "kr", total=True), Column("x", "Del")),
    rows=(("Miljö", Decimal(1234567), "a"), ("Kultur", None, "b")),
    total=("Summa", Decimal(1234567), None),
)


def test_a_column_of_money_has_its_unit_in_the_head():
    assert tables.table(GRID).head[1] == tables.Cell("Utbetalt, kr", "number")


def test_digits_are_grouped_and_what_is_missing_says_so():
    first, second = tables.table(GRID).rows
    assert first[1] == tables.Cell("1\xa0234\xa0567", "number")
    assert second[1] == tables.Cell("uppgift saknas", "number unknown")


def test_a_total_that_is_not_summed_is_left_open():
    assert tables.table(GRID).total[2] == tables.Cell("")


def test_a_row_leads_to_what_is_behind_it():
    drawn = tables.table(GRID, {"Miljö": "/projekt/"})
    assert [row[0].url for row in drawn.rows] == ["/projekt/", ""]


def test_a_column_can_be_left_out():
    less = tables.without(GRID, "vad")
    assert [column.key for column in less.columns] == ["vem", "x"]
    assert less.rows == (("Miljö", "a"), ("Kultur", "b"))
    assert less.total == ("Summa", None)


def test_dates_are_written_as_they_are_known():
    day = datetime.date(2020, 1, 16)
    assert tables.text(When(day), "date") == "2020-01-16"
    assert tables.text(When(day, "month"), "date") == "januari 2020"
    assert tables.text(day, "date") == "2020-01-16"
    assert tables.text(Decimal("12.5"), "percent") == "12,5\xa0%"


def figure(value, unit="kr", **fields):
    return tables.figure(Figure("paid", "utbetalt", value, unit, **fields), 2019)


def test_a_rough_figure_is_never_shown_as_exact():
    drawn = figure(Amount(Decimal(43_000_000), "ca", 1_000_000))
    assert (drawn.value, drawn.unit) == ("ca\xa043", "miljoner\xa0kronor")
    assert figure(Decimal(4_029_253)).value == "4\xa0029\xa0253"


def test_a_figure_has_last_year_beside_it_and_years_in_four_digits():
    drawn = figure(54, "count", noun="EU-projekt", previous=47, previous_year=2018)
    assert (drawn.value, drawn.unit, drawn.year) == ("54", "EU-projekt", "2019")
    assert (drawn.previous, drawn.previous_year) == ("47 EU-projekt", "2018")
    assert drawn.label == "Utbetalt"


def test_a_figure_that_nobody_has_said_is_a_dash():
    drawn = figure(None, previous=Decimal(5), previous_year=2018)
    assert (drawn.value, drawn.unit) == ("–", "uppgift saknas")
