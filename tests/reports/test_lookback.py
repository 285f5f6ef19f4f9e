"""A figure over the years, and where the years cannot be compared. Without a database."""

import datetime
from dataclasses import replace
from decimal import Decimal

from malmo_intl.formats import Amount
from reports.facts import (
    AdministrationFact,
    Facts,
    FundFact,
    GrantFact,
    Part,
    PayoutFact,
    ProjectFact,
    PublishedFact,
)
from reports.lookback.breaks import Goals, Unit, breaks
from reports.lookback.series import Source, Year, series, side_by_side

ESF = FundFact("ESF", "Europeiska socialfonden", True)
REBUS = Part(
    ProjectFact(
        "rebus",
        "Rebus",
        starts_on=datetime.date(2019, 1, 1),
        ends_on=datetime.date(2022, 12, 31),
        grants=(GrantFact(ESF),),
    ),
    "MF",
    payouts=(PayoutFact(2019, Decimal(0)), PayoutFact(2022, Decimal(500))),
)
MILJO = AdministrationFact("MF", "Miljöförvaltningen", "Miljönämnden")


def facts(year, *published, counted=True):
    return Facts(
        year=year,
        administrations=(MILJO,),
        parts=(REBUS,),
        published=published,
        reported_years=frozenset({year} if counted else ()),
    )


def printed(year, value, qualifier="", step=1, **more):
    return PublishedFact(year, "paid", Amount(Decimal(value), qualifier, step), **more)


def of(*years, name="paid", administration="", told=None):
    return series(name, years, told or {}, administration)


def test_zero_is_a_figure_and_what_is_not_known_is_missing():
    made = of(Year(facts(2019)), Year(facts(2022)))
    assert [(point.year, point.source) for point in made.points] == [
        (2019, Source.ROWS),
        (2020, Source.MISSING),
        (2021, Source.MISSING),
        (2022, Source.ROWS),
    ]
    assert made.points[0].value == Amount(Decimal(0))
    assert made.points[1].value is None
    assert made.points[1].remark == "Året finns inte i systemet."


def test_the_published_goes_before_the_rows_and_both_are_told():
    point = of(Year(facts(2022, printed(2022, 600, note="Avrundat.")))).points[0]
    assert point.value == Amount(Decimal(600))
    assert point.other == Amount(Decimal(500))
    assert (point.source, point.remark) == (Source.PUBLISHED, "Avrundat.")


def test_the_approximate_keeps_its_qualifier():
    made = of(Year(facts(2022, printed(2022, 16_000_000, "ca", 1_000_000))))
    assert made.points[0].source is Source.ROUGH
    assert made.finding == "Utbetalda EU-medel: ca\u00a016\u00a0miljoner\u00a0kronor (2022)."


def test_a_corrected_figure_shows_the_new_one_and_the_one_before():
    corrected = printed(2022, 600, note="Ett belopp var fel.", in_system=True)
    point = of(Year(facts(2022, corrected)), administration="").points[0]
    assert point.source is Source.CORRECTED
    assert point.value == Amount(Decimal(500))
    assert point.other == Amount(Decimal(600))


def test_a_year_under_way_is_preliminary_and_no_finding():
    made = of(Year(facts(2022, printed(2022, 600))), Year(facts(2023), under_way=True))
    assert made.points[1].source is Source.MISSING  # nothing was paid in 2023
    counts = of(Year(facts(2019)), Year(facts(2022), under_way=True), name="eu_projects")
    assert counts.points[-1].source is Source.DRAFT
    assert counts.finding == "Medverkan i EU-projekt: 1 (2019). 2022 är inte klart."


def test_the_finding_tells_the_first_and_the_last_year_and_the_gap():
    made = of(Year(facts(2019)), Year(facts(2022)))
    assert made.finding == (
        "Utbetalda EU-medel gick från 0\u00a0kr (2019) till 500\u00a0kr (2022). "
        "Uppgift saknas för 2020 och 2021."
    )


def test_the_break_stands_at_the_first_year_that_differs_but_not_at_the_first_of_all():
    told = {2019: ("A",), 2020: ("B",)}
    made = of(Year(facts(2019)), Year(facts(2022)), told=told)
    assert [point.breaks for point in made.points] == [(), ("B",), (), ()]


def test_an_administrations_rows_count_only_when_its_report_came():
    came = Year(facts(2022, counted=False), known=frozenset({"MF"}), expected=frozenset({"MF"}))
    silent = replace(came, known=frozenset())
    assert of(came, administration="MF").points[0].value == Amount(Decimal(500))
    point = of(silent, administration="MF").points[0]
    assert (point.value, point.remark) == (None, "Förvaltningens redovisning har inte kommit in.")
    gone = replace(silent, facts=replace(silent.facts, administrations=()))
    assert of(gone, administration="MF").points[0].remark == "Förvaltningen fanns inte."


def test_an_administrations_published_figure_is_its_own():
    own, whole = printed(2022, 700, administration="MF"), printed(2022, 900)
    year = Year(facts(2022, own, whole), known=frozenset({"MF"}))
    point = of(year, administration="MF").points[0]
    assert (point.value.value, point.other.value) == (700, 500)


def test_a_year_that_is_hidden_from_the_city_is_not_told():
    hidden = Year(facts(2022), of_the_city=False, known=frozenset({"MF"}))
    assert of(Year(facts(2019)), hidden).points[-1].year == 2019
    assert of(hidden, administration="MF").points[0].value == Amount(Decimal(500))
    assert of().finding == "Utbetalda EU-medel: uppgift saknas för alla år som är klara."


def test_new_goals_and_new_administrations_are_breaks():
    found = breaks(
        [Goals("Fyra mål", 2020), Goals("Nio mål", 2017, 2019)],
        [
            Unit("SOC", "Sociala", datetime.date(2013, 1, 1), datetime.date(2020, 12, 31), "ASF"),
            Unit("ASF", "Arbetsmarknad", datetime.date(2021, 1, 1)),
        ],
    )
    assert found[2020] == ("Nya mål: Fyra mål ersätter Nio mål.",)
    assert found[2021] == (
        "Sociala upphörde 31\u00a0december 2020 och fortsätter i Arbetsmarknad.",
        "Arbetsmarknad bildades 1\u00a0januari 2021 av Sociala.",
    )


def test_one_administrations_breaks_are_its_own():
    units = [
        Unit("A", "A", datetime.date(2018, 5, 1)),
        Unit("B", "B", datetime.date(2019, 5, 1), datetime.date(2020, 6, 30)),
    ]
    assert list(breaks([], units, "A")) == [2018]
    assert breaks([], units, "B")[2020] == ("B upphörde 30\u00a0juni 2020.",)


def test_the_goal_set_stands_over_its_years_also_over_those_that_are_missing():
    rows = [of(Year(facts(2019)), Year(facts(2022))), of(Year(facts(2019)), name="partners")]
    made = side_by_side(rows, [Goals("Nio", 2017, 2019), Goals("Fyra", 2020)])
    assert made.years == (2019, 2020, 2021, 2022)
    assert made.goal_sets == (("Nio", 1), ("Fyra", 3))
    assert [row.name for row in made.rows] == ["paid"]
