"""The wall of the known years."""

import datetime

from reports.models import ReportingYear
from reports.rules import AnswerState
from reports.wall import wall

TODAY = datetime.date(2026, 1, 1)


def shown(number):
    return wall(ReportingYear.objects.select_related("goal_set").get(year=number), TODAY)


def test_the_wall_of_2019_shows_59_6_2_and_5(known_years):
    found = shown(2019)
    assert found.answers == {
        AnswerState.ANSWERED: 59,
        AnswerState.NOT_RECEIVED: 6,
        AnswerState.EMPTY: 2,
        AnswerState.NOTHING: 5,
    }
    cells = [
        cell.state.word
        for row in found.rows
        for cell in row.cells
        if cell.column.key.startswith("fragor/")
    ]
    assert {state: cells.count(state) for state in AnswerState} == found.answers
    assert (found.handed_in, len(found.rows), len(found.columns)) == (11, 12, 12)


def test_the_one_that_never_came_is_told_from_the_others(known_years):
    silent = [
        row for row in shown(2019).rows if row.cells[0].state.word == AnswerState.NOT_RECEIVED
    ]
    assert [row.submission.administration.code for row in silent] == ["HVOF"]
    assert {cell.state.word for cell in silent[0].cells} == {AnswerState.NOT_RECEIVED}


def test_a_year_that_is_over_has_no_days_left_and_nothing_to_mend(known_years):
    for row in shown(2019).rows:
        assert (row.days_left, row.errors, row.warnings) == (None, None, None)
