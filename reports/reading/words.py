"""Swedish words of number: counts in letters, words of caution, and what is counted. No Django."""

import re
from functools import lru_cache

from malmo_intl.formats import NUMBER_WORDS

_TENS = dict(
    zip(
        ["tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"],
        range(20, 100, 10),
        strict=True,
    )
)


def _counts() -> dict[str, int]:
    """From two: "en" and "ett" are articles far more often than they count."""
    found = {word: number for number, word in enumerate(NUMBER_WORDS) if number != 1}
    for ten, value in _TENS.items():
        found[ten] = value
        found |= {ten + NUMBER_WORDS[unit]: value + unit for unit in range(1, 10)}
    return found | {"hundra": 100, "etthundra": 100, "tusen": 1000, "ettusen": 1000}


COUNTS = _counts()
IN_LETTERS = frozenset(COUNTS)

# --- How exact ------------------------------------------------------------------------------------

ROUGHLY = {"ca", "ca.", "c:a", "cirka", "ungefär", "omkring", "runt", "kring", "uppskattningsvis"}
ABOVE = {"drygt", "över", "mer än", "fler än"}
BELOW = {"nästan", "närmare", "uppemot", "knappt", "mindre än", "färre än"}
AT_LEAST = {"minst", "åtminstone", "lägst"}
AT_MOST = {"högst", "upp till", "maximalt", "max"}
CAUTIONS = ROUGHLY | ABOVE | BELOW | AT_LEAST | AT_MOST

# --- What is counted ------------------------------------------------------------------------------

PROJECTS, OWNED, PARTNERED = "projects", "owned", "partnered"
PARTNERS, VISITORS, TIME, THINGS = "partners", "visitors", "time", ""

_KINDS = (
    (TIME, r"år(?:en|et|s)?|månad(?:er|ers)?|veck(?:a|or|ors)|dag(?:ar|ars)?|timm(?:e|ar)|minut(?:er)?"),
    (OWNED, r"(?:projekt)?ägare|(?:ägar|projektägar)skap"),
    (PARTNERED, r"part|projektpart(?:er|ner|ners)?|partnerskap"),
    (PARTNERS, r"(?:extern\w* )?(?:aktörer|samverkansparter|samverkanspartner\w*|samarbetspartner\w*)"),
    (VISITORS, r"besökare"),
    (PROJECTS, r"(?:[\w+]+-)?projekt(?:en)?|medverkan(?:den)?|medverkningar"),
)  # fmt: skip
_NOUNS = tuple((kind, re.compile(rf"(?:{words})", re.IGNORECASE)) for kind, words in _KINDS)


@lru_cache(maxsize=4096)
def kind_of(word: str) -> str | None:
    """What a noun counts, as far as the figures know; None for other things."""
    return next((kind for kind, pattern in _NOUNS if pattern.fullmatch(word)), None)


_ENDINGS = re.compile(r"(?:arna|erna|orna|andet|ande|aren|are|ar|er|or|en|et|na|a|n|s)$")


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """Enough of a word to know it again in another form: "deltagarna" and "deltagare"."""
    return _ENDINGS.sub("", word.casefold())
