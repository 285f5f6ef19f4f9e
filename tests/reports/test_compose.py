"""What the documents of the known years say and in which order, beyond their figures."""

import re
from datetime import date

import pytest

from malmo_intl.formats import MISSING
from reports.compose import administration, grids, project
from reports.document import Chart, Grid, KeyFigures, Points, Terms, When
from reports.documents import build
from reports.facts import (
    ActivityFact,
    AdministrationFact,
    Facts,
    FundFact,
    GoalFact,
    GrantFact,
    MemoFact,
    Part,
    PayoutFact,
    ProjectFact,
    SubmissionFact,
)
from reports.renderers import html
from reports.rollup import roll_up
from tests.reports.test_documents import ALL

pytestmark = pytest.mark.usefixtures("known_years")


def blocks(document, kind):
    return [
        block for _, part in document.walk() for block in part.blocks if isinstance(block, kind)
    ]


def section(document, key):
    return next(part for _, part in document.walk() if part.key == key)


# --- All documents ---------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ALL)
def test_every_table_has_a_caption_of_its_own(asked):
    """Each is a landmark on the page, and landmarks are told apart by their names."""
    document = build(*asked)
    captions = [grid.caption for grid in blocks(document, Grid)]
    assert len(captions) == len(set(captions))
    regions = re.findall(r'role="region" aria-label="(.*?)"', html.fragment(document))
    assert len(regions) == len(set(regions))


@pytest.mark.parametrize("asked", ALL)
def test_no_caption_says_just_what_its_heading_says(asked):
    document = build(*asked)
    for _, part in document.walk():
        assert part.heading not in [
            block.caption for block in part.blocks if isinstance(block, Grid)
        ]


@pytest.mark.parametrize("asked", ALL)
def test_what_is_missing_is_none_and_never_the_words_for_it(asked):
    """Then every renderer draws it alike, and a workbook does not take it for a text."""
    document = build(*asked)
    values = [value for grid in blocks(document, Grid) for row in grid.rows for value in row]
    values += [term.value for terms in blocks(document, Terms) for term in terms.items]
    assert MISSING not in values


# --- Activities and networks -----------------------------------------------------------------------


def of(*activities, networks=()):
    submission = SubmissionFact("A", True, activities=activities, networks=networks)
    facts = Facts(
        2022, administrations=(AdministrationFact("A", "A-förvaltningen", "A-nämnden"),),
        submissions=(submission,),
    )  # fmt: skip
    return roll_up(facts), [submission]


def test_activities_stand_in_order_of_time_and_the_vague_after_the_exact():
    rollup, submissions = of(
        ActivityFact("", "utan datum"),
        ActivityFact("", "någon gång 2022", date(2022, 1, 1), "year"),
        ActivityFact("", "någon gång i mars", date(2022, 3, 1), "month"),
        ActivityFact("", "den 31 mars", date(2022, 3, 31)),
        ActivityFact("", "i april", date(2022, 4, 2)),
        ActivityFact("", "året före", date(2021, 1, 1), "year"),
    )
    assert [row[2] for row in grids.activities(rollup, submissions).rows] == [
        "året före", "den 31 mars", "någon gång i mars", "i april", "någon gång 2022", "utan datum",
    ]  # fmt: skip


def test_the_memo_of_2022_tells_with_whom_and_how_many():
    found = next(
        grid
        for grid in blocks(build("forvaltning", 2022, "ASF"), Grid)
        if grid.key == "aktiviteter"
    )
    assert found.rows[0][0] == When(date(2022, 3, 8))
    assert "Arbetsförmedlingen" in found.rows[0][-1]
    assert "Workshoppar och heldagskonferens om IPVI, 80\N{NO-BREAK SPACE}personer" in [
        row[2] for row in found.rows
    ]


def test_the_memo_of_2022_names_its_networks():
    listed = section(build("forvaltning", 2022, "ASF"), "natverk").blocks[0]
    assert isinstance(listed, Points)
    assert "European Family Justice Center Alliance" in listed.items


def test_the_report_of_2019_has_each_network_once_with_all_who_take_part():
    networks = dict(section(build("samlad", 2019), "alla-natverk").blocks[0].rows)
    assert networks["Eurocities"] == (
        "Arbetsmarknads- och socialförvaltningen, Miljöförvaltningen och Stadskontoret"
    )


