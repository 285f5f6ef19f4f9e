"""The documents: the shelf, one document on the page, and its files."""

from itertools import groupby

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from reports.documents import NoSuchDocument, build
from reports.renderers import FORMATS, RenderError, html, preview
from reports.views.published import versions_of
from reports.views.shelf import live, shelf
from reports.wordback import reach

# A PDF is read in the browser; the other files belong to other programs. The web page carries its own
# style, which this site's content policy refuses, so it is saved and opened by itself.
SHOWN_INLINE = {"pdf"}


@require_safe
def documents(request):
    years = groupby(shelf(request.user), key=lambda item: item.year)
    context = {"years": [(str(year), list(items)) for year, items in years]}
    return render(request, "reports/documents.html", context)


@require_safe
@cache_control(private=True, no_store=True)
def document(request, year, kind, administration="", project=""):
    """The document as it would be printed, inside the frame of the site."""
    try:
        item, made = readable(request.user, year, kind, administration, project)
    except Http404:
        return redirect(_published_instead(request.user, year, kind, administration, project))
    try:
        fragment = html.fragment(made)
    except RenderError as error:
        return _not_drawn(request, item, "html", error)
    context = {
        "breadcrumbs": [("Dokument", reverse("documents"))],
        "item": item,
        "document": made,
        "fragment": fragment,
        "from_word": reach.address(request.user, item),
    }
    return render(request, "reports/document.html", context)


@require_safe
@cache_control(private=True, no_store=True)
def document_file(request, year, kind, suffix, administration="", project=""):
    try:
        item, made = readable(request.user, year, kind, administration, project)
    except Http404:
        newest = _published_instead(request.user, year, kind, administration, project)
        stored = newest.files.filter(format=suffix).exists()
        return redirect(newest.file_url(suffix) if stored else newest)
    try:
        content = preview.render(made, suffix)
    except RenderError as error:
        return _not_drawn(request, item, suffix, error)
    response = HttpResponse(content, content_type=FORMATS[suffix].media_type)
    how = "inline" if suffix in SHOWN_INLINE else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{item.file_name}.{suffix}"'
    return response


def readable(user, year, kind, administration="", project=""):
    """The shelf's item and the document, if `user` may read it; else 404."""
    asked = {"year": year, "kind": kind, "administration": administration, "project": project}
    asked = {name: value for name, value in asked.items() if value}
    item = next((item for item in live(user, year=year) if item.address == asked), None)
    if item is None:
        raise Http404("Dokumentet finns inte.")
    try:
        return item, build(kind, year, item.administration_code, project)
    except NoSuchDocument as error:
        raise Http404(str(error)) from error


def _published_instead(user, year, kind, administration, project):
    """The newest publication: an address that was sent around before the year was published goes on working.
    Else 404."""
    versions = versions_of(user, year, kind, administration, project).light()
    newest = versions.order_by("-version").first()
    if newest is None:
        raise Http404("Dokumentet finns inte.")
    return newest


def _not_drawn(request, item, suffix, error):
    context = {"item": item, "error": error, "format": FORMATS[suffix].label}
    return render(request, "reports/document_error.html", context, status=503)
