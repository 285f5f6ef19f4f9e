"""People's prose as sentences of plain text. No Django."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

_BLOCK_ENDS = re.compile(r"</(?:p|li|h3|h4|th|td|tr|ul|ol|table)>|<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”\"(\d])")


@dataclass(frozen=True)
class Text:
    """A piece of prose: in which field of which part it stands, and what people call it."""

    part: str
    field: str
    name: str
    html: str

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        return sentences(self.html)


@lru_cache(maxsize=512)
def sentences(markup: str) -> tuple[str, ...]:
    """The sentences of cleaned html, each with single spaces. Those of the texts that were read last are kept."""
    return tuple(_sentences(markup))


def _sentences(markup: str) -> Iterator[str]:
    blocks = html.unescape(_TAG.sub("", _BLOCK_ENDS.sub("\n", markup))).split("\n")
    for block in blocks:
        words = re.sub(r"\s+", " ", block).strip()
        yield from (part for part in _SENTENCE_ENDS.split(words) if part)
