"""The parts of a Word file that python-docx has no words for: fields, bookmarks, links, watermark."""

import hashlib
import re
from io import BytesIO
from urllib.parse import urlsplit
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from malmo_intl import richtext

_SCHEMES = ("http", "https", "mailto")
# Word calls the whole file damaged if one address in it is not a URI.
_NOT_URI = re.compile(r'[\s<>"{}|\\^`]')


def element(tag: str, *children, **attributes):
    """An element of the w namespace, its attributes likewise: element("w:jc", val="right")."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def put(paragraph, text: str, *, bold=None, italic=None, style=None):
    """A run of text; every text of the document comes in through here."""
    run = paragraph.add_run(richtext.plain(text))
    run.bold, run.italic = bold, italic
    if style:
        run._r.style = style
    return run


def _mark(paragraph, kind: str, **attributes):
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType=kind, **attributes))


def begin_field(paragraph, instruction: str, *, dirty=False):
    """A field that Word works out. `dirty`: it does so when the file is opened."""
    _mark(paragraph, "begin", **({"dirty": "true"} if dirty else {}))
    code = element("w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    paragraph.add_run()._r.append(code)
    _mark(paragraph, "separate")


def end_field(paragraph):
    _mark(paragraph, "end")


def field(paragraph, instruction: str, shown: str):
    """`shown` stands there until the program that opens the file has worked it out."""
    begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    end_field(paragraph)


class Bookmarks:
    """The bookmarks of a file: each has a number of its own."""

    def __init__(self):
        self._last = 0

    def pair(self, name: str):
        """Where the bookmark starts and where it ends, to be put in place."""
        self._last += 1
        start = element("w:bookmarkStart", id=self._last, name=name)
        return start, element("w:bookmarkEnd", id=self._last)

    def around(self, paragraph, name: str):
        """Marks all that the paragraph holds so far, as the goal of links and page references."""
        start, end = self.pair(name)
        runs = paragraph._p.r_lst
        runs[0].addprevious(start)
        runs[-1].addnext(end)

    def before(self, paragraph_element, name: str):
        """Marks the beginning of the paragraph."""
        start, end = self.pair(name)
        properties = paragraph_element.pPr
        at = 0 if properties is None else paragraph_element.index(properties) + 1
        paragraph_element.insert(at, end)
        paragraph_element.insert(at, start)


def _enclose(paragraph, link, first: int):
    """Moves the runs from index `first` into `link`."""
    runs = paragraph._p.r_lst[first:]
    if runs:
        runs[0].addprevious(link)
        link.extend(runs)


def link_inside(paragraph, name: str, first: int = 0):
    """Makes the runs from index `first` lead to the bookmark `name`."""
    _enclose(paragraph, element("w:hyperlink", anchor=name, history="1"), first)


def link_out(paragraph, address: str, first: int, tip: str = ""):
    """Makes the runs from index `first` lead to a `safe_address`. `tip` is shown and read out with it."""
    link = element("w:hyperlink", history="1", **({"tooltip": tip} if tip else {}))
    link.set(qn("r:id"), _relation(paragraph.part, address))
    _enclose(paragraph, link, first)


def _relation(part, address: str) -> str:
    """The id of the link in the file; python-docx would look through them all for each."""
    name = f"L{hashlib.sha256(address.encode()).hexdigest()[:16]}"
    if name not in part.rels:
        part.rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True)
    return name


def safe_address(address: str) -> str:
    """The address as a relationship of the file may hold it, or "" if it may not."""
    address = richtext.plain(address or "").strip()
    try:
        parts = urlsplit(address)
        port_is_readable = parts.port is None or parts.port >= 0
    except ValueError:
        return ""
    goal = parts.path if parts.scheme == "mailto" else parts.hostname
    if parts.scheme not in _SCHEMES or not goal or not port_is_readable or "%" in parts.netloc:
        return ""
    if _NOT_URI.search(parts.netloc) or len(address) > 2000:
        return ""
    return _NOT_URI.sub(lambda bad: f"%{ord(bad[0]):02X}" if ord(bad[0]) < 128 else "", address)


def contents(paragraphs):
    """Makes a contents table of the paragraphs: Word shows "Uppdatera tabell" above it."""
    kind = element(
        "w:docPartObj",
        element("w:docPartGallery", val="Table of Contents"),
        element("w:docPartUnique"),
    )
    inside = element("w:sdtContent")
    paragraphs[0]._p.addprevious(element("w:sdt", element("w:sdtPr", kind), inside))
    inside.extend(item._p for item in paragraphs)


# --- The whole file ----------------------------------------------------------------------------

# The shape that Word's own "Vattenstämpel" makes; Word, LibreOffice and Pages know it by its type.
_WATERMARK = (
    '<w:pict {ns} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">'
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>'
    '<v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>'
    '<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/>'
    '<v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
    '<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
    '<v:f eqn="sum @6 0 @5"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectangles="270,180,90,0" '
    'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"/>'
    '<v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
    '<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{spid}" type="#_x0000_t136" '
    'alt="" style="position:absolute;margin-left:0;margin-top:0;width:{width}pt;height:{height}pt;'
    "rotation:315;z-index:-251658752;mso-position-horizontal:center;"
    "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
    'mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#{color}" stroked="f">'
    '<v:fill opacity=".5"/><v:textpath style="font-family:&quot;{font}&quot;;font-size:1pt" '
    'string="{text}"/></v:shape></w:pict>'
)


def watermark(paragraph, number: int, text: str, font: str, color: str):
    """`text` aslant over the page, behind what is written; `number` tells the headers apart."""
    shape = _WATERMARK.format(
        ns=nsdecls("w"), number=number, spid=2048 + number, width=400, height=100,
        text=text, font=font, color=color,
    )  # fmt: skip
    paragraph.add_run()._r.append(parse_xml(shape))


def same_every_time(blob: bytes) -> bytes:
    """The file with the clock taken out of it: zip notes when each part was written."""
    out = BytesIO()
    with ZipFile(BytesIO(blob)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source.read(name), ZIP_DEFLATED)
    return out.getvalue()
