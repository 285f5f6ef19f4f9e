"""Taking texts from a Word file into the parts that they are written in, as the editor saves them: all or none."""

from dataclasses import dataclass
from itertools import takewhile

from django.db import transaction

from malmo_intl.models import Event
from reports.entry import saving
from reports.entry.merging import Clash, clashes
from reports.wordback.proposal import Change

VERB = "tog in ändringar från Word"


@dataclass(frozen=True)
class Taken:
    """A text that was shown and chosen: what the part held when it was shown, and what it shall hold."""

    key: str
    field: str
    heading: str
    before: str
    after: str

    @classmethod
    def of(cls, change: Change) -> "Taken":
        return cls(
            change.target.key, change.target.field, change.heading, change.before, change.after
        )

    @property
    def name(self) -> str:
        return f"{self.key}:{self.field}"


class Overtaken(Exception):
    """The text has been changed here since it was shown; nothing was stored."""

    def __init__(self, taken: Taken):
        super().__init__(taken.name)
        self.taken = taken


@transaction.atomic
def store(desk, chosen: list[Taken], writer: saving.Writer) -> int:
    """Save the chosen texts. Returns how many.

    Raises Overtaken, or ValidationError where one cannot be saved; then nothing is.
    """
    desk.hold()
    desk.begin(writer.by)
    for key in dict.fromkeys(taken.key for taken in chosen):
        _store_part(desk, key, [taken for taken in chosen if taken.key == key], writer)
    of = desk.submission
    Event.objects.record(
        VERB,
        of.year if of.administration is None else of,
        writer.by,
        administration=of.administration,
        comment=", ".join(taken.heading for taken in chosen),
    )
    return len(chosen)


def _store_part(desk, key, chosen, writer):
    now = desk.form(key)
    for taken in chosen:
        if now.stored.get(taken.field, "") not in (taken.before, taken.after):
            raise Overtaken(taken)
    form = with_texts(now, chosen)
    if not form.is_valid():
        form.raise_errors()
    try:
        saving.save(form, now.version, writer)
    except saving.Conflict as conflict:
        raise Overtaken(chosen[0]) from conflict


def with_texts(now, chosen: list[Taken]):
    """The part's form as if the texts had been written on its page."""
    return type(now)(
        now.submission, now.key, now.stored | {taken.field: taken.after for taken in chosen}
    )


def author(now: saving.PartForm, field: str):
    """Who wrote the text of the field as it is stored; None if that is not known."""
    text, newest_first = now.stored.get(field, ""), []
    if now.part:
        newest_first = now.part.savings.select_related("by").order_by("-version")
    written = list(takewhile(lambda saved: saved.values.get(field, "") == text, newest_first))
    return written[-1].by if written else None


def clash_over(desk, taken: Taken) -> tuple[saving.PartForm, list[Clash], dict[str, str]]:
    """The part as it is stored, the one text that both have changed, and all the rest of the part."""
    now = desk.form(taken.key)
    mine = with_texts(now, [taken])
    found = clashes(mine, now.stored, now.stored | {taken.field: taken.after}, [taken.field])
    rest = {name: text for name, text in now.stored.items() if name != taken.field}
    return now, found, rest
