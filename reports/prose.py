"""Live figures in text: named where they stand, with the value of the day they are read. No Django.

The text holds a mark, "{utbetalt}" or "{utbetalt cirka}": a figure's name and how it is written. `fill` puts
the values in when a document is composed, so that the text never tells another figure than the table.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from html import escape

from malmo_intl import formats, prose
from malmo_intl.formats import MISSING, NBSP, Amount
from malmo_intl.prose import Element
from reports.document import Figure
from reports.facts import MemoFact
from reports.figures import FIGURES, figure
from reports.rollup import Rollup

YEAR = "år"
# The figure's name in a text → in `reports.figures`.
NAMES = {
    "eu-projekt": "eu_projects",
    "ägda-projekt": "owned",
    "partnerprojekt": "partnered",
    "unika-projekt": "unique_projects",
    "utbetalt": "paid",
    "projektvärde": "project_value",
    "samverkansparter": "partners",
    "besökare": "visitors",
    "minsta-budget": "smallest_budget",
    "största-budget": "largest_budget",
}
BEFORE = "-året-innan"
KNOWN = (YEAR, *NAMES, *(name + BEFORE for name in NAMES))
# How a figure may be written → for which units. The first is without a word.
FORMS = {"": ("kr", "count", "text"), "cirka": ("kr",), "tkr": ("kr",), "ord": ("count",)}
_HOW = {"cirka": "avrundat", "tkr": "i tusental kronor", "ord": "små tal med bokstäver"}
_MARK = re.compile(r"\{([^{}<>\n]{1,80})\}")


@dataclass(frozen=True)
class Choice:
    """A live figure that may be put in: its mark, what it says now, and how it is written if not in full."""

    mark: str
    text: str
    how: str = ""


def figures(rollup: Rollup) -> dict[str, Figure]:
    """Every live figure of the year by its name in a text; a value of None is not known."""
    known = {YEAR: Figure(YEAR, "Redovisningsåret", str(rollup.year), "text")}
    for name, inner in NAMES.items():
        now = figure(rollup, inner)
        if now.label.startswith("som "):
            now = replace(now, label=f"Medverkan {now.label}")
        known[name] = now
        known[name + BEFORE] = replace(
            now,
            label=f"{now.label}, året innan",
            value=now.previous,
            previous=None,
            rule="",
            note="",
        )
    return known


def choices(item: Figure, name: str) -> list[Choice]:
    """The ways in which the figure may be written, with what each says now."""
    return [
        Choice(f"{name} {form}".strip(), written(item, form), _HOW.get(form, ""))
        for form, units in FORMS.items()
        if item.unit in units
    ]


def written(item: Figure, form: str = "") -> str:
    """The figure in running text: "43 108 794 kronor", "cirka 43 miljoner kronor", "43 109 tkr", "sjutton".

    What is known only roughly is never written as exact (counting rule 7); rounded once, half up (rule 8).
    """
    value = item.value
    if value is None:
        return MISSING
    if item.unit == "text":
        return str(value)
    rough = value if isinstance(value, Amount) else Amount(value)
    if item.unit == "kr":
        return _money(rough, form)
    if form == "ord" and rough.exact:
        return formats.count_word(int(rough.value))
    return f"{rough.caution.replace('ca', 'cirka')} {formats.number(rough.value)}".strip()


def _money(rough: Amount, form) -> str:
    if form == "cirka" or not rough.exact and form == "":
        return formats.in_words(rough)
    caution = "" if rough.exact else f"{rough.caution.replace('ca', 'cirka')} "
    if form == "tkr":
        return f"{caution}{formats.number(rough.value / 1000)}{NBSP}tkr"
    return f"{formats.number(rough.value)}{NBSP}kronor"


# --- In a text -----------------------------------------------------------------------------------


def fill(html: str, known: Mapping[str, Figure]) -> str:
    """Cleaned `html` with its live figures as they are now. A figure that is no longer there, or not known,
    is "uppgift saknas": a document is never stopped by it."""
    if "<data" not in html:
        return html
    root = prose.read(html)
    _fill(root, known)
    return prose.write(root)


def _fill(element, known):
    for place, part in enumerate(element.inside):
        if not isinstance(part, Element):
            continue
        if part.tag == "data":
            name, _, form = _mark(part).partition(" ")
            item = known.get(name)
            element.inside[place] = escape(written(item, form) if item else MISSING, quote=False)
        else:
            _fill(part, known)


def fill_memo(memo: MemoFact, known: Mapping[str, Figure]) -> MemoFact:
    """The memo with the live figures of its summary and sections filled."""
    sections = {key: fill(text, known) for key, text in memo.sections.items()}
    return replace(memo, summary=fill(memo.summary, known), sections=sections)


def recognise(settled: str) -> str:
    """Settled prose in which marks that were typed as text are live figures too."""
    if "{" not in settled:
        return settled
    root = prose.read(settled)
    _recognise(root)
    return prose.write(root)


def _recognise(element):
    inside, element.inside = element.inside, []
    for part in inside:
        if isinstance(part, str):
            element.inside += _with_figures(part)
        else:
            if part.tag != "data":
                _recognise(part)
            element.inside.append(part)


def _with_figures(text: str) -> Iterator[Element | str]:
    at = 0
    for match in _MARK.finditer(text):
        mark = " ".join(match[1].casefold().split())
        if re.fullmatch(prose.MARK, mark):
            yield text[at : match.start()]
            yield Element("data", f' value="{mark}"', [f"{{{mark}}}"])
            at = match.end()
    yield text[at:]


def faults(settled: str) -> list[str]:
    """A sentence for each mark in the text that is no figure, or cannot be written so."""
    found = dict.fromkeys(_marks(prose.read(settled)))
    return [sentence for mark in found if (sentence := fault(mark))]


def fault(mark: str) -> str:
    name, _, form = mark.partition(" ")
    if name not in KNOWN:
        near = get_close_matches(name, KNOWN, 1)
        meant = f" Menar du {{{near[0]}}}?" if near else " Välj en i listan under texten."
        return f"Siffran {{{mark}}} finns inte.{meant}"
    fits = [word for word, units in FORMS.items() if unit_of(name) in units]
    if form not in fits:
        ways = formats.join_words(f"{{{f'{name} {word}'.strip()}}}" for word in fits)
        return f"{{{mark}}} går inte att skriva så. Skriv {ways.replace(' och ', ' eller ')}."
    return ""


def unit_of(name: str) -> str:
    inner = NAMES.get(name.removesuffix(BEFORE))
    return FIGURES[inner].unit if inner else "text"


def _marks(element) -> Iterator[str]:
    for part in element.inside:
        if isinstance(part, Element):
            if part.tag == "data":
                yield _mark(part)
            yield from _marks(part)


def _mark(part: Element) -> str:
    return part.attributes.removeprefix(' value="').removesuffix('"')
