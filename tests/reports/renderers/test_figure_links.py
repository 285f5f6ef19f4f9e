"""Figures lead to their rows: on the page by path, in a file to the site, and nowhere without one."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reports.document import Column, Figure, Grid, KeyFigures, Prose, Section, Term, Terms
from reports.renderers import html
from tests.sample import document

pytestmark = pytest.mark.anydb
PATH = "/redovisning/2019/siffror/utbetalt/?forvaltning=MF&mal=1"
LINK = PATH.replace("&", "&amp;")
GRID = Grid(
    "g",
    "Medel",
    (Column("a", "Mål"), Column("b", "Kronor", "kr", total=True)),
    (("1. Arbete", Decimal(4711)), ("2. Miljö", None)),
    ("Summa", Decimal(4711)),
    addresses=(("", PATH), ("", PATH)),
    total_addresses=("", PATH),
)
FIGURE = Figure("paid", "Utbetalda EU-medel", Decimal(4711), "kr", address=PATH)
TERMS = Terms((Term("Utbetalt", Decimal(12), "kr", PATH),))


def paper(*blocks, site="", marks=()):
    sections = (Section("s", "Avsnitt", blocks),)
    return replace(document(), sections=sections, site=site, marks=marks)


def anchor(words, site=""):
    return f'<a class="figure-link" href="{site}{LINK}">{words}</a>'


def test_on_the_page_each_known_figure_is_a_link_of_its_digits_alone():
    page = html.fragment(paper(GRID, KeyFigures((FIGURE,)), TERMS))
    assert page.count(anchor("4\xa0711")) == 3  # cell, total and key figure
    assert anchor("12\xa0kr") in page
    assert '<td class="number missing">uppgift saknas</td>' in page


def test_a_file_leads_to_the_site_that_it_was_made_for():
    page = html.page(paper(GRID, site="https://intl.malmo.se"))
    assert page.count(anchor("4\xa0711", "https://intl.malmo.se")) == 2


def test_a_file_that_does_not_know_its_site_has_no_links_to_figures():
    live = Prose('<p><data value="utbetalt">12 kronor</data></p>')
    page = html.page(paper(GRID, KeyFigures((FIGURE,)), TERMS, live, marks=(("utbetalt", PATH),)))
    assert "figure-link" not in page
    assert "<p>12 kronor</p>" in page


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ('<p>Vi fick <data value="utbetalt cirka">12</data>.</p>', f"Vi fick {anchor('12')}."),
        ('<p><data value="eget">1265</data> elever</p>', "<p>1265 elever</p>"),
        ('<p><data value="okänd">12</data></p>', "<p>12</p>"),
        ('<p><strong><data value="utbetalt">12</data></strong></p>', anchor("12")),
        (
            '<p><a href="https://malmo.se">a <data value="utbetalt">12</data> b</a></p>',
            '<a href="https://malmo.se">a 12 b</a>',
        ),
    ],
)
def test_a_live_figure_in_prose_leads_to_its_rows_and_what_is_typed_does_not(text, drawn):
    assert drawn in html.fragment(paper(Prose(text), marks=(("utbetalt", PATH),)))
