"""Names in prose: which projects and administrations a text speaks of. No Django."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator

from malmo_intl.formats import genitive, in_sentence

SHORTEST = 4
_WORD = re.compile(r"\w+")

# What is looked for, and what it stands for; the longest first.
Names = list[tuple[str, int]]


def longest_first(pairs: Iterable[tuple[str, int]]) -> Names:
    """So that "Malmökraften" is not found in "Malmökraften 2.0". Names of a few letters are words of many
    kinds, and left out."""
    return sorted(
        (item for item in pairs if len(item[0]) >= SHORTEST), key=lambda item: -len(item[0])
    )


def found(known: Names, text: str) -> dict[int, str]:
    """What the text names: pk → the name it uses. A name within a longer one is not found."""
    named: dict[int, str] = {}
    for name, pk in known:
        if name not in text:
            continue
        text, times = re.subn(rf"(?<!\w){re.escape(name)}(?!\w)", "·", text)
        if times:
            named.setdefault(pk, name)
    return named


class Index:
    """Names that many texts are searched for: as quick for a thousand names as for ten.

    A name is known again whatever case its letters have, but for its first: "Hela familjen 2.0" is Hela
    Familjen 2.0, and "vägen in" is no project. `names`: (name, what it stands for); the first of two that
    have the same name is the one meant.
    """

    def __init__(self, names: Iterable[tuple[str, Hashable]]):
        by_first: dict[str, list] = defaultdict(list)
        for name, key in names:
            if first := _WORD.match(name):
                by_first[first[0].lower()].append((len(name), name.lower(), name, key))
        for entries in by_first.values():
            entries.sort(key=lambda entry: -entry[0])
        self._by_first = dict(by_first)
        self._firsts = frozenset(by_first)

    def places(
        self, text: str, said: list[str] | None = None
    ) -> Iterator[tuple[int, int, Hashable]]:
        """(start, end, what it stands for) of each name in the text; the longest where several begin.
        `said`: the text's `words`, when they are known."""
        firsts = self._firsts.intersection(words(text) if said is None else said)
        lowered = text.lower() if firsts else ""
        if not firsts or len(lowered) != len(text):
            return
        reached = 0
        begun = sorted((at, word) for word in firsts for at in _everywhere(word, lowered))
        for start, first in begun:
            if start < reached or lowered[start - 1 : start].isalnum():
                continue
            for length, name, written, key in self._by_first[first]:
                end = start + length
                is_there = lowered.startswith(name, start) and text[start] == written[0]
                if is_there and not lowered[end : end + 1].isalnum():
                    yield start, end, key
                    reached = end
                    break

    def found(self, text: str) -> dict[Hashable, str]:
        """What the text names → the words that it uses, the first time."""
        named: dict[Hashable, str] = {}
        for start, end, key in self.places(text):
            named.setdefault(key, text[start:end])
        return named


def words(text: str) -> list[str]:
    """The words of a text in lower case, digits too."""
    return _WORD.findall(text.lower())


def _everywhere(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def of_administration(item) -> list[str]:
    """All that an administration and its board are called in a sentence.

    The board of the one that leads the year is the city's own, and is spoken of as such.
    """
    called, codes = [item.name, item.board_name], [item.code, item.board_code]
    if item.leads_the_year:
        called, codes = called[:1], codes[:1]
    names = [*called, *map(in_sentence, called)]
    return [*names, *map(genitive, names), *codes]


def administrations(items) -> Names:
    """Short names too: they are in capitals, and few."""
    pairs = {(name, item.pk) for item in items for name in of_administration(item) if name}
    return sorted(pairs, key=lambda pair: (-len(pair[0]), pair))
