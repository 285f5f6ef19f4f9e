"""The figures of a year that a text may rightly speak of, gathered from a Rollup. No Django, no queries.

They are the named figures of the city or of the administration that writes, with the year before; what each
project was paid, granted and has as budget, target and result; the tables by administration, goal and fund;
counts by role; outside parties by sector; and what earlier reports have printed.
"""

from collections.abc import Iterator
from decimal import Decimal

from malmo_intl.formats import Amount, in_sentence
from reports.facts import Part
from reports.figures import FIGURES
from reports.live_names import BEFORE, NAMES, key, unit_key
from reports.live_names import FUND as A_FUND
from reports.live_names import GOAL as A_GOAL
from reports.reading import words
from reports.reading.figure import (
    ADMINISTRATION,
    BUDGET,
    FUND,
    GOAL,
    GRANTED,
    MEASURE,
    PAID,
    PROJECT,
    SECTOR,
    WHOLE,
    WITH_MONEY,
    KnownFigure,
)
from reports.reading.units import COUNT, KRONOR, PERCENT
from reports.rollup import Rollup
from reports.rules import is_eu_project

# A named figure (`reports.figures`) → what it is among these.
_ABOUT = {
    "eu_projects": words.PROJECTS,
    "unique_projects": words.PROJECTS,
    "owned": words.OWNED,
    "partnered": words.PARTNERED,
    "paid": PAID,
    "project_value": BUDGET,
    "smallest_budget": BUDGET,
    "largest_budget": BUDGET,
    "partners": words.PARTNERS,
    "visitors": words.VISITORS,
}


def figures_of(own: Rollup, rollup: Rollup) -> Iterator[KnownFigure]:
    """`own`: of the one that writes; `rollup`: what else is known, of the whole city where it may be."""
    yield from _named(own)
    yield from _with_money(own)
    yield from _of_administrations(rollup)
    yield from _of_tables(own)
    yield from _of_sectors(own)
    yield from _printed(rollup)
    projects = {}
    for part in own.facts.parts:
        if not own.only or part.administration == own.only:
            yield from _of_payouts(part, own)
            projects.setdefault(part.project.slug, part.project)
    for project in projects.values():
        yield from _of_project(project, own.year)


def _named(own) -> Iterator[KnownFigure]:
    """The figures that have a name of their own, this year and the year before."""
    for name, inner in NAMES.items():
        definition = FIGURES[inner]
        comparison = own.figure(inner)
        now, before = comparison.shown, own.figure_before(inner).shown
        unit = KRONOR if definition.unit == "kr" else COUNT
        about = _ABOUT[inner]
        if now is not None:
            parts = None if comparison.published else _parts(own, inner)
            yield KnownFigure(
                definition.heading, now, unit, about, own.year, WHOLE, name,
                frozenset() if parts is None else _also(own, parts),
                every=len(parts) if own.only and parts is not None else None,
            )  # fmt: skip
        if before is not None:
            label = f"{definition.heading}, året innan"
            yield KnownFigure(label, before, unit, about, own.year - 1, WHOLE, name + BEFORE)


def _parts(own, inner) -> list[Part] | None:
    """The participations that a count is of, also those in projects without EU money; None for other figures."""
    wanted = {
        "eu_projects": lambda part: True,
        "owned": lambda part: part.is_owner,
        "partnered": lambda part: not part.is_owner,
    }.get(inner)
    return None if wanted is None else [part for part in own.parts if wanted(part)]


def _also(own, parts) -> frozenset[int]:
    """What a count of projects may rightly be: all or EU projects only, with or without those that have ended
    and were only paid in the year."""
    running = [part for part in parts if _runs(part, own.year)]
    paid = [part for part in parts if own.paid_to(part)]
    every = [parts, running, paid]
    if not own.only:
        every += [list({part.project.slug: part for part in some}.values()) for some in every]
    return frozenset(
        sum(not eu or is_eu_project(part) for part in some)
        for some in every
        for eu in (False, True)
    )


def _runs(part: Part, year) -> bool:
    ends = part.ends_on or part.project.ends_on
    return ends is None or ends.year >= year


def _with_money(own) -> Iterator[KnownFigure]:
    """How many projects money was paid to; what is waited for may be counted or not."""
    paid = [part for part in own.paid_parts if own.paid_to(part)]
    waiting = [part for part in own.paid_parts if own.paid_to(part) is None]
    number = len({part.project.slug for part in paid})
    # Printed sums have no rows to count; an own report without rows has been paid nothing.
    if own.paid_parts or own.only:
        yield KnownFigure(
            "Projekt som har fått EU-medel",
            Amount(Decimal(number)),
            COUNT,
            WITH_MONEY,
            own.year,
            also=frozenset({len(paid), number + len(waiting), sum(map(is_eu_project, paid))}),
        )


