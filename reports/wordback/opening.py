"""An uploaded Word file of ours, taken apart into the stretches that it was made of. No Django.

Each paragraph carries a hidden bookmark that says which stretch it was written for. What has none was added by
whoever edited the file and belongs to what stands before it.
"""

import io
from bisect import bisect_right
from dataclasses import dataclass, field

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from reports.importing.upload import Kind, Refused, kind_of
from reports.renderers import docx_origin as origin
from reports.renderers import docx_reading as reading
from reports.renderers.docx_known import File
from reports.renderers.docx_origin import HEADING, NOTICE, PLACE, TEXT, Origin, Stretch

MOST_PARAGRAPHS = 20_000


@dataclass
class Part:
    """A stretch with what stands there in the file now; `is_missing` if nothing of it is left."""

    stretch: Stretch
    elements: list = field(default_factory=list)
    is_missing: bool = True

    def is_changed(self, file: File) -> bool:
        return reading.fingerprint(self.elements, self.stretch, file) != self.stretch.words


@dataclass
class Returned:
    """The file: what it says of its origin, what stands in each stretch, and what was left in it by Word.

    `comments` and `tracked` are how many comments and tracked changes there are.
    """

    origin: Origin
    parts: list[Part]
    file: File
    comments: int
    tracked: int


def read(content: bytes) -> Returned:
    """Raises Refused for what is not a Word file of ours, or has lost what it remembers."""
    if kind_of(content) != Kind.WORD:
        raise Refused("Filen är inte ett Word-dokument (.docx).")
    try:
        return _read(docx.Document(io.BytesIO(content)))
    except Refused:
        raise
    except origin.NotOurs as error:
        raise Refused(
            "Filen är inte hämtad härifrån, eller har tappat det som visar varifrån texterna kommer. "
            "Hämta Word-filen på nytt på dokumentets sida och ändra i den."
        ) from error
    except Exception as error:  # a hostile file makes python-docx and lxml raise anything
        raise Refused(
            "Word-dokumentet är skadat och går inte att läsa. Öppna det i Word, spara på nytt och försök igen."
        ) from error


def _read(file) -> Returned:
    found = origin.get(file)
    body = file.element.body
    elements = list(reading.flat(body))
    if sum(1 for _ in body.iter(qn("w:p"))) > MOST_PARAGRAPHS:
        raise Refused("Dokumentet är för långt för att läsas in.")
    tracked = reading.tracked(body)
    parts = _parts(found, elements)
    return Returned(found, parts, File.of(file, found.figures), _comments(file), tracked)


def _comments(file) -> int:
    for relation in file.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.COMMENTS and not relation.is_external:
            blob = relation.target_part.blob
            return blob.count(b"<w:comment ") + blob.count(b"<w:comment>")
    return 0


# --- Which stretch each paragraph belongs to ---------------------------------------------------------


def _parts(found: Origin, elements) -> list[Part]:
    parts = {item.number: Part(item) for item in found.stretches}
    told = [_told(element, parts) for element in elements]
    kept = _in_order([number for number in told if number])
    current = 0
    for element, number in zip(elements, told, strict=True):
        if number and kept and number == kept[0]:
            current = kept.pop(0)
            parts[current].is_missing = False
        if current:
            parts[current].elements.append(element)
    ordered = [parts[number] for number in sorted(parts)]
    _give_on(ordered)
    return ordered


def _told(element, parts) -> int:
    """The number of the stretch that the element's bookmark names; 0 without one."""
    for mark in element.iter(qn("w:bookmarkStart")):
        name = mark.get(qn("w:name"), "")
        number = name.removeprefix(PLACE).partition("_")[0]
        if name.startswith(PLACE) and number.isdecimal() and int(number) in parts:
            return int(number)
    return 0


def _in_order(numbers: list[int]) -> list[int]:
    """The longest run of the numbers that never falls: what was moved elsewhere belongs where it is now."""
    ends: list[int] = []  # the least number that a run of each length can end with
    at: list[int] = []
    for number in numbers:
        length = bisect_right(ends, number)
        ends[length : length + 1] = [number]
        at.append(length)
    wanted, kept = len(ends) - 1, []
    for number, length in zip(reversed(numbers), reversed(at), strict=True):
        if length == wanted and (not kept or number <= kept[-1]):
            kept.append(number)
            wanted -= 1
    return kept[::-1]


def _give_on(parts: list[Part]):
    """A heading is one paragraph. What was written between it and the text below, or the notice that stands in
    its place, is that text's, whose first paragraphs may have been taken away with their bookmarks."""
    for part, following in zip(parts, parts[1:], strict=False):
        is_written = following.stretch.kind in (TEXT, NOTICE)
        if part.stretch.kind == HEADING and is_written and part.elements[1:]:
            following.elements[:0] = part.elements[1:]
            following.is_missing = False
            del part.elements[1:]
