"""A figure that a text may speak of: what it measures, and of what it is a part."""

from typing import NamedTuple

from malmo_intl.formats import Amount

PAID, GRANTED, BUDGET, MEASURE = "paid", "granted", "budget", "measure"
WITH_MONEY = "with_money"
PROJECT, ADMINISTRATION, FUND, GOAL, SECTOR = (
    "project",
    "administration",
    "fund",
    "goal",
    "sector",
)
Subject = tuple[str, str]  # the kind of thing and its key: ("project", "vagen-in")
WHOLE: frozenset[Subject] = frozenset()


class KnownFigure(NamedTuple):
    """`about`: what it measures. `subjects`: what it is a part of, none if it is of the whole. `also`: counts
    that may be meant as well, as with projects that have ended or without those that are no EU projects.
    `every`: such a count with projects without EU money. `name`: its name as a live figure. `noun`: the words
    for what is counted."""

    label: str
    value: Amount
    unit: str
    about: str
    year: int
    subjects: frozenset[Subject] = WHOLE
    name: str = ""
    also: frozenset[int] = frozenset()
    noun: str = ""
    every: int | None = None
