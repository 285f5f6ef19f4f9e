"""What was changed in people's prose, on a page."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from malmo_intl import richtext
from reports.entry import differences
from reports.templatetags.prose import cleaned, prose

register = template.Library()


@register.filter
def changed_from(after: str, before: str) -> SafeString:
    """`after` with what differs from `before` in <ins> and <del>; both are cleaned here."""
    try:
        old, new = cleaned(before), cleaned(after)
    except richtext.TooComplex:
        return prose(after)
    return mark_safe(differences.mark(old, new))  # noqa: S308 - only cleaned pieces, and our two tags
