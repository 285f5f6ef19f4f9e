"""What Utbetalningar and KF-mål have in common: a row for each participation of the administration."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q
from django.forms import Media, Script

from malmo_intl.formats import sort_key
from projects.models import Participation
from reports.entry.form import PartForm


@dataclass(frozen=True)
class Cell:
    """A field as the table draws it: a page with a thousand widgets of Django's would take a second.

    Has what `components/_field_notes.html` asks of a bound field.
    """

    name: str
    auto_id: str
    label: str
    value: str | bool
    longest: int | None
    errors: Sequence[str]
    help_text: str = ""


class GridForm(PartForm):
    """Fields are named by column and participation: belopp-17, andel-17-2.

    A row that is filled in is there to be saved, also if it has ceased to belong to the year since the
    page was drawn.
    """

    columns: tuple[str, ...] = ()

    @property
    def media(self):
        return super().media + Media(js=[Script("js/amounts.js", type="module")])

    def listed(self, own) -> Q:
        """Which of `own`, the administration's participations, have a row."""
        raise NotImplementedError

    def prefetched(self, rows):
        """`rows` with what the page shows of them, in a constant number of queries."""
        return rows

    @cached_property
    def participations(self) -> list[Participation]:
        """By the project's name in Swedish order."""
        own = Participation.objects.filter(administration=self.submission.administration)
        rows = own.filter(self.listed(own) | Q(pk__in=self._filled_in())).select_related("project")
        return sorted(self.prefetched(rows), key=lambda row: (sort_key(row.project.name), row.pk))

    def _filled_in(self) -> dict[int, str]:
        """Participation → something that was sent for it."""
        pattern = re.compile(rf"(?:{'|'.join(self.columns)})-(\d{{1,12}})(?:-\d{{1,4}})?", re.ASCII)
        sent = ((pattern.fullmatch(name), str(self.data[name])) for name in self.data)
        return {int(match[1]): text for match, text in sent if match and text.strip()}

    def names(self, row: Participation) -> list[str]:
        """The names of the row's fields."""
        raise NotImplementedError

    def shown(self, name: str) -> str | bool:
        """What stands in the field: as it was sent, or as it is stored."""
        if not self.is_bound:
            return self.stored.get(name, "")
        return self.fields[name].widget.value_from_datadict(self.data, {}, name) or ""

    def cell(self, name: str) -> Cell:
        field = self.fields[name]
        longest = field.widget.attrs.get("maxlength")
        errors = self.errors.get(name, ())
        return Cell(name, f"id_{name}", field.label, self.shown(name), longest, errors)

    def clean(self):
        cleaned = super().clean()
        known = {row.pk for row in self.participations}
        for pk, text in self._filled_in().items():
            if pk not in known:
                self.add_error(
                    None,
                    f"”{text[:60]}” hör till ett projekt som förvaltningen inte längre medverkar i, "
                    "och går inte att spara. Raden är borttagen här nedanför.",
                )
        return cleaned
