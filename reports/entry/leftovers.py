"""Old years and old figures in a text that was copied from an earlier year. No Django.

A year is old when it is before the year that is reported. A figure is old when the earlier answer has
the same one; a small number, or one without a unit, is found in any text, so it counts only beside a word
that stood beside it then ("3 projekt").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from malmo_intl import prose
from malmo_intl.formats import MONTHS

SMALL = 100
_MONTH = "|".join(MONTHS)
_UNIT = r"%|procent|kr\b|kronor|mkr|mnkr|tkr|milj(?:on|ard)(?:er)?(?:[ ]kronor)?|euro|tusen"
_CAUTION = r"(?:(?:ca|cirka|över|drygt|nästan|knappt|omkring|runt|närmare)\.?[ ])?"
# What is numbered rather than counted: "mål 2", "artikel 6".
_NUMBERED = re.compile(
    r"\b(?:mål|fråga|punkt|artikel|kapitel|nr|etapp|fas|steg|bilaga)[ ]$", re.IGNORECASE
)
_FOUND = re.compile(
    rf"""
      (?P<date>\b\d{{1,2}}\ (?:{_MONTH})(?:\ (?P<of>(?:19|20)\d\d))?\b | \b(?P<iso>(?:19|20)\d\d)-\d\d-\d\d\b)
    | (?P<years>\b(?P<first>(?:19|20)\d\d)(?:\ ?[–-]\ ?(?P<last>(?:19|20)?\d\d))?\b(?![,.:]?\d|/(?!(?:19|20)\d\d\b)|\ \d{{3}}\b|-\w|\ (?:{_UNIT})))
    | (?P<figure>{_CAUTION}(?<![\w.:/-])(?P<digits>\d{{1,3}}(?:\ \d{{3}})+(?:,\d+)?|\d+(?:,\d+)?)
        (?![.:/-]?\d|\w|[-–]\w*[^\W\d])(?:\ ?(?P<unit>{_UNIT}))?)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_CAUTIOUS = re.compile(_CAUTION.removesuffix("?") + "$", re.IGNORECASE)
# The longest caution with its space: "omkring. ".
_BEFORE = 9
# The word after a bare number is written with it: "80 deltagare".
_COUNTED = re.compile(
    r"[ ](?!(?:och|eller|samt|men|att|i|av|på|till|som|är|var|har|hade|under|med|för|från|den|det|de)\b)"
    r"[^\W\d_]{2,}",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class _Token:
    """A year or a figure as it is written, what it means, and the words on both sides of it.

    `is_plain`: a number that says little by itself, being small and without a unit.
    """

    text: str
    meaning: tuple
    year: int | None
    beside: frozenset[str]
    is_plain: bool = False


def find(text_html: str, earlier_html: str, year: int) -> list[str]:
    """The years before `year` and the figures in the text that the earlier answer has too, as they are
    written in the text, each once, in order."""
    beside: dict[tuple, set[str]] = {}
    for token in _tokens(earlier_html):
        beside.setdefault(token.meaning, set()).update(token.beside)
    found = (
        token.text
        for token in _tokens(text_html)
        if (token.year is None or token.year < year)
        and token.meaning in beside
        and (not token.is_plain or token.beside & beside[token.meaning])
    )
    return list(dict.fromkeys(found))


def _tokens(html) -> Iterator[_Token]:
    text = re.sub(r"[ \t\u00a0\u2009\u202f]+", " ", prose.plain(prose.typed(html)))
    for match in _found(text):
        beside = frozenset(_beside(text, match.start(), match.end()))
        if match["figure"]:
            if not _NUMBERED.search(text, max(match.start() - 10, 0), match.start()):
                yield _figure(match, text, beside)
        else:
            first, last = match["first"], match["last"] or match["first"]
            year = match["of"] or match["iso"] or (first and first[: 4 - len(last)] + last)
            meaning = (first, (match["date"] or "").casefold(), year)
            yield _Token(match[0], meaning, year and int(year), beside)


def _found(text) -> Iterator[re.Match]:
    """All that is _FOUND in the text. It is tried only where there are digits: to try it at every letter takes
    ten times as long."""
    end = 0
    for digits in _DIGITS.finditer(text):
        if (start := digits.start()) < end:
            continue
        caution = _CAUTIOUS.search(text, max(end, start - _BEFORE), start)
        match = caution and _FOUND.match(text, caution.start()) or _FOUND.match(text, start)
        if match:
            end = match.end()
            yield match


def _figure(match, text, beside) -> _Token:
    value = Decimal(match["digits"].replace(" ", "").replace(",", "."))
    unit = (match["unit"] or "").casefold()
    counted = None if unit else _COUNTED.match(text, match.end())
    return _Token(
        match[0] + (counted[0] if counted else ""),
        (value * _step(unit), unit in ("%", "procent")),
        None,
        beside,
        not unit and value < SMALL,
    )


def _step(unit: str) -> int:
    """What the unit multiplies by: "miljoner kronor" by a million, "kr" and "%" by one."""
    if unit.startswith("miljard"):
        return 10**9
    if unit.startswith("miljon") or unit in ("mkr", "mnkr"):
        return 10**6
    return 1000 if unit in ("tkr", "tusen") else 1


def _beside(text, start, end) -> Iterator[str]:
    if before := _WORD.findall(text[max(start - 40, 0) : start]):
        yield before[-1].casefold()
    if after := _WORD.search(text, end, end + 40):
        yield after[0].casefold()
