"""What a form keeps, put into the database: only what differs, so that the history tells of changes."""

from collections.abc import Callable

from django.db.models import Model, QuerySet

from malmo_intl.fields import with_search
from reports.entry.rows import Rows

# Above every place that a form can give a row; it is held only within a save.
ASIDE = 20_000


def put(instance: Model, **values) -> bool:
    """Save `values` on `instance` unless it holds them already. Says whether anything was saved."""
    if instance.pk and all(getattr(instance, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(instance, name, value)
    # Only these fields: someone may be changing the others at this moment.
    names = with_search(type(instance), list(values))
    instance.save(update_fields=names if instance.pk else None)
    return True


def put_rows(
    rows: Rows, stored: QuerySet, new: Callable[[], Model], fields: Callable[[dict], dict],
    distinct: str = "position",
) -> list[Model]:  # fmt: skip
    """Remove, change and add rows until `stored` holds what the form's `rows` say.

    `new` makes an unsaved row; `fields` turns a row's {column: value} into the model's. No two rows may
    hold the same in the field `distinct`; "position" is filled from the rows' order. Rows that the form
    never knew of are left alone. Returns what was removed.
    """
    there = {str(row.pk): row for row in stored}
    gone = [there.pop(row) for row in rows.removed() if row in there]
    for row in gone:
        row.delete()  # one by one, for the history
    wanted = {row: fields(values) for row, values in rows.cleaned()}
    if distinct == "position":
        taken = {item.position for row, item in there.items() if row not in wanted}
        for row, place in rows.places(taken).items():
            wanted[row]["position"] = place
    _make_way(there, wanted, distinct, stored)
    for row, values in wanted.items():
        instance = there.get(row) or new()
        put(instance, **values)
        rows.rename(row, instance.pk)
    return gone


def _make_way(there, wanted, distinct, stored):
    """What one row gives up and another is to have is laid aside first: two may change places."""
    asked = {values[distinct] for values in wanted.values()}
    for number, (row, instance) in enumerate(there.items()):
        held = getattr(instance, distinct)
        if row in wanted and held in asked and wanted[row][distinct] != held:
            aside = ASIDE + number if distinct == "position" else f"\x1f{number}"
            stored.filter(pk=instance.pk).update(**{distinct: aside})
            setattr(instance, distinct, aside)
