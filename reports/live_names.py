"""By which names figures go in a text. No Django.

A name is a figure and, after a slash, what of it is meant: "utbetalt", "utbetalt/vagen-in" (a project),
"utbetalt/mål-2", "utbetalt/fond-esf", "samverkansparter/offentlig", and in the city's texts
"utbetalt/förvaltning-asf". The year before stands in the figure: "utbetalt-året-innan/vagen-in". The names
are made of what lasts: codes, numbers and the projects' addresses.
"""

import re
from dataclasses import dataclass

YEAR, LAST_YEAR, WHO, BOARD = "år", "förra-året", "förvaltning", "nämnd"
# The figure's name in a text → in `reports.figures`.
NAMES = {
    "utbetalt": "paid",
    "eu-projekt": "eu_projects",
    "ägda-projekt": "owned",
    "partnerprojekt": "partnered",
    "unika-projekt": "unique_projects",
    "projektvärde": "project_value",
    "samverkansparter": "partners",
    "besökare": "visitors",
    "minsta-budget": "smallest_budget",
    "största-budget": "largest_budget",
}
# Those that the rows of one administration tell; the others have only been printed for the whole city.
OF_ONE = ("utbetalt", "eu-projekt", "ägda-projekt", "partnerprojekt", "samverkansparter")
BEFORE = "-året-innan"
# What of a figure: mål-2, fond-esf, förvaltning-asf. A sector and a project have no word before.
GOAL, FUND, UNIT = "mål-", "fond-", "förvaltning-"


@dataclass(frozen=True)
class Name:
    """A figure's name in a text, taken apart. `figure` goes by its name in `reports.figures`, or is ""."""

    text: str

    @property
    def base(self) -> str:
        return self.text.partition("/")[0].removesuffix(BEFORE)

    @property
    def figure(self) -> str:
        return NAMES.get(self.base, "")

    @property
    def is_before(self) -> bool:
        return self.text.partition("/")[0].endswith(BEFORE)

    @property
    def part(self) -> str:
        """What of it is meant, or ""."""
        return self.text.partition("/")[2]

    def within(self, part: str) -> str:
        """The same figure where it is read together with others': "utbetalt" of ASF's text in the city's
        report is "utbetalt/förvaltning-asf" there."""
        if not (self.figure and part):
            return self.text
        head = self.text.partition("/")[0]
        return "/".join(filter(None, (head, part, self.part)))


def key(words: str) -> str:
    """A code or a name as it stands in a mark: "Interreg Östersjön" → "interreg-östersjön"."""
    return re.sub(r"[\W_]+", "-", words.casefold()).strip("-")


def unit_key(code: str) -> str:
    """What of the city's figures an administration is, by its code."""
    return UNIT + key(code)
