"""What is found in texts and figures beyond single numbers."""

import pytest

from reports.reading.ascriptions import ascriptions
from reports.reading.repeated import repeated
from reports.reading.sums import unlike
from reports.reading.tables import counted_without_payout, unlike_totals
from tests.reports.reading.kit import PARTS, known, printed, read, rollup

LONG = (
    "Alla våra projekt har nått det mesta av det som de skulle, och fler har kommit närmare arbete tack vare "
    "Vägen in och Rebus, som båda avslutas nästa år."
)


# --- Ascriptions ----------------------------------------------------------------------------------


def ascribed(text):
    return [item.sentence for item in ascriptions(text, known(""))]


def test_a_project_ascribed_to_an_administration_that_is_not_in_it_is_found():
    (said,) = ascribed("<p>Kulturförvaltningen menar att Rebus har öppnat staden för fler.</p>")
    assert said == (
        "Här nämns kulturförvaltningen tillsammans med Rebus, men enligt projektregistret deltar miljöförvaltningen."
    )


@pytest.mark.parametrize(
    "text",
    [
        "<p>Miljöförvaltningen har avslutat Rebus.</p>",
        "<p>Både kulturförvaltningen och miljöförvaltningen har lärt av Rebus.</p>",
        "<p>I Rebus har deltagare fått arbete inom kulturförvaltningen.</p>",
        "<p>Kulturförvaltningen lyfter Trygga gator och Rebus.</p>",
        "<h3>Trygga gator</h3><p>Kulturförvaltningen tog emot dem som hade varit i Rebus.</p>",
        "<p>Kulturförvaltningen växer. Rebus är klart.</p>",
    ],
)
def test_who_takes_part_or_is_only_spoken_of_is_not(text):
    assert ascribed(text) == []


# --- Passages that stand twice --------------------------------------------------------------------


def test_a_section_that_was_copied_is_found_though_a_letter_is_another():
    (found,) = repeated({"4": f"<p>{LONG}</p>", "5": f"<p>{LONG.replace('Rebus', 'Rebos')}</p>"})
    assert (found.first.text, found.second.text, found.is_equal) == ("4", "5", False)
    assert found.second.beginning(3) == "Alla våra projekt"


def test_it_is_found_within_one_text_too_and_once():
    (found,) = repeated({"4": f"<p>{LONG}</p><p>Något annat.</p><p>{LONG}</p>"})
    assert (found.first.block, found.second.block, found.is_equal) == (0, 2, True)


@pytest.mark.parametrize(
    "other",
    [
        "Inget att rapportera.",
        "Alla våra projekt har gått bra, men av andra skäl än förra året och med helt andra deltagare från staden.",
        "Vägen in och Rebus, som båda avslutas nästa år, är två projekt som vi har lärt oss mycket av att driva.",
    ],
)
def test_what_is_always_said_and_what_is_only_alike_is_no_copy(other):
    assert not list(repeated({"4": f"<p>{LONG}</p><p>{other}</p>", "5": f"<p>{other[:21]}</p>"}))


def test_headings_are_the_same_in_many_places():
    heading = "<h3>Hur har de medel som beviljats bidragit till att nå alla mål som ni har?</h3>"
    assert not list(repeated({"4": heading, "5": heading}))


# --- Counts that do not add up --------------------------------------------------------------------


def test_owned_and_partnered_that_are_not_the_whole_are_found():
    text = (
        "Vi är projektägare för två EU-projekt och projektpart i ett EU-projekt till. Vi är part i 2 projekt. "
        "EU-medel har fördelats på åtta projekt."
    )
    found = unlike(read(text))
    assert (found.owned, found.partnered, found.whole) == (2, 2, 8)
    assert "Tillsammans är det fyra, men på ett annat ställe står åtta." in found.sentence


@pytest.mark.parametrize(
    "text",
    [
        "Vi äger fyra projekt. Vi är part i tre projekt. EU-medel har fördelats på sju projekt.",
        "Vi äger fyra projekt. Vi är part i tre projekt.",
        "Vi äger fyra projekt. EU-medel har fördelats på sju projekt.",
    ],
)
def test_those_that_add_up_or_are_not_all_told_are_not(text):
    assert unlike(read(text)) is None


# --- Tables ---------------------------------------------------------------------------------------


def of_units(**money):
    """Printed lines by administration: (projects, kronor)."""
    for code, (projects, paid) in money.items():
        (count,) = printed(("eu_projects", projects), year=2024)
        yield type(count)(count.year, count.name, count.amount, code)
        if paid:
            (sum_,) = printed(("paid", *paid), year=2024)
            yield type(sum_)(sum_.year, sum_.name, sum_.amount, code)


def with_goal(amount):
    (sum_,) = printed(("paid", amount), year=2024)
    return type(sum_)(sum_.year, sum_.name, sum_.amount, "", 1)


ROUGH = {"MF": (17, (16_000_000, "ca", 1_000_000)), "KULF": (2, (360_000,))}


def test_two_printed_tables_with_different_sums_are_found_and_rounding_explains_it():
    told = rollup(published=(*of_units(**ROUGH), with_goal(16_608_794)))
    assert "Det skiljer 248 794 kr. Skillnaden ryms i avrundningen" in unlike_totals(told).replace(
        "\u00a0", " "
    )
    told = rollup(published=(*of_units(**ROUGH), with_goal(19_000_000)))
    assert "större än avrundningen kan förklara" in unlike_totals(told)


def test_tables_of_the_same_sum_or_of_the_same_rows_are_not():
    assert unlike_totals(rollup(published=(*of_units(**ROUGH), with_goal(16_360_000)))) == ""
    assert unlike_totals(rollup()) == ""


def test_an_administration_that_is_counted_without_any_sum_is_found():
    told = rollup(published=tuple(of_units(**{**ROUGH, "KULF": (1, None)})))
    assert list(counted_without_payout(told)) == [
        (
            "KULF",
            "Kulturförvaltningen har ett EU-projekt 2024, men ingen uppgift om vad som betalats ut.",
        )
    ]
    assert list(counted_without_payout(rollup(published=tuple(of_units(**ROUGH))))) == []
    unpaid = tuple(part for part in PARTS if part.administration == "MF")
    assert list(counted_without_payout(rollup(parts=unpaid))) == []
