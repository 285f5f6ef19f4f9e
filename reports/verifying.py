"""Is this the decided version? A file is ours if its checksum is that of a stored file, and only then."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone
from django.utils.dateparse import parse_date

from malmo_intl import formats
from reports import identities
from reports.claims import Claim, claim, is_web_page
from reports.models import Publication, PublicationFile

MEGABYTE = 1024 * 1024
LARGEST = 25 * MEGABYTE
RECEIPT = "kvittens-"


class State(StrEnum):
    """How it went, the best first: `code` is what the command ends with."""

    GENUINE = "Filen är den gällande handlingen"
    SUPERSEDED = "Filen är äkta, men har ersatts"
    DRAFT = "Filen är ett utkast, inte en beslutad handling"
    RECEIPT = "Filen är en kvittens, inte en beslutad handling"
    WEB_PAGE = "Filen är en webbsida, inte en beslutad handling"
    FOREIGN = "Filen är inte en handling härifrån"
    ALTERED = "Filen är ändrad efter publiceringen"

    @property
    def code(self) -> int:
        return _CODES[self]


_CODES = {
    State.GENUINE: 0,
    State.SUPERSEDED: 1,
    State.DRAFT: 2,
    State.RECEIPT: 2,
    State.WEB_PAGE: 2,
    State.FOREIGN: 3,
    State.ALTERED: 4,
}


class NotRead(ValueError):
    """The file cannot be tried; the message is a plain Swedish sentence."""


@dataclass(frozen=True)
class Verdict:
    """`publication`: which document it is, or says that it is; `newest`: the last version of it; `claim`: what
    the file says of itself, when its checksum does not tell."""

    state: State
    sha256: str
    publication: Publication | None = None
    newest: Publication | None = None
    claim: Claim | None = None

    @property
    def sentence(self) -> str:
        return _SENTENCES[self.state](self)


def verify(content: bytes, publications) -> Verdict:
    """`publications`: those that the asker may know of. Nothing of the file is kept. Raises NotRead."""
    if not content:
        raise NotRead("Filen är tom. Välj en annan fil.")
    if len(content) > LARGEST:
        raise NotRead(
            f"Filen är större än {LARGEST // MEGABYTE} MB. Så stora är inga av våra filer."
        )
    total = hashlib.sha256(content).hexdigest()
    stored = PublicationFile.objects.filter(sha256=total, publication__in=publications.values("pk"))
    row = publications.light().filter(files__in=stored.values("pk")).order_by("-version").first()
    if row:
        newest = _newest(row, publications)
        state = State.GENUINE if newest.pk == row.pk else State.SUPERSEDED
        return Verdict(state, total, row, newest)
    if (said := claim(content)) is None:
        return Verdict(State.WEB_PAGE if is_web_page(content) else State.FOREIGN, total)
    return _by_claim(total, said, publications)


def _by_claim(total: str, said: Claim, publications) -> Verdict:
    if said.identity.startswith(RECEIPT):
        return Verdict(State.RECEIPT, total, claim=said)
    if said.is_draft:
        return Verdict(State.DRAFT, total, claim=said)
    kind = said.identity.partition("-")[0]
    rows = publications.light().filter(
        kind=kind, version=said.version, data__identity=said.identity
    )
    if (row := rows.first()) is None:
        return Verdict(State.FOREIGN, total, claim=said)
    return Verdict(State.ALTERED, total, row, _newest(row, publications), said)


def _newest(row: Publication, publications) -> Publication:
    same = publications.light().filter(
        year=row.year_id,
        kind=row.kind,
        administration=row.administration_id,
        project=row.project_id,
    )
    return same.order_by("-version").first()


def decided(publication: Publication) -> str:
    """Who decided, when and in which §; "" when it is not known. Of an administration's document as it was known
    when it was published."""
    if publication.is_the_citys:
        return "; ".join(str(decision) for decision in publication.decisions.all())
    source = next(iter(publication.sources), None)
    day = parse_date(source["decided_on"]) if source else None
    return f"{source['board']}, {formats.decision(day, source['paragraph'])}" if day else ""


def day(publication: Publication) -> str:
    return f"{timezone.localdate(publication.published_at)}"


# --- In words --------------------------------------------------------------------------------------


def _genuine(verdict) -> str:
    row = verdict.publication
    return f"{row}, publicerad {day(row)}. Filen är byte för byte den som publicerades."


def _superseded(verdict) -> str:
    row, newest = verdict.publication, verdict.newest
    return (
        f"{row}, publicerad {day(row)}. Filen är byte för byte den som publicerades, men version "
        f"{newest.version} gäller sedan {day(newest)}. Skälet till den är: {newest.reason}"
    )


def _draft(verdict) -> str:
    return (
        f"Den säger att den är ett utkast till {identities.title(verdict.claim.identity)}. Det som står i ett "
        "utkast är inte beslutat och kan ha ändrats."
    )


def _receipt(verdict) -> str:
    return "En kvittens visar att en redovisning är inlämnad. Den är inte nämndens beslut."


def _web_page(verdict) -> str:
    return (
        "Den ser ut att vara hämtad härifrån, men en webbsida är aldrig den beslutade handlingen. Kontrollera "
        "PDF-filen i stället."
    )


def _foreign(verdict) -> str:
    if verdict.claim:
        return (
            f"Den säger att den är {identities.title(verdict.claim.identity)}, version "
            f"{verdict.claim.version}, men någon sådan publicering finns inte bland dem som du kan läsa."
        )
    return (
        "Ingen publicerad fil har det innehållet, och filen säger inte själv att den kommer härifrån. "
        "En utskrift som har skannats, eller en fil som har sparats om i ett annat program, känns inte igen."
    )


def _altered(verdict) -> str:
    return (
        f"Den säger att den är {verdict.publication}, men den är inte byte för byte den fil som "
        f"publicerades {day(verdict.publication)}. Hämta handlingen på dess sida i stället."
    )


_SENTENCES = {
    State.GENUINE: _genuine,
    State.SUPERSEDED: _superseded,
    State.DRAFT: _draft,
    State.RECEIPT: _receipt,
    State.WEB_PAGE: _web_page,
    State.FOREIGN: _foreign,
    State.ALTERED: _altered,
}
