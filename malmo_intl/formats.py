"""Kronor, counts, dates and words in Swedish, and how they are read. The only rounding. No Django.

Money is `Decimal` kronor. A figure that is known only roughly is an `Amount` with a qualifier and a
step; it is never shown as exact (counting rule 7). Rounding is half up (rule 8).
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

NBSP = "\u00a0"
MINUS = "\u2212"
MISSING = "uppgift saknas"

QUALIFIERS = ("ca", "över", "drygt", "nästan", "minst", "upp till")


@dataclass(frozen=True)
class Amount:
    """A figure with what is known of its exactness.

    `qualifier` is "" or one of QUALIFIERS. `step` is the unit it was rounded to when it was printed:
    "ca 16 miljoner" has step 1 000 000. An exact figure has no qualifier and step 1.
    """

    value: Decimal
    qualifier: str = ""
    step: int = 1

    @property
    def exact(self) -> bool:
        return not self.qualifier and self.step == 1

    @property
    def caution(self) -> str:
        """The word that goes before it: its qualifier, or "ca" for what was printed rounded."""
        return self.qualifier or ("" if self.exact else "ca")

    @classmethod
    def total(cls, amounts: Iterable["Amount"]) -> "Amount":
        """The sum; with an approximate part it is approximate, to the coarsest step (rule 7)."""
        amounts = list(amounts)
        value = sum((amount.value for amount in amounts), Decimal(0))
        if all(amount.exact for amount in amounts):
            return cls(value)
        return cls(value, "ca", max(amount.step for amount in amounts))


def round_half_up(value: Decimal, step: Decimal = Decimal(1)) -> Decimal:
    """`value` to the nearest multiple of `step`, halves away from zero."""
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def number(value, decimals: int = 0) -> str:
    """Digits in groups of three with no-break spaces: 4 029 253. Decimal comma."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(rounded):,f}".replace(",", NBSP).replace(".", ",")
    return MINUS + text if rounded < 0 else text


def amount(value: "Amount | Decimal | int | None") -> str:
    """A figure for a table: "4 029 253", "ca 16 000 000", "uppgift saknas"."""
    if value is None:
        return MISSING
    if isinstance(value, Amount):
        return f"{value.caution}{NBSP}{number(value.value)}".lstrip(NBSP)
    return number(value)


def kronor(value: "Amount | Decimal | int | None") -> str:
    """A sum with its unit: "4 029 253 kr", "ca 16 miljoner kronor", "uppgift saknas"."""
    if value is None:
        return MISSING
    if isinstance(value, Amount) and value.step >= 1_000_000:
        return f"{value.caution}{NBSP}{millions(value.value)}"
    return f"{amount(value)}{NBSP}kr"


def millions(value: Decimal) -> str:
    """For running text: 43 108 794 → "43 miljoner kronor"; decimals only below ten million."""
    tenths = round_half_up(value / 100_000)
    decimals = 1 if abs(tenths) < 100 and tenths % 10 else 0
    text = number(value / 1_000_000, decimals)
    return f"{text}{NBSP}{'miljon' if text == '1' else 'miljoner'}{NBSP}kronor"


def in_words(value: "Amount | Decimal") -> str:
    """For running text: 43 108 794 → "cirka 43 miljoner kronor"; an exact even million is exact."""
    if isinstance(value, Amount) and not value.exact:
        return f"{value.caution.replace('ca', 'cirka')} {millions(value.value)}"
    value = value.value if isinstance(value, Amount) else value
    return millions(value) if value % 1_000_000 == 0 else f"cirka {millions(value)}"


def percent(value) -> str:
    """12.5 → "12,5 %"."""
    value = Decimal(value)
    decimals = 0 if value == value.to_integral_value() else 1
    return f"{number(value, decimals)}{NBSP}%"


# From nought; the one is neuter.
NUMBER_WORDS = [
    "noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
    "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton",
]  # fmt: skip


def count_word(value: int, neuter: bool = True) -> str:
    """Numbers up to twelve in letters in running text; "ett projekt" but "en förvaltning"."""
    if value == 1 and not neuter:
        return "en"
    return NUMBER_WORDS[value] if 0 <= value <= 12 else number(value)


MONTHS = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]


def long_date(day: datetime.date) -> str:
    """16 januari 2020"""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]} {day.year}"


def decision(day: datetime.date, paragraph: str = "") -> str:
    """16 januari 2020, § 14. The § is written with or without its sign."""
    paragraph = paragraph.lstrip("§ ").strip()
    return f"{long_date(day)}, §{NBSP}{paragraph}" if paragraph else long_date(day)


