"""Passages of an answer: what can be quoted, and whether a text still holds it. No Django."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from malmo_intl import formats, prose
from malmo_intl.prose import Element

# Shorter ones stand in any text: "Nej.", "Se ovan."
FEWEST_WORDS = 3
LONG = 6
# What is less like it than this is another passage.
LIKE = 0.5


@dataclass(frozen=True)
class Passage:
    """A paragraph or a point of a list, as a block that can stand by itself, and as plain text.

    What else an answer holds, as a heading or a table, is read but not quoted.
    """

    html: str
    text: str
    is_quotable: bool

    @property
    def digest(self) -> str:
        """The same for the same words, however they are spaced."""
        return hashlib.sha256(key(self.text).encode()).hexdigest()[:16]


def passages(html: str) -> list[Passage]:
    """The blocks of cleaned prose, in order; a point with points below it is one of its own."""
    return list(_blocks(prose.read(html).inside))


def _blocks(parts) -> Iterator[Passage]:
    for part in parts:
        if not isinstance(part, Element):
            continue
        if part.tag in ("ul", "ol"):
            yield from _points(part)
        else:
            yield _passage(prose.write(part), part.tag == "p")


def _points(list_) -> Iterator[Passage]:
    for point in list_.elements("li"):
        below = point.elements("ul", "ol")
        own = "".join(prose.write(part) for part in point.inside if part not in below)
        yield _passage(f"<ul><li>{own}</li></ul>", True)
        for inner in below:
            yield from _points(inner)


def _passage(html, may_be_quoted) -> Passage:
    text = " ".join(prose.plain(html).split())
    return Passage(html, text, may_be_quoted and prose.words(html) >= FEWEST_WORDS)


def key(text: str) -> str:
    """Text as it is compared: without regard to case, spaces and dashes."""
    return formats.normalise(text)


class Whole:
    """All of a text, to look for passages in: `"Vi reste till Lund." in Whole(html)`.

    A short passage must be a block of its own: a few words in a row stand in any text.
    """

    def __init__(self, html: str):
        self.text = key(prose.plain(html))
        self.blocks = {key(item.text) for item in passages(html)}

    def __contains__(self, passage: str) -> bool:
        wanted = key(passage)
        return wanted in self.blocks or (len(wanted.split()) >= LONG and wanted in self.text)


def find(html: str, digest: str) -> Passage | None:
    """The passage with that digest, if the text still has it."""
    quotable = (passage for passage in passages(html) if passage.is_quotable)
    return next((passage for passage in quotable if passage.digest == digest), None)


def now(passage: str, html: str) -> str:
    """What the text says now where it said `passage`; "" if nothing in it is like that."""
    wanted = key(passage)
    measured = [
        (SequenceMatcher(None, wanted, key(item.text), autojunk=False).ratio(), item.text)
        for item in passages(html)
    ]
    likeness, text = max(measured, default=(0, ""))
    return text if likeness >= LIKE else ""
