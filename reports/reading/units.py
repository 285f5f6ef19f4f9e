"""What stands around the digits of a number: caution, unit, and the noun that says what is counted."""

import re

from reports.reading import words

KRONOR, PERCENT, COUNT, EURO = "kr", "%", "count", "euro"
SPACE = " \u00a0\u2009\u202f"
_MULTIPLES = {"mkr": 10**6, "mnkr": 10**6, "msek": 10**6, "tkr": 1000, "ksek": 1000, "tusen": 1000}
UNIT = re.compile(
    rf"[{SPACE}]?(?:(?P<many>mkr|mnkr|msek|tkr|ksek|tusen(?=[{SPACE}](?:kr|kronor|sek|euro)\b)|miljon(?:er)?|"
    rf"miljard(?:er)?)\b(?:[{SPACE}](?P<of>kr|kronor|sek|euro|eur)\b)?"
    r"|(?P<money>kr|kronor|sek|:-)(?!\w)|(?P<percent>%|procent\b)|(?P<euro>euro|eur|€)(?!\w))",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_][\w:+-]*|[A-Z]+")
# Words that stand between a number and its noun, and are no nouns.
_NOT_NOUNS = frozenset(
    [
        "och",
        "eller",
        "samt",
        "men",
        "att",
        "i",
        "av",
        "på",
        "till",
        "som",
        "är",
        "var",
        "har",
        "hade",
        "under",
        "med",
        "för",
        "från",
        "den",
        "det",
        "de",
        "vid",
        "mot",
        "om",
        "per",
        "inom",
        "än",
        "ur",
        "hos",
        "så",
        "där",
        "då",
        "när",
        "vilka",
        "vilket",
        "blev",
        "bland",
        "kan",
        "ska",
        "skulle",
        "kommer",
        "efter",
        "innan",
        "mellan",
        "varav",
        "respektive",
    ]
)
_DESCRIBES = re.compile(
    r"olika|nya|unika|externa|andra|fler|större|mindre|svensk\w*|\w+(?:ade|iska|liga)",
    re.IGNORECASE,
)
_FARTHEST = 25  # letters that are looked back over


def unit(match) -> tuple[int, str]:
    """What the unit multiplies by, and what is measured; (1, "") for none."""
    if not match:
        return 1, ""
    if many := match["many"]:
        many = many.casefold()
        factor = _MULTIPLES.get(many) or (10**9 if many.startswith("miljard") else 10**6)
        return factor, EURO if (match["of"] or "").casefold() in ("euro", "eur") else KRONOR
    if match["percent"]:
        return 1, PERCENT
    return 1, EURO if match["euro"] else KRONOR


def step(whole: str, decimals: str, factor: int, is_rough: bool) -> int:
    """What the number was rounded to: the zeros of a rough one, though two of its digits are always meant."""
    if decimals:
        return max(1, factor // 10 ** len(decimals))
    if factor > 1:
        return factor
    zeros = len(whole) - len(whole.rstrip("0"))
    return 10 ** min(zeros, max(1, len(whole) - 2)) if is_rough else 1


def words_before(text: str, start: int) -> list[str]:
    """The words just before `start`, if a space stands between; in lower case."""
    if text[start - 1 : start] not in SPACE or not start:
        return []
    return text[max(0, start - _FARTHEST) : start].casefold().split()


def caution(text: str, start: int) -> tuple[str, int]:
    """The word of caution before a number, and where it begins; ("", start) for none."""
    before = words_before(text, start)
    for number in (1, 2):
        said = " ".join(before[-number:]).lstrip("(")
        if len(before) >= number and said in words.CAUTIONS:
            return said, text.casefold().rfind(said.split()[0], 0, start)
    return "", start


def noun(text: str, end: int) -> tuple[str, str | None]:
    """The noun after a number, over at most three words that describe it, and what it counts."""
    first, at = "", end
    for _ in range(4):
        word = WORD.match(text, at + 1) if text[at : at + 1] in SPACE and at < len(text) else None
        if not word or word[0].casefold() in _NOT_NOUNS:
            break
        kind = words.kind_of(word[0])
        if kind is not None:
            return word[0], kind
        if not _DESCRIBES.fullmatch(word[0]):
            first = first or word[0]
        at = word.end()
    return first, None
