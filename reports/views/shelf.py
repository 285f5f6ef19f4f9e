"""The shelf: which documents a person may read, and where each of them and its files are."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse

from malmo_intl.models import Administration
from projects.models import Project
from reports.documents import without_memo
from reports.models import Memo, ReportingYear, Submission
from reports.models.publication import DocumentKind
from reports.renderers import FORMATS

# What people ask for; the rest is on the document's own page.
SHORT = ("pdf", "docx", "xlsx")
ALL = (*SHORT, *(suffix for suffix in FORMATS if suffix not in SHORT))
ORDER = (
    DocumentKind.CONSOLIDATED,
    DocumentKind.CITY,
    DocumentKind.ADMINISTRATION,
    DocumentKind.PROJECT,
)


@dataclass(frozen=True)
class File:
    label: str
    url: str


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
        return File(FORMATS[suffix].label, url)


def shelf(user, **years) -> list[Item]:
    """Every document that `user` may read of the years that `years` selects: newest year first,
    the city's before the administrations' and the projects'. A report that has been begun has its
    document from the first day, also before anyone has written in its memo. Three queries."""
    reports = (
        ReportingYear.objects.filter(**years)
        .filter(Exists(Submission.objects.filter(year=OuterRef("pk"))))
        .order_by("-year")
    )
    memos = Memo.objects.visible_to(user).filter(year__in=_years(years))
    items = [_report(year) for year in reports if year.figures_visible_to(user)]
    items += [_memo(memo) for memo in memos.select_related("year", "administration", "project")]
    begun = without_memo(Submission.objects.visible_to(user)).filter(year__in=_years(years))
    items += [_preview(item) for item in begun.select_related("year", "administration")]
    return sorted(items, key=lambda item: (-item.year, ORDER.index(item.kind), item.title))


def _years(selected):
    return ReportingYear.objects.filter(**selected).values("pk")


def _report(year: ReportingYear) -> Item:
    title = f"Samlad redovisning {year}"
    return Item(
        year.year,
        year.is_published,
        DocumentKind.CONSOLIDATED,
        title,
        "Alla nämnders svar och årets siffror",
    )


def _memo(memo: Memo) -> Item:
    about = [memo.dated.isoformat() if memo.dated else "", memo.diary_number]
    meta = " · ".join(filter(None, about)) or ("" if memo.year.is_published else "Utkast")
    return Item(
        memo.year.year,
        memo.year.is_published,
        _kind(memo),
        _title(memo),
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
        title=f"{submission.administration.genitive} tjänsteskrivelse {submission.year}",
        meta="Utkast",
        administration=submission.administration,
    )


def _kind(memo: Memo) -> DocumentKind:
    if memo.project:
        return DocumentKind.PROJECT
    return DocumentKind.ADMINISTRATION if memo.administration else DocumentKind.CITY


def _title(memo: Memo) -> str:
    if memo.project:
        return f"Tjänsteskrivelse om {memo.project} {memo.year}"
    sender = memo.administration.genitive if memo.administration else "Stadens"
    return f"{sender} tjänsteskrivelse {memo.year}"
