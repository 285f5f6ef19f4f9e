"""A Word file while it is being written: its sections, block by block."""

from dataclasses import replace

from docx.oxml.ns import qn

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
from reports.renderers import docx_origin as origin
from reports.renderers import docx_prose as prose
from reports.renderers import docx_reading as reading
from reports.renderers import docx_styles as styles
from reports.renderers import docx_tables as tables
from reports.renderers.docx_figures import Figures
from reports.renderers.docx_known import File
from reports.renderers.docx_numbering import Lists, list_item
from reports.renderers.docx_parts import Bookmarks, put
from reports.renderers.docx_tables import paragraph

_KINDS = {
    Prose: origin.TEXT, Points: "punkter", Notice: origin.NOTICE, Terms: "uppgifter", KeyFigures: "nyckeltal",
    Grid: "tabell", Chart: "diagram",
}  # fmt: skip


def numbered(section: Section, between="\t") -> str:
    """The heading with its number before it, for where Word does not count."""
    return f"{section.number}{between}{section.heading}" if section.number else section.heading


class Paper:
    """The file while it is being written: its lists, its anchors, its figures and the heading last set.

    It notes which stretch of the file each heading and block became (`docx_origin`).
    """

    def __init__(self, file, document: Document):
        self.file = file
        self.document = document
        self.lists = Lists(file)
        self.bookmarks = Bookmarks()
        self.figures = Figures(document, self.bookmarks)
        self.level = 0
        self._stretches: list[tuple[origin.Stretch, list]] = []
        self._end = file.element.body.find(qn("w:sectPr"))
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
            last = self._end.getprevious()
            self._heading(level, part)
            self._note(last, origin.HEADING, part, level)
            for block in part.blocks:
                last = self._end.getprevious()
                self._block(block, level, part.in_contents)
                self._note(last, _KINDS[type(block)], part, level, block)

    def note_head(self):
        head = Section("huvud", self.document.title)
        self._note(None, origin.HEAD, head, 0)

    def _note(self, last, kind: str, section: Section, level: int, block=None):
        """What was written after the element `last` is a stretch of its own; each piece of it is marked."""
        start = self.file.element.body[0] if last is None else last.getnext()
        written = list(self._written_from(start))
        number = len(self._stretches) + 1
        for at, item in enumerate(written, start=1):
            first = next(reading.paragraphs(item), None)
            if first is not None:
                self.bookmarks.before(first, f"{origin.PLACE}{number:04d}_{at}")
        text = origin.of_prose(block.html) if isinstance(block, Prose) else ""
        stretch = origin.Stretch(number, section.key, numbered(section, " "), kind, level, "", text)
        self._stretches.append((stretch, written))

    def _written_from(self, item):
        while item is not None and item is not self._end:
            yield item
            item = item.getnext()

    def sign(self):
        """Puts the file's origin into it, with what each stretch says as it stands."""
        document = self.document
        file = File.of(self.file, self.figures.written)
        stretches = (
            replace(stretch, words=reading.fingerprint(written, stretch, file))
            for stretch, written in self._stretches
        )
        origin.put(
            self.file,
            origin.Origin(
                document.identity, document.kind, document.version, document.draft,
                tuple(stretches), tuple(self.figures.written),
            ),
        )  # fmt: skip

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
        counted = self.lists.heading(section.number) if section.number else None
        put(made, section.heading if counted else numbered(section))
        if counted:
            list_item(made, *counted)
        form = made.paragraph_format
        if section.opens_page or first_after_contents:
            form.page_break_before = True
            form.space_before = 0
        self.bookmarks.around(made, self.anchor(section))

    def _block(self, block, level: int, listed: bool):
        match block:
            case Prose():
                prose.write(
                    self.file,
                    block.html,
                    self.lists,
                    self.figures,
                    # Headings that people write are never in the contents.
                    lambda step: self.heading(level + step, not self.document.contents),
                )
            case Points():
                self._points(block)
            case Notice():
                put(paragraph(self.file, "Notis"), block.text)
            case Terms():
                tables.terms(self.file, block, self.figures.address)
            case KeyFigures():
                tables.key_figures(self.file, block, self.document.head.year, self.figures.address)
            case Grid():
                tables.grid(self.file, block, self.figures.address)
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
            tables.grid(self.file, _as_grid(block), self.figures.address)

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
