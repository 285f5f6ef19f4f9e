"""What a sentence is about: years, projects, administrations, funds and goals, and which measure of money."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from reports.reading import words
from reports.reading.figure import (
    ADMINISTRATION,
    BUDGET,
    GRANTED,
    PAID,
    PROJECT,
    WITH_MONEY,
    Subject,
)
from reports.reading.known import Known
from reports.reading.numbers import Number

LONGEST_BESIDE_NAME = 16
LONGEST_BESIDE_NUMBER = 10
_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?!\d|[-–]\d{4}-)")
_BEFORE = re.compile(
    r"\b(?:föregående år|året (?:före|innan|dessförinnan)|förra året|i fjol|fjolåret\w*)\b", re.I
)
_PAID = re.compile(
    r"\b(?:betal(?:ats|ades|at|as|t|a)|fick|fått|erhåll\w*|mottog|tagit emot)\b|\butbetal", re.I
)
_EU_MONEY = re.compile(r"\bEU[- ]?\s?(?:medel|medlen|bidrag|stöd)|\bmedel från EU", re.IGNORECASE)
_GRANTED = re.compile(r"\bbevilja|\btilldela|\bstöd från\b|\bfinansieringsplan", re.IGNORECASE)
_BUDGET = re.compile(r"budget|projektvärde|\bkosta|\bomsätt|\bomfatta\w* totalt", re.IGNORECASE)
_NOT_YET = re.compile(
    r"\b(?:ansök|söker|sökt|planera|beräkna|vänta|förvänta|prognos|uppskatta)", re.I
)
_OTHERS = re.compile(
    r"\b(?:andra|övriga|region(?:en)? \w+|universitet\w*|högskola\w*|kommuner|länder|städer|regeringen|partnern)\b",
    re.IGNORECASE,
)
_WE = re.compile(r"(?:förvaltningen|kontoret|nämnden|\bvi)\b", re.IGNORECASE)
_CITY = re.compile(
    r"\b(?:förvaltningarnas?|stads?förvaltningar(?:na)?|staden|Malmö stad|kommunen)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"\b(?:totalt|sammanlagt|tillsammans|summan?|förvaltningen|nämnden|förvaltningar(?:na)?|staden)\b",
    re.I,
)
_OWNS = re.compile(
    r"\b(?:ägde|ägt|äger|(?:projekt)?ägare (?:för|i|av|till|inom)) (?:\w+ ){0,1}$",
    re.I,
)
_IS_PARTNER = re.compile(
    r"\b(?:projekt)?(?:part|partner|partners) (?:i|inom|till) $", re.IGNORECASE
)
_ALL = re.compile(
    r"\b(?:totalt|sammanlagt|medverkan i|medverkade i|medverkat i|deltog i|tillsammans|antalet \S+ (?:är|var|blev|uppgår till)) $",
    re.IGNORECASE,
)
_FOR = re.compile(r"\b(?:för|till|på|mellan|i) $", re.IGNORECASE)
_SHARED_AMONG = re.compile(r"\bfördela[dt]\w* (?:på|till|mellan) $", re.IGNORECASE)
_OF_SOME = re.compile(
    r"[ ,]{1,2}(?:inom|om|kring|för|där|varav|hos|på|mot|med (?!EU)|som (?!projekt|ägare|part))",
    re.IGNORECASE,
)
_AS_OWNER = re.compile(
    r"^\W{0,2}(?:som|där \w+ (?:är|var)) (?:projekt)?ägare\b(?! ?\(|[^.]{0,12}\d)", re.IGNORECASE
)
_AS_PARTNER = re.compile(
    r"^\W{0,2}(?:som|där \w+ (?:är|var)) (?:projekt)?(?:part|partner)\b(?! ?\(|[^.]{0,12}\d)", re.I
)


@dataclass
class Context:
    """A sentence laid beside what is known. `carried`: the projects that the text was about before it, the
    nearest first."""

    text: str
    known: Known
    carried: tuple[str, ...] = ()
    places: list[tuple[int, int, Subject]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, known: Known, carried: tuple[str, ...] = ()) -> "Context":
        return cls(text, known, carried, list(known.names.places(text)))

    @cached_property
    def subjects(self) -> set[Subject]:
        """What it names; the writer is the whole and no part of it."""
        own = (ADMINISTRATION, self.known.administration)
        return {subject for _, _, subject in self.places if subject != own}

    def _of_kind(self, kind) -> list[str]:
        return list(dict.fromkeys(key for _, _, (found, key) in self.places if found == kind))

    @cached_property
    def projects(self) -> list[str]:
        return self._of_kind(PROJECT)

    @cached_property
    def administrations(self) -> list[str]:
        return self._of_kind(ADMINISTRATION)

    @cached_property
    def talked_of(self) -> list[str]:
        """The projects that it names, and those that the text is about."""
        return list(dict.fromkeys((*self.projects, *self.carried)))

    @cached_property
    def is_title(self) -> bool:
        """Whether it is hardly more than the name of one project, as above a section."""
        first, last, _ = self.places[0] if len(self.places) == 1 else (0, 0, None)
        return len(self.projects) == 1 and len(self.text) - (last - first) <= LONGEST_BESIDE_NAME

    # --- When -------------------------------------------------------------------------------------

    @cached_property
    def years(self) -> set[int]:
        """The years it speaks of; the year that is reported if it names none."""
        said = {int(year) for year in _YEAR.findall(self.text)}
        if _BEFORE.search(self.text):
            said.add(self.known.year - 1)
        return said or {self.known.year}

    # --- Money ------------------------------------------------------------------------------------

    @cached_property
    def measure(self) -> str:
        """PAID, GRANTED or BUDGET; "" when nothing says."""
        if _BUDGET.search(self.text):
            return BUDGET
        if _GRANTED.search(self.text):
            return GRANTED
        return PAID if _PAID.search(self.text) or self.is_eu_money else ""

    @cached_property
    def is_eu_money(self) -> bool:
        return _EU_MONEY.search(self.text) is not None

    @cached_property
    def is_not_yet(self) -> bool:
        return _NOT_YET.search(self.text) is not None

    @cached_property
    def is_of_whole(self) -> bool:
        """Whether it speaks of all that the writer has, and of no part of it by name."""
        return not self.projects and not self._others and _TOTAL.search(self.text) is not None

    @cached_property
    def _others(self) -> list[str]:
        return [code for code in self.administrations if code != self.known.administration]

    # --- Projects ---------------------------------------------------------------------------------

    def role(self, number: Number) -> str:
        """Which count of projects a number of them is; "" when the words do not say."""
        if number.kind in (words.OWNED, words.PARTNERED):
            return number.kind
        before = self.text[max(0, number.start - 120) : number.start].replace("\n", " ")
        after = self._after_noun(number)
        if _OWNS.search(before) or _AS_OWNER.search(after):
            return words.OWNED
        if _IS_PARTNER.search(before) or _AS_PARTNER.search(after):
            return words.PARTNERED
        if _SHARED_AMONG.search(before) or (_FOR.search(before) and _EU_MONEY.search(before)):
            return WITH_MONEY
        return words.PROJECTS if _ALL.search(before) or self.is_item(number) else ""

    def is_item(self, number: Number) -> bool:
        """Whether it is hardly more than a name and the number, as in a list of who has how much."""
        if len(self.subjects) != 1:
            return False
        first, last, _ = self.places[0]
        return len(self.text) - (last - first) - (self._end_of_noun(number) - number.start) <= (
            LONGEST_BESIDE_NUMBER
        )

    def is_of_some(self, number: Number) -> bool:
        """Whether the count is of some of them only: "tre projekt inom klimat"."""
        return _OF_SOME.match(self._after_noun(number)) is not None

    def described(self, number) -> str:
        """The words between a number and its noun, with the noun: "EU-finansierade projekt"."""
        return self.text[number.end : self._end_of_noun(number)].strip()

    def _after_noun(self, number) -> str:
        return self.text[self._end_of_noun(number) :][:60]

    def _end_of_noun(self, number) -> int:
        end = self.text.find(number.noun, number.end) if number.noun else -1
        return number.end if end < 0 else end + len(number.noun)

    @cached_property
    def whose_money(self) -> Subject | None | bool:
        """As `whose`, of projects that money was paid to: a sum belongs to the writer where nobody is named."""
        whose = self.whose
        is_own = whose is False and self.known.administration and not self._others
        return None if is_own and not _OTHERS.search(self.text) else whose

    @cached_property
    def whose(self) -> Subject | None | bool:
        """Of whom counts are told: None for the writer as a whole, a subject for a part, False for others."""
        others = self._others
        if len(others) == 1 and not _CITY.search(self.text):
            return (ADMINISTRATION, others[0])
        if others or _OTHERS.search(self.text):
            return False
        if self.known.administration:
            is_own = bool(self.administrations) or _WE.search(self.text)
            return None if is_own else False
        return None if _CITY.search(self.text) or not _WE.search(self.text) else False
