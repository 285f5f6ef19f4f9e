"""The form of a part: flat, so that versions can be laid beside each other field by field."""

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError

from malmo_intl.inputs import PlainTextField, as_text
from reports.city import City
from reports.entry.rows import FormOfRows, Row, Rows
from reports.models import Part, Submission

__all__ = ["NOTHING", "REASON", "PartForm", "Row", "Rows", "signature"]

NOTHING, REASON = "inget", "inget_skal"


def signature(by) -> str:
    """The name under what a person certifies; a command has none of its own."""
    return by.name if by else "systemet"


class PartForm(FormOfRows):
    """One part of a submission. Subclasses say what is stored, which fields there are, and write.

    Of the city's own texts too: then `submission` is the City of the year.

    Every field has a name that lasts ("belopp-17" for row 17 of the database), and every value has
    one way to be written as text (`malmo_intl.inputs.as_text`). So what is stored, what two people
    typed and what was saved before are all {name: text}, and can be compared.
    """

    heading = ""
    lead = ""
    template = "reports/entry/_fields.html"
    may_be_nothing = True
    # What does not come back with an earlier version, said where it is taken back.
    left_as_is = ""

    def __init__(self, submission: Submission | City, key: str, data=None):
        self.submission, self.key = submission, key
        super().__init__(data, auto_id="id_%s", label_suffix="")
        # What new rows are called once they are saved: "rad-ny1" → "rad-17". Filled by `write`.
        self.renamed: dict[str, str] = {}
        # What `write` removed, in the words of the page, so that it can be offered back.
        self.taken_away: list[str] = []
        self.part = submission.parts.filter(key=key).first()
        self.stored = {name: as_text(value) for name, value in self.read().items()}
        self.initial = self.stored
        self.fields.update(self.lay_out())
        if self.may_be_nothing:
            self._offer_nothing()

    # --- What a subclass says -------------------------------------------------------------------

    def read(self) -> dict:
        """What the database holds: the field's name → its value."""
        return {}

    def lay_out(self) -> dict[str, forms.Field]:
        """The fields, which may depend on `self.stored` and, where rows are added, on `self.data`."""
        return {}

    def write(self, by):
        """Put `self.cleaned_data` into the rows. Called once, within a transaction."""
        raise NotImplementedError

    def has_content(self) -> bool:
        """Whether anything but "inget att rapportera" is filled in, by the cleaned data."""
        return any(text for name, text in self.values().items() if name not in (NOTHING, REASON))

    # --- What they share ------------------------------------------------------------------------

    def _offer_nothing(self):
        signed = self.part and self.part.status == Part.Status.NOTHING
        self.stored[NOTHING] = as_text(bool(signed))
        self.stored[REASON] = self.part.reason if signed else ""
        self.fields[NOTHING] = forms.BooleanField(
            label="Vi har inget att rapportera här", required=False
        )
        self.fields[REASON] = PlainTextField(
            label="Kort skäl", required=False, max_length=300,
            help_text="Ditt namn sparas tillsammans med intyget.",
        )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if not self.errors and cleaned.get(NOTHING) and self.has_content():
            self.add_error(
                NOTHING,
                "Här finns uppgifter. Ta bort dem först, eller ta bort krysset för inget att rapportera.",
            )
        return cleaned

    @property
    def version(self) -> int:
        return self.part.version if self.part else 0

    def raise_errors(self):
        """As one ValidationError, each sentence with its field's name."""
        raise ValidationError(
            [
                f"{self.fields[name].label}: {sentence}" if name in self.fields else sentence
                for name, sentences in self.errors.items()
                for sentence in sentences
            ]
        )

    def says_nothing(self) -> bool:
        return bool(self.cleaned_data.get(NOTHING))

    def reading(self, text: str) -> str:
        """A stored text as people read it."""
        return text

    def values(self) -> dict[str, str]:
        """What was typed, as it is written when it is stored. Only for a valid form."""
        return {
            name: "" if name.endswith(f"-{Rows.REMOVE}") else as_text(self.cleaned_data.get(name))
            for name in self.fields  # what says that a row is removed is that it has no text
        }

    def labels(self) -> dict[str, str]:
        return {name: str(field.label) for name, field in self.fields.items()}

    def named(self, names: Iterable[str]) -> list[forms.BoundField]:
        return [self[name] for name in names]

    def own_fields(self) -> list[forms.BoundField]:
        """All but the two about having nothing to report."""
        return self.named(name for name in self.fields if name not in (NOTHING, REASON))

    def nothing_fields(self) -> list[forms.BoundField]:
        return self.named((NOTHING, REASON)) if self.may_be_nothing else []
