"""From last year's figure to this year's: the parts always add up, and only what is known has a name."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malmo_intl.formats import Amount
from reports.bridge import Kind, bridge, money_bridge
from reports.collect import collect
from reports.compose import changes, money_changes
from reports.facts import PayoutFact, PublishedFact
from reports.models import ReportingYear
from reports.rollup import roll_up
from tests.reports.figures_kit import ERUF, ESF, FINSAM, YEAR, day, facts, part, submission

BEFORE = YEAR - 1
BOTH = frozenset({BEFORE, YEAR})


def printed(name, value, year=YEAR, **fields):
    return PublishedFact(year, name, Amount(Decimal(value)), **fields)


def of(*parts, years=BOTH, **fields):
    return roll_up(replace(facts(*parts, **fields), reported_years=years))


def running(name, first, last, administration="MF", **fields):
    """Under way from the year `first` to the year `last`; None for a side that nobody knows."""
    dates = {"starts_on": first and day(first, 1, 1), "ends_on": last and day(last, 12, 31)}
    return part(name, administration, **dates, **fields)


def dated(made, **dates):
    """The same with dates of the project's own."""
    return replace(made, project=replace(made.project, **dates))


def paid(name, before, after, administration="MF"):
    """Under way in both years and paid in those that have an amount."""
    payouts = [
        PayoutFact(year, Decimal(amount))
        for year, amount in ((BEFORE, before), (YEAR, after))
        if amount is not None
    ]
    return running(name, BEFORE, YEAR, administration, payouts=tuple(payouts))


def names(parts):
    return [made.project.name for made in parts]


AMOUNTS = (None, Decimal("-12.50"), Decimal(0), Decimal("99.50"), Decimal(100))
PAYOUTS = [
    tuple(
        PayoutFact(year, amount) for year, amount in ((BEFORE, one), (YEAR, other)) if amount != 0
    )
    for one in AMOUNTS
    for other in AMOUNTS
]
PARTS = st.lists(
    st.builds(
        running,
        name=st.sampled_from(["Krami", "Rebus", "Ärlan", "Åkern"]),
        first=st.sampled_from([None, 2016, BEFORE, YEAR]),
        last=st.sampled_from([None, YEAR, YEAR + 1]),
        administration=st.sampled_from(["MF", "KULF"]),
        owner=st.booleans(),
        funds=st.sampled_from([(ESF,), (ERUF, ESF), (FINSAM,), ()]),
        payouts=st.sampled_from(PAYOUTS),
    ),
    max_size=8,
)
FIGURES = st.lists(
    st.builds(
        printed,
        st.sampled_from(["eu_projects", "paid"]),
        st.integers(0, 5000),
        st.sampled_from([BEFORE, YEAR]),
    ),
    max_size=4,
    unique_by=lambda item: (item.year, item.name),
).map(tuple)
YEARS = st.sampled_from([frozenset(), frozenset({BEFORE}), frozenset({YEAR}), BOTH])


@given(PARTS, FIGURES, YEARS)
def test_the_steps_between_two_counts_add_up_to_their_difference(parts, published, years):
    found = bridge(of(*parts, published=published, years=years))
    if found.difference is None:
        return
    steps = len(found.new) - len(found.ended) - len(found.vanished)
    assert steps + found.corrected + found.unnamed == found.difference
    bars = changes.steps_chart(found).bars
    for one, other in zip(bars[:-2], bars[1:-1], strict=True):
        assert other.base == (one.base or 0) + one.value
    assert bars[-2].base + bars[-2].value == bars[-1].value == found.after.told.value


@given(PARTS, FIGURES, YEARS)
def test_every_row_of_both_years_has_one_place_in_the_bridge(parts, published, years):
    found = bridge(of(*parts, published=published, years=years))
    now = (*found.going_on, *found.new, *found.open_now)
    assert sorted(map(id, now)) == sorted(map(id, found.after.parts))
    then = len(found.going_on) + sum(map(len, (found.ended, found.vanished, found.open_before)))
    assert then == len(found.before.parts)


