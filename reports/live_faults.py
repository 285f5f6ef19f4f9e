"""What is said of a mark that is no figure: misspelt, gone from the year, or written as it cannot be. No Django."""

import re
from collections.abc import Collection
from difflib import get_close_matches

from malmo_intl import formats
from reports.live import Live
from reports.live_names import FUND, GOAL, NAMES, UNIT, Name
from reports.prose import forms, marks

# How alike two names of parts must be: "rebbus" is Rebus, and "yalla-trappan" is not Yalla.
MISSPELT = 0.85


def faults(settled: str, live: Live, stood: Collection[str] = ()) -> dict[str, str]:
    """Mark → a sentence, for each mark in the text that is no figure, or cannot be written so. Those that `stood` there
    were figures once: they are gone, and never a misspelling of another."""
    said = {mark: fault(mark, live, has_stood=mark in stood) for mark in marks(settled)}
    return {mark: sentence for mark, sentence in said.items() if sentence}


def fault(mark: str, live: Live, *, has_stood: bool) -> str:
    name, _, form = mark.partition(" ")
    item = live.get(name)
    if item is None:
        return f"Siffran {{{mark}}} finns inte{_instead(name, live, has_stood)}"
    fits = forms(item)
    if form not in fits:
        ways = formats.join_words(f"{{{f'{name} {word}'.strip()}}}" for word in fits)
        return f"{{{mark}}} går inte att skriva så. Skriv {ways.replace(' och ', ' eller ')}."
    return ""


def _instead(name, live, has_stood) -> str:
    known, absent = live.absent(Name(name))
    near = "" if has_stood or known else _meant(name, live)
    if near:
        return f". Menar du {{{near}}}?"
    if absent:
        return f": {absent}. Ta bort siffran eller välj en annan."
    return ". Välj en i listan över siffror."


def _meant(name: str, live) -> str:
    """The same figure spelt right: of what it is of, never of what continues it. Codes are too short to be misspelt."""
    head, slash, part = name.partition("/")
    if head in live and part.startswith((GOAL, FUND, UNIT)):
        return ""
    if head in live:
        there = [other.partition("/")[2] for other in live if other.startswith(f"{head}/")]
        alike = [other for other in there if _shape(other) == _shape(part)]
        near = get_close_matches(part, alike, 1, MISSPELT)
        return f"{head}/{near[0]}" if near else ""
    if Name(name).base in NAMES:
        return ""
    near = get_close_matches(head, [other for other in live if "/" not in other], 1)
    return f"{near[0]}{slash}{part}" if near and f"{near[0]}{slash}{part}" in live else ""


def _shape(words: str) -> str:
    """Digits and hyphens are never misspelt: "malmokraften-2" is not Malmökraften."""
    return re.sub(r"[^\d-]", "", words)
