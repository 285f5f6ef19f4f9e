"""What is published: a page for each publication, and its files, byte for byte, at lasting addresses."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.db.models.functions import Length
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from malmo_intl import access, formats
from reports.document import from_data
from reports.models import Publication, PublicationFile
from reports.models.publication import ORDER
from reports.renderers import FORMATS, html

# A PDF is read in the browser; the other files belong to other programs.
SHOWN_INLINE = {"pdf"}
A_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class File:
    """A file as pages tell of it; what is stored has a size, a checksum and what it was made by."""

    label: str
    url: str
    suffix: str
    size: str = ""
    sha256: str = ""
    engine: str = ""
    template: str = ""


@dataclass(frozen=True)
class Source:
    """A link of the chain: which version of an administration's report was used."""

    name: str
    board: str
    received: bool
    handed_in: str
    checksum: str
    decided: str


def publications(**wanted):
    """With the files' sizes, without their contents. Two queries."""
    sized = PublicationFile.objects.defer("content").annotate(size=Length("content"))
    return (
        Publication.objects.filter(**wanted)
        .light()
        .prefetch_related(Prefetch("files", sized.order_by("pk")))
    )


def files_of(publication) -> list[File]:
    """PDF, Word, Excel, JSON: in the order they were made."""
    return [
        File(
            FORMATS[row.format].label,
            publication.file_url(row.format),
            row.format,
            formats.file_size(row.size),
            row.sha256,
            row.engine,
            row.template,
        )
        for row in publication.files.all()
    ]


def place(publication) -> tuple:
    """The city's documents first, then the administrations' and the projects' in Swedish order."""
    return (ORDER[publication.kind], formats.sort_key(publication.title))


def documents_of(year) -> list[tuple[str, list]]:
    """(title, its versions with their files, the newest first) for every published document of the year."""
    found: dict[tuple, list] = {}
    for row in sorted(publications(year=year), key=lambda row: (place(row), -row.version)):
        found.setdefault(row.about, []).append((row, files_of(row)))
    return [(versions[0][0].title, versions) for versions in found.values()]


def asked_for(user, year, kind, version, administration="", project=""):
    """The publication at the address, if `user` may read it."""
    return versions_of(user, year, kind, administration, project).filter(version=version)


def versions_of(user, year, kind, administration="", project=""):
    """The versions of a document that `user` may read."""
    return Publication.objects.visible_to(user).filter(
        year__year=year,
        kind=kind,
        # A slug that is not in the address is null, of a document that is not about one.
        administration__slug=administration or None,
        project__slug=project or None,
    )


@require_safe
@cache_control(private=True, no_store=True)
def published(request, year, kind, version, administration="", project=""):
    """The publication: its document as it was frozen, its files, and what it was made of."""
    found = asked_for(request.user, year, kind, version, administration, project)
    row = get_object_or_404(
        found.select_related("year", "administration", "project").defer("search")
    )
    same = publications(
        year=row.year, kind=row.kind, administration=row.administration, project=row.project
    )
    versions = sorted(same, key=lambda item: -item.version)
    document = from_data(row.data)
    context = {
        "breadcrumbs": [("Dokument", reverse("documents"))],
        "publication": row,
        "files": files_of(next(item for item in versions if item.pk == row.pk)),
        "versions": versions,
        "newest": versions[0],
        "may_enter_decision": row.is_the_citys and access.may_review(request.user),
        "sources": [_source(item) for item in row.sources],
        "document": document,
        "fragment": html.fragment(document),
    }
    return render(request, "reports/published.html", context)


def _source(item) -> Source:
    at = parse_datetime(item["handed_in_at"])
    day = parse_date(item["decided_on"])
    return Source(
        item["name"],
        item["board"],
        item["received"],
        f"{timezone.localtime(at):%Y-%m-%d %H.%M}" if at else "",
        item["checksum"],
        formats.decision(day, item["paragraph"]) if day else "",
    )


@require_safe
def published_file(request, year, kind, version, suffix, administration="", project=""):
    """The bytes as they were stored. They never change, so a browser may keep them."""
    asked = asked_for(request.user, year, kind, version, administration, project)
    row = (
        PublicationFile.objects.filter(publication__in=asked.values("pk"), format=suffix)
        .select_related("publication__year", "publication__administration", "publication__project")
        .defer("publication__data", "publication__search", "publication__sources")
        .first()
    )
    if row is None:
        raise Http404("Filen finns inte.")
    etag = quote_etag(row.sha256)
    response = HttpResponse(bytes(row.content), content_type=FORMATS[suffix].media_type)
    how = "inline" if suffix in SHOWN_INLINE else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{row.publication.file_name}.{suffix}"'
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return get_conditional_response(request, etag=etag, response=response)
