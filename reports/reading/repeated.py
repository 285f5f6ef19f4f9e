"""Passages that stand twice in one report: a section that was copied and left, but for a letter or two."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from rapidfuzz.fuzz import ratio

from reports.reading.blocks import blocks

# Shorter passages are said in the same way every time: "Inget att rapportera."
FEWEST_WORDS = 10
# Of 100; less alike are two passages about the same.
ALIKE = 93
# Passages that have no row of so many words in common are not alike.
ROW = 5
# With how many a passage is compared letter by letter.
MOST_TRIED = 20
_WORD = re.compile(r"\w+")


class Passage(NamedTuple):
    """A block of a text: the text's key, its number, its words as they are compared, and as they stand."""

    text: str
    block: int
    words: tuple[str, ...]
    written: str

    def beginning(self, number: int) -> str:
        """Its first words."""
        return " ".join(self.written.split()[:number])


@dataclass(frozen=True)
class Repeated:
    """`first` and `second` say the same, in the order of the texts; `is_equal`: to the letter."""

    first: Passage
    second: Passage
    is_equal: bool


def repeated(texts: Mapping[str, str]) -> Iterator[Repeated]:
    """Passages of `texts` (key → cleaned prose) that stand a second time, there or in another text."""
    seen: dict[tuple[str, ...], list[Passage]] = defaultdict(list)
    for key, html in texts.items():
        for passage in _passages(key, html):
            first = _first_like(passage, seen)
            if first:
                yield Repeated(first, passage, first.words == passage.words)
            for row in _rows(passage.words):
                seen[row].append(passage)


def _passages(key, html) -> Iterator[Passage]:
    for block in blocks(html):
        if block.is_heading:
            continue
        words = tuple(_WORD.findall(block.text.casefold()))
        if len(words) >= FEWEST_WORDS:
            yield Passage(key, block.number, words, block.text)


def _rows(words) -> set[tuple[str, ...]]:
    """Rows of words beside each other: at most as many as a passage of common length has."""
    return {words[at : at + ROW] for at in range(0, len(words) - ROW + 1, ROW)}


def _first_like(passage, seen) -> Passage | None:
    rows = dict.fromkeys(passage.words[at : at + ROW] for at in range(len(passage.words) - ROW + 1))
    others = {id(other): other for row in rows for other in seen.get(row, ())}
    for other in islice(others.values(), MOST_TRIED):
        if other.words == passage.words:
            return other
        if ratio(" ".join(other.words), " ".join(passage.words), score_cutoff=ALIKE):
            return other
    return None
