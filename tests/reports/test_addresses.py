"""Every figure in a document leads to a page that tells the same figure."""

from dataclasses import replace

import pytest
from django.urls import resolve

from malmo_intl.formats import Amount
from reports import addresses
from reports.behind import CUTS, NO_FUND, Cut, behind
from reports.compose import city, cuts, grids, overview
from reports.compose.administration import compose as compose_memo
from reports.development import Past
from reports.document import Grid
from reports.facts import MemoFact, PublishedFact
from reports.figure_form import CutForm
from reports.figures import FIGURES, figures, plain
from reports.rollup import roll_up
from reports.rules import NO_GOAL
from tests.reports.figures_kit import ERUF, ESF, YEAR, facts, part, submission

pytestmark = pytest.mark.anydb


@pytest.fixture(scope="module")
def rollup():
    return roll_up(
        facts(
            part("A", "MF", paid=100, shares=((1, "75"),)),
            part("A", "KULF", owner=True, paid=30, shares=((2, "100"),)),
            part("B", "KULF", paid=10, funds=(ERUF,), shares=((1, "100"),)),
            part("C", "KULF", paid=7, funds=()),
            submissions=(submission("MF", partners=(("Offentlig sektor", 17), ("Privat", 5))),),
        )
    )


def told_by(rollup, path):
    """The figure on the page at `path`, as its view reads the address."""
    from django.http import QueryDict

    address, _, query = path.partition("?")
    match = resolve(address)
    assert match.view_name == "figure", path
    assert match.kwargs["year"] == rollup.year
    name = addresses.FIGURES[match.kwargs["name"]]
    codes = {item.code for item in rollup.facts.administrations}
    form = CutForm(QueryDict(query), rollup, name, codes, must_choose=False)
    assert form.is_valid(), (path, form.errors)
    assert addresses.of_figure(rollup.year, name, form.cut) == path
    return plain(behind(rollup, name, form.cut).figure.shown, FIGURES[name].unit)


def led(grid: Grid):
    """(value, address) of the cells that lead somewhere."""
    rows = [*zip(grid.rows, grid.addresses, strict=True), (grid.total, grid.total_addresses)]
    return [
        (value, address)
        for values, found in rows
        for value, address in zip(values, found, strict=bool(found))
        if address
    ]


@pytest.mark.parametrize(
    "made",
    [
        lambda rollup: grids.by_goal(rollup),
        lambda rollup: grids.projects_by_administration(rollup),
        lambda rollup: grids.money_by_administration(rollup),
        lambda rollup: grids.raw(rollup),
        lambda rollup: grids.partners(rollup),
        lambda rollup: cuts.projects_by_fund(rollup),
        lambda rollup: cuts.by_role(rollup),
        lambda rollup: grids.payouts(roll_up(rollup.facts, "KULF"), "KULF"),
    ],
    ids=["goal", "administration", "money", "raw", "partners", "fund", "role", "payouts"],
)
def test_each_figure_in_a_table_leads_to_a_page_that_says_the_same(rollup, made):
    found = led(made(rollup))
    assert len(found) > 1
    assert [(value, told_by(rollup, address)) for value, address in found] == [
        (value, value) for value, _ in found
    ]


def test_money_by_fund_leads_to_its_fund_also_where_nobody_has_said_which(rollup):
    told = {address: told_by(rollup, address) for _, address in led(grids.by_fund(rollup))}
    assert [told[path] for path in told if NO_FUND in path] == [7]
    assert sorted(told.values()) == [7, 10, 130, 147]


def test_money_without_a_goal_has_rows_too(rollup):
    assert behind(rollup, "paid", Cut(goal=NO_GOAL)).figure.shown.value == 25 + 7


def test_named_figures_lead_to_the_whole_and_in_a_memo_to_the_administrations_own(rollup):
    for item in figures(rollup, "eu_projects", "owned", "unique_projects", "paid", "partners"):
        assert told_by(rollup, item.address) == item.value
    own = roll_up(rollup.facts, "KULF")
    for item in figures(own, "eu_projects", "paid"):
        assert "forvaltning=KULF" in item.address
        assert told_by(rollup, item.address) == item.value


def test_a_figure_that_cannot_be_cut_so_has_no_page():
    assert addresses.of_figure(YEAR, "visitors", Cut("MF")) == ""
    assert addresses.of_figure(YEAR, "partners", Cut(fund=ESF.code)) == ""


def test_every_figure_has_an_address_and_every_way_to_cut_a_parameter():
    assert set(addresses.NAMES) == set(FIGURES)
    assert {cut for ways in CUTS.values() for cut in ways} == set(addresses.PARAMETERS)
    assert resolve(addresses.of_project("a-b")).view_name == "projects:detail"


def test_live_figures_in_prose_lead_to_their_rows(rollup):
    text = (
        '<p><data value="utbetalt cirka">x</data>, <data value="utbetalt-året-innan">x</data>, '
        '<data value="eget">1265</data>, <data value="år">x</data>.</p>'
    )
    own = roll_up(rollup.facts, "MF")
    document = compose_memo(own, MemoFact(title="T", summary=text), "MF")
    assert document.marks == (("utbetalt", addresses.of_figure(YEAR, "paid", Cut("MF"))),)
    assert told_by(rollup, dict(document.marks)["utbetalt"]) == 100


def test_figures_in_generated_sentences_lead_to_their_rows_and_people_s_words_do_no_harm(rollup):
    document = overview.compose(rollup, Past())
    assert {name: told_by(rollup, path) for name, path in document.marks} == {
        "eu-projekt": 3, "ägda-projekt": 1, "partnerprojekt": 2, "utbetalt": 147,
    }  # fmt: skip
    said = PublishedFact(YEAR, "paid", Amount(150), note="<b>Fel & fel</b>", in_system=True)
    corrected = roll_up(replace(rollup.facts, published=(said,)))
    assert "<b>" not in city.paid_told(corrected)
    assert "<b>Fel & fel</b>" in city.paid_sentence(corrected)


def test_addresses_have_the_shape_of_the_rows_everywhere(rollup):
    for grid in overview.compose(rollup, Past()).grids():
        assert grid.addresses == () or [len(row) for row in grid.addresses] == [
            len(row) for row in grid.rows
        ]
        assert grid.total_addresses == () or len(grid.total_addresses) == len(grid.total)
