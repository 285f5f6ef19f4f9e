"""What is said aloud of a PDF, in its order; and what should be, told from the document itself.

Heard: the structure with its texts, and the alternative texts. Said: the document walked
from its head to its last note. Neither goes through a template, a style sheet or WeasyPrint.
"""

import re

import lxml.html
import pikepdf

from reports.document import (
    Chart,
    Document,
    Grid,
    KeyFigures,
    Notice,
    Points,
    Prose,
    Section,
    Terms,
)
from reports.renderers.html import shown
from tests.reports.renderers.tagged import structure_of

MARKER = re.compile(r"[•◦▪\-–]|\d+\.|[a-z]\.")


def run_together(texts) -> str:
    """Without what lines add and take away: spaces and hyphens. (That a hyphen which is there because a line ends
    is told from one that is spelt, the structure does not show; tests/reports/renderers/test_pdf.py does.)"""
    return re.sub(r"[\s\-]", "", "".join(texts))


# --- Heard ---------------------------------------------------------------------------------------


def heard(path) -> list[str]:
    """The text of the structure in its order. Left out: the markers of lists, the pages in the contents, and
    the text within a figure, of which the alternative text is said instead."""
    alternatives = iter(alternative_texts(path))
    texts, within = [], []  # within: the elements that are open, each with its depth
    for line in structure_of(path).splitlines():
        word, depth = line.strip(), len(line) - len(line.lstrip())
        if not word:
            continue
        while within and within[-1][0] >= depth:
            within.pop()
        names = [name for _, name in within]
        if word.startswith('"'):
            left_out = "Figure" in names or names[-2:] == ["Link", "Span"] and "TOC" in names
            if not left_out and not ("Lbl" in names and MARKER.fullmatch(word[1:-1].strip())):
                texts.append(word[1:-1])
        elif not word.startswith(("/", "Object ")):
            within.append((depth, re.match(r"\w*", word)[0]))
            if within[-1][1] == "Figure":
                texts.append(next(alternatives))
    return texts


def alternative_texts(path) -> list[str]:
    """Those of the figures, in the order of the structure."""
    with pikepdf.open(path) as pdf:
        return [str(item.Alt) for item in _below(pdf.Root.StructTreeRoot) if "/Alt" in item]


def _below(element):
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield kid
            yield from _below(kid)


# --- Said ----------------------------------------------------------------------------------------


def said(document: Document) -> list[str]:
    """All that a reader of the document is to hear, from its head to its end."""
    head = document.head
    facts, title = list(_facts(document)), [head.genre, head.title, head.subtitle]
    if document.contents:
        texts = ["Malmö stad", head.sender, head.year, *title, *facts, "Innehåll"]
        texts += _contents(document.sections, 2)
    else:
        texts = ["Malmö stad", head.sender, *facts, *title]
    for section in document.sections:
        texts += _section(section, document)
    return [str(text) for text in texts]


def _facts(document: Document):
    head = document.head
    if head.dated:
        yield from ("Datum", head.dated.isoformat())
    told = head.reference
    reference = [text for text in (told.name, told.title, told.email, told.phone) if text]
    yield from ("Vår referens", *reference) if reference else ()
    yield from ("Diarienummer", head.diary_number) if head.diary_number else ()
    yield from ("Status", "Utkast" if document.draft else f"Version {document.version}")


def _contents(sections, levels: int):
    for section in sections:
        if section.in_contents:
            yield from (section.number, section.heading)
            if levels > 1:
                yield from _contents(section.sections, levels - 1)


def _section(section: Section, document: Document):
    yield from (section.number, section.heading)
    for block in section.blocks:
        yield from _TELLERS[type(block)](block, document)
    for child in section.sections:
        yield from _section(child, document)


def _grid(grid: Grid, document):
    yield grid.caption
    if grid.rows:
        yield from (column.label for column in grid.columns)
        for row in (*grid.rows, grid.total):
            units = (column.unit for column in grid.columns)
            yield from (shown(value, unit) for value, unit in zip(row, units, strict=bool(row)))
    else:
        yield grid.empty
    yield from grid.notes


def _chart(chart: Chart, document: Document):
    yield from (chart.finding, chart.sentence)
    for _, section in document.walk():
        for block in section.blocks:
            if isinstance(block, Grid) and block.key == chart.grid:
                yield f"Siffrorna står i tabellen ”{block.caption}”."


def _key_figures(block: KeyFigures, document: Document):
    rules = [
        item
        for _, section in document.walk()
        for points in section.blocks
        if isinstance(points, Points) and points.numbered
        for item in points.items
    ]
    for figure in block.figures:
        yield figure.label
        value = shown(figure.value, figure.unit, alone=True)
        yield value
        if value[-1].isdigit() and figure.noun.casefold() != figure.label.casefold():
            yield figure.noun
        if figure.previous_year:
            yield f"{figure.previous_year}: {shown(figure.previous, figure.unit, alone=True)}"
        if figure.rule in rules:
            yield f"Räkneregel {rules.index(figure.rule) + 1}"
        else:
            yield figure.rule
        yield figure.note


_TELLERS = {
    Prose: lambda block, _: [lxml.html.fromstring(f"<div>{block.html}</div>").text_content()],
    Points: lambda block, _: block.items,
    Notice: lambda block, _: [block.text],
    Terms: lambda block, _: [
        text for item in block.items for text in (item.label, shown(item.value, item.unit, True))
    ],
    KeyFigures: _key_figures,
    Grid: _grid,
    Chart: _chart,
}
