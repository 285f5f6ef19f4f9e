"""What is said in words agrees with the figures: exact sums in kronor, and counts of projects.

Only where the sentence speaks of the very figure, by its name or by being within a slip of the finger of
it. A sum said to be approximate is left alone.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from rapidfuzz.distance import OSA

from malmo_intl.formats import count_word, number
from reports.checks import sentences
from reports.checks.case import Case, Entry
from reports.checks.sentences import Text
from reports.rules import is_eu_project

# Closer than this share is the same figure, misread or rounded.
NEAR = Decimal("0.01")
_PAID = re.compile(r"\bbetal(?:ats|ades|at|as|t)\b|\butbetal", re.IGNORECASE)
_WHOLE = re.compile(r"\b(?:totalt|sammanlagt|tillsammans|förvaltningen|nämnden|summan?)\b", re.I)
_PROJECTS = r"(?P<count>\w+) (?:[\w-]+(?:ande|ade) )?(?:EU-)?projekt\b"
_OWNED = re.compile(rf"\b(?:ägde|ägt|äger|(?:projekt)?ägare (?:för|i|av|till)) {_PROJECTS}")
_PARTNERED = re.compile(rf"\b(?:projekt)?(?:part|partner) i {_PROJECTS}")
_ALL = re.compile(rf"\b(?:totalt|sammanlagt) {_PROJECTS}")
_PAID_FOR = re.compile(rf"\bEU-medel\b.{{0,120}}?\b(?:för|till|på) {_PROJECTS}")
_WE = re.compile(r"(?:förvaltningen|kontoret|\bvi)\b", re.IGNORECASE)


def check(case: Case):
    known = _known(case)
    for text in case.texts:
        for sentence in text.sentences:
            said = sentences.years(sentence)
            if not said or case.year in said:
                yield from _kronor(case, text, sentence, known)
                yield from _counts(case, text, sentence)


# --- Kronor --------------------------------------------------------------------------------------


def _kronor(case, text: Text, sentence: str, known: set[Decimal]):
    for said in sentences.exact_kronor(sentence):
        if said in known:
            continue
        figure = _near(case, said) or _named(case, sentence)
        if figure:
            what, value = figure
            yield case.warning(
                "tal-i-text",
                f"I {text.name} står {number(said)} kronor, men {what} är {number(value)} kronor.",
                text.part,
                text.field,
                f"{text.part}:{text.field}:{said}:{value}",
            )


def _known(case) -> set[Decimal]:
    """Every sum that the report may rightly speak of."""
    known = {line.paid.value for line in (*case.rollup.by_goal, *case.rollup.by_fund)}
    known |= {value for _, value in _figures(case)}
    for entry in case.every:
        known |= {row.amount for row in entry.row.payouts.all() if row.amount is not None}
        for grant in entry.project.grants.all():
            known |= {grant.amount_sek, grant.budget_sek}
    return known


def _figures(case) -> Iterator[tuple[str, Decimal]]:
    """The year's payouts, what they are called and how much."""
    for entry in case.entries:
        paid = entry.paid(case.year)
        if paid:
            yield f"utbetalningen till {entry.name}", paid
    if case.rollup.paid_parts:
        yield f"summan av utbetalda EU-medel {case.year}", case.rollup.paid.amount


def _near(case, said):
    """The figure that was probably meant: one slip of the finger away, or nearly as much."""
    figures = sorted(_figures(case), key=lambda item: abs(said - item[1]))
    for what, value in figures:
        slip = OSA.distance(str(said), f"{value:.0f}") == 1 and said >= 10_000
        if slip or abs(said - value) <= value * NEAR:
            return what, value
    return None


def _named(case, sentence):
    """The figure that the sentence speaks of by name: one project's payout, or the whole."""
    if not _PAID.search(sentence):
        return None
    named = [entry for entry in case.every if _is_named(entry, sentence)]
    if len(named) == 1 and named[0].paid(case.year) is not None:
        return f"utbetalningen till {named[0].name} {case.year}", named[0].paid(case.year)
    if not named and _WHOLE.search(sentence) and "EU-medel" in sentence and case.rollup.paid_parts:
        return f"summan av utbetalda EU-medel {case.year}", case.rollup.paid.amount
    return None


def _is_named(entry: Entry, sentence) -> bool:
    return any(sentences.names(name, sentence) for name in entry.names())


# --- Projects ------------------------------------------------------------------------------------


def _counts(case, text: Text, sentence: str):
    if not _WE.search(sentence):
        return
    for pattern, wanted, words in (
        (_OWNED, _owned, "äger ni"),
        (_PARTNERED, _partnered, "är ni part i"),
        (_ALL, _every, "är ni med i"),
        (_PAID_FOR, _with_money, "har ni utbetalningar för"),
    ):
        for match in pattern.finditer(sentence):
            entries = [entry for entry in case.entries if wanted(case, entry)]
            said = sentences.count(match["count"])
            if said is None or said in _possible(case, entries):
                continue
            yield case.warning(
                "antal-i-text",
                f"I {text.name} står ”{match['count']} projekt”, men enligt uppgifterna {words} "
                f"{count_word(len(entries))} {case.year}.",
                text.part,
                text.field,
                f"{text.part}:{text.field}:{said}:{wanted.__name__[1:]}:{len(entries)}",
            )


def _owned(case, entry) -> bool:
    return entry.is_owner


def _partnered(case, entry) -> bool:
    return not entry.is_owner


def _every(case, entry) -> bool:
    return True


def _with_money(case, entry) -> bool:
    return entry.payout(case.year) is not None


def _possible(case, entries) -> set[int]:
    """What the count may rightly be: all or EU projects only, with or without those that have ended
    and were only paid in the year, with or without those that were paid nothing."""
    running = [entry for entry in entries if _runs(case, entry)]
    paid = [entry for entry in entries if entry.paid(case.year)]
    return {
        len([entry for entry in some if not eu or is_eu_project(entry.fact)])
        for some in (entries, running, paid)
        for eu in (False, True)
    }


def _runs(case, entry) -> bool:
    ends = entry.row.ends_on or entry.project.ends_on
    return ends is None or ends.year >= case.year
