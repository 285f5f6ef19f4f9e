"""A painted PDF as a file of record: PDF/A-3a and PDF/UA-1 in one, with its data inside. No Django.

Everything stands in the finished file's catalog, so a document painted whole and one merged from chapters are
sealed alike. It costs a few milliseconds; WeasyPrint's own "pdf/a-3a" costs a sixth of a render and cannot say
PDF/UA-1 beside it. What belongs to a page is `pdf_finish`'s: tags, artifacts, and the flag that lets
a link be printed (ISO 19005-3, 6.3.2).
"""

import datetime
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from malmo_intl import richtext
from reports.document import Document

PUBLISHER = "Malmö stad"


@dataclass(frozen=True)
class Attachment:
    """A file inside the file. `relationship` as in ISO 19005-3, annex E: Source is what the document was made
    from, Data what its tables and charts show."""

    name: str
    content: bytes
    media_type: str
    relationship: Literal["Source", "Data"]
    description: str


def seal(
    painted: bytes | pikepdf.Pdf, document: Document, attached: tuple[Attachment, ...] = ()
) -> bytes:
    """`painted`, a tagged PDF of `document`, as PDF/A-3a and PDF/UA-1. The same in, the same bytes out: dates
    are the document's, never the clock's, and the file's identifier is worked out from what is in it.

    A pikepdf.Pdf is changed and left open.
    """
    if isinstance(painted, bytes):
        with pikepdf.open(BytesIO(painted)) as pdf:
            return seal(pdf, document, attached)
    _say_what_it_is(painted, document)
    _mean_colours(painted)
    _embed(painted, document, attached)
    return _written(painted)


def data_day(document: Document) -> datetime.datetime:
    """When the data of a document is from, in UTC: noon of its date, or of the last day of its year."""
    day = document.head.dated or datetime.date(document.head.year, 12, 31)
    return datetime.datetime(day.year, day.month, day.day, 12, tzinfo=datetime.UTC)


# --- How it is written -----------------------------------------------------------------------------

# A stream whose last byte happens to be a carriage return, and the line feed that ends it: there are checkers
# that take the two for one end of line, and the stream for a byte too short (ISO 19005-3, 6.1.7.1).
AMBIGUOUS = b"\r\nendstream"
# What only streams have whose length is told, or that are given on as they are: typefaces, colours, attachments.
EXACT = (Name.Length1, Name.N, Name.Params)
# Parts of the catalog that may be objects of their own. Each that is one moves what is packed where.
MOVABLE = (Name.MarkInfo, Name.ViewerPreferences, Name.OutputIntents, Name.Lang)


def _written(pdf: pikepdf.Pdf) -> bytes:
    blob = _saved(pdf)
    if AMBIGUOUS in blob:
        _end_otherwise(pdf)
        for name in MOVABLE:
            pdf.Root[name] = pdf.make_indirect(pdf.Root[name])
            blob = _saved(pdf)
            if AMBIGUOUS not in blob:
                break
    return blob


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        min_version="1.7",
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    return out.getvalue()


def _end_otherwise(pdf: pikepdf.Pdf):
    """Give the streams that end in a carriage return a line more: what is drawn and what tells of letters may end
    in one. To pack them anew would not help, for they end in a checksum of what is packed."""
    for found in pdf.objects:
        if not isinstance(found, pikepdf.Stream) or any(name in found for name in EXACT):
            continue
        if found.read_raw_bytes().endswith(b"\r"):
            found.write(found.read_bytes() + b"\n")


# --- What it says of itself ------------------------------------------------------------------------


def _say_what_it_is(pdf: pikepdf.Pdf, document: Document):
    root = pdf.Root
    root.Lang = String(document.lang)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    xmp = pdf.make_stream(_xmp(document).encode())  # never compressed: read without knowing PDF
    xmp.Type, xmp.Subtype = Name.Metadata, Name.XML
    root.Metadata = xmp
    info = {"Title": document.title, "Author": document.head.sender, "Producer": _producer()}
    if document.head.dated:
        info["CreationDate"] = info["ModDate"] = f"D:{document.head.dated:%Y%m%d}"
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary({f"/{name}": String(richtext.plain(text)) for name, text in info.items()})
    )


@cache
def _producer() -> str:
    return f"WeasyPrint {version('weasyprint')}, pikepdf {version('pikepdf')}"


def _xmp(document: Document) -> str:
    head = document.head
    dated = head.dated.isoformat() if head.dated else ""
    texts = {
        "lang": document.lang,
        "title": document.title,
        "sender": head.sender,
        "genre": f"{head.genre} {head.year}",
        "identity": f"{document.identity}, {_state(document)}",
        "publisher": PUBLISHER,
        "producer": _producer(),
    }
    dates = f'xmp:CreateDate="{dated}" xmp:ModifyDate="{dated}"' if dated else ""
    return _XMP.format(
        dates=dates,
        **{name: escape(richtext.plain(text), {'"': "&quot;"}) for name, text in texts.items()},
    )


def _state(document: Document) -> str:
    return "utkast" if document.draft else f"version {document.version}"


# The extension schema declares pdfuaid, which PDF/A does not know (ISO 19005-3, 6.6.2.3.2).
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" pdfaid:part="3" pdfaid:conformance="A"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" pdf:Producer="{producer}"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" {dates}
 xmlns:dc="http://purl.org/dc/elements/1.1/" dc:format="application/pdf" dc:identifier="{identity}">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{genre}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{sender}</rdf:li></rdf:Seq></dc:creator>
<dc:publisher><rdf:Bag><rdf:li>{publisher}</rdf:li></rdf:Bag></dc:publisher>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


# --- What its colours mean ---------------------------------------------------------------------------


def _mean_colours(pdf: pikepdf.Pdf):
    """Say that red, green and blue are those of sRGB."""
    profile = pdf.make_stream(_srgb())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


@cache
def _srgb() -> bytes:
    """The profile that comes with WeasyPrint, read without importing WeasyPrint, which takes a second."""
    return (Path(find_spec("weasyprint").origin).parent / "pdf" / "sRGB2014.icc").read_bytes()


# --- What it holds -----------------------------------------------------------------------------------


def _embed(pdf: pikepdf.Pdf, document: Document, attached: tuple[Attachment, ...]):
    """Associate the files with the whole document, and list them where a reader looks for attachments."""
    if not attached:
        return
    day = String(f"D:{data_day(document):%Y%m%d%H%M%S}Z")
    named = [
        (item.name, pdf.make_indirect(_specification(pdf, item, day)))
        for item in sorted(attached, key=lambda item: item.name)
    ]
    pdf.Root.AF = Array([specification for _, specification in named])
    names = Array([part for name, found in named for part in (String(name), found)])
    if Name.Names not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = Dictionary(Names=names)


def _specification(pdf: pikepdf.Pdf, item: Attachment, day: String) -> Dictionary:
    file = pdf.make_stream(item.content)
    file.Type = Name.EmbeddedFile
    file.Subtype = Name(f"/{item.media_type}")
    file.Params = Dictionary(
        Size=len(item.content),
        CheckSum=String(hashlib.md5(item.content, usedforsecurity=False).digest()),
        CreationDate=day,
        ModDate=day,
    )
    return Dictionary(
        Type=Name.Filespec,
        F=String(item.name),
        UF=String(item.name),
        Desc=String(item.description),
        AFRelationship=Name(f"/{item.relationship}"),
        EF=Dictionary(F=file, UF=file),
    )