@given(PARTS, FIGURES, YEARS)
def test_the_money_by_project_adds_up_to_the_krona(parts, published, years):
    found = money_bridge(of(*parts, published=published, years=years))
    if found.difference is not None:
        assert found.named + found.unnamed.value == found.difference.value
    kinds = sum(step.change for kind in Kind for step in found.of(kind) if step.change is not None)
    assert kinds == found.named


# --- With all rows of both years -----------------------------------------------------------------


def test_what_came_and_went_is_named():
    found = bridge(
        of(running("A", 2016, BEFORE), running("B", 2016, YEAR), running("C", YEAR, YEAR))
    )
    assert (names(found.new), names(found.ended), names(found.going_on)) == (["C"], ["A"], ["B"])
    assert found.all_named
    assert changes.sentence(found) == "Nya är C. Avslutade är A."


def test_what_is_gone_without_an_end_is_a_question():
    gone = running("Krami", None, None, payouts=(PayoutFact(BEFORE, Decimal(5)),))
    found = bridge(of(gone, running("B", YEAR, YEAR), submissions=(submission("MF"),)))
    assert names(found.vanished) == ["Krami"]
    assert "Krami (MF) finns i 2018 års uppgifter men inte 2019, och har inget slut." in (
        changes.sentence(found)
    )


def test_nothing_has_ended_at_an_administration_that_has_not_handed_in():
    gone = running("A", 2016, BEFORE)
    found = bridge(of(gone, submissions=(submission("MF", received=False),)))
    assert (names(found.ended), names(found.open_before)) == ([], ["A"])


def test_a_year_that_nobody_has_begun_is_not_compared():
    rollup = of(running("A", 2016, BEFORE), submissions=(submission("MF", received=False),))
    found = bridge(rollup)
    assert changes.sentence(found) == ""
    assert "Inga EU-projekt är inlagda för 2019 än" in changes.participations(found).blocks[0].text


def test_an_administration_that_becomes_owner_changes_no_sum():
    found = bridge(of(running("A", 2016, BEFORE), running("A", YEAR, YEAR, owner=True)))
    assert (found.difference, names(found.roles)) == (0, ["A"])
    assert changes.sentence(found) == "MF har blivit projektägare i A."


def test_what_was_corrected_after_it_was_published_is_a_step_of_its_own():
    published = (printed("eu_projects", 3, BEFORE, note="Räknades två gånger.", in_system=True),)
    found = bridge(of(running("A", 2016, YEAR), running("B", 2016, YEAR), published=published))
    assert (found.difference, found.corrected, found.unnamed) == (-1, -1, 0)
    assert ("Rättat i 2018 års uppgifter", -1) in changes.steps(found).rows


# --- With rows missing ---------------------------------------------------------------------------

SOME = {"published": (printed("eu_projects", 4, BEFORE), printed("eu_projects", 6))}


def test_a_project_is_new_only_if_its_own_start_says_so_when_last_year_has_no_rows():
    new = dated(running("Ny", YEAR, YEAR), starts_on=day(YEAR, 3, 1))
    found = bridge(of(new, running("Okänd", YEAR, YEAR), years=frozenset({YEAR}), **SOME))
    assert (names(found.new), names(found.open_now)) == (["Ny"], ["Okänd"])
    assert (found.difference, found.unnamed) == (2, 1)
    said = changes.sentence(found)
    assert "Nya är Ny." in said
    assert "av de 4 år 2018 har systemet uppgifter om 0 och av de 6 år 2019" in said
    assert "För en av 2019 års medverkanden går det inte att säga om de är nya" in said


def test_a_project_has_ended_only_if_its_own_end_says_so_when_this_year_lacks_rows():
    ended = dated(running("Slut", 2016, BEFORE), ends_on=day(BEFORE, 6, 30))
    found = bridge(of(ended, running("Okänd", 2016, BEFORE), **SOME))
    assert (names(found.ended), names(found.open_before)) == (["Slut"], ["Okänd"])


