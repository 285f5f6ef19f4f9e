"""People's prose as sentences of plain text, and what is said in them. No Django."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from malmo_intl.formats import count_word

_COUNTS = {count_word(number): number for number in range(13)}
_BLOCK_ENDS = re.compile(r"</(?:p|li|h3|h4|th|td|tr|ul|ol|table)>|<br\s*/?>")
_TAG = re.compile(r"<[^>]*>")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”\"(\d])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_KRONOR = re.compile(
    r"(?<![\d,.])(\d{1,3}(?: \d{3})+|\d{4,12})(?:,00)? ?(?:kr\b|kronor\b|SEK\b|:-)"
)
# What makes a sum approximate when it stands before it.
_ROUGHLY = re.compile(
    r"(?:\bca\.?|\bcirka|\bdrygt|\böver|\bnästan|\bnärmare|\bungefär|\bminst|\bknappt|\bupp till|"
    r"\bomkring|\buppemot|\bhögst|\bmer än|\bmindre än) ?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Text:
    """A piece of prose: in which field of which part it stands, and what people call it."""

    part: str
    field: str
    name: str
    html: str

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        return tuple(sentences(self.html))


def sentences(markup: str) -> Iterator[str]:
    """The sentences of cleaned html, each with single spaces."""
    blocks = html.unescape(_TAG.sub("", _BLOCK_ENDS.sub("\n", markup))).split("\n")
    for block in blocks:
        words = re.sub(r"\s+", " ", block).strip()
        yield from (part for part in _SENTENCE_ENDS.split(words) if part)


def years(sentence: str) -> set[int]:
    return {int(year) for year in _YEAR.findall(sentence)}


def exact_kronor(sentence: str) -> Iterator[Decimal]:
    """Sums in whole kronor that are not said to be approximate."""
    for match in _KRONOR.finditer(sentence):
        if not _ROUGHLY.search(sentence[: match.start()]):
            yield Decimal(match[1].replace(" ", ""))


def count(word: str) -> int | None:
    """ "8" or "åtta" → 8; None for what is no number up to twelve in letters or 999 in digits."""
    word = word.casefold()
    if word.isascii() and word.isdigit() and len(word) <= 3:
        return int(word)
    return _COUNTS.get(word)


def names(word: str, sentence: str) -> bool:
    """Whether `sentence` has `word` as words of its own."""
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", sentence) is not None
