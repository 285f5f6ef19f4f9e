"""Rows that are moved, removed and added, written down so that it all can be taken back exactly."""

from dataclasses import dataclass, field

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.deletion import Collector, ProtectedError, RestrictedError

from malmo_intl.fields import with_search

CHANGED_SINCE = "Det går inte att ta tillbaka: {what} har ändrats sedan projekten fördes samman."


@dataclass
class Moved:
    """What was done, in the order it was done; `told` says it in words. `as_data` can be stored."""

    changed: list[dict] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    added: list[dict] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def change(self, row: models.Model, **values):
        """Set `values` on `row`, and remember what stood there. Raw values: keys for relations."""
        names = list(values)
        before = _values(row, names)
        for name, value in values.items():
            setattr(row, name, value)
        fields = [row._meta.get_field(name).name for name in names]
        row.save(update_fields=with_search(type(row), fields))
        self.changed.append({"row": _address(row), "before": before, "after": _values(row, names)})

    def remove(self, row: models.Model):
        """Remove `row`, which nothing may refer to any more."""
        _must_be_alone(row)
        self.removed.append(serializers.serialize("json", [row]))
        row.delete()

    def add(self, row: models.Model):
        row.save()
        self.added.append({"row": _address(row), "as": serializers.serialize("json", [row])})

    def as_data(self) -> dict:
        return {
            "changed": self.changed,
            "removed": self.removed,
            "added": self.added,
            "told": self.told,
        }


def _address(row) -> list:
    return [row._meta.label_lower, row.pk]


def _values(row, names) -> dict:
    encode = DjangoJSONEncoder().default
    found = {}
    for name in names:
        value = getattr(row, name)
        is_plain = value is None or isinstance(value, str | int | bool)
        found[name] = value if is_plain else encode(value)
    return found


def _must_be_alone(row):
    """Raises ValidationError if removing `row` would take anything else along."""
    collector = Collector(using="default")
    try:
        collector.collect([row])
        along = [item for rows in collector.data.values() for item in rows if item != row]
        along += [item for rows in collector.fast_deletes for item in rows]
        along += [
            item for rows in collector.field_updates.values() for group in rows for item in group
        ]
    except (ProtectedError, RestrictedError) as error:
        along = list(getattr(error, "protected_objects", getattr(error, "restricted_objects", ())))
    if along:
        raise ValidationError(
            f"{row} används av {along[0]._meta.verbose_name} {along[0]} och kan inte tas bort."
        )


# --- The way back ----------------------------------------------------------------------------------


def take_back(moved: dict):
    """Put every row of `Moved.as_data` back as it was. Call it in a transaction.

    Raises ValidationError when something has changed since.
    """
    _must_be_as_left(moved)
    for added in moved["added"]:
        row = _find(added["row"])
        _must_be_alone(row)
        row.delete()
    # What was removed last belongs to what was removed before it.
    for stored in reversed(moved["removed"]):
        _bring_back(stored)
    for change in reversed(moved["changed"]):
        _put(change)


def _must_be_as_left(moved):
    last = {}  # the last change of each value is what should stand there now
    for change in moved["changed"]:
        for name, value in change["after"].items():
            last[(*change["row"], name)] = value
    for (label, pk, name), value in last.items():
        row = _find([label, pk])
        if row is None or _values(row, [name])[name] != value:
            raise ValidationError(CHANGED_SINCE.format(what=_what(label, row)))
    for added in moved["added"]:
        row = _find(added["row"])
        if row is None or serializers.serialize("json", [row]) != added["as"]:
            raise ValidationError(CHANGED_SINCE.format(what=_what(added["row"][0], row)))
    for stored in moved["removed"]:
        (again,) = serializers.deserialize("json", stored)
        if type(again.object)._base_manager.filter(_same_place(again.object)).exists():
            raise ValidationError(f"{again.object} finns redan. Det går inte att ta tillbaka.")


def _same_place(row) -> Q:
    """Rows that have its number, or what no two may have alike."""
    unique = [item for item in row._meta.concrete_fields if item.unique]
    place = Q()
    for item in unique:
        place |= Q(**{item.attname: getattr(row, item.attname)})
    return place


def _what(label, row) -> str:
    noun = apps.get_model(label)._meta.verbose_name
    return f"{noun} {row}" if row else noun


def _find(address):
    label, pk = address
    return apps.get_model(label)._base_manager.filter(pk=pk).first()


def _put(change):
    row = _find(change["row"])
    fields = {name: row._meta.get_field(name) for name in change["before"]}
    for name, value in change["before"].items():
        setattr(row, fields[name].attname, fields[name].to_python(value))
    row.save(update_fields=with_search(type(row), [item.name for item in fields.values()]))


def _bring_back(stored):
    """As a row of its own again, with its number and all that it held."""
    (again,) = serializers.deserialize("json", stored)
    again.object.save(force_insert=True)
