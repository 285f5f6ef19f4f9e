"""The cells of a page's tables."""

from reports.models.part import NOT_BEGUN
from reports.tables import Cell
from reports.templatetags.tables import as_cells, as_states
from reports.wall import THERE, Column, State
from reports.wall import Cell as Place


def test_the_first_cell_is_the_rows_heading():
    row = (Cell("Rebus", url="/projekt/rebus/"), Cell("ägare"), Cell("12", "number"))
    assert as_cells(row) == (
        '<th scope="row"><a href="/projekt/rebus/">Rebus</a></th><td>ägare</td><td class="number">12</td>'
    )


def test_a_figure_leads_to_what_is_behind_it():
    row = (Cell("Summa"), Cell("12", "number", "/siffror/"))
    link = '<a class="figure-link" href="/siffror/">12</a>'
    assert as_cells(row) == f'<th scope="row">Summa</th><td class="number">{link}</td>'


def test_what_people_write_is_never_markup():
    drawn = as_cells(
        (Cell("<b>A</b>", url='/"><i>'), Cell("Å & Ö", '"><i>', "/?a=1&b='"), Cell("<"))
    )
    assert drawn == (
        '<th scope="row"><a href="/&quot;&gt;&lt;i&gt;">&lt;b&gt;A&lt;/b&gt;</a></th>'
        '<td class="&quot;&gt;&lt;i&gt;">'
        '<a class="figure-link" href="/?a=1&amp;b=&#x27;">Å &amp; Ö</a></td><td>&lt;</td>'
    )


def test_a_state_says_the_whole_word_and_leads_to_its_part():
    column = Column("projekt", "Projekt & <parter>")
    drawn = as_states(
        [Place(column, State(THERE), "/a/#projekt"), Place(column, State(NOT_BEGUN), "#")]
    )
    first, second = drawn.split("</td>")[:2]
    title = "Projekt &amp; &lt;parter&gt;"
    assert first == (
        f'<td><a href="/a/#projekt" title="{title}: ifylld"><span class="ds-sr-only">{title}: </span>'
        '<span class="ds-tag status" data-color="success" data-sign="done">Ifylld</span></a>'
    )
    assert f'title="{title}: {NOT_BEGUN.lower()}"' in second
