"""What is published, made anew from its frozen data: the same engine gives the same bytes."""

from collections.abc import Iterator
from dataclasses import dataclass

from reports.document import from_data
from reports.models import Publication, PublicationFile, ReportingYear
from reports.publishing import files


def rebuild(publication: Publication, suffix: str) -> bytes:
    """The file of the format `suffix`, from the publication's data alone.

    KeyError if there is no such format; raises renderers.RenderError with a Swedish sentence.
    """
    return files.make(from_data(publication.data), suffix).content


@dataclass(frozen=True)
class Rebuilt:
    """A published file beside what its data gives today. `engine` and `template` made it then; `engine_now`
    and `template_now` would today."""

    file: PublicationFile
    is_same: bool
    engine_now: str
    template_now: str

    @property
    def same_engine(self) -> bool:
        """Whether what drew it is what draws today; only then must the bytes be the same."""
        then, now = self.file, (self.engine_now, self.template_now)
        return (then.engine, then.template) == now

    @property
    def is_wrong(self) -> bool:
        return self.same_engine and not self.is_same


def rebuilt(year: ReportingYear, kind: str = "", suffix: str = "") -> Iterator[Rebuilt]:
    """Every published file of the year, in order of document, version and format; of a `kind` of document or a
    format only. One publication is held at a time: files are large."""
    found = Publication.objects.filter(year=year, **({"kind": kind} if kind else {})).order_by(
        "kind", "administration__code", "project__slug", "version"
    )
    for pk in list(found.values_list("pk", flat=True)):
        publication = Publication.objects.select_related("year", "administration", "project").get(
            pk=pk
        )
        rows = {row.format: row for row in publication.files.all()}
        for name in files.FORMATS:
            if name in rows and suffix in ("", name):
                yield _compared(publication, rows[name])


def _compared(publication, row) -> Rebuilt:
    return Rebuilt(
        row,
        rebuild(publication, row.format) == bytes(row.content),
        files.engine(row.format),
        files.template(row.format),
    )
