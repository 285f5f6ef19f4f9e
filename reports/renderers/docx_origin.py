"""What a Word file remembers of where it came from, so that what was edited in it can be found again.

Hidden bookmarks stand before every paragraph, table and heading that the document wrote, and a part of the file
that no program shows (customXml, which Word and LibreOffice keep) says which stretch of the document each of
them belongs to. It holds fingerprints, never the texts: who takes a sentence out in Word has taken it out.
"""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from malmo_intl import prose, richtext

NAMESPACE = "urn:malmo:internationell-redovisning:1"
# Other stretches go by what their block is called.
HEAD, HEADING, TEXT, NOTICE = "huvud", "rubrik", "text", "notis"
# Word hides bookmarks whose names begin with a line.
PLACE, FIGURE = "_Ir", "_Siffra"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


class NotOurs(ValueError):
    """The file holds no origin, or one that cannot be read."""


@dataclass(frozen=True)
class Stretch:
    """The head of the document, a heading or a block; `kind` says which. `words` is the fingerprint of what a reader sees; of a text also
    `text`, that of the prose it was made from. `level` is the level of its section's heading."""

    number: int
    section: str
    heading: str
    kind: str
    level: int
    words: str
    text: str = ""


@dataclass(frozen=True)
class Origin:
    """Which document the file is, and what it said. `figures` are the live figures in the order they stand:
    the mark, and how it was written."""

    identity: str
    kind: str
    version: int
    draft: bool
    stretches: tuple[Stretch, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def of_prose(html: str) -> str:
    """The fingerprint of prose, the same whether its live figures hold their marks or their values."""
    try:
        return fingerprint(prose.settle(richtext.clean(html)))
    except richtext.TooComplex:
        return fingerprint(html)


def of_words(lines: Iterable[str]) -> str:
    return fingerprint("\n".join(lines))


# --- In the file ---------------------------------------------------------------------------------


def put(file, origin: Origin):
    """Adds the hidden part to a python-docx file."""
    package = file.part.package
    part = Part(PackURI("/customXml/item1.xml"), "application/xml", _as_xml(origin), package)
    item = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{NAMESPACE}:{origin.identity}")).upper()
    about = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
        f'<ds:datastoreItem xmlns:ds="{_STORE}" ds:itemID="{{{item}}}">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    ).encode()
    part.relate_to(
        Part(PackURI("/customXml/itemProps1.xml"), _PROPERTIES, about, package),
        RELATIONSHIP_TYPE.CUSTOM_XML_PROPS,
    )
    file.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def get(file) -> Origin:
    """The origin of a python-docx file. Raises NotOurs."""
    for relation in file.part.rels.values():
        if relation.reltype != RELATIONSHIP_TYPE.CUSTOM_XML or relation.is_external:
            continue
        try:
            return _from_xml(relation.target_part.blob)
        except (NotOurs, ValueError, TypeError, KeyError, etree.XMLSyntaxError):
            continue  # other programs and document systems keep parts of their own here
    raise NotOurs


def _as_xml(origin: Origin) -> bytes:
    root = etree.Element(f"{{{NAMESPACE}}}dokument", nsmap={None: NAMESPACE})
    root.set("identitet", origin.identity)
    root.set("slag", origin.kind)
    root.set("version", str(origin.version))
    root.set("utkast", "ja" if origin.draft else "nej")
    for item in origin.stretches:
        made = etree.SubElement(root, f"{{{NAMESPACE}}}del", nr=str(item.number), slag=item.kind)
        made.set("avsnitt", item.section)
        made.set("rubrik", richtext.plain(item.heading))
        made.set("niva", str(item.level))
        made.set("ord", item.words)
        if item.text:
            made.set("text", item.text)
    for mark, words in origin.figures:
        etree.SubElement(root, f"{{{NAMESPACE}}}siffra", namn=mark).text = richtext.plain(words)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _from_xml(blob: bytes) -> Origin:
    root = etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))
    if root.tag != f"{{{NAMESPACE}}}dokument":
        raise NotOurs
    return Origin(
        root.attrib["identitet"],
        root.attrib["slag"],
        int(root.attrib["version"]),
        root.attrib["utkast"] == "ja",
        tuple(_stretch(item) for item in root.iter(f"{{{NAMESPACE}}}del")),
        tuple(
            (item.attrib["namn"], item.text or "") for item in root.iter(f"{{{NAMESPACE}}}siffra")
        ),
    )


def _stretch(item) -> Stretch:
    known = item.attrib
    return Stretch(
        int(known["nr"]), known["avsnitt"], known["rubrik"], known["slag"], int(known["niva"]),
        known["ord"], known.get("text", ""),
    )  # fmt: skip
