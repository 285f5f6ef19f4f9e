"""A choice that stands many times on a page, with the same options each time: they are drawn once."""

from functools import cached_property

from django import forms
from django.utils.choices import BaseChoiceIterator, normalize_choices
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


class SharedChoices(BaseChoiceIterator):
    """The choices of many fields. Django takes it as it is, and does not go through it for every field."""

    def __init__(self, choices):
        self._choices = normalize_choices(choices)

    def __iter__(self):
        return iter(self._choices)

    @cached_property
    def drawn(self) -> SafeString:
        """The options with none chosen, through the same template as in other selects."""
        groups = forms.Select(choices=self._choices).optgroups("", [])
        renderer = forms.renderers.get_default_renderer()
        return renderer.render("widgets/options.html", {"optgroups": groups})

    def drawn_with(self, chosen: str) -> SafeString:
        mark = f'<option value="{conditional_escape(chosen)}"'
        return mark_safe(self.drawn.replace(mark, f"{mark} selected", 1))  # noqa: S308 - a template's, and escaped


class SharedSelect(forms.Select):
    """For a field with SharedChoices."""

    template_name = "widgets/shared_select.html"

    def __init__(self, shared: SharedChoices, attrs=None):
        super().__init__(attrs)
        self.shared = shared

    def get_context(self, name, value, attrs):
        context = forms.Widget.get_context(self, name, value, attrs)
        chosen = self.format_value(value)
        context["options"] = self.shared.drawn_with(chosen[0] if chosen else "")
        return context


def shared_choice(shared: SharedChoices, **options) -> forms.ChoiceField:
    return forms.ChoiceField(choices=shared, widget=SharedSelect(shared), **options)
