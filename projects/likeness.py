"""Is it the same project? Names compared as people write them: misspelt, shortened, pasted. No database.

What is found is shown and asked about, never joined by itself.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from malmo_intl.formats import normalise

# Chosen on the pairs in tests/projects/test_likeness.py: at ALIKE a person should be shown the other,
# at SAME the two are probably one project.
ALIKE = 75
SAME = 90
# Two numbers that differ say two projects: Malmökraften and Malmökraften 2.0, kommuner 1 and 2.
NUMBERED = SAME - 5
# What a comparison with only a part of a name costs.
PART = 3
# A piece shorter than this is found everywhere; a longer one than that is a whole name.
PIECE, WHOLE = 3, 30
# Of two that are about as like, the same fund decides, then that it is under way.
SAME_FUND, UNDER_WAY = 6, 3


@dataclass(frozen=True)
class Candidate:
    """A project as likeness sees it: all its names, its funds' codes, its first and last year."""

    key: object
    names: tuple[str, ...]
    funds: frozenset[str] = frozenset()
    years: tuple[int | None, int | None] = (None, None)


@dataclass(frozen=True)
class Match:
    """How like a candidate is, 0 to 100, and by which of its names."""

    candidate: Candidate
    score: float
    name: str


def alike(
    text: str,
    candidates: Iterable[Candidate],
    funds: Iterable[str] = (),
    year: int | None = None,
    least: float = ALIKE,
) -> list[Match]:
    """The candidates that `text` may mean, the likeliest first, none below `least`.

    `text` may be a whole name or a piece of one. A fund among `funds` and being under way in `year` put
    a candidate before others that are about as like; they find none that is not alike by its name.
    """
    funds = set(funds)
    found = [match for each in candidates if (match := _best(text, each)).score >= least]

    def order(match):
        other = match.candidate
        shares, under_way = bool(funds & other.funds), _covers(other.years, year)
        score = match.score + SAME_FUND * shares + UNDER_WAY * under_way
        return (-score, normalise(match.name))

    return sorted(found, key=order)


def resemblance(one: str, other: str, least: float = 0) -> float:
    """How like two whole names are, 0 to 100, the same both ways. Equal to a reader is 100.

    What is below `least` may come out as 0, which is much quicker.
    """
    best = 0
    for at, left in enumerate(_readings(one)):
        for place, right in enumerate(_readings(other)):
            # Whole against whole costs nothing; a part of a name says a little less, two parts more.
            cost = PART * ((at > 0) + (place > 0))
            best = max(best, _likeness(left, right, max(least, best) + cost) - cost)
    return best


def _best(text: str, candidate: Candidate) -> Match:
    scored = [
        (max(resemblance(text, name), _within(text, name), _holds(text, name)), name)
        for name in candidate.names
    ]
    score, name = max(scored, key=lambda pair: pair[0], default=(0, ""))
    return Match(candidate, score, name)


def _covers(years, year) -> bool:
    first, last = years
    if year is None or first is last is None:
        return False
    return (first is None or first <= year) and (last is None or last >= year)


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    """Letters and digits only, without the dots and rings that get lost on the way."""
    spread = unicodedata.normalize("NFKD", normalise(text))
    letters = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\d+(?:\.\d+)*|[^\W\d_]+", letters))


class _Reading(NamedTuple):
    """A name, or a part of one, in the forms that are compared."""

    plain: str
    joined: str
    in_order: str
    numbers: tuple[str, ...]
    words: str


def _reading(plain: str) -> _Reading:
    words = plain.split()
    numbers = tuple(word for word in words if word[0].isdigit())
    rest = " ".join(word for word in words if not word[0].isdigit())
    return _Reading(plain, "".join(words), " ".join(sorted(words)), numbers, rest)


@lru_cache(maxsize=8192)
def _readings(name: str) -> tuple[_Reading, ...]:
    """The whole name, and the parts that people use for it: "Learning from the Margins (LEMA)"."""
    pieces = re.split(r"[(),:/]|\s[-–—]\s", name)
    readings = [name, re.sub(r"\([^)]*\)", " ", name), *pieces]
    whole, *parts = dict.fromkeys(_plain(reading) for reading in readings)
    return (_reading(whole), *(_reading(part) for part in parts if len(part) >= PIECE))


def _likeness(one: _Reading, other: _Reading, least: float) -> float:
    if one.plain == other.plain:
        return 100 if one.plain else 0
    if one.numbers != other.numbers and one.words == other.words and one.words:
        return NUMBERED
    if max(_most(one.plain, other.plain), _most(one.joined, other.joined)) < least:
        return 0
    # In other forms too: a hyphen was left out, or the order differs.
    score = max(
        fuzz.ratio(one.plain, other.plain, score_cutoff=least),
        fuzz.ratio(one.joined, other.joined, score_cutoff=least),
        fuzz.ratio(one.in_order, other.in_order, score_cutoff=least + 2) - 2,
    )
    if min(len(one.plain), len(other.plain)) <= 5:
        score -= 10  # in a short name one letter is much: RASK and TASK
    return min(score, NUMBERED if one.numbers != other.numbers else 99)


def _most(one: str, other: str) -> float:
    """The ratio if every letter of the shorter one were found in the other."""
    return 200 * min(len(one), len(other)) / (len(one) + len(other) or 1)


def _within(text: str, name: str) -> float:
    """How well `text` is found as a piece of `name`: at the start of words, or nearly so."""
    piece, whole = _plain(text), _plain(name)
    if len(piece) < PIECE or len(piece) > len(whole):
        return 0
    if whole.startswith(piece):
        return 95
    if f" {piece}" in f" {whole}":
        return 92
    if piece in whole:
        return 85
    if not 5 < len(piece) <= WHOLE:
        return 0
    # Misspelt within a longer name. A stretch that is merely similar is no find.
    score = fuzz.partial_ratio(piece, whole)
    return max(ALIKE, score - 10) if score >= (80 if len(piece) < 9 else 84) else 0


def _holds(text: str, name: str) -> float:
    """A known name within a longer text: "Rebus, förlängning". A short one may be any word."""
    known = _plain(name)
    longer = f" {known} " in f" {_plain(text)} "
    return NUMBERED if longer and len(known) >= 5 else 0
