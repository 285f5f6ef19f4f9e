"""Live figures in text: named where they stand, with the value of the day they are read. No Django.

The text holds a mark, "{utbetalt}" or "{utbetalt cirka}": a figure's name (`reports.live`) and how it is written.
`fill` puts the values in when a document is composed, so that the text never tells another figure than the table.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from html import escape

from malmo_intl import formats, prose
from malmo_intl.formats import MISSING, NBSP, Amount
from malmo_intl.prose import Element, is_live, mark_of
from reports.document import Figure
from reports.facts import MemoFact, SubmissionFact
from reports.live_names import Name

# How a figure may be written → for which units. The first is without a word.
FORMS = {
    "": ("kr", "count", "text"),
    "cirka": ("kr",),
    "tkr": ("kr",),
    "ord": ("count",),
    "först": ("text",),
}
_HOW = {
    "cirka": "avrundat",
    "tkr": "i tusental kronor",
    "ord": "små tal med bokstäver",
    "först": "först i en mening",
}
MILLION = 1_000_000
# What a document says in place of a figure that there is none of any more.
GONE = "[siffran finns inte längre]"
_MARK = re.compile(r"\{([^{}<>\n]{1,300})\}")


@dataclass(frozen=True)
class Choice:
    """A live figure that may be put in: its mark, what it says now, and how it is written if not in full."""

    mark: str
    text: str
    how: str = ""


def choices(item: Figure, name: str) -> list[Choice]:
    """The ways in which the figure may be written, with what each says now; what is unknown is said in one."""
    return [
        Choice(f"{name} {form}".strip(), written(item, form), _HOW.get(form, ""))
        for form in (forms(item) if item.value is not None else [""])
    ]


def forms(item: Figure) -> list[str]:
    """The words for the ways in which the figure may be written; what has no letters has no capital."""
    fits = [form for form, units in FORMS.items() if item.unit in units]
    return fits if item.unit != "text" or str(item.value)[:1].isalpha() else [""]


def written(item: Figure, form: str = "") -> str:
    """The figure in running text: "43 108 794 kronor", "cirka 43 miljoner kronor", "43 109 tkr", "sjutton".

    What is known only roughly is never written as exact (counting rule 7); rounded once, half up (rule 8).
    """
    value = item.value
    if value is None:
        return MISSING
    if item.unit == "text":
        text = str(value)
        return text[:1].upper() + text[1:] if form == "först" else text
    rough = value if isinstance(value, Amount) else Amount(value)
    if item.unit == "kr":
        return _money(rough, form)
    if form == "ord" and rough.exact:
        return formats.count_word(int(rough.value))
    return f"{rough.caution.replace('ca', 'cirka')} {formats.number(rough.value)}".strip()


def _money(rough: Amount, form) -> str:
    if form == "cirka" and rough.exact and abs(rough.value) < MILLION:
        return _thousands(rough.value)
    if form == "cirka" or not rough.exact and form == "":
        return formats.in_words(rough)
    caution = "" if rough.exact else f"{rough.caution.replace('ca', 'cirka')} "
    if form == "tkr":
        return f"{caution}{formats.number(rough.value / 1000)}{NBSP}tkr"
    return f"{formats.number(rough.value)}{NBSP}kronor"


def _thousands(value: Decimal) -> str:
    """ "cirka 170 000 kronor": two digits tell the size of what is less than a million."""
    step = Decimal(10) ** max(value.adjusted() - 1, 0)
    near = formats.round_half_up(value, step)
    caution = "" if near == value else "cirka "
    return f"{caution}{formats.number(near)}{NBSP}kronor"


# --- In a text -----------------------------------------------------------------------------------


def fill(
    html: str, known: Mapping[str, Figure], within: str = "", *, keep_unknown: bool = False
) -> str:
    """Settled `html` in which the live figures hold what they say now; the marks are still theirs.

    `within`: what of the document's figures those of this text are (`live.unit_key`). A figure that is no
    longer there is said to be gone, which is not the same as unknown: a document is never stopped by it. Where
    people write, `keep_unknown` leaves it as it is written, for them to mend.
    """
    if "<data" not in html:
        return html
    root = prose.read(html)
    _fill(root, known, within, keep_unknown)
    return prose.write(root)


def _fill(element, known, within, keep_unknown):
    for place, part in enumerate(element.inside):
        if is_live(part):
            is_gone = mark_of(part).partition(" ")[0] not in known
            if not (is_gone and keep_unknown):
                element.inside[place] = _filled(mark_of(part), known, within)
        elif isinstance(part, Element):
            _fill(part, known, within, keep_unknown)


def _filled(mark, known, within) -> Element | str:
    name, _, form = mark.partition(" ")
    item = known.get(name)
    if item is None:
        return GONE
    meant = f"{Name(name).within(within)} {form}".strip()
    return Element("data", f' value="{meant}"', [escape(written(item, form), quote=False)])


def as_words(filled: str) -> str:
    """The text with what its live figures say as plain words, as when somebody else quotes it."""
    return prose.without_figures(filled) if "<data" in filled else filled


def fill_memo(memo: MemoFact, known: Mapping[str, Figure]) -> MemoFact:
    """The memo with the live figures of its summary and sections filled."""
    sections = {key: fill(text, known) for key, text in memo.sections.items()}
    return replace(memo, summary=fill(memo.summary, known), sections=sections)


def fill_answers(
    submission: SubmissionFact, known: Mapping[str, Figure], within: str = ""
) -> SubmissionFact:
    """The submission with the live figures of its answers filled."""
    answers = tuple(
        replace(answer, text=fill(answer.text, known, within)) for answer in submission.answers
    )
    return replace(submission, answers=answers)


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
        own = match[1].strip().removeprefix(f"{prose.OWN}:").strip()
        if mark.startswith(f"{prose.OWN}:") and 0 < len(own) <= prose.LONGEST_OWN:
            made = Element("data", f' value="{prose.OWN}"', [own])
        elif re.fullmatch(prose.MARK, mark):
            made = Element("data", f' value="{mark}"', [f"{{{mark}}}"])
        else:
            continue
        yield text[at : match.start()]
        yield made
        at = match.end()
    yield text[at:]


def marks(settled: str) -> list[str]:
    """The marks of the text's live figures, each once, in order."""
    return list(dict.fromkeys(_marks(prose.read(settled)))) if "<data" in settled else []


def said(settled: str, known: Mapping[str, Figure]) -> dict[str, str]:
    """Mark → what it says now, of the text's live figures that there are."""
    found = {mark: mark.partition(" ") for mark in marks(settled)}
    return {
        mark: written(known[name], form) for mark, (name, _, form) in found.items() if name in known
    }


def _marks(element) -> Iterator[str]:
    for part in element.inside:
        if is_live(part):
            yield mark_of(part)
        elif isinstance(part, Element):
            yield from _marks(part)
