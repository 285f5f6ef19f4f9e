"""The same project does not stand in the register under two names."""

import re
import unicodedata
from collections import defaultdict

from projects.likeness import SAME, resemblance
from reports.checks.case import Case

# Names that are nearly the same have a word that begins with the same letters. So not every name has to be
# held against every other: a register of hundreds is looked through in milliseconds.
BEGINNING = 4


def check(case: Case):
    register = _by_beginning(case.register)
    mine = {entry.project.pk for entry in case.entries}
    for entry in case.entries:
        names = _names(entry.project)
        near = {other.pk: other for start in _beginnings(names) for other in register[start]}
        for pk, other in sorted(near.items()):
            # Two of one's own are asked about once, from the first of them.
            if pk == entry.project.pk or (pk in mine and pk < entry.project.pk):
                continue
            if _may_be_one(entry.project, other) and _resembles(names, _names(other)):
                yield case.warning(
                    "samma-projekt",
                    f"{entry.name} liknar {other.name}, som också finns i registret. Är det samma projekt?",
                    entry.part,
                    "#om",
                    f"{entry.project.slug}:{other.slug}",
                )


def _names(project) -> dict[str, str]:
    """All that it is called: as it is searched for → as it is written."""
    return {item.search: item.name for item in (project, *project.aliases.all())}


def _by_beginning(projects) -> dict[str, list]:
    found = defaultdict(list)
    for project in projects:
        for start in _beginnings(_names(project)):
            found[start].append(project)
    return found


def _beginnings(names) -> set[str]:
    """The first letters of every word, without the dots and rings that get lost on the way."""
    spread = unicodedata.normalize("NFKD", " ".join(names))
    letters = "".join(letter for letter in spread if not unicodedata.combining(letter))
    return {word[:BEGINNING] for word in re.findall(r"[^\W_]{2,}", letters)}


def _may_be_one(project, other) -> bool:
    """Not one after the other: neither continues the other, and their periods meet."""
    if project.pk == other.continues_id or other.pk == project.continues_id:
        return False
    first, second = sorted((project, other), key=lambda item: str(item.starts_on or ""))
    return not (first.ends_on and second.starts_on and first.ends_on < second.starts_on)


def _resembles(names: dict[str, str], others: dict[str, str]) -> bool:
    """A name that both go by has been given to both on purpose, and says nothing."""
    return any(
        resemblance(names[one], others[other], SAME) >= SAME
        for one in names.keys() - others.keys()
        for other in others.keys() - names.keys()
    )
