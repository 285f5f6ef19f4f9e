"""What prose speaks of is in the rows: a project by its name, and who takes part in it."""

import re
from functools import lru_cache

from malmo_intl.formats import in_sentence, join_words
from reports import naming
from reports.checks.case import Case
from reports.checks.sentences import Text


def check(case: Case):
    known, units, mine = _index(_projects(case)), _index(_units(case)), _mine(case)
    own = {entry.project.pk: entry for entry in case.entries}
    for text in case.texts:
        for sentence in text.sentences:
            if named := _named(known, sentence):
                yield from _foreign(case, text, sentence, named, mine)
                entries = [entry for pk, entry in own.items() if pk in named]
                yield from _units_beside(case, text, entries, _named(units, sentence))


@lru_cache(maxsize=8)
def _index(names: tuple) -> naming.Index:
    """The same for the cases of a whole year, which have one register."""
    return naming.Index(names)


@lru_cache(maxsize=4096)
def _named(known: naming.Index, sentence: str) -> dict[int, str]:
    """What a sentence names; kept for those that were read last, as long as the names are the same."""
    return known.found(sentence)


def _projects(case) -> tuple[tuple[str, int], ...]:
    return tuple(
        (name, project.pk)
        for project in case.register
        for name in case.register.names[project.pk]
        if len(name) >= naming.SHORTEST and name not in case.networks
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


def _units(case) -> tuple[tuple[str, int], ...]:
    """What the other administrations are called in a sentence."""
    others = (item for item in case.administrations if item.pk != case.administration.pk)
    return tuple((name, item.pk) for item in others for name in (item.name, in_sentence(item.name)))


def _units_beside(case, text: Text, entries, units):
    """An administration named together with our projects (`entries`), though it takes part in none of them."""
    if not (entries and units):
        return
    taking_part = {row.administration_id for entry in entries for row in entry.participants}
    for pk, name in units.items():
        if pk in taking_part:
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
