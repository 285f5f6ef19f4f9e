"""The document as a Word file that people may go on writing in: real styles, lists and fields."""

import datetime
from io import BytesIO

from docx.oxml.ns import qn
from docx.shared import Mm

from malmo_intl import richtext
from reports.document import (
    Bar,
    Chart,
    Column,
    Document,
    Grid,
    KeyFigures,
    Notice,
    Points,
    Prose,
    Section,
    Terms,
)
from reports.renderers import docx_chart as charts
from reports.renderers import docx_prose as prose
from reports.renderers import docx_styles as styles
from reports.renderers import docx_tables as tables
from reports.renderers.docx_parts import (
    Lists,
    begin_field,
    bookmark,
    contents,
    element,
    end_field,
    field,
    link_inside,
    list_item,
    put,
    same_every_time,
    watermark,
)
from reports.renderers.docx_tables import paragraph

CITY = "Malmö stad"
DRAFT = "UTKAST"
CONTENTS_LEVELS = 2
_NUMBER_WIDTHS = (11, 13, 16, 19)  # millimetres for "12", "12.1", "12.1.1" and longer


def render(document: Document) -> bytes:
    file = styles.blank(document.lang)
    _properties(file, document)
    _frame(file, document)
    paper = Paper(file, document)
    if document.contents:
        _title_page(file, document)
        _contents(file, document, paper)
    else:
        _memo_head(file, document)
    for section in document.sections:
        if section is document.sections[-1] and not document.contents:
            paper.bring_along()
        paper.section(section)
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


def _contents(file, document: Document, paper: "Paper"):
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
        put(line, f"{_numbered(section)}\t")
        field(line, f"PAGEREF {paper.anchor(section)} \\h", "")
        link_inside(line, paper.anchor(section), first)
    end_field(line)
    contents(lines)
    # The schema wants it just there. Word asks its reader before it works the fields out.
    file.settings.element.find(qn("w:compat")).addprevious(element("w:updateFields", val="true"))


def _numbered(section: Section) -> str:
    return f"{section.number}\t{section.heading}" if section.number else section.heading


# --- Sections and blocks -------------------------------------------------------------------------


class Paper:
    """The file while it is being written: its lists, its anchors and the heading last set."""

    def __init__(self, file, document: Document):
        self.file = file
        self.document = document
        self.lists = Lists(file)
        self.level = 0
        self._anchors = {
            section.key: f"_Toc{number:08d}"
            for number, (_, section) in enumerate(document.walk(), start=1)
        }
        self.charts = 0
        for_workbooks = {grid.key for grid in document.appendix}
        self._grids = {
            grid.key: grid.caption for grid in document.grids() if grid.key not in for_workbooks
        }

    def anchor(self, section: Section) -> str:
        """A bookmark's name: letters and digits only, so not the section's own key."""
        return self._anchors[section.key]

    def section(self, section: Section):
        for level, part in section.walk():
            self._heading(level, part)
            for block in part.blocks:
                self._block(block, level, part.in_contents)

    def bring_along(self):
        """What was written last goes with what comes: who answers for a memo is not alone on a page."""
        last = self.file.element.body.findall(qn("w:p"))[-1:]
        for item in last:
            item.get_or_add_pPr().get_or_add_keepNext()

    def heading(self, level: int, listed: bool):
        """An empty heading; a level that would be skipped is not (WCAG 1.3.1)."""
        self.level = min(level, self.level + 1)
        made = self.file.add_paragraph()
        made._p.style = styles.heading_style(self.level, listed)
        return made

    def _heading(self, level: int, section: Section):
        first_after_contents = self.document.contents and self.level == 0
        made = self.heading(level, section.in_contents or not self.document.contents)
        put(made, _numbered(section))
        form = made.paragraph_format
        if section.opens_page or first_after_contents:
            form.page_break_before = True
            form.space_before = 0
        if section.number:
            width = Mm(_NUMBER_WIDTHS[min(section.number.count("."), 3)])
            form.left_indent, form.first_line_indent = width, -width
        number = int(self.anchor(section).removeprefix("_Toc"))
        bookmark(made, number, self.anchor(section))

    def _block(self, block, level: int, listed: bool):
        match block:
            case Prose():
                prose.write(
                    self.file,
                    block.html,
                    self.lists,
                    # Headings that people write are never in the contents.
                    lambda step: self.heading(level + step, not self.document.contents),
                )
            case Points():
                self._points(block)
            case Notice():
                put(paragraph(self.file, "Notis"), block.text)
            case Terms():
                tables.terms(self.file, block)
            case KeyFigures():
                tables.key_figures(self.file, block, self.document.head.year)
            case Grid():
                tables.grid(self.file, block)
            case Chart():
                self._chart(block)
            case _:
                raise TypeError(f"Word has no way to draw {type(block).__name__}.")

    def _chart(self, block: Chart):
        """A chart that Word itself draws; its table says the same to those who do not see it."""
        if block.bars:
            self.charts += 1
            put(paragraph(self.file, "Caption"), block.finding)
            charts.draw(paragraph(self.file, "Diagram"), block, self.charts)
        if block.grid in self._grids:
            words = f"Siffrorna står i tabellen ”{self._grids[block.grid]}”."
            put(paragraph(self.file, "Tabellnot"), words)
        else:
            tables.grid(self.file, _as_grid(block))

    def _points(self, block: Points):
        list_id = self.lists.numbers() if block.numbered else self.lists.bullets
        for place, item in enumerate(block.items, start=1):
            line = paragraph(self.file, "List Number" if block.numbered else "List Bullet")
            list_item(line, list_id, 0)
            put(line, item)
            if len(block.items) <= tables.SMALL and place < len(block.items):
                line.paragraph_format.keep_with_next = True
        tables.end_list(self.file)


