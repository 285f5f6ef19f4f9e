"""States as a dictionary, changes as verbs."""

from django.core.exceptions import ValidationError
from django.db import models, transaction

from malmo_intl.models import Event


class Stateful(models.Model):
    """A row with a `status` that moves only along MOVES, once, and leaves an Event behind."""

    MOVES: dict[str, set[str]]

    class Meta:
        abstract = True

    def can_become(self, status) -> bool:
        return status in self.MOVES[self.status]

    def _move(self, status, by, verb, comment="", **fields):
        """Change status, with `fields` along, in one transaction with its Event.

        Raises ValidationError if the step is not allowed, or if somebody else was first.
        """
        if not self.can_become(status):
            raise ValidationError(
                f"{self} är {self.get_status_display().lower()} och kan inte ändras så."
            )
        self._note(by, verb, {"status": self.status}, comment, status=status, **fields)

    def _note(self, by, verb, seen, comment="", **fields):
        """Set `fields` if the row still is as it was `seen`, in one transaction with its Event."""
        with transaction.atomic():
            rows = type(self).objects.filter(pk=self.pk, **seen)
            if not rows.update(**fields):
                raise ValidationError("Någon annan hann före. Läs in sidan på nytt.")
            self.refresh_from_db()
            # `QuerySet.update` goes past row history; this save writes it.
            self._history_user, self._change_reason = by, verb
            self.save()
            Event.objects.record(
                verb,
                self,
                by,
                administration=getattr(self, "administration", None),
                comment=comment,
            )
