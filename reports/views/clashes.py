"""Two at once, as the page and the save see it: what was on the page, what was chosen, who was joined."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.forms import BooleanField

from malmo_intl import formats
from reports.entry import merging, saving
from reports.entry.form import PartForm
from reports.entry.rows import Rows
from reports.models import Part

# The fields of the page where two versions are chosen between: valj-svar, deras-svar, mina-svar.
CHOICE, THEIRS, MINE = "valj-", "deras-", "mina-"


class Sides(NamedTuple):
    """Two who wrote the same, or one who wrote it twice, in the words of the page that chooses between them.

    `who` wrote theirs, `there`; you wrote yours, `here`. `either`: whoever of the two.
    """

    title: str
    either: str
    changes: str
    who: str
    there: str
    here: str
    take_theirs: str
    take_mine: str
    keep_theirs: str


def with_another(name: str) -> Sides:
    """`name` of who wrote the other side; "" if that is not known."""
    who = name or "Någon annan"
    owner, subject = (formats.genitive(name), name) if name else ("den andras", "den andra")
    return Sides(
        "Två skrev samtidigt", "någon av er", "Era ändringar", who, "", "",
        f"Ta {owner}", "Ta mitt", f"Behåll raden, som {subject} skrev",
    )  # fmt: skip


OWN_IN_WINDOW = Sides(
    "Två egna versioner", "du", "Dina ändringar", "Du", " i ett annat fönster", " här",
    "Ta det från det andra fönstret", "Ta det från det här fönstret", "Behåll raden, som i det andra fönstret",
)  # fmt: skip
OWN_FROM_WORD = Sides(
    "Två egna versioner", "du", "Dina ändringar", "Du", " på sidan", " i Word-filen",
    "Ta det från sidan", "Ta det från Word-filen", "Behåll raden, som på sidan",
)  # fmt: skip
# The hidden field with the names of all that the page showed.
SHOWN = "visade"


def seen(posted) -> int:
    """The version that the page was made from; 0, which is compared with everything, if it does not say."""
    version = posted.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else 0


def as_posted(form: PartForm) -> PartForm:
    """`form` with what was chosen between two versions, and with what the page did not show as it is.

    Somebody else may have added a row since the page was drawn. A field that is not there was not
    emptied; only a box that was shown and is not sent back has lost its tick.
    """
    data = form.data.copy()
    for name in form.data:
        for field in _decided_by(form, name):
            data[field] = _chosen(form.data, field, form.data[name])
    shown = set(data.get(SHOWN, "").split()) or set(form.fields)
    rows = {_row(name) for name in data if _row(name)}
    for name, text in form.stored.items():
        was_shown = name in shown or _row(name) in rows
        if name not in data and not (was_shown and _is_box(form, name)):
            data[name] = text
    form.data = data
    return form


def _decided_by(form, name) -> list[str]:
    """The fields that the choice `name` is about: one, or those of a row ("valj-aktivitet-17-")."""
    if not name.startswith(CHOICE):
        return []
    about = name.removeprefix(CHOICE)
    row = about if about in merging.rows_of(form) else None
    return [field for field in form.fields if field == about or (row and field.startswith(row))]


def _chosen(data, field, side) -> str:
    theirs, mine = data.get(THEIRS + field, ""), data.get(MINE + field, "")
    both = "\n".join(filter(None, (theirs, mine)))
    return {"deras": theirs, "bada": both}.get(side, mine)


def _row(name) -> str:
    """ "aktivitet-17" of "aktivitet-17-titel"; "" for what stands by itself."""
    return name.rsplit("-", 1)[0] if name.count("-") > 1 else ""


def _is_box(form, name) -> bool:
    return isinstance(form.fields.get(name), BooleanField)


def joined(saved: Part, version: int, writer: saving.Writer) -> str:
    """A sentence about those whose changes were put together with the writer's, or ""."""
    between = saved.savings.filter(version__gt=version, version__lt=saved.version)
    if writer.page:
        between = between.exclude(page=writer.page)
    people = dict.fromkeys(between.order_by("version").values_list("by", "by_name"))
    names = [name or "Någon annan" for person, name in people if person != writer.by.pk]
    if names:
        return f"{formats.join_words(names)} sparade samtidigt; era ändringar är sammanförda."
    if people:
        return "Du sparade också i ett annat fönster; ändringarna är sammanförda."
    return ""


def lagging(form: PartForm) -> dict:
    """What the page does not show after a save that was put together with somebody else's.

    `values`: fields that hold something else now. Without them the page would send the old text back, and
    so undo what the other person wrote. `more`: whether there are rows that the page does not have.
    """
    stored = type(form)(form.submission, form.key).stored
    known = {saving.rename(name, form.renamed): text for name, text in _shown(form).items()}
    return {
        "values": {
            name: stored.get(name, "")
            for name, text in known.items()
            if stored.get(name, "") != text
        },
        "more": any(text and name not in known for name, text in stored.items()),
    }


def _shown(form) -> dict[str, str]:
    """What the page showed, without the rows that were ticked to be removed: they are still there to
    be kept after all."""
    shown = set(form.data.get(SHOWN, "").split()) or set(form.fields)
    removed = {_row(name) for name in form.data if name.endswith(f"-{Rows.REMOVE}")}
    return {
        name: text
        for name, text in form.values().items()
        if not (_row(name) and _row(name) in removed) and (name in shown or name in form.data)
    }


def choices(form: PartForm, conflict: saving.Conflict, version: int) -> dict:
    """What the page for choosing needs: the clashes with what each side began from, and all the rest; of a
    row too, so that it is there when the page comes back, removed as it may be."""
    before = saving.base_of(conflict.theirs.part, version)
    clashing = {clash.name for clash in conflict.clashes}
    return {
        "clashes": [(clash, before.get(clash.name, "")) for clash in conflict.clashes],
        "rest": {name: text for name, text in conflict.merged.items() if name not in clashing},
        "errors": [] if conflict.clashes else _errors(form, conflict.merged),
        "version": conflict.theirs.version,
        "shown": " ".join(form.fields),
    }


def _errors(form, merged) -> list[str]:
    """Why the two do not go together, though no field clashes."""
    together = type(form)(form.submission, form.key, merged)
    try:
        together.raise_errors()
    except ValidationError as error:
        return error.messages
