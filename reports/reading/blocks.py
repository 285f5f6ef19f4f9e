"""Cleaned prose as blocks of text, in the order and with the offsets that the editor has.

A block is what holds text by itself: a paragraph, a heading, a point's own text, a cell. A live figure is one
character in it, U+FFFC, and a break is one too.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from malmo_intl import prose
from malmo_intl.prose import Element

LIVE = "\ufffc"
_LAST_OF_PLANE = "\uffff"
_HOLDS_BLOCKS = {"p", "h3", "h4", "ul", "ol", "table"}
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])[\s\u200b]+(?=[A-ZÅÄÖ”\"(\d])")
# A full stop after these ends no sentence when a number follows.
_SHORTENED = re.compile(
    r"\b(?:ca|kl|nr|resp|st|max|min|bl\.? ?a|t\.? ?ex|m\.? ?m)\.$", re.IGNORECASE
)


@dataclass
class Block:
    """`live`: offset → the mark of the live figure there. `own`: (start, end) of the author's own numbers."""

    number: int
    tag: str
    text: str = ""
    live: dict[int, tuple[str, str]] = field(default_factory=dict)
    own: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_heading(self) -> bool:
        return self.tag in ("h3", "h4")

    @cached_property
    def sentences(self) -> tuple[tuple[int, str], ...]:
        """(where it starts, the sentence)"""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[tuple[int, str]]:
        start = 0
        for match in _SENTENCE_ENDS.finditer(self.text):
            if _SHORTENED.search(self.text, max(start, match.start() - 6), match.start()):
                continue
            yield start, self.text[start : match.start()]
            start = match.end()
        if start < len(self.text):
            yield start, self.text[start:]

    def place(self, offset: int) -> int:
        """The offset as the editor counts: a character beyond the first plane is two there."""
        return offset if not self._is_wide else self._wide(offset)

    @cached_property
    def _is_wide(self) -> bool:
        return len(self.text.encode("utf-16-le", "surrogatepass")) > 2 * len(self.text)

    def _wide(self, offset) -> int:
        return offset + sum(letter > _LAST_OF_PLANE for letter in self.text[:offset])


@lru_cache(maxsize=512)
def blocks(cleaned: str) -> tuple[Block, ...]:
    """The text blocks of cleaned prose, in document order. The texts that were read last are kept: a page asks for
    each of them several times, and most of them stand unchanged from page to page."""
    found: list[Block] = []
    _read(prose.read(cleaned), found)
    return tuple(found)


def _read(element: Element, found: list[Block]):
    if element.tag in ("p", "h3", "h4"):
        _fill(_new(element.tag, found), element.inside)
    elif element.tag in ("li", "td", "th"):
        _read_holder(element, found)
    else:
        _read_parts(element, found)


def _read_parts(element, found):
    loose: list = []  # text that stands in no paragraph yet; the editor puts it in one
    for part in element.inside:
        if isinstance(part, str) or part.tag in prose.INLINE:
            loose.append(part)
            continue
        _flush(loose, found)
        _read(part, found)
    _flush(loose, found)


def _flush(loose, found):
    if any(not isinstance(part, str) or part.strip() for part in loose):
        _fill(_new("p", found), loose)
    loose.clear()


def _read_holder(element, found):
    """A point or a cell: its own text first, even if there is none, and then what is below it."""
    below = [
        part for part in element.inside if isinstance(part, Element) and part.tag in _HOLDS_BLOCKS
    ]
    own = [part for part in element.inside if part not in below]
    has_text = any(not isinstance(part, str) or part.strip() for part in own)
    if has_text or not any(part.tag == "p" for part in below):
        _fill(_new(element.tag, found), own)
    for part in below:
        _read(part, found)


def _new(tag, found) -> Block:
    block = Block(len(found), tag)
    found.append(block)
    return block


def _fill(block: Block, parts):
    for part in parts:
        if isinstance(part, str):
            block.text += html.unescape(part) if "&" in part else part
        elif part.tag == "br":
            block.text += "\n"
        elif part.tag == "data":
            _fill_figure(block, part)
        else:
            _fill(block, part.inside)


def _fill_figure(block, part):
    mark = part.attributes.removeprefix(' value="').removesuffix('"')
    start = len(block.text)
    if mark == prose.OWN:
        _fill(block, part.inside)
        block.own.append((start, len(block.text)))
    else:
        said = html.unescape("".join(item for item in part.inside if isinstance(item, str)))
        block.text += LIVE
        block.live[start] = (mark, said)
