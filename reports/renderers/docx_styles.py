"""How the Word file looks: one table of styles, made from a few tokens.

Nothing of python-docx's own template is left but its names: its styles, theme fonts and picture go.
"""

from dataclasses import dataclass

from docx import Document as new_file
from docx.document import Document as File
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_UNDERLINE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from reports.renderers.docx_numbering import BULLETS, INDENT, NUMBERS
from reports.renderers.docx_parts import element

SANS = "Open Sans"
SERIF = "Georgia"
ACCENT = "007896"
QUIET = "454545"
LINE = "A6A6A6"
PALE = "D9D9D9"
PAGE = (210, 297)  # millimetres, A4
MARGIN = 25
WIDTH = PAGE[0] - 2 * MARGIN
TABLE = "MalmoTabell"
FRAME = "MalmoRam"
FIGURE = "Siffra"
LANGUAGES = {"sv": "sv-SE", "en": "en-GB"}


@dataclass(frozen=True)
class Look:
    """A paragraph style. Lengths in points; `line` is the line spacing, in lines."""

    name: str
    based: str = "Normal"
    font: str = SANS
    size: float = 10.5
    bold: bool = False
    italic: bool = False
    color: str = ""
    before: float = 0
    after: float = 0
    line: float = 1.2
    keep: bool = False
    level: int = 0
    hyphens: bool = True

    @property
    def id(self) -> str:
        return style_id(self.name)


def style_id(name: str) -> str:
    """The id that Word itself gives the style: "Heading1", "TOC1", "ListBullet"."""
    id_ = name.replace(" ", "").translate(str.maketrans("åäöÅÄÖ", "aaoAAO"))
    return id_.replace("toc", "TOC")


def _heading(level: int, size: float, before: float, italic=False, name="Heading {}") -> Look:
    return Look(
        name.format(level), size=size, bold=True, italic=italic, before=before, after=4,
        line=1, keep=True, level=level, hyphens=False,
    )  # fmt: skip


# fmt: off
LOOKS = (
    Look("Normal", "", SERIF, after=7, line=1.25),
    Look("Title", size=20, bold=True, before=0, after=4, line=1, keep=True, hyphens=False),
    Look("Subtitle", size=12, color=QUIET, after=6),
    _heading(1, 16, 22),
    _heading(2, 13, 18),
    _heading(3, 11.5, 14),
    _heading(4, 10.5, 12),
    _heading(5, 10.5, 10, italic=True),
    _heading(6, 10.5, 10, italic=True),
    # The contents field gathers Heading 1 and 2 by name; these look alike and are passed over.
    _heading(1, 16, 22, name="Rubrik {} ej i innehåll"),
    _heading(2, 13, 18, name="Rubrik {} ej i innehåll"),
    Look("List Bullet", font=SERIF, after=4, line=1.25),
    Look("List Number", font=SERIF, after=4, line=1.25),
    Look("List Continue", font=SERIF, after=4, line=1.25),
    Look("Caption", size=9.5, bold=True, before=10, after=4, keep=True, hyphens=False),
    # Open Sans has room between its lines already.
    Look("Tabelltext", size=9, before=2.5, after=2.5, line=1),
    Look(
        "Tabellhuvud", "Tabelltext", size=9, bold=True, before=2.5, after=2.5, line=1,
        keep=True, hyphens=False,
    ),
    Look("Tabellsumma", "Tabelltext", size=9, bold=True, before=3, after=3, line=1),
    Look("Tabell saknas", "Tabelltext", size=9, italic=True, color=QUIET, before=2.5, after=2.5, line=1),
    Look(
        "Tabelletikett", "Tabelltext", size=9, color=QUIET, before=2.5, after=2.5, line=1,
        hyphens=False,
    ),
    Look("Tabellnot", size=8.5, color=QUIET, before=3, after=3, line=1),
    # A table must be followed by a paragraph, or two tables grow together.
    Look("Tabellslut", size=4, after=4, line=1),
    Look("Nyckeltal", "Tabelltext", size=12, bold=True, before=2.5, after=2.5),
    Look("Notis", size=9.5, color=QUIET, before=4, after=8),
    Look("Huvud etikett", size=8, color=QUIET, before=6, keep=True),
    Look("Huvud text", size=9.5, line=1.1),
    Look("Huvud stark", size=10.5, bold=True),
    Look("Avsändare", size=12, bold=True, color=ACCENT),
    Look("Titelsida år", size=88, bold=True, color=ACCENT, before=150, after=0, line=1),
    Look("Diagram", after=2, line=1, keep=True),
    Look("TOC Heading", size=16, bold=True, after=8, keep=True),
    Look("toc 1", size=9.5, bold=True, before=4, after=0.5, line=1, hyphens=False),
    Look("toc 2", size=9, after=0.5, line=1, hyphens=False),
    Look("Header", size=8.5, color=QUIET),
    Look("Footer", size=8.5, color=QUIET),
)
# fmt: on
OUR_OWN = {
    look.name
    for look in LOOKS
    if look.name.startswith(
        ("Rubrik", "Tabell", "Nyckeltal", "Notis", "Huvud", "Avs", "Titelsida", "Diagram")
    )
}  # the other names are Word's own, which it shows in the reader's language
_BY_MACHINE = {
    look.name for look in LOOKS if look.name.startswith(("Rubrik", "toc", "Tabellslut", "TOC"))
}


