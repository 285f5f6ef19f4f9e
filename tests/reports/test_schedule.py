"""The schedule: workdays backwards from kommunfullmäktige. Without a database."""

import datetime

from reports import schedule
from reports.schedule import Stage


def day(text):
    return datetime.date.fromisoformat(text)


def stages(council="2024-05-23", **fixed):
    """The way of the city's own report of 2023, with the days between its bodies."""
    names = {
        "preparation": ("Beredning", 6),
        "committee": ("Nämndens arbetsutskott", 10),
        "board": ("Nämnden", 10),
        "office": ("Inlämningen till stadskontoret", 40),
        "city_committee": ("Kommunstyrelsens arbetsutskott", 10),
        "city_board": ("Kommunstyrelsen", 11),
        "council": ("Kommunfullmäktige", 0),
    }
    days = {"council": council} | fixed
    return [
        Stage(key, name, count, day(days[key]) if days.get(key) else None)
        for key, (name, count) in names.items()
    ]


def days_of(stops):
    return {stop.key: stop.day and stop.day.isoformat() for stop in stops}


def test_the_days_are_those_of_the_year_that_is_known():
    """KSAU 22 April, KS 7 May, KF 23 May 2024: first of May and Ascension Day lie between."""
    found = days_of(schedule.backwards(stages()))
    assert found["city_board"] == "2024-05-07"
    assert found["city_committee"] == "2024-04-22"


def test_weekends_holidays_and_eves_are_no_workdays():
    # Easter 2024: Maundy Thursday is a workday; Good Friday to Easter Monday are not.
    assert schedule.before(day("2024-04-02"), 1) == day("2024-03-28")
    assert schedule.before(day("2024-12-27"), 1) == day("2024-12-23")
    assert schedule.before(day("2024-06-24"), 1) == day("2024-06-20")


def test_no_workdays_before_is_the_day_itself_or_the_workday_before_it():
    assert schedule.before(day("2024-05-23"), 0) == day("2024-05-23")
    assert schedule.before(day("2024-05-25"), 0) == day("2024-05-24")


def test_counting_between_is_the_reverse_of_counting_back():
    for count in range(60):
        assert (
            schedule.between(schedule.before(day("2024-05-23"), count), day("2024-05-23")) == count
        )


def test_a_fixed_day_wins_and_the_earlier_ones_follow_it():
    found = days_of(schedule.backwards(stages(office="2024-02-15")))
    assert found["office"] == "2024-02-15"
    assert found["board"] == "2024-02-01"
    assert found["city_committee"] == "2024-04-22"


def test_a_fixed_day_after_the_next_step_is_said_in_a_sentence():
    stops = schedule.backwards(stages(board="2024-03-05", office="2024-02-15"))
    assert schedule.problems(stops) == [
        "Nämnden 5\u00a0mars 2024 ligger efter inlämningen till stadskontoret 15\u00a0februari 2024. "
        "Flytta ett av datumen."
    ]


def test_too_few_workdays_are_said_in_a_sentence():
    stops = schedule.backwards(stages(city_board="2024-05-20"))
    assert schedule.problems(stops) == [
        "Från kommunstyrelsen 20\u00a0maj 2024 till kommunfullmäktige 23\u00a0maj 2024 är det "
        "tre arbetsdagar, men 11 behövs."
    ]


def test_a_fixed_day_when_nobody_works_is_said():
    [sentence] = schedule.problems(schedule.backwards(stages(council="2024-05-25")))
    assert sentence == "Kommunfullmäktige: 25\u00a0maj 2024 är en lördag. Kontrollera datumet."


def test_without_a_council_day_there_are_no_days_after_the_hand_in():
    found = days_of(schedule.backwards(stages(council=None, office="2024-02-15")))
    assert found["council"] is None
    assert found["city_board"] is None
    assert found["board"] == "2024-02-01"
    assert set(days_of(schedule.backwards(stages(council=None))).values()) == {None}


def test_an_administration_counts_from_the_day_its_board_meets():
    its = schedule.own(stages(office="2024-02-15", preparation="2024-01-02"), day("2024-01-25"))
    assert [stop.key for stop in its] == ["preparation", "committee", "board", "office"]
    assert days_of(its)["board"] == "2024-01-25"
    assert days_of(its)["committee"] == "2024-01-11"
    assert schedule.last_safe_day(its) == schedule.before(day("2024-01-11"), 6) == day("2024-01-03")


def test_an_administration_without_a_day_of_its_own_has_the_years():
    year = stages(office="2024-02-15", preparation="2024-01-03")
    its = schedule.own(year)
    assert schedule.last_safe_day(its) == day("2024-01-03")
    assert days_of(its)["board"] == "2024-02-01"
    assert schedule.last_safe_day(schedule.own(stages(council=None))) is None


def test_a_board_that_meets_after_the_last_day_cannot_hold():
    [sentence] = schedule.problems(schedule.own(stages(office="2024-02-15"), day("2024-02-20")))
    assert "ligger efter" in sentence
