"""The field of the city's own prose, in which live figures may stand."""

from django.core.exceptions import ValidationError

from malmo_intl.inputs import ProseField
from reports import prose


class LiveProseField(ProseField):
    """Prose with the figures of `reports.prose`; one that does not exist is an error here, and so never
    stands in a document."""

    takes_figures = True

    def to_python(self, value):
        html = prose.recognise(super().to_python(value))
        faults = prose.faults(html)
        if faults:
            raise ValidationError([ValidationError(sentence) for sentence in faults])
        return html

    def widget_attrs(self, widget):
        return {**super().widget_attrs(widget), "data-takes-figures": True}
