"""Every figure in a text: digits, words, ranges, with unit and caution. What is no figure is left out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.reading import units, words
from reports.reading.not_figures import is_no_figure, last_word, may_begin
from reports.reading.units import COUNT, EURO, KRONOR, PERCENT, SPACE, UNIT

_DIGITS = re.compile(rf"[0-9]+(?:[{SPACE}][0-9]{{3}}(?![0-9]))*")
_DIGIT = re.compile(r"[0-9]")
_BETWEEN_GROUPS = re.compile(rf"[{SPACE}]")
_DECIMALS = re.compile(r",([0-9]{1,3})(?![0-9])")
_RANGE = re.compile(rf"[{SPACE}]?[–—-][{SPACE}]?(?=[0-9])")
_FRACTION = re.compile(r"\w*(?:tredje|fjärde|femte|sjätte|tion)delar(?:na)?", re.IGNORECASE)
# The rest of what a number is only a part of, such as 2.1.4 or STK-2023-1702.
_REST = re.compile(r"(?:[.:/\-–]?\w)*")
# A telephone number goes on in groups.
_TELEPHONE = re.compile(r"(?:[ \-/][0-9]+)*")
_LETTERS = re.compile(r"[^\W\d_]+")
__all__ = ["COUNT", "EURO", "KRONOR", "PERCENT", "Number", "has_digits", "in_letters", "numbers"]


@dataclass(frozen=True)
class Number:
    """`start` to `end` holds caution, digits and unit: what would be exchanged for a live figure. `value` is in
    whole units ("43 mkr" is 43 000 000 kronor), `high` the upper end of a range. `step` is what it was rounded
    to, as far as the writing shows: "43 mkr" a million, "ca 15 300 000" a hundred thousand, "1 265" one.
    `noun`: the word that says what is counted; `kind`: what that is among the figures, None if nothing."""

    start: int
    end: int
    text: str
    value: Decimal
    unit: str
    step: int = 1
    caution: str = ""
    high: Decimal | None = None
    noun: str = ""
    kind: str | None = None

    @property
    def is_exact(self) -> bool:
        return not self.caution and self.step == 1 and self.high is None

    @property
    def digits(self) -> str:
        return re.sub(r"\D", "", self.text)


def in_letters(lowered: Iterable[str]) -> frozenset[str]:
    """Those of the words that count something: "åtta"."""
    return words.IN_LETTERS.intersection(lowered)


def has_digits(text: str) -> bool:
    return _DIGIT.search(text) is not None


def numbers(
    text: str, names: Iterable[tuple[int, int]] = (), counts: Iterable[str] | None = None
) -> list[Number]:
    """The figures of `text`, in order. `names`: (start, end) of names in it, whose digits are no figures.
    `counts`: its numbers in letters (`in_letters`), when that is known."""
    if counts is None:
        counts = in_letters(_LETTERS.findall(text.lower()))
    found = [*_in_digits(text, list(names)), *_in_letters(text, counts)]
    return sorted(found, key=lambda number: number.start)


# --- In digits ------------------------------------------------------------------------------------


def _in_digits(text, names) -> Iterator[Number]:
    at = 0
    while match := _DIGITS.search(text, at):
        start = match.start()
        whole, end = _whole(match)
        if any(first <= start < last for first, last in names) or not may_begin(text, start):
            at = _REST.match(text, end).end()
            continue
        number, at = _read(text, start, end, whole)
        if number:
            yield number


def _whole(match) -> tuple[str, int]:
    """Digits and where they end: "2019 275" is a year and a number, "4 029 253" is one number."""
    groups = _BETWEEN_GROUPS.split(match[0])
    if len(groups) > 1 and (len(groups[0]) > 3 or groups[0].startswith("0")):
        return groups[0], match.start() + len(groups[0])
    return "".join(groups), match.end()


def _read(text, start, end, whole) -> tuple[Number | None, int]:
    """The number at `start`, or None if it is no figure, and where to go on."""
    if whole.startswith("0") and len(whole) > 1:
        return None, _TELEPHONE.match(text, end).end()
    decimals = _DECIMALS.match(text, end)
    high, stop = _high(text, decimals.end() if decimals else end)
    unit = UNIT.match(text, stop)
    if not unit and is_no_figure(text, start, stop, whole, high is not None):
        return None, _REST.match(text, stop).end()
    close = unit.end() if unit else stop
    if text[start - 1 : start] == "(" and text[close : close + 1] == ")" and not unit:
        return _in_brackets(text, start, close, whole), close
    value = Decimal(f"{whole}.{decimals[1]}" if decimals else whole)
    return _made(text, start, close, value, unit, high, whole, decimals), close


def _high(text, stop) -> tuple[Decimal | None, int]:
    """The upper end of a range such as "40–60", and where it ends; else None, and `stop`."""
    dash = _RANGE.match(text, stop)
    if not dash:
        return None, stop
    whole, end = _whole(_DIGITS.match(text, dash.end()))
    return Decimal(whole), end


def _in_brackets(text, start, close, whole) -> Number | None:
    """ "projektägare (19)": what is counted stands before; without it, it is a note."""
    noun = last_word(text, start - 1)
    kind = words.kind_of(noun) if noun else None
    said = text[start:close]
    return (
        None
        if kind is None
        else Number(start, close, said, Decimal(whole), COUNT, noun=noun, kind=kind)
    )


def _made(text, start, close, value, unit, high=None, whole="", decimals=None) -> Number:
    said, begin = units.caution(text, start)
    factor, of = units.unit(unit)
    noun, kind = ("", None) if of else units.noun(text, close)
    return Number(
        start=begin,
        end=close,
        text=text[begin:close],
        value=value * factor,
        unit=of or COUNT,
        step=units.step(whole, decimals[1] if decimals else "", factor, bool(said)),
        caution=said,
        high=None if high is None else high * factor,
        noun=noun,
        kind=kind,
    )


# --- In letters -----------------------------------------------------------------------------------


def _in_letters(text, counts) -> Iterator[Number]:
    if not counts:
        return
    for match in _LETTERS.finditer(text):
        word = match[0].lower()
        start, end = match.span()
        if word not in counts or text[end : end + 1] == "-" or (start and text[start - 1] == "-"):
            continue
        unit = UNIT.match(text, end)
        value = Decimal(words.COUNTS[word])
        number = _made(text, start, unit.end() if unit else end, value, unit)
        if _FRACTION.fullmatch(number.noun):
            continue
        if unit or number.noun or number.caution or text.startswith(" av ", end):
            yield number
