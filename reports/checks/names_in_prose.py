"""What prose speaks of is in the rows: a project by its name, and who takes part in it."""

import re

from malmo_intl.formats import in_sentence, join_words
from reports import naming
from reports.checks import sentences
from reports.checks.case import Case
from reports.checks.sentences import Text


def check(case: Case):
    known, mine, units = _names(case), _mine(case), _units(case)
    for text in case.texts:
        whole = "\n".join(text.sentences)
        here = [
            pair for pair in known if pair[0] in whole
        ]  # so that not every sentence is searched
        for sentence in text.sentences:
            named = naming.found(here, sentence)
            yield from _foreign(case, text, sentence, named, mine)
            yield from _units_beside(case, text, sentence, named, units)


def _names(case) -> naming.Names:
    return naming.longest_first(
        (name, project.pk)
        for project in case.register
        for name in (project.name, *(alias.name for alias in project.aliases.all()))
        if name not in case.networks
    )


def _foreign(case, text: Text, sentence, named, mine):
    """A project that the administration has never been in, spoken of as a project."""
    for pk, name in named.items():
        if pk in mine or not (_is_distinct(name) or _is_called_project(name, sentence)):
            continue
        yield case.warning(
            "projekt-i-text",
            f"I {text.name} nämns {name}, som inte finns bland era projekt. "
            "Lägg till projektet om förvaltningen är med i det.",
            text.part,
            text.field,
            f"{text.part}:{text.field}:{pk}",
        )


def _mine(case) -> set[int]:
    """The administration's projects of all years, with those before and after them."""
    mine = {entry.project.pk for entry in case.every}
    before = {entry.project.continues_id for entry in case.every}
    return mine | before | {item.pk for item in case.register if item.continues_id in mine}


def _is_distinct(name: str) -> bool:
    """Hardly ordinary words or a place: it has capitals or digits within, such as ThaiWISE or HÅPP."""
    return bool(re.search(r"\d|(?<=\w)[A-ZÅÄÖ]|-[A-ZÅÄÖ]", name))


def _is_called_project(name: str, sentence: str) -> bool:
    """ "projektet Vägen in", "Rebus-projektet": else ordinary words and places would be projects."""
    name = re.escape(name)
    return bool(re.search(rf"projekt\w*\W{{1,3}}{name}|{name}-?projekt", sentence, re.IGNORECASE))


# --- Administrations -----------------------------------------------------------------------------


def _units(case) -> dict[str, int]:
    """What the other administrations are called in a sentence → their number."""
    others = [item for item in case.administrations if item.pk != case.administration.pk]
    return {name: item.pk for item in others for name in (item.name, in_sentence(item.name))}


def _units_beside(case, text: Text, sentence, named, units):
    """An administration named together with our projects, though it takes part in none of them."""
    entries = [entry for entry in case.entries if entry.project.pk in named]
    if not entries:
        return
    taking_part = {
        row.administration_id for entry in entries for row in entry.project.participations.all()
    }
    for name, pk in units.items():
        if pk in taking_part or not sentences.names(name, sentence):
            continue
        projects = join_words(entry.name for entry in entries)
        yield case.warning(
            "forvaltning-i-text",
            f"I {text.name} nämns {in_sentence(name)} tillsammans med {projects}, men är inte med där "
            "enligt projektregistret.",
            text.part,
            text.field,
            f"{text.part}:{text.field}:{pk}:{entries[0].project.slug}",
        )
