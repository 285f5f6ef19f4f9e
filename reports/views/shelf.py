"""The shelf: which documents a person may read, and where each of them and its files are.

What is published stands first. A year without publications (under way, or decided before this system) has its
documents as they would be today; so has a published year, for stadskontoret and the own administration.
"""

from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from malmo_intl import access
from malmo_intl.models import Administration
from projects.models import Project
from reports.documents import with_figures, without_memo
from reports.models import Memo, Publication, ReportingYear, Submission
from reports.models.publication import DocumentKind, title_of
from reports.renderers import FORMATS
from reports.views.published import ORDER, File, files_of, publications

# What people ask for; the rest is on the document's own page.
SHORT = ("pdf", "docx", "xlsx")
ALL = (*SHORT, *(suffix for suffix in FORMATS if suffix not in SHORT))
BESIDE_THE_PUBLISHED = "Utkast ur uppgifterna i dag"


def live_address(submission: Submission, memo: Memo | None) -> str:
    """Of the administration's document as it would be printed today; "" when there is none to see yet.

    `memo` is the submission's, if somebody has written in it.
    """
    year, unit = submission.year, submission.administration
    if memo is None and not without_memo(Submission.objects.filter(pk=submission.pk)).exists():
        return ""
    about = {"year": year.year, "kind": DocumentKind.ADMINISTRATION.value}
    return reverse("document", kwargs={**about, "administration": unit.slug})


@dataclass(frozen=True)
class PublishedItem:
    """The last version of a published document. Its files are the stored ones."""

    year: int
    kind: DocumentKind
    title: str
    meta: str
    url: str
    files: list[File]
    administration: Administration | None = None
    project: Project | None = None
    is_live: bool = False


@dataclass(frozen=True)
class Item:
    """A document on the shelf. Without administration it is the whole city's."""

    year: int
    published: bool
    kind: DocumentKind
    title: str
    meta: str = ""
    administration: Administration | None = None
    project: Project | None = None
    is_live: bool = True

    @property
    def decided_by(self) -> str:
        return self.administration.board_name if self.administration else "Kommunfullmäktige"

    @property
    def administration_code(self) -> str:
        return self.administration.code if self.administration else ""

    @property
    def file_name(self) -> str:
        """malmo-stad-forvaltning-asf-2019, without suffix"""
        about = (part.slug for part in (self.administration, self.project) if part)
        return "-".join(("malmo-stad", self.kind.value, *about, str(self.year)))

    @property
    def address(self) -> dict:
        """What the document's URL is made of."""
        address = {"year": self.year, "kind": self.kind.value}
        if self.administration:
            address["administration"] = self.administration.slug
        if self.project:
            address["project"] = self.project.slug
        return address

    @property
    def url(self) -> str:
        return reverse("document", kwargs=self.address)

    @property
    def files(self) -> list[File]:
        return [self._file(suffix) for suffix in SHORT]

    @property
    def all_files(self) -> list[File]:
        return [self._file(suffix) for suffix in ALL]

    def _file(self, suffix) -> File:
        url = reverse("document_file", kwargs={**self.address, "suffix": suffix})
        return File(FORMATS[suffix].label, url, suffix)


def shelf(user, **years) -> list[Item | PublishedItem]:
    """Every document that `user` may read of the years that `years` selects: newest year first, what is
    published before what is live, the city's before the administrations' and the projects'."""
    items = [*published_items(user, **years), *live(user, **years)]
    return sorted(items, key=lambda item: (-item.year, item.is_live, ORDER[item.kind], item.title))


def published_items(user, **years) -> list[PublishedItem]:
    """The last version of each published document. Two queries."""
    visible = Publication.objects.visible_to(user).filter(year__in=_years(years))
    rows = publications(pk__in=visible.values("pk")).order_by("version")
    latest = {(row.year_id, *row.about): row for row in rows}
    return [
        PublishedItem(
            row.year.year,
            DocumentKind(row.kind),
            row.title,
            f"Publicerad {timezone.localdate(row.published_at)}, version {row.version}",
            row.get_absolute_url(),
            [file for file in files_of(row) if file.suffix in SHORT],
            row.administration,
            row.project,
        )
        for row in latest.values()
    ]


def live(user, **years) -> list[Item]:
    """The documents as they would be today. A report that has been begun has its document from the first
    day, also before anyone has written in its memo. Four queries."""
    frozen = set(
        ReportingYear.objects.filter(**years)
        .filter(Exists(Publication.objects.filter(year=OuterRef("pk"))))
        .values_list("year", flat=True)
    )
    inside = access.own_administrations(user)
    return [
        replace(item, meta=BESIDE_THE_PUBLISHED, published=False) if item.year in frozen else item
        for item in _live(user, years)
        if item.year not in frozen
        or access.sees_all(user)
        or (item.administration and item.administration.pk in inside)
    ]


def _live(user, years) -> list[Item]:
    open_years = [year for year in _with_figures(years) if year.figures_visible_to(user)]
    memos = Memo.objects.visible_to(user).filter(year__in=_years(years))
    items = [_report(year) for year in open_years if year.has_reports]
    items += [_overview(year) for year in open_years]
    items += [_memo(memo) for memo in memos.select_related("year", "administration", "project")]
    begun = without_memo(Submission.objects.visible_to(user)).filter(year__in=_years(years))
    items += [_preview(item) for item in begun.select_related("year", "administration")]
    return items


def _years(selected):
    return ReportingYear.objects.filter(**selected).values("pk")


def _with_figures(selected):
    reports = Submission.objects.filter(year=OuterRef("pk"))
    found = ReportingYear.objects.filter(**selected).annotate(has_reports=Exists(reports))
    return with_figures(found).order_by("-year")


def _overview(year: ReportingYear) -> Item:
    return Item(
        year.year,
        year.is_published,
        DocumentKind.OVERVIEW,
        title_of(DocumentKind.OVERVIEW, year),
        "Diagram, tabeller och vad som skiljer från året före",
    )


def _report(year: ReportingYear) -> Item:
    return Item(
        year.year,
        year.is_published,
        DocumentKind.CONSOLIDATED,
        title_of(DocumentKind.CONSOLIDATED, year),
        "Alla nämnders svar och årets siffror",
    )


def _memo(memo: Memo) -> Item:
    about = [memo.dated.isoformat() if memo.dated else "", memo.diary_number]
    meta = " · ".join(filter(None, about)) or ("" if memo.year.is_published else "Utkast")
    return Item(
        memo.year.year,
        memo.year.is_published,
        _kind(memo),
        title_of(_kind(memo), memo.year, memo.administration, memo.project),
        meta,
        memo.administration,
        memo.project,
    )


def _preview(submission: Submission) -> Item:
    """The memo as it would be, of a report in which nobody has written it yet."""
    return Item(
        submission.year.year,
        published=False,
        kind=DocumentKind.ADMINISTRATION,
        title=title_of(DocumentKind.ADMINISTRATION, submission.year, submission.administration),
        meta="Utkast",
        administration=submission.administration,
    )


def _kind(memo: Memo) -> DocumentKind:
    if memo.project:
        return DocumentKind.PROJECT
    return DocumentKind.ADMINISTRATION if memo.administration else DocumentKind.CITY