def test_without_a_figure_of_last_year_nothing_is_said():
    found = bridge(of(running("A", YEAR, YEAR), years=frozenset({YEAR})))
    assert (found.difference, changes.sentence(found)) == (None, "")
    section = changes.participations(found)
    assert [block.text for block in section.blocks] == [
        "Antalet för 2018 är inte känt, så förändringen går inte att räkna."
    ]


# --- Money ---------------------------------------------------------------------------------------


def test_money_is_new_ended_more_or_less():
    rollup = of(
        paid("Mer", 10, 15),
        paid("Mindre", 10, 4),
        paid("Lika", 7, 7),
        running("Ny", YEAR, YEAR, payouts=(PayoutFact(YEAR, Decimal(100)),)),
        running("Slut", 2016, BEFORE, payouts=(PayoutFact(BEFORE, Decimal(30)),)),
    )
    found = money_bridge(rollup)
    assert {step.project: (step.kind, step.change) for step in found.steps} == {
        "Mer": (Kind.MORE, 5),
        "Mindre": (Kind.LESS, -6),
        "Lika": (Kind.SAME, 0),
        "Ny": (Kind.NEW, 100),
        "Slut": (Kind.ENDED, -30),
    }
    assert (found.difference, found.unnamed.value) == (Amount(Decimal(69)), 0)
    grid = money_changes.projects(found)
    assert grid.total == ("Summa", 57, 126, 69, "")


def test_a_project_that_says_nothing_of_one_year_is_not_new_money():
    found = money_bridge(of(paid("Tyst förr", None, 100), paid("Tyst nu", 50, None)))
    assert [step.kind for step in found.steps] == [Kind.UNKNOWN_BEFORE, Kind.UNKNOWN_AFTER]
    assert (found.named, found.unnamed.value) == (0, 50)
    assert money_changes.projects(found).rows[0][1] is None


# --- The known years -----------------------------------------------------------------------------


@pytest.fixture
def known(known_years):
    return lambda year: roll_up(collect(ReportingYear.objects.get(year=year)))


def test_the_bridge_to_2019_names_what_began_by_its_own_dates(known):
    found = bridge(known(2019))
    assert (found.before.told.value, found.after.told.value, found.difference) == (47, 51, 4)
    assert (len(found.before.parts), len(found.after.parts)) == (8, 32)
    assert len(found.going_on) == 8
    assert [name.split(" (")[0] for name in names(found.new)] == [
        "Hållbar plattform för kompetensutveckling",
        "Learning from the Margins",
        "Wisdome Innovation",
    ]
    assert (len(found.ended), len(found.open_now), found.unnamed) == (0, 21, 1)
    assert "av de 47 år 2018 har systemet uppgifter om 8 och av de 51 år 2019" in (
        changes.sentence(found)
    )
    assert money_bridge(known(2019)).difference is None


def test_the_bridge_to_2023_names_what_ended_and_says_what_cannot_be_named(known):
    found = bridge(known(2023))
    assert (found.before.told.value, found.after.told.value, found.difference) == (47, 54, 7)
    assert names(found.ended) == ["AVEC", "Malmökraften 2.0", "Växtplats Botildenborg"]
    assert (names(found.new), len(found.open_now), found.unnamed) == ([], 10, 10)
    # Four administrations take part and are not in the printed count.
    assert {made.administration for made in found.after.outside} == {"FRIF", "FSF", "HVOF", "SEF"}


def test_the_money_from_2022_to_2023_has_projects_for_one_of_the_years_only(known):
    found = money_bridge(known(2023))
    assert (found.difference.value, found.difference.exact) == (2_000_000, False)
    assert {step.kind for step in found.steps} == {Kind.UNKNOWN_AFTER}
    said = money_changes.money_coverage(found).replace("\u00a0", " ")
    assert "Ingen del av förändringen går att visa per projekt." in said
    assert "För 2022 har tre projekt belopp i systemet, tillsammans 21 639 766 kr." in said
    assert "För 2023 finns inga belopp per projekt." in said
