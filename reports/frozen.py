"""What each published version of a year's documents said where a figure stood. One query."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from reports.behind import Cut
from reports.document import Document, Unit, Value, from_data
from reports.models import Publication, ReportingYear
from reports.models.publication import DocumentKind


@dataclass(frozen=True)
class Frozen:
    """A figure in a publication, as it was printed there."""

    publication: Publication
    value: Value


def frozen(user, year: ReportingYear, address: str, cut: Cut, unit: Unit) -> list[Frozen]:
    """What in `unit` stood at `address` in every version that `user` may read, in order of time.

    The year's figures hold all of the city's, so its other documents need not be searched; an administration's
    own are in its memo too.
    """
    own = Q(kind=DocumentKind.ADMINISTRATION, administration__code=cut.administration)
    rows = (
        Publication.objects.visible_to(user)
        .filter(Q(kind=DocumentKind.OVERVIEW) | own, year=year)
        .select_related("year", "administration", "project")
        .defer("search", "sources")
        .order_by("published_at", "pk")
    )
    said = ((row, list(_at(address, unit, from_data(row.data)))) for row in rows)
    return [Frozen(row, values[0]) for row, values in said if values]


def _at(address: str, unit: Unit, document: Document) -> Iterator[Value]:
    for figure in document.figures:
        if (figure.address, figure.unit) == (address, unit):
            yield figure.value
    for grid in document.grids():
        rows = zip(grid.rows, grid.addresses, strict=False)
        for values, addresses in (*rows, (grid.total, grid.total_addresses)):
            cells = zip(values, addresses, grid.columns, strict=False)
            yield from (
                value for value, at, column in cells if (at, column.unit) == (address, unit)
            )
