"""Model fields that keep what they hold in order."""

from django.core.exceptions import ValidationError
from django.db import models

from malmo_intl import formats, prose, richtext, words


class RichTextField(models.TextField):
    """HTML of the few tags in `richtext.TAGS`; cleaned whichever way it is saved."""

    def clean(self, value, instance):
        try:
            return super().clean(richtext.clean(value or ""), instance)
        except richtext.TooComplex as error:
            raise ValidationError(str(error)) from error

    def get_prep_value(self, value):
        return richtext.clean(super().get_prep_value(value) or "")

    def pre_save(self, instance, add):
        # So that the row in hand is what was stored.
        setattr(instance, self.attname, richtext.clean(getattr(instance, self.attname) or ""))
        return super().pre_save(instance, add)


class SearchField(models.CharField):
    """Another field's text made comparable by `formats.normalise`. Written by itself on save.

    A fixture must bring it along, since `loaddata` saves raw.
    """

    def __init__(self, source="name", **options):
        self.source = source
        super().__init__(
            **{"max_length": 400, "editable": False, "default": "", "db_index": True, **options}
        )

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "source": self.source}

    def pre_save(self, instance, add):
        value = formats.normalise(getattr(instance, self.source))
        setattr(instance, self.attname, value)
        return value


class StemsField(models.TextField):
    """The stems of the words in other fields' rich or plain text, for searching (`malmo_intl.words`). Written by
    itself on save; after `loaddata`, which saves raw, by `load_known_years`. `source`: their names, with spaces
    between."""

    def __init__(self, source="text", **options):
        self.source = source
        super().__init__(**{"editable": False, "default": "", **options})

    def deconstruct(self):
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "source": self.source}

    def stems_of(self, instance) -> str:
        texts = (getattr(instance, name) or "" for name in self.source.split())
        return words.stems(" ".join(prose.plain(text) for text in texts))

    def pre_save(self, instance, add):
        setattr(instance, self.attname, self.stems_of(instance))
        return getattr(instance, self.attname)


def with_search(model: type[models.Model], names: list[str]) -> list[str]:
    """`names` for `update_fields`, with the search fields that are made from them: else they would not be
    written along."""
    made = [
        field.name
        for field in model._meta.fields
        if isinstance(field, SearchField | StemsField) and {*field.source.split()} & {*names}
    ]
    return [*names, *made]