def date_as_known(day: "datetime.date | None", precision: str) -> str:
    """A date in the precision it is known in: "12 maj 2022", "augusti 2022", "2022" or ""."""
    if day is None:
        return ""
    if precision == "year":
        return str(day.year)
    if precision == "month":
        return f"{MONTHS[day.month - 1]} {day.year}"
    return long_date(day)


def period(starts: str, ends: str, planned_end: bool = False) -> str:
    """ "januari 2017–februari 2019", "från 2019", "till november 2018", "uppgift saknas"."""
    if ends and planned_end:
        ends = f"{ends} (planerat)"
    if starts and ends:
        return f"{starts} – {ends}"
    if starts:
        return f"från {starts}"
    if ends:
        return f"till {ends}"
    return MISSING


def join_words(words: Iterable[str]) -> str:
    """a, b och c"""
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} och {words[-1]}"


def genitive(name: str) -> str:
    """Stadskontoret → Stadskontorets; a name that ends in s, x or z is left as it is."""
    return name if name[-1:].casefold() in "sxz" else f"{name}s"


def in_sentence(name: str) -> str:
    """Miljöförvaltningen → miljöförvaltningen, for use inside a sentence."""
    return name[:1].lower() + name[1:]


# --- Sorting and likeness ------------------------------------------------------------------------

_ALPHABET = {
    letter: index for index, letter in enumerate("abcdefghijklmnopqrstuvwxyzåäö", start=20)
}
_AS = {"é": "e", "è": "e", "ü": "y", "æ": "ä", "ø": "ö"}


@lru_cache(maxsize=8192)
def sort_key(text: str) -> tuple:
    """Swedish order: å, ä, ö last, é as e, letter case and hyphens without weight."""
    letters = unicodedata.normalize("NFC", text).casefold()
    key = []
    for letter in letters:
        letter = _AS.get(letter, letter)
        if letter in _ALPHABET:
            key.append(_ALPHABET[letter])
        elif letter.isdigit():
            key.append(10 + int(letter) / 10)
        elif letter.isspace():
            key.append(1)
    return (tuple(key), text)


def normalise(text: str) -> str:
    """For search on both databases alike: NFC, lower case, dashes and spaces made one space."""
    text = unicodedata.normalize("NFC", text).casefold()
    return re.sub(r"[\s\-–—/]+", " ", text).strip()


# --- Reading -------------------------------------------------------------------------------------

_SPACES = " \u00a0\u2009\u202f"
_GROUPED = re.compile(
    rf"(?P<sign>[+\-{MINUS}]?)(?P<whole>\d+|\d{{1,3}}(?:[{_SPACES}]\d{{3}})+)(?:,(?P<part>\d{{1,2}}))?"
    rf"(?:[{_SPACES}]?(?:kr|kronor|SEK|:-))?",
    re.ASCII,
)


_ROUGH = re.compile(
    r"(?P<digits>\d{1,9})(?:[,.](?P<part>\d{1,3}))?\s?(?P<unit>mkr|mnkr|miljon\w*|tkr|tusen)\b.*",
    re.ASCII | re.IGNORECASE,
)


def _meant(text: str) -> str:
    """What a rough sum such as "1,5 mkr" probably means, as a question; else an example."""
    match = _ROUGH.fullmatch(text.strip())
    if not match:
        return "Skriv till exempel 4 029 253."
    step = 1_000 if match["unit"].casefold().startswith("t") else 1_000_000
    sum_ = Decimal(f"{match['digits']}.{match['part'] or 0}") * step
    return f"Menar du {number(sum_)}? Skriv i så fall hela beloppet i kronor."


def read_kronor(text: str) -> Decimal:
    """A typed sum as kronor. Raises ValueError, with a Swedish sentence, for all it does not know.

    Takes "4029253", "4 029 253,00", no-break and thin spaces, "−500" and a trailing "kr". Never
    guesses: "1 5", "1.5" and "1e5" are refused; "1,5 mkr" is asked about.
    """
    match = _GROUPED.fullmatch(text.strip())
    if not match:
        raise ValueError(f"”{text}” går inte att läsa som ett belopp. {_meant(text)}")
    whole = re.sub(rf"[{_SPACES}]", "", match["whole"])
    value = Decimal(f"{whole}.{match['part'] or 0}")
    return -value if match["sign"] in ("-", MINUS) else value


def file_size(size: int) -> str:
    """Bytes as "9 kB" or "1,2 MB"."""
    if size < 1_000_000:
        return f"{number(max(1, size / 1000))}{NBSP}kB"
    return f"{number(size / 1_000_000, 1)}{NBSP}MB"
