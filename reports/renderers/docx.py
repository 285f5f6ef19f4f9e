"""The document as a Word file that people may go on writing in: real styles, lists and fields."""

from io import BytesIO

from docx.oxml.ns import qn
from docx.shared import Mm

from reports.document import Document
from reports.renderers import docx_styles as styles
from reports.renderers import docx_tables as tables
from reports.renderers.docx_frame import put_frame
from reports.renderers.docx_paper import Paper, numbered
from reports.renderers.docx_parts import (
    begin_field,
    contents,
    element,
    end_field,
    field,
    link_inside,
    put,
    same_every_time,
)
from reports.renderers.docx_tables import paragraph

CITY = "Malmö stad"
CONTENTS_LEVELS = 2


def render(document: Document) -> bytes:
    file = styles.blank(document.lang)
    put_frame(file, document)
    paper = Paper(file, document)
    if document.contents:
        _title_page(file, document)
    else:
        _memo_head(file, document)
    paper.note_head()
    if document.contents:
        _contents(file, document, paper)
    for section in document.sections:
        if section is document.sections[-1] and not document.contents:
            paper.bring_along()
        paper.section(section)
    paper.sign()
    out = BytesIO()
    file.save(out)
    return same_every_time(out.getvalue())


# --- Head, title page, contents ------------------------------------------------------------------


def _memo_head(file, document: Document):
    """Sender to the left; kind, date, reference and number to the right, as on the city's letters."""
    head = document.head
    left, right = tables.table(file, 1, (88, 72), style=styles.FRAME)[0]
    tables.write(left, CITY, "Avsändare")
    if head.sender != CITY:
        put(paragraph(left, "Huvud text"), head.sender)
    tables.write(right, head.genre, "Huvud stark")
    for label, lines in _head_facts(head):
        put(paragraph(right, "Huvud etikett"), label)
        for line in lines:
            put(paragraph(right, "Huvud text"), line)
    title = paragraph(file, "Title")
    title.paragraph_format.space_before = Mm(14)
    put(title, head.title)
    if head.subtitle:
        put(paragraph(file, "Subtitle"), head.subtitle)


def _head_facts(head):
    reference = head.reference
    who = [reference.name, reference.title, reference.email, reference.phone]
    facts = (
        ("Datum", [head.dated.isoformat() if head.dated else ""]),
        ("Vår referens", who),
        ("Diarienummer", [head.diary_number]),
    )
    for label, lines in facts:
        lines = [line for line in lines if line]
        if lines:
            yield label, lines


def _title_page(file, document: Document):
    head = document.head
    put(paragraph(file, "Avsändare"), CITY)
    if head.sender != CITY:
        put(paragraph(file, "Huvud text"), head.sender)
    put(paragraph(file, "Titelsida år"), str(head.year))
    put(paragraph(file, "Huvud stark"), head.genre)
    put(paragraph(file, "Title"), head.title)
    if head.subtitle:
        put(paragraph(file, "Subtitle"), head.subtitle)
    for index, (label, lines) in enumerate(_head_facts(head)):
        line = paragraph(file, "Huvud etikett")
        if index == 0:
            line.paragraph_format.space_before = Mm(14)
        put(line, label)
        for text in lines:
            put(paragraph(file, "Huvud text"), text)


def _contents(file, document: Document, paper: Paper):
    """A contents field, filled in but for the page numbers: those only the word processor knows."""
    listed = [
        (level, section)
        for level, section in document.walk()
        if section.in_contents and level <= CONTENTS_LEVELS
    ]
    if not listed:
        return
    lines = [paragraph(file, "TOC Heading")]
    put(lines[0], "Innehåll")
    for level, section in listed:
        line = paragraph(file, f"toc {level}")
        lines.append(line)
        if len(lines) == 2:
            begin_field(line, f'TOC \\o "1-{CONTENTS_LEVELS}" \\h', dirty=True)
        first = len(line._p.r_lst)
        put(line, f"{numbered(section)}\t")
        field(line, f"PAGEREF {paper.anchor(section)} \\h", "")
        link_inside(line, paper.anchor(section), first)
    end_field(line)
    contents(lines)
    # The schema wants it just there. Word asks its reader before it works the fields out.
    file.settings.element.find(qn("w:compat")).addprevious(element("w:updateFields", val="true"))
