"""Is it the same project? Names compared as people write them: misspelt, shortened, pasted. No database.

What is found is shown and asked about, never joined by itself.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

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
# So many first or last letters of a word find the names that may be nearly the same.
END = 4

Key = TypeVar("Key", bound=Hashable)


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
            best = max(best, _score(left, right, (at > 0) + (place > 0), max(least, best)))
    return best


def _score(left: "_Reading", right: "_Reading", parts: int, least: float) -> float:
    """Whole against whole costs nothing; a part of a name says a little less, two parts more."""
    cost = PART * parts
    return _likeness(left, right, least + cost) - cost


class _Place(NamedTuple):
    """Where a name, or a part of one, stands in a register."""

    entry: int
    name: str
    reading: "_Reading"
    is_part: bool


class ByEnds(Generic[Key]):
    """A register of what goes by some names, its own name first, to be looked up by the ends of their words.

    Names that are nearly the same have a word that begins or ends with the same letters, and the same numbers.
    So not every name has to be held against every other: a register of hundreds takes milliseconds.
    """

    def __init__(self, named: Mapping[Key, Sequence[str]]):
        self._keys, self._named = list(named), list(named.values())
        self._names = [{_normal(name) for name in names} for names in self._named]
        self._own: dict[str, set[int]] = defaultdict(set)
        self._places: dict[tuple, list[_Place]] = defaultdict(list)
        for entry, names in enumerate(self._named):
            self._own[_normal(names[0])].add(entry)
            for place in _places(entry, names):
                for end in _ends(place.reading):
                    self._places[end].append(place)

    def twins(self, names: Sequence[str]) -> list[Key]:
        """The keys of those that `may_be_one` with what goes by `names`, in the order given."""
        return [self._keys[entry] for entry in self._twins(names)]

    def pairs(self) -> list[tuple[Key, Key]]:
        """Those of the register that `may_be_one`, each pair once, in the order given."""
        return [
            (self._keys[entry], self._keys[other])
            for entry, names in enumerate(self._named)
            for other in self._twins(names, after=entry)
        ]

    def _twins(self, names, after=-1) -> list[int]:
        mine = {_normal(name) for name in names}
        found = {entry for entry in self._own.get(_normal(names[0]), ()) if entry > after}
        for here in _places(after, names):
            for there in self._near(here.reading):
                if there.entry <= after or there.entry in found:
                    continue
                if here.name in self._names[there.entry] or there.name in mine:
                    continue
                if _score(here.reading, there.reading, here.is_part + there.is_part, SAME) >= SAME:
                    found.add(there.entry)
        return sorted(found)

    def _near(self, reading) -> set[_Place]:
        return set().union(*(self._places.get(end, ()) for end in _ends(reading)))


def _places(entry: int, names: Iterable[str]) -> Iterator[_Place]:
    for name in names:
        for at, reading in enumerate(_readings(name)):
            yield _Place(entry, _normal(name), reading, at > 0)


def _ends(reading) -> set[tuple[str, tuple[str, ...]]]:
    """(first or last letters of a word, the numbers)"""
    words = reading.words.split() or reading.numbers
    return {(end, reading.numbers) for word in words for end in (word[:END], word[-END:])}


def may_be_one(names: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two that go by these names, each with its own name first, are probably one project.

    Another name that both go by has been given to both on purpose, and says nothing.
    """
    mine, theirs = ({_normal(name): name for name in side} for side in (names, others))
    if _normal(names[0]) == _normal(others[0]):
        return True
    return any(
        resemblance(mine[one], theirs[other], SAME) >= SAME
        for one in mine.keys() - theirs.keys()
        for other in theirs.keys() - mine.keys()
    )


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


_normal = lru_cache(maxsize=8192)(normalise)


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    """Letters and digits only, without the dots and rings that get lost on the way."""
    spread = unicodedata.normalize("NFKD", _normal(text))
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
    if one.numbers != other.numbers and least > NUMBERED:
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