def heading_style(level: int, listed: bool) -> str:
    """The id of the heading style; level 6 is the last that Word's own styles go on with."""
    level = min(level, 6)
    return style_id(f"Heading {level}" if listed or level > 2 else f"Rubrik {level} ej i innehåll")


def blank(lang: str) -> File:
    """An empty A4 file with our styles and nothing else."""
    file = new_file()
    _strip(file)
    _defaults(file, LANGUAGES.get(lang, lang))
    for look in LOOKS:
        _paragraph_style(file, look)
    _special(file)
    file.styles.element.extend((parse_xml(_TABLE_STYLE), parse_xml(_FRAME_STYLE)))
    _page(file.sections[0])
    return file


def _strip(file: File):
    """Takes out what the template brings of its own: picture, sources, fonts and all styles."""
    package = file.part.package
    ends = ("thumbnail", "stylesWithEffects", "customXml")
    for rels in (package.rels, file.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(ends)]:
            del rels[key]
    _part(file.part.rels, "fontTable")._blob = _FONTS
    _part(package.rels, "extended-properties")._blob = _APPLICATION
    kept = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}
    styles = file.styles.element
    for style in styles.style_lst:
        if style.name_val not in kept:
            styles.remove(style)


def _part(rels, end: str):
    return next(rel.target_part for rel in rels.values() if rel.reltype.endswith(end))


# What to take where Open Sans is not installed: as wide, and on every computer with Word.
_FONTS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts {nsdecls("w")}>
<w:font w:name="{SANS}"><w:altName w:val="Segoe UI"/><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font>
<w:font w:name="{SERIF}"><w:altName w:val="Gelasio"/><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>
</w:fonts>""".encode()

_APPLICATION = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">
<Application>Internationell redovisning</Application><Company>Malmö stad</Company>
</Properties>""".encode()


def _fonts(name: str):
    return element("w:rFonts", ascii=name, hAnsi=name, cs=name, eastAsia=name)


def _defaults(file: File, lang: str):
    defaults = file.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    properties[:] = [
        _fonts(SERIF),
        element("w:sz", val=21),
        element("w:szCs", val=21),
        element("w:lang", val=lang, eastAsia=lang, bidi="ar-SA"),
    ]
    defaults.find(qn("w:pPrDefault"))[:] = []
    settings = file.settings.element
    settings.find(qn("w:themeFontLang")).attrib.clear()
    settings.find(qn("w:themeFontLang")).set(qn("w:val"), lang)
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
    settings.find(qn("w:listSeparator")).set(qn("w:val"), ";")
    settings.find(qn("w:zoom")).attrib.clear()  # or it is fitted to the window
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.remove(settings.find(qn("w:rsids")))  # of those who made the template
    settings.remove(settings.find(qn("w:proofState")))  # nobody has proofed it
    settings.remove(settings.find(qn("w:savePreviewPicture")))
    settings.find(qn("w:defaultTabStop")).addnext(element("w:autoHyphenation", val="true"))
    # Without this Word shows the file in "kompatibilitetsläge".
    compatible = settings.find(qn("w:compat"))
    compatible.find(qn("w:compatSetting")).set(qn("w:val"), "15")
    compatible.remove(compatible.find(qn("w:useFELayout")))


