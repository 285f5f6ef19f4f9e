"""Every named figure: what it is called, what it counts, which rule is behind it. No Django."""

from dataclasses import dataclass
from decimal import Decimal

from malmo_intl.formats import Amount, amount, kronor
from reports.document import Figure, Unit, Value
from reports.rollup import Rollup
from reports.rules import RULES


@dataclass(frozen=True)
class Definition:
    """`rule` is the counting rule that decides the figure. `{year}` stands for the year in `label`."""

    label: str
    unit: Unit
    rule: int
    noun: str = ""


FIGURES = {
    "eu_projects": Definition("Medverkan i EU-projekt", "count", 1, "EU-projekt"),
    "owned": Definition("som projektägare", "count", 1, "EU-projekt"),
    "partnered": Definition("som projektpart", "count", 1, "EU-projekt"),
    "unique_projects": Definition("Unika EU-projekt", "count", 1, "EU-projekt"),
    "paid": Definition("Utbetalda EU-medel", "kr", 4),
    "project_value": Definition("Projektens samlade värde", "kr", 5),
    "partners": Definition("Externa samverkansparter", "count", 4, "parter"),
    "visitors": Definition("Internationella besökare", "count", 7, "personer"),
    "smallest_budget": Definition("Minsta projektbudget", "kr", 5),
    "largest_budget": Definition("Största projektbudget", "kr", 5),
}


def figure(rollup: Rollup, name: str) -> Figure:
    """The figure `name` of the year with the year before beside it. KeyError for an unknown name.

    Its value is the published one where there is one (counting rule 9); the note then tells what the
    rows say today. Both None when nobody has said.
    """
    definition = FIGURES[name]
    now, before = rollup.figure(name), rollup.figure_before(name)
    return Figure(
        name=name,
        label=definition.label,
        value=plain(now.shown, definition.unit),
        unit=definition.unit,
        noun=definition.noun,
        previous=plain(before.shown, definition.unit),
        previous_year=rollup.year - 1 if before.shown is not None else None,
        rule=RULES[definition.rule],
        note=_note(now, definition.unit),
    )


def figures(rollup: Rollup, *names: str) -> tuple[Figure, ...]:
    """Those of `names` that somebody has said something about."""
    found = (figure(rollup, name) for name in names)
    return tuple(item for item in found if item.value is not None or item.previous is not None)


def plain(value: Amount | None, unit: Unit) -> Value:
    """An exact count as int and exact kronor as Decimal; what is rough stays an Amount."""
    if value is None or not value.exact:
        return value
    return int(value.value) if unit == "count" else Decimal(value.value)


def _note(comparison, unit) -> str:
    if not comparison.differs:
        return ""
    show = kronor if unit == "kr" else amount
    said = f"Publicerad siffra. Räknat på projektens egna uppgifter blir det i dag {show(comparison.today)}."
    return f"{said} {comparison.reason}".strip()
