"""The tables that only the archive package has: what is published, what it was made of and by, and the trail."""

from django.db.models import F, Prefetch
from django.db.models.functions import Length
from django.utils import timezone

from malmo_intl.formats import sort_key
from reports import trail
from reports.dataout.registers import UNIT
from reports.dataout.table import Column, Table
from reports.models import CityDecision, Publication, PublicationFile
from reports.models.publication import ORDER
from reports.renderers import FORMATS

FOLDER = "handlingar"
IDENTITY = Column("beteckning", "text", "Handlingens beteckning. Den står i sidfoten och i filen.")
VERSION = Column("version", "heltal", "1 är den första. En rättelse är en ny version.")
MOMENT = "Svensk tid, med skillnaden mot UTC: 2025-05-06T09:08:00+02:00."
SUM = "sha256, med hexadecimala siffror."


def publications(year: int) -> list[Publication]:
    """Every version, the city's documents first, with their files but not what is in them. Two queries."""
    sized = PublicationFile.objects.defer("content").annotate(size=Length("content"))
    rows = (
        Publication.objects.filter(year__year=year)
        .select_related("year", "administration", "project")
        .defer("data", "search")
        .annotate(identity=F("data__identity"))
        .prefetch_related(Prefetch("files", sized.order_by("pk")))
    )
    return sorted(rows, key=lambda row: (ORDER[row.kind], sort_key(row.title), row.version))


def path_of(file: PublicationFile) -> str:
    """handlingar/malmo-stad-stad-2019-v1.pdf"""
    return f"{FOLDER}/{file.publication.file_name}.{file.format}"


def _moment(at) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


def _documents(scope):
    rows = publications(scope.year)
    newest = {row.about: row.version for row in rows}
    for row in rows:
        yield (
            row.identity,
            row.version,
            row.title,
            row.get_kind_display(),
            row.administration.code if row.administration else None,
            _moment(row.published_at),
            row.published_by_name,
            row.reason,
            newest[row.about] == row.version,
            row.sha256,
        )


def _files(scope):
    for row in publications(scope.year):
        for file in row.files.all():
            yield (
                row.identity,
                row.version,
                FORMATS[file.format].label,
                path_of(file),
                file.size,
                file.sha256,
                file.engine,
                file.template,
            )


def _sources(scope):
    for row in publications(scope.year):
        for source in row.sources:
            yield (
                row.identity,
                row.version,
                source["administration"],
                source["board"],
                source["received"],
                source["handed_in_at"],
                source["checksum"],
                source["decided_on"],
                source["paragraph"],
            )


def _decisions(scope):
    rows = CityDecision.objects.filter(publication__year__year=scope.year)
    for row in rows.annotate(identity=F("publication__data__identity")).select_related(
        "publication"
    ):
        yield (
            row.identity,
            row.publication.version,
            row.get_body_display(),
            row.day,
            row.paragraph,
        )


def _events(scope):
    for row in trail.of_year(scope.year).select_related("administration"):
        yield (
            _moment(row.at),
            row.by_name,
            row.verb,
            row.subject_name,
            row.administration.code if row.administration else None,
            row.comment,
        )


TABLES = (
    Table(
        "handlingar",
        "Handlingar",
        "Det som är publicerat för året, alla versioner.",
        (
            IDENTITY,
            VERSION,
            Column("titel", "text", "Handlingens titel."),
            Column("slag", "text", "Vilket slags handling det är."),
            Column("forvaltning", "text", "Förvaltningens kortnamn. Tomt: hela staden."),
            Column("publicerad", "text", MOMENT),
            Column("publicerad_av", "text", "Namnet på den som publicerade."),
            Column("skal", "text", "Skälet till en ny version."),
            Column("galler", "ja/nej", "Om det är den senaste versionen."),
            Column("kontrollsumma", "text", f"Av handlingens data. {SUM}"),
        ),
        _documents,
        "Documents",
    ),
    Table(
        "filer",
        "Filer",
        "Handlingarnas filer, och vad de framställdes med.",
        (
            IDENTITY,
            VERSION,
            Column("format", "text", "PDF, Word, Excel eller JSON."),
            Column("fil", "text", "Var filen finns i paketet."),
            Column("storlek", "heltal", "Filens storlek.", "byte"),
            Column("kontrollsumma", "text", f"Av filen. {SUM}"),
            Column("framstalld_med", "text", "Program och version."),
            Column("mall", "text", f"Kontrollsumma av mallarna. {SUM}"),
        ),
        _files,
        "Files",
    ),
    Table(
        "underlag",
        "Handlingarnas underlag",
        "Vilken version av varje förvaltnings redovisning en handling är gjord av.",
        (
            IDENTITY,
            VERSION,
            UNIT,
            Column("namnd", "text", "Nämndens namn då."),
            Column("inkommen", "ja/nej", "Om redovisningen hade kommit in."),
            Column("inlamnad", "text", "Tidpunkt, som ISO 8601."),
            Column("kontrollsumma", "text", f"Av redovisningen som lämnades in. {SUM}"),
            Column("beslutad", "datum", "Dagen för nämndens beslut."),
            Column("paragraf", "text", "Nämndens paragraf."),
        ),
        _sources,
        "Sources",
    ),
    Table(
        "beslut",
        "Stadens beslut",
        "När kommunstyrelsen och kommunfullmäktige beslutade om en handling. Nämndernas beslut står i underlaget.",
        (
            IDENTITY,
            VERSION,
            Column("instans", "text", "Den som beslutade."),
            Column("dag", "datum", "Dagen för beslutet."),
            Column("paragraf", "text", "Paragrafen i protokollet. Tomt: uppgift saknas."),
        ),
        _decisions,
        "Decisions",
    ),
    Table(
        "handelser",
        "Händelser",
        "Vem som gjorde vad, när, med det som hör till året.",
        (
            Column("tidpunkt", "text", MOMENT),
            Column("vem", "text", "Personens namn då, eller systemet."),
            Column("vad", "text", "Vad som gjordes."),
            Column("galler", "text", "Det som det gällde."),
            Column("forvaltning", "text", "Förvaltningens kortnamn. Tomt: hela staden."),
            Column("kommentar", "text", "Det som skrevs då."),
        ),
        _events,
        "Events",
    ),
)