def _of_administrations(rollup) -> Iterator[KnownFigure]:
    """The lines of the table by administration, as they are shown."""
    for line in rollup.by_administration:
        subject = frozenset({(ADMINISTRATION, line.key)})
        name = in_sentence(line.name)
        if line.projects is not None:
            also = frozenset()
            if line.count:
                own = [part for part in rollup.parts if part.administration == line.key]
                also = frozenset({len(own), sum(_runs(part, rollup.year) for part in own)})
                yield KnownFigure(
                    f"EU-projekt som {name} äger",
                    Amount(Decimal(line.count.owned)), COUNT, words.OWNED, rollup.year, subject,
                    also=frozenset({sum(part.is_owner for part in own)}),
                )  # fmt: skip
                yield KnownFigure(
                    f"EU-projekt som {name} är part i",
                    Amount(Decimal(line.count.partnered)), COUNT, words.PARTNERED, rollup.year, subject,
                    also=frozenset({sum(not part.is_owner for part in own)}),
                )  # fmt: skip
            yield KnownFigure(
                f"EU-projekt, {name}",
                line.projects, COUNT, words.PROJECTS, rollup.year, subject,
                f"eu-projekt/{unit_key(line.key)}", also,
            )  # fmt: skip
        if line.paid is not None:
            yield KnownFigure(
                f"Utbetalda EU-medel till {name}",
                line.paid,
                KRONOR,
                PAID,
                rollup.year,
                subject,
                f"utbetalt/{unit_key(line.key)}",
            )


def _of_tables(own) -> Iterator[KnownFigure]:
    for line in own.by_goal:
        if line.key and line.paid and line.paid.value:
            yield KnownFigure(
                f"Utbetalda EU-medel för målet {line.name}",
                line.paid, KRONOR, PAID, own.year, frozenset({(GOAL, line.key)}),
                f"utbetalt/{A_GOAL}{line.key}",
            )  # fmt: skip
    for line in own.by_fund:
        if line.key:
            yield KnownFigure(
                f"Utbetalda EU-medel från {line.name}",
                line.paid, KRONOR, PAID, own.year, frozenset({(FUND, line.key)}),
                f"utbetalt/{A_FUND}{key(line.key)}",
            )  # fmt: skip
    for line in own.projects_by_fund:
        yield KnownFigure(
            f"EU-projekt med medel från {line.name}",
            Amount(Decimal(line.count.participations)), COUNT, words.PROJECTS, own.year,
            frozenset({(FUND, line.key)}), also=frozenset({line.count.projects}),
        )  # fmt: skip


def _of_sectors(own) -> Iterator[KnownFigure]:
    for sector, number in own.partners.items():
        yield KnownFigure(
            f"Samverkansparter, {sector}",
            Amount(Decimal(number)), COUNT, words.PARTNERS, own.year, frozenset({(SECTOR, sector)}),
            f"samverkansparter/{key(sector)}",
        )  # fmt: skip


def _printed(rollup) -> Iterator[KnownFigure]:
    """What reports of still earlier years have printed of the whole city."""
    for (year, name, administration, goal), item in rollup.published.items():
        if name in _ABOUT and not administration and goal is None and year < rollup.year - 1:
            yield KnownFigure(
                f"{FIGURES[name].heading} {year}", item.amount,
                KRONOR if _ABOUT[name] in (PAID, BUDGET) else COUNT, _ABOUT[name], year,
            )  # fmt: skip


def _of_payouts(part: Part, own) -> Iterator[KnownFigure]:
    subjects = frozenset({(PROJECT, part.project.slug), (ADMINISTRATION, part.administration)})
    # In the city's text a project's live figure is what all were paid for it.
    names = {own.year: "utbetalt", own.year - 1: f"utbetalt{BEFORE}"} if own.only else {}
    for payout in part.payouts:
        if payout.amount is not None:
            yield KnownFigure(
                f"Utbetalningen till {part.project.name} {payout.year}",
                Amount(payout.amount), KRONOR, PAID, payout.year, subjects,
                f"{names[payout.year]}/{part.project.slug}" if payout.year in names else "",
            )  # fmt: skip


def _of_project(project, year) -> Iterator[KnownFigure]:
    subject = frozenset({(PROJECT, project.slug)})
    for grant in project.grants:
        if grant.amount is not None:
            yield KnownFigure(
                f"Beviljat {project.name}", grant.amount, KRONOR, GRANTED, year, subject
            )
        if grant.budget is not None:
            yield KnownFigure(
                f"Budget för {project.name}", grant.budget, KRONOR, BUDGET, year, subject
            )
    for item in project.measures:
        kind = "Mål" if item.is_target else "Resultat"
        is_share = item.unit.casefold() in ("procent", "%")
        yield KnownFigure(
            f"{kind} för {project.name}: {in_sentence(item.what)}",
            Amount(item.value, item.qualifier),
            PERCENT if is_share else COUNT,
            MEASURE,
            year,
            subject,
            noun=" ".join((item.unit, item.what)),
        )
