"""The way to kommunfullmäktige, worked out backwards in workdays. Pure: no Django, no queries.

Each stage is a number of workdays before the one after it; weekends and Swedish holidays are no
workdays (`reports.entry.workdays`). A fixed day wins over the worked-out one, and what cannot hold is
said in a sentence.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from malmo_intl import formats
from reports.entry import workdays

PREPARATION, COMMITTEE, BOARD, OFFICE = "preparation", "committee", "board", "office"
COUNCIL = "council"


@dataclass(frozen=True)
class Stage:
    """A body on the matter's way. `workdays`: before the next stage; `fixed`: a day already decided."""

    key: str
    name: str
    workdays: int = 0
    fixed: datetime.date | None = None


@dataclass(frozen=True)
class Stop:
    """A stage with its day; None when nothing is known to count from. `problems` are sentences."""

    key: str
    name: str
    day: datetime.date | None
    is_fixed: bool = False
    problems: tuple[str, ...] = ()


def is_workday(day: datetime.date) -> bool:
    return not workdays.remark(day)


def before(day: datetime.date, count: int) -> datetime.date:
    """The day that lies `count` workdays before `day`: always a workday, and `day` itself for 0 if it
    is one."""
    found = day
    while count > 0 or not is_workday(found):
        found -= datetime.timedelta(days=1)
        count -= is_workday(found)
    return found


def between(first: datetime.date, last: datetime.date) -> int:
    """How many workdays `first` lies before `last`: steps back from `last`, each to a workday."""
    days = (last - first).days
    return sum(is_workday(first + datetime.timedelta(days=step)) for step in range(days))


def backwards(stages: Iterable[Stage]) -> list[Stop]:
    """A stop for each stage, in the order of the stages. The last stage needs a fixed day."""
    found: list[Stop] = []
    for stage in reversed(list(stages)):
        following = next((stop for stop in found if stop.day), None) if stage.fixed else None
        if not stage.fixed and found and found[0].day:
            day = before(found[0].day, stage.workdays)
        else:
            day = stage.fixed
        problems = _problems(stage, following) if stage.fixed else ()
        found.insert(0, Stop(stage.key, stage.name, day, bool(stage.fixed), tuple(problems)))
    return found


def _problems(stage: Stage, following: Stop | None) -> Iterable[str]:
    """What does not hold about a fixed day."""
    day = stage.fixed
    if remark := workdays.warning(day):
        yield f"{stage.name}: {remark}"
    if following is None:
        return
    name, then = formats.in_sentence(following.name), formats.long_date(following.day)
    here = f"{stage.name} {formats.long_date(day)}"
    there = between(day, following.day)
    if day > following.day:
        yield f"{here} ligger efter {name} {then}. Flytta ett av datumen."
    elif there < stage.workdays:
        yield (
            f"Från {formats.in_sentence(here)} till {name} {then} är det {_days(there)}, "
            f"men {formats.number(stage.workdays)} behövs."
        )


def _days(count: int) -> str:
    return (
        f"{formats.count_word(count, neuter=False)} {'arbetsdag' if count == 1 else 'arbetsdagar'}"
    )


def problems(stops: Iterable[Stop]) -> list[str]:
    return [sentence for stop in stops for sentence in stop.problems]


# --- An administration's own part of the way -----------------------------------------------------


def own(stages: list[Stage], board_on: datetime.date | None = None) -> list[Stop]:
    """The stops of an administration: up to the hand-in to stadskontoret, from the day its own board
    meets when that is known, else from the year's."""
    office = next(stop for stop in backwards(stages) if stop.key == OFFICE)
    its = []
    for stage in stages:
        if stage.key == OFFICE:
            its.append(replace(stage, fixed=office.day))
            break
        if board_on:
            # The year's own days are for those who have said no day of theirs.
            stage = replace(stage, fixed=board_on if stage.key == BOARD else None)
        its.append(stage)
    stops = backwards(its)
    # What is wrong with the day of the hand-in itself is the year's matter, and is said there.
    return [*stops[:-1], replace(stops[-1], is_fixed=office.is_fixed, problems=())]


def last_safe_day(stops: list[Stop]) -> datetime.date | None:
    """The last day on which an administration's report can be left for preparation and every later
    stop still hold; None when no day is known."""
    return next((stop.day for stop in stops if stop.day), None)
