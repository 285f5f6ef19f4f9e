"""Old years and old figures in a copied text are found, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reports.entry.leftovers import find

EARLIER = (
    "<p>Under 2022 deltog 3 projekt och 800 malmöbor. Vi fick 4&nbsp;029&nbsp;253 kronor, ca 16 miljoner "
    "kronor i allt, 12,5 % mer. Programmet 2014–2020 tog slut den 12 maj 2022.</p>"
)


def test_a_copied_text_has_them_all():
    assert find(EARLIER, EARLIER, 2024) == [
        "2022", "3 projekt", "800 malmöbor", "4 029 253 kronor", "ca 16 miljoner kronor", "12,5 %",
        "2014–2020", "12 maj 2022",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vi fick 4 029 253 kr.", ["4 029 253 kr"]),
        ("Vi fick 4029253,00 kronor.", ["4029253,00 kronor"]),
        ("Cirka 16 mkr", ["Cirka 16 mkr"]),
        ("12,5 procent", ["12,5 procent"]),
        ("I år fick vi 5 000 000 kronor och 13 %.", []),
        ("800 gäster", ["800 gäster"]),
        ("3 projekt i år", ["3 projekt"]),
        ("3 studiebesök", []),
        ("Åren 2023 och 2024", []),
        ("Som vi skrev 2022", ["2022"]),
        ("2022 och igen 2022", ["2022"]),
    ],
)
def test_the_same_figure_is_known_however_it_is_written(text, found):
    assert find(f"<p>{text}</p>", EARLIER, 2024) == found


@pytest.mark.parametrize(
    "text",
    [
        "Agenda 2030",
        "Malmökraften 2.0",
        "covid-19",
        "H2020",
        "KF-mål 2",
        "klockan 10.30",
        "dnr 2022/17",
    ],
)
def test_what_is_no_old_figure_is_left_alone(text):
    assert find(f"<p>{text}</p>", f"<p>{text}</p>", 2024) == []


def test_the_years_own_figures_are_not_old():
    assert find(EARLIER, EARLIER, 2022) == [
        "3 projekt", "800 malmöbor", "4 029 253 kronor", "ca 16 miljoner kronor", "12,5 %", "2014–2020",
    ]  # fmt: skip


def test_figures_of_two_cells_are_two():
    table = "<table><tbody><tr><td>120</td><td>187</td></tr></tbody></table>"
    assert find(table, table, 2024) == ["120", "187"]


@given(some.text(alphabet="0123456789 ,.–-%kr\u00a0a", max_size=80), some.integers(2013, 2040))
def test_a_text_is_never_found_in_nothing_and_a_mark_always_stands_in_the_text(text, year):
    assert find(text, "", year) == []
    plain = " ".join(text.replace("\u00a0", " ").split())
    assert all(token in plain for token in find(text, text, year))


def test_a_long_text_is_read_at_once():
    many = "<p>" + "1 och 2022 " * 5_000 + "</p>"
    assert find(many, many, 2024)[:2] == ["1", "2022"]
