"""Projects ascribed to an administration that is not in them, by a sentence that names both."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from malmo_intl.formats import join_words
from reports.reading.blocks import blocks
from reports.reading.context import Context
from reports.reading.figure import ADMINISTRATION, PROJECT
from reports.reading.known import Known

# The sentence names one as a place, a reader or a talking partner rather than as one who takes part.
_BESIDE = re.compile(
    r"\b(?:till|hos|inom|vid|för|med|från|enligt|inför|tillsammans med|i dialog med) $",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Ascription:
    """`administration`: the code of the one that is named; `projects`: slugs of those that it is not in."""

    block: int
    administration: str
    projects: tuple[str, ...]
    sentence: str


def ascriptions(html: str, known: Known) -> Iterator[Ascription]:
    """In order. Quiet: only where a sentence names a single administration, first of all in it, and where none
    that does take part is named."""
    title = ""  # the project of the section: what is said there is said of it too
    for block in blocks(html):
        title = "" if block.is_heading else title
        for _, sentence in block.sentences:
            context = Context.of(sentence, known, (title,) if title else ())
            title = context.projects[0] if context.is_title else title
            found = _ascribed(context)
            if found:
                code, slugs = found
                yield Ascription(block.number, code, slugs, _told(code, slugs, known))


def _ascribed(context: Context) -> tuple[str, tuple[str, ...]] | None:
    if len(context.administrations) != 1 or not context.projects:
        return None
    (code,) = context.administrations
    start = next(at for at, _, subject in context.places if subject[0] == ADMINISTRATION)
    if _BESIDE.search(context.text[max(0, start - 20) : start]):
        return None
    known = context.known
    slugs = [slug for slug in context.projects if known.taking_part.get(slug)]
    if any(code in known.taking_part.get(slug, ()) for slug in context.talked_of):
        return None
    return (code, tuple(slugs)) if slugs else None


def _told(code, slugs, known) -> str:
    projects = join_words(known.called[PROJECT, slug] for slug in slugs)
    holders = join_words(
        known.called.get((ADMINISTRATION, holder), holder)
        for holder in dict.fromkeys(
            holder for slug in slugs for holder in sorted(known.taking_part[slug])
        )
    )
    return (
        f"Här nämns {known.called[ADMINISTRATION, code]} tillsammans med {projects}, men enligt "
        f"projektregistret deltar {holders}."
    )
