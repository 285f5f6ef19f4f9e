"""Numbers that are no figures: years, dates, ordinals, sections, telephone numbers, and parts of names."""

import re

from malmo_intl.formats import MONTHS
from reports.reading.units import SPACE, WORD, caution, noun, words_before

_MONTH = re.compile(
    rf"[{SPACE}](?:{'|'.join(MONTHS)}|jan|feb|aug|sept|okt|nov|dec)\b", re.IGNORECASE
)
# Words before a number that is numbered rather than counted.
_NUMBERED = frozenset(
    [
        "mål",
        "fråga",
        "frågan",
        "punkt",
        "punkten",
        "artikel",
        "kapitel",
        "nr",
        "nummer",
        "etapp",
        "etapperna",
        "fas",
        "steg",
        "bilaga",
        "avsnitt",
        "avsnittet",
        "åk",
        "årskurs",
        "klass",
        "kl",
        "sid",
        "sida",
        "sidan",
        "del",
        "version",
        "nivå",
        "action",
        "agenda",
        "horisont",
        "horizon",
        "vision",
        "program",
        "paragraf",
        "tabell",
        "figur",
        "fotnot",
        "skede",
        "delmål",
        "kf-mål",
        "dnr",
        "tel",
        "telefon",
        "ka",
        "cop",
        "so",
        "po",
        "vecka",
        "v",
        "§",
    ]
)
# What may be counted by as many as there are years.
_MANY = re.compile(
    r"(?:unika|olika|nya)|\w*(?:personer|deltagare|elever|besökare|barn|kvinnor|män|ungdomar|pedagoger|malmöbor|"
    r"anställda|medarbetare|stycken|st|platser)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"([^\W\d_][\w-]*)[ \u00a0]$")


def may_begin(text: str, start: int) -> bool:
    """Whether a number may begin here: not within a word, a date, an address or a longer number."""
    before = text[start - 1 : start] if start else ""
    return not before or not (before.isalnum() or before in "_/:.,@-–#§&=")


def is_no_figure(text: str, start: int, end: int, whole: str, is_range: bool) -> bool:
    """Whether digits without a unit are something else than a figure."""
    return (
        _goes_on(text, end)
        or _is_numbered(text, start, end)
        or _is_time(text, start, end, whole, is_range)
        or _is_of_name(text, start, end, whole)
    )


def _goes_on(text, end) -> bool:
    """Letters or more digits follow without a space: 3rd, 13.30, 2:a, 19/11, 2.0."""
    first, second = text[end : end + 1], text[end + 1 : end + 2]
    return first.isalpha() or first in ("_", "₂") or (first in tuple(":./-–") and second.isalnum())


def _is_numbered(text, start, end) -> bool:
    """It has a word before it such as "mål", or it begins a point."""
    before = words_before(text, start)
    if before and before[-1].rstrip(".") in _NUMBERED:
        return True
    return text[end : end + 1] in (".", ")") and not text[:start].strip(" (")


def _is_time(text, start, end, whole, is_range) -> bool:
    if _MONTH.match(text, end):
        return True
    is_plain = text[start:end].isdigit() or is_range
    if len(whole) == 4 and whole[:2] in ("19", "20") and is_plain and not caution(text, start)[0]:
        word = WORD.match(text, end + 1)
        return is_range or not (word and _MANY.fullmatch(word[0]))
    # 191231 is a day as well.
    is_day = len(whole) == 6 and 1 <= int(whole[2:4]) <= 12 and 1 <= int(whole[4:]) <= 31
    return is_day and text[start:end].isdigit()


def _is_of_name(text, start, end, whole) -> bool:
    """ "Wisdome 3": a short number after a word with a capital, that nothing is counted by."""
    before = last_word(text, start)
    if not before[:1].isupper() or before.isupper() or len(whole) > 2:
        return False
    first = WORD.search(text)
    begins = first is not None and first[0] == before
    return not begins and noun(text, end)[1] is None


def last_word(text: str, start: int) -> str:
    """The word before `start`, as it is written."""
    found = _BEFORE.search(text, max(0, start - 40), start)
    return found[1] if found else ""
