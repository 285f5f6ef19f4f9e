"""The archive package of a year: its files one by one, and all of them as a zip.

The same database gives the same bytes: nothing is dated by the clock, and everything stands in one order.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.template.loader import render_to_string
from django.utils import timezone

from malmo_intl.formats import file_size
from reports.archiving import tables
from reports.archiving.schema import schema
from reports.archiving.scope import OfYear
from reports.dataout.table import Table
from reports.dataout.tables import TABLES
from reports.dataout.writing import to_csv, to_json
from reports.models import Publication, PublicationFile, ReportingYear
from reports.renderers import FORMATS
from reports.rules import RULES

SUMS = "kontrollsummor.sha256"
INDEX = "index.html"
# They are compressed already.
_STORED = (".pdf", ".docx", ".xlsx")


class NoPackage(LookupError):
    """The year cannot be archived; the message is a plain Swedish sentence."""


@dataclass(frozen=True)
class Data:
    """A table as it stands in the package."""

    table: Table
    folder: str
    rows: tuple[tuple, ...]

    @property
    def csv(self) -> str:
        return f"{self.folder}/{self.table.key}.csv"

    @property
    def json(self) -> str:
        return f"{self.folder}/{self.table.key}.json"

    @property
    def schema(self) -> str:
        return f"{self.folder}/{self.table.key}.schema.json"

    def files(self) -> Iterator[tuple[str, bytes]]:
        columns = self.table.columns
        described = json.dumps(schema(self.table), ensure_ascii=False, indent=1)
        yield self.csv, to_csv(columns, self.rows)
        yield self.json, to_json(self.table, columns, self.rows)
        yield self.schema, f"{described}\n".encode()


def name(year: ReportingYear) -> str:
    """Of the folder that everything stands in, and of the zip without its suffix."""
    return f"malmo-stad-internationellt-arbete-{year}"


def archivable(year: ReportingYear) -> list[Publication]:
    """What is published of the year. Raises NoPackage when it cannot be archived."""
    if year.status == ReportingYear.Status.CORRECTING:
        raise NoPackage(
            f"Året {year} rättas. Gör arkivpaketet när den nya versionen är publicerad."
        )
    found = tables.publications(year.year)
    if not found:
        raise NoPackage(
            f"För {year} är inget publicerat i systemet, så det finns inget att arkivera."
        )
    return found


def write(year: ReportingYear, out: BinaryIO):
    """The package as a zip. Raises NoPackage before anything is written."""
    published = archivable(year)
    at = max(row.published_at for row in published)
    when = timezone.localtime(at).timetuple()[:6]
    sums = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for path, content in _files(year, published):
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {path}\n")
            _add(file, when, f"{name(year)}/{path}", content)
        _add(file, when, f"{name(year)}/{SUMS}", "".join(sums).encode())


def _add(file: zipfile.ZipFile, when, path: str, content: bytes):
    entry = zipfile.ZipInfo(path, when)
    entry.compress_type = zipfile.ZIP_STORED if path.endswith(_STORED) else zipfile.ZIP_DEFLATED
    entry.create_system = 3  # as on any machine, with rights that anyone can read
    entry.external_attr = 0o100644 << 16
    file.writestr(entry, content)


def _files(year: ReportingYear, published: list[Publication]) -> Iterator[tuple[str, bytes]]:
    """(path, content), the largest read one at a time."""
    found = data(year)
    yield INDEX, _index(year, published, found)
    for row in published:
        for file in row.files.all():
            stored = PublicationFile.objects.only("content").get(pk=file.pk)
            yield tables.path_of(file), bytes(stored.content)
    for item in found:
        yield from item.files()


def data(year: ReportingYear) -> list[Data]:
    """The tables of the year with their rows: what was reported, what is published and what was done."""
    scope = OfYear(year=year.year)
    folders = {"handelser": "handelser"}
    own = [(table, folders.get(table.key, tables.FOLDER)) for table in tables.TABLES]
    given = [(table, "data") for table in TABLES.values()]
    return [Data(table, folder, tuple(table.rows(scope))) for table, folder in (*own, *given)]


def _index(year: ReportingYear, published: list[Publication], found: list[Data]) -> bytes:
    files = {
        row.pk: [
            (FORMATS[file.format].label, tables.path_of(file), file_size(file.size))
            for file in row.files.all()
        ]
        for row in published
    }
    documents: dict[tuple, dict] = {}
    for row in published:
        item = documents.setdefault(row.about, {"title": row.title, "versions": []})
        item["versions"].insert(0, (row, files[row.pk]))
    context = {
        "year": str(year),
        "documents": list(documents.values()),
        "data": [item for item in found if item.folder == "data"],
        "about": [item for item in found if item.folder != "data"],
        "rules": sorted(RULES.items()),
        "sums": SUMS,
    }
    return render_to_string("archive/index.html", context).encode()
