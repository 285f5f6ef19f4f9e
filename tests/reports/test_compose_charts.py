"""The charts of the known years' documents: what they show stands in a table beside them."""

import pytest

from reports.document import Chart
from reports.documents import build

pytestmark = [pytest.mark.anydb, pytest.mark.usefixtures("known_years")]
DOCUMENTS = [
    ("samlad", 2019), ("siffror", 2019), ("siffror", 2022), ("siffror", 2023), ("stad", 2019),
    ("stad", 2023),
]  # fmt: skip


def charts(document):
    blocks = (block for _, section in document.walk() for block in section.blocks)
    return [block for block in blocks if isinstance(block, Chart)]


@pytest.mark.parametrize(("kind", "year"), DOCUMENTS)
def test_every_bar_has_its_figure_in_the_charts_table(kind, year):
    document = build(kind, year)
    tables = {grid.key: grid for grid in document.grids()}
    for chart in charts(document):
        grid = tables[chart.grid]
        figures = {value for row in (*grid.rows, grid.total) for value in row[1:]}
        assert {bar.value for bar in chart.bars if bar.value is not None} <= figures, chart.key


@pytest.mark.parametrize(("kind", "year"), DOCUMENTS)
def test_every_chart_has_its_own_key_something_to_compare_and_words_for_who_does_not_see_it(
    kind, year
):
    found = charts(build(kind, year))
    assert len({chart.key for chart in found}) == len(found)
    for chart in found:
        assert len(chart.bars) >= 2
        assert chart.sentence.startswith(chart.finding.split(":")[0])
        assert chart.sentence.endswith("Tabellen har samma värden.")


@pytest.mark.parametrize(
    ("kind", "year", "wanted"),
    [
        ("samlad", 2019, {"projekt", "medel-per-mal", "medel-per-fond"}),
        ("stad", 2023, {"medel-per-forvaltning", "medel-per-mal"}),
        (
            "siffror",
            2023,
            {
                "projekt", "medel-per-forvaltning", "projekt-per-fond", "medel-per-mal", "projekt-per-roll",
                "ar-eu-projects", "ar-paid", "brygga-medverkan",
            },
        ),
    ],
)  # fmt: skip
def test_each_document_has_the_charts_that_there_are_figures_for(kind, year, wanted):
    assert {chart.key.removeprefix("diagram-") for chart in charts(build(kind, year))} == wanted


def test_one_bar_alone_is_no_chart():
    """In 2019 one administration has told what it was paid."""
    keys = {chart.key for chart in charts(build("samlad", 2019))}
    assert "diagram-medel-per-forvaltning" not in keys