# --- The consolidated report -----------------------------------------------------------------------


def test_the_report_opens_with_its_figures_and_a_chart():
    opening = build("samlad", 2019).sections[0]
    assert [type(block) for block in opening.blocks][:1] == [KeyFigures]
    assert isinstance(opening.blocks[-1], Chart)


def test_appendices_are_lettered_in_order():
    appendix = section(build("samlad", 2019), "bilagor")
    assert [part.number for part in appendix.sections] == list("ABCDEFG")


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        (
            2019,
            "72 svar väntades: 59 har lämnats, 5 säger att det inte finns något att rapportera, "
            "6 har inte kommit in och 2 saknar text.",
        ),
        (2022, "Alla tre svar har lämnats."),
    ],
)
def test_the_answers_are_summed_up_in_words(year, sentence):
    assert sentence in section(build("samlad", year), "datakvalitet").blocks[0].html


# --- The project's memo ----------------------------------------------------------------------------


def test_two_administrations_that_write_about_one_project_write_two_documents():
    about = ProjectFact("vagen-in", "Vägen in")
    written = [
        project.compose(MemoFact("T"), about, "Avsändare", 2019, code=code).identity
        for code in ("ASF", "HVOF")
    ]
    assert written == ["projekt-2019-asf-vagen-in", "projekt-2019-hvof-vagen-in"]


def test_funds_keep_their_capital_letters_in_the_notes():
    memo = build("projekt", 2019, project="malmokraften-2-0")
    notes = " ".join(blocks(memo, Grid)[0].notes)
    assert "Malmökraften 2.0, Europeiska socialfonden (ESF): " in notes


def test_each_target_and_result_of_a_project_has_a_line_of_its_own():
    found = [
        term
        for terms in blocks(build("forvaltning", 2022, "ASF"), Terms)
        for term in terms.items
        if term.label == "Mål"
    ]
    assert (
        "Deltagare: 4\N{NO-BREAK SPACE}000 personer\nTill arbete eller studier: 1\N{NO-BREAK SPACE}800 personer"
        in [term.value for term in found]
    )


def test_that_nothing_was_paid_is_said_once_and_never_as_nought():
    facts = Facts(
        2024, administrations=(AdministrationFact("A", "A-förvaltningen", "A-nämnden"),),
        goals=(GoalFact(1, "Klimat"),), submissions=(SubmissionFact("A", True),),
    )  # fmt: skip
    memo = administration.compose(roll_up(facts, "A"), MemoFact("T"), "A")
    assert [grid.key for grid in blocks(memo, Grid)] == ["utbetalningar", "samverkansparter"]
    assert section(memo, "utbetalda-eu-medel").blocks == (blocks(memo, Grid)[0],)
    assert grids.by_goal(roll_up(facts)).rows == grids.by_goal(roll_up(facts)).total == ()


def test_a_payout_that_is_waited_for_is_said_to_be():
    fund = FundFact("ESF", "ESF", True)
    waiting = Part(
        ProjectFact(
            "p",
            "Bortom Malmö",
            starts_on=date(2024, 1, 1),
            grants=(GrantFact(fund, True),),
        ),
        "A",
        payouts=(PayoutFact(2024, None),),
    )
    grid = grids.payouts(roll_up(Facts(2024, parts=(waiting,)), "A"), "A")
    assert grid.notes == ("Inte utbetalt än: Bortom Malmö.",)


def test_payouts_that_nobody_knows_do_not_sum_to_nought():
    part = Part(ProjectFact("p", "P"), "A", payouts=(PayoutFact(2024, None),))
    facts = Facts(
        2024, administrations=(AdministrationFact("A", "A-förvaltningen", "A-nämnden"),),
        goals=(GoalFact(1, "Klimat"),), parts=(part,),
    )  # fmt: skip
    memo = administration.compose(roll_up(facts, "A"), MemoFact("T"), "A")
    paid = section(memo, "utbetalda-eu-medel")
    assert [block.total for block in paid.blocks] == [("Summa", "", None, "")]
    assert paid.sections == ()
