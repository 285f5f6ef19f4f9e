"""Which part of the entry each text of a document is written in: the section's key → the part and its field."""

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
_OTHERS_ANSWER = re.compile(r"[\w-]+-fraga-\d+")


def target(kind: str, section: str) -> Target | None:
    """Where the first text of the section is written; None if nobody writes it on a page of its own."""
    if section in _OF.get(kind, {}):
        return _OF[kind][section]
    pattern, field = _QUESTIONS.get(kind, ("$.", ""))
    match = re.fullmatch(pattern, section)
    return Target(f"{city.QUESTION}{match[1]}", field) if match else None


def is_an_administrations(kind: str, section: str) -> bool:
    """Whether it is an answer that an administration has written, in the city's report."""
    return kind == "samlad" and bool(_OTHERS_ANSWER.fullmatch(section))
