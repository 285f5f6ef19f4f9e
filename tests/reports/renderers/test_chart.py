"""A chart is the same on page and paper, and Word draws the same lengths and words."""

import io
import re
import zipfile
from dataclasses import replace
from decimal import Decimal

from malmo_intl.formats import Amount
from reports.document import Bar, Chart, Section, from_data, to_data
from reports.renderers import charts, docx, html_chart
from tests import sample

STEPS = Chart(
    "brygga",
    "Från 47 till 54",
    "Från 47 till 54 i tre steg.",
    "count",
    (
        Bar("2018", 47),
        Bar("Nya", 10, base=47),
        Bar("Avslutade", -3, base=Decimal(57)),
        Bar("2019", 54, note="Nya KF-mål från 2019"),
    ),
)


def test_a_step_begins_where_the_one_before_it_ended():
    assert [charts.span(bar) for bar in STEPS.bars] == [(0, 47), (47, 10), (54, 3), (0, 54)]
    assert charts.reach(STEPS) == 57


def test_a_step_has_its_sign_and_a_total_has_none():
    assert [charts.words(bar, "count") for bar in STEPS.bars] == ["47", "+10", "\u22123", "54"]
    rough = Bar("Mer", Amount(Decimal(2_000_000), "ca", 1_000_000), base=0)
    assert charts.words(rough, "kr") == "ca\xa0+2\xa0miljoner\xa0kronor"
    assert charts.words(Bar("Inget", 0, base=5), "count") == "0"
    assert charts.words(Bar("Okänt", None), "kr") == "uppgift saknas"


def test_the_picture_has_words_hollow_steps_down_and_a_line_at_a_break():
    svg = html_chart.svg(STEPS)
    assert '<svg role="img" aria-labelledby="brygga-text"' in svg
    assert '<title id="brygga-text">Från 47 till 54 i tre steg.</title>' in svg
    assert svg.count("is-less") == 1
    assert re.search(r'<line class="chart-break".*?>Nya KF-mål från 2019</text>', svg)
    starts = re.findall(r'<rect class="chart-bar[^"]*" x="([\d.]+)', svg)
    assert [round(float(x)) for x in starts] == [0, 48, 55, 0]


def test_a_long_label_takes_two_lines_and_pushes_the_rest_down():
    bars = (
        Bar("Climate-KIC (Europeiska institutet för innovation och teknik, EIT)", 1),
        Bar("B", 2),
    )
    drawn = html_chart.drawn(replace(STEPS, bars=bars), {})
    assert drawn["bars"][0]["label"] == "Climate-KIC (Europeiska institutet"
    assert drawn["bars"][0]["more"] == "för innovation och teknik, EIT)"
    assert int(drawn["bars"][1]["y"]) == 46 + 17 + 20
    assert drawn["height"] == str(2 * 46 + 17)


def test_a_label_that_is_far_too_long_is_cut_between_words():
    drawn = html_chart.drawn(replace(STEPS, bars=(Bar("Europeiska fonden " * 9, 1),)), {})
    assert drawn["bars"][0]["more"].endswith("fonden …")


def test_a_figure_without_a_bar_stands_where_bars_begin():
    drawn = html_chart.drawn(replace(STEPS, bars=(Bar("2020", None), Bar("2022", 47))), {})
    assert [bar["gap"] for bar in drawn["bars"]] == ["0", "8"]


def test_a_chart_comes_back_from_its_data_and_from_data_of_before_there_were_steps():
    assert from_data(to_data(STEPS)) == STEPS
    older = to_data(Bar("ESF", 5))
    del older["base"], older["note"]
    assert from_data(older) == Bar("ESF", 5)


def test_word_draws_steps_upon_what_is_not_seen_with_their_words_beside():
    document = replace(sample.document(), sections=(Section("a", "A", (STEPS,)),))
    with zipfile.ZipFile(io.BytesIO(docx.render(document))) as parts:
        drawn = parts.read("word/charts/chart1.xml").decode()
    series = re.findall(r"<c:ser>.*?</c:ser>", drawn)
    lengths = [
        re.findall(r'<c:pt idx="\d"><c:v>([\d.]+)</c:v>', one.split("<c:val>")[1]) for one in series
    ]
    assert lengths[0] == ["0.0", "47.0", "54.0", "0.0"]
    assert lengths[1] == ["47.0", "10.0", "3.0", "54.0"]
    assert '<c:grouping val="stacked"/>' in drawn
    assert 'val="outEnd"' not in drawn  # which Word refuses where bars stand on others
    assert re.findall("<a:t>(.*?)</a:t>", drawn) == ["47", "+10", "\u22123", "54"]
    assert series[1].count("<c:dPt>") == 1
    assert "2019 (Nya KF-mål från 2019)" in drawn
