"""Documents by what their files call them inside ("forvaltning-2024-asf"), in the words that people use."""

import re

from malmo_intl.models import Administration
from reports.models.publication import DocumentKind, title_of

_IDENTITY = re.compile(r"([a-z]+)-(\d{4})(?:-([\w-]+))?", re.ASCII)
_THE_CITYS = (DocumentKind.CITY, DocumentKind.CONSOLIDATED, DocumentKind.OVERVIEW)
UNKNOWN = "ett dokument som systemet inte känner till"


def of(item) -> str:
    """What the files of a document call it; `item` is a document of the shelf."""
    about = (
        item.administration and item.administration.code.lower(),
        item.project and item.project.slug,
    )
    return "-".join(filter(None, (item.kind, str(item.year), *about)))


def year(identity: str) -> int | None:
    found = _IDENTITY.fullmatch(identity)
    return int(found[2]) if found else None


def title(identity: str) -> str:
    """ "Samlad redovisning 2024". Anyone can write an identity into a file and ask, so no more is told than it
    says itself and a public register of administrations: not which projects there are."""
    found = _IDENTITY.fullmatch(identity)
    kind, year, about = found.groups(default="") if found else ("", "", "")
    if kind in _THE_CITYS and not about:
        return title_of(kind, year)
    if kind == DocumentKind.ADMINISTRATION:
        unit = Administration.objects.filter(code__iexact=about).first()
        return title_of(kind, year, unit) if unit else f"En förvaltnings tjänsteskrivelse {year}"
    if kind == DocumentKind.PROJECT:
        return f"Tjänsteskrivelse om ett projekt {year}"
    return f"Årets underlag {year}" if kind == "underlag" else UNKNOWN
