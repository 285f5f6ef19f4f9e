"""What the numbers that somebody has typed say, for the editor to mark. No Django."""

import re
from collections.abc import Iterable, Mapping

from reports.live import Live
from reports.prose import choices
from reports.reading import Reading, State, known_of, readings
from reports.reading.blocks import blocks

FIELDS = ("block", "start", "end", "text", "state", "label", "sentence")


def told(filled: str, live: Live, aliases: Mapping[str, Iterable[str]] | None = None) -> dict:
    """The text block by block, so that the editor finds the places again, and the numbers in it. What is
    live already is left out: the editor knows it. `aliases`: project's slug → its other names."""
    known = known_of(live.rollup, aliases=aliases)
    found = readings(filled, known)
    return {
        "blocks": [block.text for block in blocks(filled)],
        "readings": [_told(item, live) for item in found if item.state != State.LIVE],
    }


def _told(reading: Reading, live) -> dict:
    """`mark` and `says`: the live figure that may stand in its place, or "": the same where it agrees, and
    the right one, written in the same manner, where it contradicts."""
    choice = _instead(reading, live)
    return {
        **{field: getattr(reading, field) for field in FIELDS},
        "mark": choice.mark if choice else "",
        "says": choice.text if choice else "",
    }


def _instead(reading, live):
    name = reading.name if reading.state == State.CONTRADICTS else reading.mark.partition(" ")[0]
    item = live.get(name) if name else None
    if item is None or item.value is None:
        return None
    mark = reading.mark or f"{name} {_manner(reading.text)}".strip()
    return next((choice for choice in choices(item, name) if choice.mark == mark), None)


def _manner(text: str) -> str:
    """How a number is written: in which form of `reports.prose.FORMS`."""
    words = text.casefold()
    if re.search(r"miljo|mkr|mnkr", words):
        return "cirka"
    if re.search(r"tkr|tusen", words):
        return "tkr"
    return "" if re.search(r"\d", words) else "ord"
