"""Inline formsets that check constraints with the parent, which Django 5.2 leaves to the database.

Django skips every constraint that names the parent (ticket 35676), so a duplicate would end as an
IntegrityError. Use `CheckedInlineFormSet` wherever rows are edited beneath their parent, in the admin
too.
"""

from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.forms.formsets import DELETION_FIELD_NAME
from django.forms.models import BaseInlineFormSet


class CheckedInlineFormSet(BaseInlineFormSet):
    """Says a constraint's own message on the row that breaks it, among the rows and in the database.

    A row that is to be removed still counts in the database: what takes its place is saved after it.
    """

    def add_fields(self, form, index):
        """The box that removes a row stands under a head in the table, so it has to say itself what it is."""
        super().add_fields(form, index)
        if box := form.fields.get(DELETION_FIELD_NAME):
            row = "den nya raden" if index is None else f"rad {index + 1}"
            box.widget.attrs["aria-label"] = f"Radera {row}"

    def clean(self):
        super().clean()
        rows = [form for form in self.forms if self._is_kept(form)]
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.fields:
                self._refuse_twins(constraint, rows)
        for form in rows:
            if not form.errors:
                self._check(form)

    def validate_unique(self):
        """Left to `clean`, which speaks in the constraints' own words."""

    def _is_kept(self, form):
        if self.can_delete and self._should_delete_form(form):
            return False
        return form.is_valid() and (form.instance.pk or form.has_changed())

    def _refuse_twins(self, constraint, rows):
        seen = set()
        for form in rows:
            key = self._key(constraint, form.instance)
            if key is None:
                continue
            if key in seen:
                form.add_error(None, constraint.get_violation_error_message())
            seen.add(key)

    def _key(self, constraint, instance):
        """What may occur once among the rows; None where the constraint does not apply."""
        fields = [self.model._meta.get_field(name) for name in constraint.fields]
        values = tuple(getattr(instance, field.attname) for field in fields if field != self.fk)
        if None in values:
            return None
        if constraint.condition is not None:
            known = instance._get_field_expression_map(
                meta=self.model._meta, exclude={self.fk.name}
            )
            if not constraint.condition.check(known, using=self.queryset.db):
                return None
        return values

    def _check(self, form):
        exclude = form._get_validation_exclusions() - {self.fk.name}
        try:
            form.instance.validate_constraints(exclude=exclude)
        except ValidationError as error:
            form._update_errors(error)