def _as_grid(chart: Chart) -> Grid:
    """The bars of a chart that has no grid in the document, as a table."""

    def row(bar: Bar):
        return bar.label, bar.value

    return Grid(
        key=chart.key,
        caption="Siffrorna i diagrammet" if chart.bars else chart.finding,
        columns=(Column("rad", "", share=3), Column("varde", "", chart.unit, share=1)),
        rows=tuple(map(row, chart.bars)),
        empty=chart.sentence,
    )


# --- What stands on every page -------------------------------------------------------------------


def _frame(file, document: Document):
    """Running head and foot. The first page has its own head; of a report it is the title page."""
    section = file.sections[0]
    section.different_first_page_header_footer = True
    for number, header in enumerate((section.header, section.first_page_header), start=1):
        line = header.paragraphs[0]
        line._p.style = "Header"
        if number == 1:
            put(line, document.head.title)
        right = [document.head.diary_number] if number == 1 else []
        if document.draft:
            right.append(DRAFT)
        put(line, "\t" + " · ".join(part for part in right if part))
        if document.draft:
            watermark(line, number, DRAFT, styles.SANS, styles.PALE)
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line._p.style = "Footer"
        put(line, f"{_edition(document)}\tSida ")
        field(line, "PAGE", "1")
        put(line, " (")
        field(line, "NUMPAGES", "1")
        put(line, ")")


def _edition(document: Document) -> str:
    """ "Version 2 · 2020-01-05 · asf-2019", or what says that it is not yet a version."""
    parts = ["Utkast"] if document.draft else [f"Version {document.version}"]
    if document.head.dated:
        parts.append(document.head.dated.isoformat())
    return " · ".join([*parts, document.identity])


def _properties(file, document: Document):
    """Word's own notes on the file, from the document alone: the clock has no say."""
    head = document.head
    day = head.dated or datetime.date(head.year, 12, 31)
    noon = datetime.datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001, Word wants it naive
    properties = file.core_properties
    words = {
        "title": head.title,
        "author": head.sender,
        "last_modified_by": head.sender,
        "subject": f"{head.genre} {head.year}",
        "category": head.genre,
        "keywords": head.diary_number,
        "identifier": document.identity,
        "content_status": "Utkast" if document.draft else "Publicerad",
        "version": str(document.version or ""),
        "comments": "",
        "language": styles.LANGUAGES.get(document.lang, document.lang),
    }
    for name, text in words.items():
        setattr(properties, name, richtext.plain(text)[:255])  # the file format's own limit
    properties.created = properties.modified = noon
    properties.revision = 1
    for item in list(properties._element):
        if not item.text:
            properties._element.remove(item)
