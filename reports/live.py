"""The live figures of a year: what each is now, and where its rows are. No Django."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from malmo_intl import formats
from malmo_intl.formats import Amount
from reports import addresses
from reports.behind import Cut
from reports.document import Figure, Value
from reports.figures import FIGURES, figure, plain
from reports.live_names import (
    BEFORE,
    BOARD,
    FUND,
    GOAL,
    LAST_YEAR,
    NAMES,
    OF_ONE,
    UNIT,
    WHO,
    YEAR,
    Name,
    key,
    unit_key,
)
from reports.rollup import Rollup, roll_up
from reports.rules import RULES


class Live(Mapping[str, Figure]):
    """The live figures of a year, of the whole city or of one administration, by name. A value of None is
    not known. Each is worked out when it is asked for."""

    def __init__(self, rollup: Rollup):
        self.rollup = rollup
        self._found: dict[str, Figure | None] = {}
        self._by_unit: dict[str, Live] = {}

    def __getitem__(self, name: str) -> Figure:
        if name not in self._found:
            self._found[name] = self._figure(Name(name))
        found = self._found[name]
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        """Those worth offering, in the order of the list: what is known, and what will be."""
        for base in self._bases:
            yield from self._with_before(base, "", True)
        yield from self._texts
        # Who has told of money may still say which goals it serves.
        will_be_known = {*self._projects, *(self._goals if self.rollup.paid_parts else ())}
        for base, parts in self._parts.items():
            for part in parts:
                yield from self._with_before(base, f"/{part}", part in will_be_known)

    def _with_before(self, base, part, will_be_known) -> Iterator[str]:
        now, before = f"{base}{part}", f"{base}{BEFORE}{part}"
        if will_be_known or self[now].value is not None:
            yield now
        if before in self and self[before].value is not None:
            yield before

    def __len__(self):
        return sum(1 for _ in self)

    def of(self, code: str) -> "Live":
        """Those of one administration, as its own texts have them."""
        return Live(roll_up(self.rollup.facts, code))

    def address(self, name: str) -> str:
        """The page with the rows behind the figure; "" for what has none."""
        asked = Name(name)
        if not asked.figure:
            return ""
        first, _, rest = asked.part.partition("/")
        if first in self._units:
            code = self._units[first][0]
            cut = self._ones(code)._cut(rest)
        else:
            cut = self._cut(first)
        return addresses.of_figure(self.rollup.year - asked.is_before, asked.figure, cut)

    def absent(self, name: Name) -> tuple[bool, str]:
        """Of a figure that there is none of: whether what it is of is known all the same, and in words that it is
        not in the report, "projektet Avec är inte längre med i …"; "" where that is not why."""
        first, _, rest = name.part.partition("/")
        if first in self._units:
            inner = Name(f"{name.base}/{rest}" if rest else name.base)
            return self._ones(self._units[first][0]).absent(inner)
        is_known, what = (False, "") if rest else self._thing(name.base, first)
        if not what:
            return False, ""
        whose = "förvaltningens" if self.rollup.only else "stadens"
        longer = " längre" if is_known else ""
        return is_known, f"{what} är inte{longer} med i {whose} redovisning {self.rollup.year}"

    def _thing(self, base, part) -> tuple[bool, str]:
        """Whether rows of any year know the part of a figure, and what it is; "" if the figure has no such parts."""
        if not part or base not in self._parts:
            return False, ""
        if part.startswith(UNIT):
            return False, f"förvaltningen ”{part.removeprefix(UNIT)}”"
        if base != "utbetalt":
            return False, f"sektorn ”{part}”" if base == "samverkansparter" else ""
        if part.startswith(GOAL):
            return False, f"mål {part.removeprefix(GOAL)}"
        rows = self.rollup.facts.parts
        mine = [item.project for item in rows if self.rollup.only in ("", item.administration)]
        if part.startswith(FUND):
            code = part.removeprefix(FUND)
            funds = (grant.fund for project in mine for grant in project.grants)
            known = next((fund.name for fund in funds if key(fund.code) == code), "")
            return bool(known), f"fonden {known or f'”{code}”'}"
        known = next((project.name for project in mine if project.slug == part), "")
        return bool(known), f"projektet {known or f'”{part}”'}"

    def _cut(self, part) -> Cut:
        cut = Cut(self.rollup.only)
        if part in self._goals:
            return replace(cut, goal=int(part.removeprefix(GOAL)))
        if part in self._funds:
            return replace(cut, fund=self._funds[part][2])
        if part in self._sectors:
            return replace(cut, sector=self._sectors[part][2])
        return replace(cut, project=part)

    # --- The whole --------------------------------------------------------------------------------

    @cached_property
    def _texts(self) -> dict[str, Figure]:
        """What is told in words."""
        year = self.rollup.year
        told = {YEAR: ("Redovisningsåret", str(year)), LAST_YEAR: ("Året innan", str(year - 1))}
        found = [
            item for item in self.rollup.facts.administrations if item.code == self.rollup.only
        ]
        for item in found:
            told[WHO] = ("Förvaltningens namn", formats.in_sentence(item.name))
            told[BOARD] = ("Nämndens namn", formats.in_sentence(item.board_name))
        return {name: Figure(name, label, text, "text") for name, (label, text) in told.items()}

    @property
    def _bases(self):
        return OF_ONE if self.rollup.only else NAMES

    def _figure(self, name: Name) -> Figure | None:
        if name.text in self._texts:
            return self._texts[name.text]
        if name.base not in self._bases:
            return None
        found = self._part(name) if "/" in name.text else self._whole(name.figure)
        return self._before(found) if found and name.is_before else found

    def _whole(self, name) -> Figure:
        return replace(figure(self.rollup, name), label=FIGURES[name].heading)

    def _before(self, found: Figure) -> Figure:
        label = f"{found.label}, året innan"
        return replace(found, label=label, value=found.previous, previous=None, rule="", note="")

    # --- A part of it -----------------------------------------------------------------------------

    @cached_property
    def _parts(self) -> dict[str, list[str]]:
        """Figure → what of it can be told."""
        money = [*self._projects, *self._goals, *self._funds]
        return {
            "utbetalt": [*money, *self._units],
            "samverkansparter": list(self._sectors),
            "eu-projekt": [*self._units],
        }

    def _part(self, name: Name) -> Figure | None:
        first, _, rest = name.part.partition("/")
        if first in self._units:
            return self._of_unit(name, *self._units[first], rest)
        if rest:
            return None
        if name.base == "samverkansparter" and first in self._sectors:
            label, number, _ = self._sectors[first]
            return self._made("partners", label, number)
        if name.base != "utbetalt":
            return None
        if first in self._goals or first in self._funds:
            label, amount, _ = (self._goals | self._funds)[first]
            return self._made("paid", label, plain(amount, "kr"))
        if first in self._projects or name.is_before and first in self._earlier_projects:
            title = self._projects.get(first) or self._earlier_projects[first]
            return self._made(
                "paid", f"till {title}", _paid(self.rollup, first), self._paid_before(first)
            )
        return None

    def _made(self, name, of, value: Value, previous: Value = None) -> Figure:
        told = FIGURES[name]
        rule = RULES[told.rule]
        return Figure(name, f"{told.label} {of}", value, told.unit, told.noun, previous, rule=rule)

    @cached_property
    def _projects(self) -> dict[str, str]:
        return {part.project.slug: part.project.name for part in self.rollup.parts}

    @cached_property
    def _earlier_projects(self) -> dict[str, str]:
        parts = self.rollup.parts_of(self.rollup.year - 1)
        return {part.project.slug: part.project.name for part in parts}

    def _paid_before(self, slug) -> Decimal | None:
        year = self.rollup.year - 1
        return _paid(self.rollup.before, slug) if year in self.rollup.facts.reported_years else None

    @cached_property
    def _goals(self) -> dict[str, tuple[str, Amount | None, str]]:
        """What of it → label, money and number."""
        return {
            GOAL + line.key: (f"till mål {line.key}, {line.name}", line.paid, line.key)
            for line in self.rollup.by_goal
            if line.key
        }

    @cached_property
    def _funds(self) -> dict[str, tuple[str, Amount | None, str]]:
        # The last one of a fund knows the money.
        lines = (*self.rollup.projects_by_fund, *self.rollup.by_fund)
        return {
            FUND + key(line.key): (f"från {line.name}", line.paid, line.key)
            for line in lines
            if line.key
        }

    @cached_property
    def _sectors(self) -> dict[str, tuple[str, int, str]]:
        return {
            key(sector): (f"– {formats.in_sentence(sector)}", number, sector)
            for sector, number in self.rollup.partners.items()
        }

    @cached_property
    def _units(self) -> dict[str, tuple[str, str]]:
        """The city's administrations: what they are in a mark → code and name."""
        if self.rollup.only:
            return {}
        facts = self.rollup.facts
        return {unit_key(item.code): (item.code, item.name) for item in facts.administrations}

    def _of_unit(self, name: Name, code, title, rest) -> Figure | None:
        """As the city's own tables have it: what was printed goes before the rows (counting rule 9)."""
        inner = f"{name.base}/{rest}" if rest else name.base
        found = self._ones(code).get(inner)
        if found is None:
            return None
        way = "till" if name.base == "utbetalt" and not rest else "–"
        label = f"{found.label} {way} {formats.in_sentence(title)}"
        if rest or name.base not in ("utbetalt", "eu-projekt"):
            return replace(found, label=label)
        lines = {line.key: line for line in self.rollup.by_administration}
        if line := lines.get(code):
            amount = line.paid if name.base == "utbetalt" else line.projects
            found = replace(found, value=plain(amount, found.unit))
        printed = self.rollup.published.get((self.rollup.year - 1, name.figure, code, None))
        # That it had none is known only where it was printed: it may not have reported.
        before = plain(printed.amount, found.unit) if printed else found.previous or None
        return replace(found, label=label, previous=before)

    def _ones(self, code) -> "Live":
        if code not in self._by_unit:
            self._by_unit[code] = self.of(code)
        return self._by_unit[code]


def _paid(rollup: Rollup, slug: str) -> Decimal | None:
    """What the project was paid in whole kronor; None when nobody has said."""
    paid = [rollup.paid_to(part) for part in rollup.paid_parts if part.project.slug == slug]
    known = [amount for amount in paid if amount is not None]
    return sum(known, Decimal(0)) if known else None