def _paragraph_style(file: File, look: Look):
    styles = file.styles
    if look.name == "Normal":
        style = styles["Normal"]
    else:
        style = styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH, look.name not in OUR_OWN)
        style.element.styleId = look.id
        style.base_style = styles[look.based]
    style.quick_style = look.name not in _BY_MACHINE
    style.hidden = False
    run = style.element.get_or_add_rPr()
    run[:] = [_fonts(look.font)]
    style.font.size = Pt(look.size)
    style.font.bold = look.bold
    style.font.italic = look.italic
    if look.color:
        style.font.color.rgb = RGBColor.from_string(look.color)
    form = style.paragraph_format
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing = look.line
    form.keep_with_next = look.keep
    properties = style.element.get_or_add_pPr()
    if not look.hyphens:
        properties.find(qn("w:spacing")).addprevious(element("w:suppressAutoHyphens"))
    if look.level:
        style.next_paragraph_style = styles["Normal"]
        # For the navigation pane and for screen readers.
        properties.append(element("w:outlineLvl", val=look.level - 1))


def _special(file: File):
    """What no paragraph style of the table can say: lines, tabs, indents, links."""
    styles = file.styles
    for name, list_id in (("List Bullet", BULLETS), ("List Number", NUMBERS)):
        styles[name].paragraph_format.left_indent = Pt(INDENT / 20)
        # Who chooses the style in Word gets a list, not only its margins.
        numbered = styles[name].element.get_or_add_pPr().get_or_add_numPr()
        numbered.get_or_add_numId().val = list_id
    notice = styles["Notis"]
    notice.paragraph_format.left_indent = Mm(4)
    _border(notice, "left", 18, ACCENT, 8)
    for name, tabs in (("toc 1", (9, WIDTH)), ("toc 2", (20, WIDTH))):
        stops = [element("w:tab", val="left", pos=Mm(at).twips) for at in tabs[:-1]]
        # No dots: they would lead to nothing where the numbers have not been worked out yet.
        stops.append(element("w:tab", val="right", pos=Mm(tabs[-1]).twips))
        _tabs(styles[name], stops)
    styles["toc 1"].paragraph_format.left_indent = Mm(9)
    styles["toc 1"].paragraph_format.first_line_indent = Mm(-9)
    styles["toc 2"].paragraph_format.left_indent = Mm(20)
    styles["toc 2"].paragraph_format.first_line_indent = Mm(-11)
    for name in ("Header", "Footer"):
        _tabs(styles[name], [element("w:tab", val="right", pos=Mm(WIDTH).twips)])
    styles["TOC Heading"].paragraph_format.page_break_before = True
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, True)
    link.font.color.rgb = RGBColor.from_string(ACCENT)
    link.font.underline = True
    # A live figure in prose that leads to its rows: quieter than a link that the author has put there.
    figure = styles.add_style(FIGURE, WD_STYLE_TYPE.CHARACTER)
    figure.font.underline = WD_UNDERLINE.DOTTED
    figure.element.rPr.find(qn("w:u")).set(qn("w:color"), LINE)


def _border(style, side: str, eighths: int, color: str, space: int):
    line = element(f"w:{side}", val="single", sz=eighths, space=space, color=color)
    _put_first(style, element("w:pBdr", line))


def _tabs(style, stops):
    _put_first(style, element("w:tabs", *stops))


def _put_first(style, item):
    """Before hyphens and spacing, where the schema wants lines and tabs."""
    properties = style.element.get_or_add_pPr()
    after = properties.find(qn("w:suppressAutoHyphens"))
    after = properties.find(qn("w:spacing")) if after is None else after
    after.addprevious(item)


_FLUSH = """<w:tblCellMar>
      <w:left w:w="0" w:type="dxa"/><w:right w:w="142" w:type="dxa"/>
    </w:tblCellMar>"""

# Thin lines, no boxes; the sum stands under a line (UX.md, Paper).
_TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE}">
  <w:name w:val="Malmö tabell"/><w:basedOn w:val="TableNormal"/><w:qFormat/>
  <w:tblPr>
    <w:tblBorders>
      <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{PALE}"/>
    </w:tblBorders>
    {_FLUSH}
  </w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{QUIET}"/>
  </w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>
  <w:tblStylePr w:type="lastRow"><w:tcPr><w:tcBorders>
    <w:top w:val="single" w:sz="8" w:space="0" w:color="{QUIET}"/>
    <w:bottom w:val="nil"/>
  </w:tcBorders></w:tcPr></w:tblStylePr>
</w:style>"""

# Holds the two columns of a memo's head, without a line.
_FRAME_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{FRAME}">
  <w:name w:val="Malmö ram"/><w:basedOn w:val="TableNormal"/>
  <w:tblPr>{_FLUSH}</w:tblPr>
</w:style>"""


def _page(section):
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(MARGIN)
    section.header_distance = section.footer_distance = Mm(12)
