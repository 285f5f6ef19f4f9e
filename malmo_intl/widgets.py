"""The field that people write prose in: an editor, or without JavaScript text with a few marks."""

from django import forms
from django.forms.widgets import Script
from js_asset import ImportMap, Media

from malmo_intl import marks, prose, richtext

# The editor's modules, under names that hold whatever the files are called once they are hashed.
_MODULES = ImportMap(
    {
        "django-prose-editor/editor": "django_prose_editor/editor.js",
        "prose/figures": "js/prose/figures.js",
        "prose/leftovers": "js/prose/leftovers.js",
        "prose/link": "js/prose/link.js",
        "prose/numbers": "js/prose/numbers.js",
        "prose/paste": "js/prose/paste.js",
        "prose/readings": "js/prose/readings.js",
        "prose/toolbar": "js/prose/toolbar.js",
    }
)


class ProseWidget(forms.Textarea):
    """A text area with the prose as text with marks, which js/prose/editor.js replaces.

    Prose that has no such form without loss stands there as HTML, with a word about it.
    """

    template_name = "components/prose.html"

    @property
    def media(self):
        return Media(importmap=_MODULES, js=[Script("js/prose/editor.js", type="module")])

    def get_context(self, name, value, attrs):
        try:
            html = marks.read(value or "")
        except richtext.TooComplex:  # as it was typed, beside the sentence that says so
            return super().get_context(name, value, attrs)
        text = marks.as_marks(html)
        context = super().get_context(name, html if text is None else text, attrs)
        context["widget"]["attrs"]["data-prose"] = html
        context["widget"] |= {"is_html": text is None, "words": prose.words(html)}
        return context
