"""People's own words on a page: cleaned once more, whatever the database holds."""

from functools import lru_cache

from django import template
from django.utils.html import escape, strip_tags
from django.utils.safestring import SafeString, mark_safe

from malmo_intl import richtext

register = template.Library()
# Those that were shown last are kept: a review is read many times, and its texts do not change.
cleaned = lru_cache(maxsize=512)(richtext.clean)


@register.filter
def prose(html: str) -> SafeString:
    """`html` with only the allowed tags; what cannot be cleaned is shown as plain text."""
    try:
        return mark_safe(cleaned(html))  # noqa: S308 - cleaned on this very line
    except richtext.TooComplex:
        return escape(strip_tags(html))


@register.filter
def read_in(html: str, form) -> str:
    """A stored text of `form` as it reads, with what its live figures say."""
    return form.reading(html)
