"""What a publication leaves in the database. Called in one transaction, with everything already made."""

from dataclasses import dataclass

from funding.models import Payout
from reports.collect_parts import reported
from reports.document import Document, to_data
from reports.models import Publication, PublicationFile, PublishedFigure, Publishing, ReportingYear
from reports.models.publication import DocumentKind
from reports.publishing import files, words
from reports.publishing.contents import Contents, Item


@dataclass(frozen=True)
class Frozen:
    """A document with its files, ready to be stored."""

    item: Item
    version: int
    document: Document
    files: tuple[files.Made, ...]


def store(year: ReportingYear, attempt: Publishing, found: Contents, made: list[Frozen], now):
    """Publish the year with what was made of it. Raises ValidationError if the year has moved on."""
    year.publish(attempt.by, attempt.reason)
    rows = {frozen.item.kind: _publication(year, attempt, frozen, now) for frozen in made}
    _publish_figures(year, found.rollup, rows.get(DocumentKind.CONSOLIDATED))
    reported(Payout.objects.filter(year=year.year)).update(published=True)


def _publication(year, attempt, frozen, now) -> Publication:
    item = frozen.item
    row = Publication.objects.create(
        kind=item.kind,
        year=year,
        administration=item.administration,
        project=item.project,
        version=frozen.version,
        reason=attempt.reason if frozen.version > 1 else "",
        data=to_data(frozen.document),
        sources=list(item.sources),
        search=words.stems(frozen.document),
        sha256=item.checksum(frozen.version),
        published_at=now,
        published_by=attempt.by,
        published_by_name=attempt.by_name,
    )
    PublicationFile.objects.bulk_create(
        PublicationFile(
            publication=row,
            format=made.format,
            content=made.content,
            sha256=made.sha256,
            engine=files.engine(made.format),
            template=files.template(made.format),
        )
        for made in frozen.files
    )
    return row


def _publish_figures(year, rollup, publication):
    """Counting rule 9: the city's figures stay as they first were published; a correction adds its reason."""
    if publication is None:  # a correction that leaves the consolidated report as it was
        return
    known = {
        row.name: row
        for row in PublishedFigure.objects.filter(year=year.year, administration=None, goal=None)
    }
    for name in PublishedFigure.Name:
        figure = rollup.figure(name)
        row = known.get(name)
        if row is None and figure.today is not None:
            PublishedFigure.objects.create(
                year=year.year,
                name=name,
                value=figure.today.value,
                qualifier=figure.today.qualifier,
                step=figure.today.step,
                source=str(publication),
                publication=publication,
            )
        elif row is not None and figure.corrected and figure.reason != row.note:
            row.note = figure.reason
            row.save()
