"""Which part of the entry what a document says is written in: the section's key → the part, of a text its field."""

import re
from dataclasses import dataclass

from reports import city
from reports.compose.administration import PERSPECTIVES

ANSWER, SUMMARY, TEXT, SECTION = "svar", "sammanfattning", "text", "avsnitt-"


@dataclass(frozen=True)
class Target:
    """A text as it is entered. `name` tells it apart on a page."""

    key: str
    field: str

    @property
    def name(self) -> str:
        return f"{self.key}:{self.field}"


_OF_THE_MEMO = dict.fromkeys(
    (
        "huvud", "forslag-till-beslut", "beslutsunderlag", "beslutsplanering", "beslutet-skickas-till",
        "ansvariga",
    ),
    city.MEMO,
)  # fmt: skip


def _memo(**sections) -> dict[str, Target]:
    return {
        "sammanfattning": Target(city.MEMO, SUMMARY),
        **{
            section.replace("_", "-"): Target(city.MEMO, SECTION + key)
            for section, key in sections.items()
        },
    }


_OF = {
    "stad": _memo(
        arendet="case", internationellt_arbete="work", fonder="financing", exempel="examples",
        bedomning="assessment",
    ),
    "forvaltning": _memo(
        arendet="case", internationellt_arbete="work",
        **{section.replace("-", "_"): key for key, section, _ in PERSPECTIVES},
    ),
    "samlad": {"sammanfattning": Target(city.SUMMARY, TEXT)},
}  # fmt: skip
_QUESTIONS = {"samlad": (r"stad-fraga-(\d+)", TEXT), "forvaltning": (r"fraga-(\d+)", ANSWER)}
_OTHERS_ANSWER = re.compile(r"([\w-]+)-fraga-\d+")
_LISTED_PROJECT = re.compile(r"fraga-\d+-(?:agare|part)(?:-.+)?")
_ENTERED = {
    "stad": _OF_THE_MEMO,
    "forvaltning": _OF_THE_MEMO
    | {
        "utbetalda-eu-medel": "utbetalningar", "utbetalt-per-mal": "mal", "samverkan": "parter",
        "natverk": "aktiviteter", "besok-och-massor": "aktiviteter",
    },
}  # fmt: skip


def target(kind: str, section: str) -> Target | None:
    """Where the first text of the section is written; None if nobody writes it on a page of its own."""
    if section in _OF.get(kind, {}):
        return _OF[kind][section]
    pattern, field = _QUESTIONS.get(kind, ("$.", ""))
    match = re.fullmatch(pattern, section)
    return Target(f"{city.QUESTION}{match[1]}", field) if match else None


def part(kind: str, section: str) -> str:
    """The part in which all but the texts of the section are entered; "" where that is no one page."""
    if kind == "forvaltning" and _LISTED_PROJECT.fullmatch(section):
        return "projekt"
    return _ENTERED.get(kind, {}).get(section, "")


def whose(kind: str, section: str) -> str:
    """The administration whose own answer it is, in the city's report: its code in small letters, or ""."""
    match = _OTHERS_ANSWER.fullmatch(section) if kind == "samlad" else None
    return match[1] if match else ""
