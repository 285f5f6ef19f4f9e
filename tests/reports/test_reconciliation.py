"""What one administration tells of and another does not. No database, but for the known years."""

import datetime

import pytest

from malmo_intl.formats import Amount
from reports.collect import collect
from reports.facts import (
    AdministrationFact,
    Facts,
    FundFact,
    GoalFact,
    GrantFact,
    Part,
    PayoutFact,
    ProjectFact,
    PublishedFact,
)
from reports.models import ReportingYear
from reports.reconciliation import Kind, reconcile
from reports.rollup import roll_up

UNITS = tuple(
    AdministrationFact(code, f"{name}förvaltningen", f"{name}nämnden")
    for code, name in (("MF", "Miljö"), ("KULF", "Kultur"), ("FSF", "Förskole"))
)
EU = (GrantFact(FundFact("ESF", "Europeiska socialfonden", True)),)


def project(name="Gröna tak", first=2023, last=2024):
    slug = name.lower().replace(" ", "-")
    starts, ends = datetime.date(first, 1, 1), datetime.date(last, 12, 31)
    return ProjectFact(slug, name, starts_on=starts, ends_on=ends, grants=EU)


def part(code, is_owner=False, about=None, ends=None, paid=None):
    payouts = (PayoutFact(paid, 1),) if paid else ()
    return Part(about or project(), code, is_owner, ends_on=ends, payouts=payouts)


def find(*parts, published=()):
    facts = Facts(year=2024, administrations=UNITS, parts=parts, published=published)
    return reconcile(roll_up(facts))


ENDED = datetime.date(2023, 6, 30)


def test_what_both_tell_of_is_no_question():
    assert find(part("MF", True), part("KULF")) == []


def test_a_partner_whose_owner_is_silent_is_a_question_to_both():
    (found,) = find(part("MF", True, ends=ENDED), part("KULF"))
    assert found.kind is Kind.OWNER_SILENT
    assert set(found.administrations) == {"MF", "KULF"}
    assert found.sentence == (
        "Gröna tak redovisas 2024 av kulturförvaltningen men inte av ägaren, miljöförvaltningen."
    )


def test_money_that_came_late_counts_as_telling():
    (found,) = find(
        part("MF", True, project(last=2023)), part("KULF", about=project(last=2023), paid=2024)
    )
    assert found.kind is Kind.OWNER_SILENT


def test_an_owner_whose_partner_is_silent_is_a_question_to_both():
    (found,) = find(part("MF", True), part("KULF", ends=ENDED))
    assert found.kind is Kind.PARTNER_SILENT
    assert set(found.administrations) == {"MF", "KULF"}


def test_a_partner_that_left_years_ago_is_not_asked_every_year():
    about = project(first=2019)
    gone = part("KULF", about=about, ends=datetime.date(2021, 6, 30))
    assert find(part("MF", True, about), gone) == []


def test_an_owner_outside_the_city_is_not_asked():
    assert find(part("KULF"), part("FSF", ends=ENDED)) == []


def test_two_owners_are_asked_who_owns_it():
    (found,) = find(part("MF", True), part("KULF", True))
    assert found.kind is Kind.TWO_OWNERS


def test_one_project_under_two_names_is_a_question_to_all_who_tell_of_it():
    (found,) = find(
        part("MF", about=project("Malmökraften")), part("FSF", about=project("Malmökraftn"))
    )
    assert found.kind is Kind.TWO_NAMES
    assert {slug for slug, _ in found.projects} == {"malmökraften", "malmökraftn"}
    assert set(found.administrations) == {"MF", "FSF"}


def test_two_names_with_an_owner_each_are_two_owners():
    (found,) = find(
        part("MF", True, project("Malmökraften")), part("FSF", True, project("Malmökraftn"))
    )
    assert found.kind is Kind.TWO_OWNERS


def test_numbered_projects_are_two():
    assert find(part("MF", about=project("Rebus 1")), part("FSF", about=project("Rebus 2"))) == []


def test_who_takes_part_but_is_not_in_the_published_count_is_found():
    counted = PublishedFact(2024, "eu_projects", Amount(1), "MF")
    found, _ = find(part("MF", True), part("KULF"), published=(counted,))
    assert found.kind is Kind.NOT_COUNTED
    assert found.administrations == ("KULF",)


def test_without_a_published_count_nobody_is_missing_from_it():
    assert find(part("MF", True), part("KULF")) == []


def test_who_is_counted_without_any_sum_is_asked_and_unlike_tables_are_shown():
    figures = (
        PublishedFact(2024, "eu_projects", Amount(17), "MF"),
        PublishedFact(2024, "paid", Amount(16_000_000, "ca", 1_000_000), "MF"),
        PublishedFact(2024, "eu_projects", Amount(1), "KULF"),
        PublishedFact(2024, "paid", Amount(16_248_794), goal=1),
    )
    unpaid, totals = reconcile(
        roll_up(
            Facts(
                year=2024, administrations=UNITS, goals=(GoalFact(1, "Klimat"),), published=figures
            )
        )
    )
    assert (unpaid.kind, unpaid.administrations) == (Kind.NOT_PAID, ("KULF",))
    assert (totals.kind, totals.administrations) == (Kind.UNLIKE_TOTALS, ())
    assert "Det skiljer 248\u00a0794\u00a0kr." in totals.sentence


@pytest.mark.usefixtures("known_years")
def test_the_report_of_2023_tells_two_sums_and_one_administration_without_money():
    year = ReportingYear.objects.select_related("goal_set").get(year=2023)
    found = {item.kind: item for item in reconcile(roll_up(collect(year)))}
    assert found[Kind.NOT_PAID].administrations == ("FGK",)
    assert "ca\u00a042\u00a0860\u00a0000\u00a0kr" in found[Kind.UNLIKE_TOTALS].sentence
    assert "Skillnaden ryms i avrundningen" in found[Kind.UNLIKE_TOTALS].sentence


@pytest.mark.usefixtures("known_years")
def test_the_four_that_the_report_of_2023_names_in_prose_but_not_in_its_list():
    year = ReportingYear.objects.select_related("goal_set").get(year=2023)
    found = [item for item in reconcile(roll_up(collect(year))) if item.kind is Kind.NOT_COUNTED]
    assert {item.administrations for item in found} == {("FSF",), ("HVOF",), ("SEF",), ("FRIF",)}
