"""Counts of projects that a report tells in different places, and that do not add up."""

from collections.abc import Iterable
from dataclasses import dataclass

from malmo_intl.formats import count_word
from reports.reading import words
from reports.reading.figure import WITH_MONEY
from reports.reading.readings import Reading


@dataclass(frozen=True)
class Unlike:
    """As owner and as partner make another number than the whole. `places` are the three readings."""

    owned: int
    partnered: int
    whole: int
    places: tuple[Reading, Reading, Reading]

    @property
    def sentence(self) -> str:
        total = count_word(self.owned + self.partnered)
        return (
            f"I texten står {count_word(self.owned)} projekt som ägare och {count_word(self.partnered)} som part. "
            f"Tillsammans är det {total}, men på ett annat ställe står {count_word(self.whole)}."
        )


def unlike(readings: Iterable[Reading]) -> Unlike | None:
    """Where the first count as owner and the first as partner do not make any whole that is told. None when one
    of them is not told, or when they do."""
    told: dict[str, list[Reading]] = {}
    for item in readings:
        if item.value is not None and item.about in (
            words.OWNED,
            words.PARTNERED,
            words.PROJECTS,
            WITH_MONEY,
        ):
            told.setdefault(item.about, []).append(item)
    owned, partnered = told.get(words.OWNED), told.get(words.PARTNERED)
    wholes = [*told.get(words.PROJECTS, ()), *told.get(WITH_MONEY, ())]
    if not (owned and partnered and wholes):
        return None
    parts = int(owned[0].value), int(partnered[0].value)
    if any(int(item.value) == sum(parts) for item in wholes):
        return None
    return Unlike(*parts, int(wholes[0].value), (owned[0], partnered[0], wholes[0]))
