"""How wide the columns of a table on paper are. Geometry only. No Django.

The document gives each column a share of the width. That is changed only so that no word has to be
broken, so that "uppgift saknas" takes one line where there is room, and so that a column does not keep
room that its neighbour could use.
"""

import re
from functools import lru_cache

from malmo_intl.formats import MISSING

# Of the height of the letters, measured in Open Sans.
_NARROW, _USUAL, _WIDE = 0.34, 0.58, 0.86
_WIDTHS = {
    **dict.fromkeys(" .,:;!'’”|()[]/-fijlrtI", _NARROW),
    **dict.fromkeys("mwMWÅÄÖ@%–", _WIDE),
}
_HEAD = 1.08  # heads are bold, and so wider
LONG_LABEL = 28  # letters of a labelled fact: about what fits beside the values


def widths(shares, heads, rows, whole: float, em: float, gaps) -> list[float]:
    """The widths of the columns, together `whole`.

    `shares`, `heads`, `gaps` and each of `rows` have one value a column: `heads` and `rows` the words
    as they will be shown, `gaps` the room beside them. `em` is the height of the letters; it and
    `gaps` in the unit of `whole`.
    """
    columns = [list(cells) for cells in zip(*rows, strict=True)] or [[] for _ in heads]
    longest, unbroken, wanted = [], [], []
    for head, cells, gap in zip(heads, columns, gaps, strict=True):
        of_head = max((_length(word) for word in head.split(" ")), default=0) * _HEAD
        words = [word for cell in cells for word in re.split(r"[ \n/-]", cell)]
        longest.append(max([of_head, *map(_length, words)]) * em + gap)
        missing = _length(MISSING) * em + gap if MISSING in cells else 0
        unbroken.append(max(longest[-1], missing))
        wanted.append(max([_length(head) * _HEAD, *map(_length, cells)]) * em + gap)
    parts = sum(shares)
    found = [whole * share / parts for share in shares]
    for goals in (wanted, unbroken, longest):
        found = _even_out(found, goals)
    return found


@lru_cache(maxsize=16384)
def _length(words: str) -> float:
    return sum([_WIDTHS.get(letter, _USUAL) for letter in words])


def _even_out(found: list[float], goals: list[float]) -> list[float]:
    """Columns with more than their goal give to those with less, as far as it goes."""
    lacks = [max(goal - width, 0) for width, goal in zip(found, goals, strict=True)]
    spare = [max(width - goal, 0) for width, goal in zip(found, goals, strict=True)]
    given = min(sum(lacks), sum(spare))
    if not given:
        return found
    return [
        width + lack * given / sum(lacks) - rest * given / sum(spare)
        for width, lack, rest in zip(found, lacks, spare, strict=True)
    ]
