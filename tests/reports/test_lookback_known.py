"""Looking back over the known years: what Malmö stad printed, the gap, and the breaks."""

import pytest

from malmo_intl.models import User
from reports.lookback.gather import gather
from reports.lookback.series import Source, series
from tests import make


@pytest.fixture(scope="module")
def past(known_years, django_db_blocker):
    """As anybody who may log in, without a role."""
    user = User.objects.filter(email="nils@exempel.malmo.se").first() or make.person("Nils")
    return gather(user)


def of(past, name, administration=""):
    return series(name, past.years, past.breaks(administration), administration)


def test_eu_projects_are_known_for_four_years_and_missing_for_two(past):
    made = of(past, "eu_projects")
    shown = {point.year: point.value.value if point.value else None for point in made.points}
    assert shown == {2018: 47, 2019: 51, 2020: None, 2021: None, 2022: 47, 2023: 54}
    assert {point.source for point in made.known} == {Source.PUBLISHED}


def test_money_keeps_its_caution_and_2018_says_nothing(past):
    made = of(past, "paid")
    assert {point.year: made.text(point.value) for point in made.known} == {
        2019: "ca\u00a025\u00a0miljoner\u00a0kronor",
        2022: "ca\u00a041\u00a0miljoner\u00a0kronor",
        2023: "ca\u00a043\u00a0miljoner\u00a0kronor",
    }
    assert all(point.source is Source.ROUGH for point in made.known)


def test_new_goals_break_the_series(past):
    broken = {point.year for point in of(past, "eu_projects").points if point.breaks}
    assert broken == {2020, 2023}


def test_asf_is_followed_by_its_own_rows_and_its_printed_figure(past):
    made = of(past, "paid", "ASF")
    assert {point.year: made.text(point.value) for point in made.known} == {
        2019: "4\u00a0029\u00a0253\u00a0kr",
        2022: "21\u00a0639\u00a0766\u00a0kr",
        2023: "ca\u00a016\u00a0miljoner\u00a0kronor",
    }


def test_a_report_that_never_came_in_is_said_so(past):
    point = next(point for point in of(past, "paid", "HVOF").points if point.year == 2019)
    assert point.remark == "Förvaltningens redovisning har inte kommit in."
