"""Names in prose: which projects and administrations a text speaks of. No Django."""

import re
from collections.abc import Iterable

from malmo_intl.formats import genitive, in_sentence

SHORTEST = 4

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
