"""Saving a part so that nothing is lost when two write at once: the versions, laid side by side.

Whoever saves says which version they saw. If it is still the latest, theirs becomes the next. If not,
three versions are compared field by field: what only one of the two has changed is kept from each, and
where both changed the same field the person chooses.
"""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from django.db import transaction
from django.db.models import F

from malmo_intl.models import Event
from reports.entry.form import REASON, PartForm, Rows, signature
from reports.entry.merging import Clash, clashes, is_place, merge, rows_of
from reports.models import Part, Saving

# A page's automatic saves that follow on each other within this time are shown as one.
ONE_SITTING = datetime.timedelta(minutes=5)


@dataclass(frozen=True)
class Writer:
    """Who saves, when, how, and from which page as it was opened: a page may send the same twice.

    `by` is None for a command, which nobody is logged in to.
    """

    by: object
    at: datetime.datetime
    how: str = Saving.How.SAVED
    page: str = ""

    @property
    def name(self) -> str:
        return signature(self.by)


class Conflict(Exception):
    """Both changed the same fields, or what they changed does not go together.

    `merged` is everything put together, with mine where they clash; `theirs` is what is stored.
    """

    def __init__(self, theirs: PartForm, merged: dict[str, str], clashes: list[Clash]):
        super().__init__(theirs.key)
        self.theirs, self.merged, self.clashes = theirs, merged, clashes


class _Stale(Exception):
    """Someone saved after the version that was seen."""


def save(form: PartForm, seen: int, writer: Writer, *, finished=False) -> Part:
    """Store a valid `form`, which was made from version `seen`. Returns its part as it is now.

    Raises Conflict, with nothing stored, when someone else changed the same fields meanwhile.
    """
    try:
        return _store(form, seen, writer, finished)
    except _Stale:
        return _join(form, seen, writer, finished)


def _store(form, seen, writer, finished):
    with transaction.atomic():
        part, is_new = form.submission.parts.get_or_create(key=form.key)
        mine = Part.objects.filter(pk=part.pk, version=seen)
        if not mine.update(version=F("version") + 1, saved_by=writer.by, saved_at=writer.at):
            raise _Stale
        if is_new:
            # What was there before anyone wrote here: others may have that in front of them.
            part.savings.create(version=0, values=form.stored, labels=form.labels(), at=writer.at)
        part.refresh_from_db()
        form.write(writer.by)
        _set_status(part, form, writer, finished)
        _remember(part, form, writer)
    return part


def _join(form, seen, writer, finished):
    """Put the two together: `form` is mine, what is stored now is theirs."""
    theirs = type(form)(form.submission, form.key)
    if theirs.part is None:  # nobody has saved it: the version that the page speaks of never was
        return save(form, 0, writer, finished=finished)
    since = list(theirs.part.savings.filter(version__gt=seen).order_by("version"))
    mine, base = form.values(), base_of(theirs.part, seen)
    # The page's own saves, sent again or before their answers came: nobody else is in between.
    own = list(takewhile(lambda saving: writer.page and saving.page == writer.page, since))
    for saving in own:
        mine = {rename(name, saving.renamed): text for name, text in mine.items()}
        base = saving.values
    merged, disagree = merge(base, theirs.stored, mine, rows_of(form))
    found = clashes(form, theirs.stored, merged, disagree)
    together = type(form)(form.submission, form.key, merged)
    if found or not together.is_valid():
        raise Conflict(theirs, merged, found)
    if len(own) < len(since):
        writer = replace(writer, how=Saving.How.MERGED)
    part = save(together, theirs.version, writer, finished=finished)
    form.renamed, form.taken_away = together.renamed, together.taken_away
    return part


def rename(name: str, renamed: dict[str, str]) -> str:
    """What the field is called once its row is saved: rad-ny1-titel → rad-17-titel."""
    for new, kept in renamed.items():
        if name.startswith(new):
            return kept + name.removeprefix(new)
    return name


def base_of(part: Part, version: int) -> dict[str, str]:
    """What the part held in `version`, or in the nearest kept version before it."""
    saving = part.savings.filter(version__lte=version).order_by("-version").first()
    return saving.values if saving else {}


