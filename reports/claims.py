"""What a file says of itself: which of our documents it is. No Django.

A claim proves nothing: anyone can write it. It only tells a file of ours that somebody has changed from one that
never was ours. Of a hostile file nothing is unpacked but small parts, and nothing is parsed as XML.
"""

import html
import io
import json
import re
import zipfile
import zlib
from dataclasses import dataclass

import pikepdf

from reports.document import DRAFT

MOST = 1024 * 1024  # bytes of a part that is looked into
_PDF = re.compile(rb'dc:identifier(?:="([^"]{1,400})"|>\s*([^<]{1,400})<)')
_ORIGIN = re.compile(
    rb'identitet="([^"]{1,300})" slag="[^"]{1,20}" version="(\d{1,5})" utkast="(ja|nej)"'
)
_WORD = re.compile(rb"<dc:identifier[^>]*>([^<]{1,300})<")
_WORD_VERSION = re.compile(rb"<cp:version[^>]*>(\d{1,5})<")
_EXCEL = re.compile(rb'name="Beteckning"[^>]*>\s*<(?:\w+:)?lpwstr[^>]*>([^<]{1,300})<')
_WEB_PAGE = re.compile(rb'<article class="paper (?:report|memo)(?: draft)?" data-foot="')
_CALLED = re.compile(rf"([\w-]{{1,300}}), (?:version (\d{{1,5}})|{DRAFT})")


@dataclass(frozen=True)
class Claim:
    """`version` is 0 for a draft."""

    identity: str
    version: int

    @property
    def is_draft(self) -> bool:
        return self.version == 0


def claim(content: bytes) -> Claim | None:
    """What the file says; None for one that does not call itself ours."""
    if content[:5] == b"%PDF-":
        return _of_pdf(content)
    if content[:4] == b"PK\x03\x04":
        return _of_office(content)
    return _of_json(content)


def is_web_page(content: bytes) -> bool:
    """Whether it is a document as a web page, as it was downloaded or as a browser saved it."""
    return bool(_WEB_PAGE.search(content))


def _called(text: bytes) -> Claim | None:
    """ "forvaltning-2019-asf, version 1" """
    found = _CALLED.fullmatch(html.unescape(text.decode("utf-8", "replace")).strip())
    return Claim(found[1], int(found[2] or 0)) if found else None


def _of_pdf(content: bytes) -> Claim | None:
    found = _PDF.search(content) or _PDF.search(_metadata(content))
    return _called(found[1] or found[2]) if found else None


def _metadata(content: bytes) -> bytes:
    """The description that another program has compressed when it saved the file."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            raw = pdf.Root.Metadata.read_raw_bytes()
        return zlib.decompressobj().decompress(raw, MOST)
    except Exception:  # noqa: BLE001 - a damaged file makes pikepdf and zlib raise anything
        return b""


def _of_office(content: bytes) -> Claim | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            return _of_word(file) or _of_excel(file)
    except Exception:  # noqa: BLE001 - a damaged file makes zipfile and zlib raise anything
        return None


def _of_word(file: zipfile.ZipFile) -> Claim | None:
    places = [name for name in file.namelist() if re.fullmatch(r"customXml/item\d+\.xml", name)]
    for name in places[:20]:
        if found := _ORIGIN.search(_part(file, name)):
            version = int(found[2]) if found[3] == b"nej" else 0
            return Claim(html.unescape(found[1].decode("utf-8", "replace")), version)
    core = _part(file, "docProps/core.xml")
    if not (found := _WORD.search(core)):
        return None
    version = _WORD_VERSION.search(core)
    return Claim(
        html.unescape(found[1].decode("utf-8", "replace")), int(version[1]) if version else 0
    )


def _of_excel(file: zipfile.ZipFile) -> Claim | None:
    found = _EXCEL.search(_part(file, "docProps/custom.xml"))
    return _called(found[1]) if found else None


def _part(file: zipfile.ZipFile, name: str) -> bytes:
    if name not in file.namelist():
        return b""
    with file.open(name) as part:
        return part.read(MOST)


def _of_json(content: bytes) -> Claim | None:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or data.get("type") != "Document":
        return None
    identity, version, draft = (data.get(name) for name in ("identity", "version", "draft"))
    if not isinstance(identity, str) or type(version) is not int or version < 0:
        return None
    return Claim(identity, 0 if draft else version)
