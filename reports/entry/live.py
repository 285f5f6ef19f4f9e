"""Prose in which live figures may stand: the field, and what the forms that have it share."""

import json
from functools import cached_property

from django.core.exceptions import ValidationError
from django.urls import reverse

from malmo_intl.inputs import ProseField
from malmo_intl.models import Administration
from malmo_intl.widgets import ProseWidget
from reports import live_faults, prose
from reports.live import Live
from reports.shown import Shown


class LiveProseWidget(ProseWidget):
    """The editor is given each live figure with what it says now, and a sentence for each that is none.
    `texts`: the form."""

    texts: "LiveTexts"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        attributes = context["widget"]["attrs"]
        html = prose.recognise(attributes.get("data-prose", ""))
        if prose.marks(html):
            attributes["data-prose"] = prose.fill(html, self.texts.live, keep_unknown=True)
            attributes["data-gone"] = json.dumps(self.texts.faults(html), ensure_ascii=False)
        context["widget"]["figures"] = attributes["data-figures"]
        return context


class LiveProseField(ProseField):
    """Prose with the live figures of `texts`. One that does not exist is an error here, unless it stands in what is
    stored: it was one then, and what is written beside it is not lost (`reports.checks.gone_figures` tells of it)."""

    widget = LiveProseWidget
    takes_figures = True

    def __init__(self, texts: "LiveTexts", **options):
        self.texts = texts
        super().__init__(**options)
        self.widget.texts = texts

    def to_python(self, value):
        html = prose.recognise(super().to_python(value))
        if set(prose.marks(html)) - self.texts.stood:
            faults = self.texts.faults(html)
            new = [sentence for mark, sentence in faults.items() if mark not in self.texts.stood]
            if new:
                raise ValidationError(" ".join(new))
        return html

    def widget_attrs(self, widget):
        addresses = {
            "data-figures": self.texts.figures_address,
            "data-readings": self.texts.readings_address,
        }
        return {**super().widget_attrs(widget), **addresses}


class LiveTexts:
    """A PartForm with live figures in its texts: an administration's own, or the city's."""

    @cached_property
    def live(self) -> Live:
        """As a document would have them now. Read when a text has a live figure, and not before."""
        return self._shown.live(self.submission.year.year, self.submission.administration)

    @cached_property
    def stood(self) -> frozenset[str]:
        """The marks of the texts as they are stored."""
        return frozenset(mark for text in self.stored.values() for mark in prose.marks(text))

    def faults(self, html: str) -> dict[str, str]:
        """Mark → what is wrong with it, of the live figures in `html`."""
        return live_faults.faults(html, self.live, self.stood)

    def prose_field(self, label: str) -> LiveProseField:
        return LiveProseField(self, label=label, required=False)

    def reading(self, text):
        return prose.fill(text, self.live, keep_unknown=True) if prose.marks(text) else text

    def reading_of(self, text: str, year: int, unit: Administration | None = None) -> str:
        """A text of another year, or of another administration, as it reads."""
        return self._shown.text(text, year, unit or self.submission.administration)

    @cached_property
    def _shown(self):
        return Shown()

    @property
    def figures_address(self) -> str:
        return self._address("live_figures")

    @property
    def readings_address(self) -> str:
        return self._address("readings")

    def _address(self, name):
        unit = self.submission.administration
        year = self.submission.year.year
        return (
            reverse(name, args=[year, unit.slug]) if unit else reverse(f"city_{name}", args=[year])
        )
