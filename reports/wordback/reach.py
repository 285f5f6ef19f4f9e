"""From a document to the page where its changes from Word are taken in."""

from django.urls import reverse

from malmo_intl import access
from reports.models.publication import DocumentKind


def address(user, item) -> str:
    """Of the page for taking in the document's changes; "" for who may not write its texts."""
    about = {"year": item.year, "kind": item.kind.value}
    if item.kind in (DocumentKind.CITY, DocumentKind.CONSOLIDATED):
        return reverse("from_word", kwargs=about) if access.may_review(user) else ""
    if item.kind == DocumentKind.ADMINISTRATION and access.may_report_for(
        user, item.administration
    ):
        return reverse("from_word", kwargs={**about, "administration": item.administration.slug})
    return ""