def _set_status(part, form, writer, finished):
    before = part.status
    if form.says_nothing():
        part.status, part.signed_by = Part.Status.NOTHING, writer.name
        part.reason = form.cleaned_data[REASON]
    elif finished:
        part.status, part.signed_by, part.reason = Part.Status.DONE, "", ""
    elif part.status == Part.Status.NOTHING:
        part.status, part.signed_by, part.reason = Part.Status.STARTED, "", ""
    part.save(update_fields=["status", "signed_by", "reason"])
    if finished or part.status == Part.Status.NOTHING:
        form.submission.comments.filter(key=form.key).resolve(writer.name, writer.at)
    if part.status != before and part.is_finished:
        Event.objects.record(
            f"angav {part.get_status_display().lower()}",
            part.submission or part.year,
            writer.by,
            administration=form.submission.administration,
            comment=str(form.heading),
        )


def _remember(part, form, writer):
    """Keep what is stored now as a version of its own: somebody may have opened any of them."""
    after = type(form)(form.submission, form.key)  # read anew: new rows have names of their own now
    part.savings.create(
        version=part.version,
        values=after.stored,
        labels=after.labels(),
        renamed=form.renamed,
        by=writer.by,
        by_name=writer.name,
        at=writer.at,
        how=writer.how,
        page=writer.page,
    )


def restore(now: PartForm, version: int, writer: Writer) -> Part:
    """Make the part what it was after `version`, as a new version. Removed rows come back as new.

    Raises ValidationError if it cannot be saved as it was, for instance when a project is gone.
    """
    then = now.part.savings.get(version=version).values
    values = dict.fromkeys(now.stored, "") | then
    known = {name.rsplit("-", 1)[0] for name in then}
    values |= {
        name: "on"
        for name in now.fields
        if name.endswith(f"-{Rows.REMOVE}") and name.rsplit("-", 1)[0] not in known
    }
    form = type(now)(now.submission, now.key, values)
    form.full_clean()
    if form.errors:
        form.raise_errors()
    return save(form, now.version, writer)


@dataclass(frozen=True)
class Change:
    """A field that a save changed, as people know it; or rows that changed places with each other."""

    label: str
    before: str = ""
    after: str = ""
    is_move: bool = False


def changes(newer: Saving, older: Saving | None) -> list[Change]:
    """What `newer` changed, field by field; against nothing for the first save.

    The numbers of rows' places say nothing to people: rows that changed places are one change.
    """
    before = older.values if older else {}
    labels = (older.labels if older else {}) | newer.labels
    names = [
        name
        for name in {**before, **newer.values}
        if before.get(name, "") != newer.values.get(name, "") and not is_place(name)
    ]
    changed = [
        Change(labels.get(name, name), before.get(name, ""), newer.values.get(name, ""))
        for name in names
    ]
    return changed + [
        Change(re.sub(r" \d+$", "", labels.get(name, name)), is_move=True)
        for name in _moved(before, newer.values)
    ]


def _moved(before: dict, after: dict) -> list[str]:
    """Of each list whose rows, those that were there before too, now stand in another order: the name of
    one row's place."""
    lists: dict[str, list[str]] = {}
    for name in before.keys() & after.keys():
        if is_place(name) and before[name].isdecimal() and after[name].isdecimal():
            lists.setdefault(name.split("-")[0], []).append(name)
    return [
        min(places)
        for _, places in sorted(lists.items())
        if sorted(places, key=lambda name: int(before[name]))
        != sorted(places, key=lambda name: int(after[name]))
    ]


def sittings(savings: Iterable[Saving]) -> Iterator[tuple[Saving, Saving]]:
    """(what a sitting ended with, what it began from), the latest first. `savings`: the latest first.

    A page's automatic saves that follow on each other are one sitting; any other save is its own.
    """
    newest = newer = None
    for older in savings:
        if newer is not None and not _goes_on(older, newer):
            yield newest, older
            newest = None
        newest, newer = newest or older, older


def _goes_on(older, newer) -> bool:
    return (
        older.how == newer.how == Saving.How.AUTO
        and older.by_id == newer.by_id
        and older.page == newer.page
        and newer.at - older.at < ONE_SITTING
    )
