"""Opening an uploaded file: what it is by its content, and nothing that harms who opens it. No Django."""

import io
import re
import zipfile
from enum import StrEnum

MEGABYTE = 1024 * 1024
LARGEST = 5 * MEGABYTE
LARGEST_UNPACKED = 30 * MEGABYTE
MOST_PARTS = 200
MOST_SQUEEZED = 200  # unpacked bytes per packed byte; a bomb has thousands

_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


class Refused(ValueError):
    """The file is not opened; the message is a plain Swedish sentence."""


class Kind(StrEnum):
    WORD = "Word"
    EXCEL = "Excel"
    TEXT = "text"


def kind_of(content: bytes) -> Kind:
    """What the file is, told by its content and not by its name. Raises Refused."""
    if not content:
        raise Refused("Filen är tom. Välj en annan fil.")
    if len(content) > LARGEST:
        raise Refused(f"Filen är för stor. Högst {LARGEST // MEGABYTE} MB går att läsa in.")
    if content[:4] == b"PK\x03\x04":
        return _office(content)
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise Refused(
            "Filen är ett äldre eller lösenordsskyddat Office-format. "
            "Spara den som .docx eller .xlsx utan lösenord och försök igen."
        )
    if content[:5] == b"%PDF-":
        raise Refused("Filen är en PDF. Spara originalet som .docx eller .xlsx och läs in det.")
    text(content)
    return Kind.TEXT


def text(content: bytes) -> str:
    """The file as text: UTF-8, UTF-16 with its mark, or what Windows writes. Raises Refused."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            found = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in found:
            return found
    raise Refused("Filen går inte att läsa. Välj en fil från Word (.docx), .md eller .txt.")


def _office(content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = _checked(archive)
    except Refused:
        raise
    except Exception as error:  # a damaged archive makes zipfile and zlib raise anything
        raise Refused(
            "Filen är skadad och går inte att öppna. Spara den på nytt och försök igen."
        ) from error
    if "word/document.xml" in names:
        return Kind.WORD
    if "xl/workbook.xml" in names:
        return Kind.EXCEL
    raise Refused("Filen är varken ett Word-dokument eller en Excel-bok.")


def _checked(archive: zipfile.ZipFile) -> set[str]:
    """The names of the parts, when all are small and plain. Raises Refused before unpacking a bomb."""
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise Refused("Filen har för många delar för att läsas in.")
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise Refused("Filen blir för stor när den packas upp.")
    for part in parts:
        name = part.filename.casefold()
        if "vbaproject" in name or "activex" in name or name.endswith(".bin") and "macro" in name:
            raise Refused("Filen innehåller makron. Spara den utan makron och försök igen.")
        if "externallinks/" in name:
            raise Refused("Filen hämtar värden ur andra filer. Ta bort länkarna och försök igen.")
        if part.file_size > MOST_SQUEEZED * max(part.compress_size, 1024):
            raise Refused("Filen blir för stor när den packas upp.")
        if name.endswith((".xml", ".rels")):
            _refuse_entities(archive, part)
    return {part.filename for part in parts}


def _refuse_entities(archive, part):
    """No XML part may declare entities or fetch a DTD; read only as far as the file said it is long."""
    with archive.open(part) as stream:
        content = stream.read(part.file_size + 1)
    if len(content) > part.file_size:
        raise Refused("Filen blir för stor när den packas upp.")
    plain = content.replace(b"\0", b"")  # UTF-16 hides the words from a search for bytes
    if _DOCTYPE.search(plain):
        raise Refused(
            "Filen innehåller kod som inte får läsas in. Spara den på nytt från Word eller Excel."
        )
