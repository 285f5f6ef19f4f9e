"""The document as HTML: a fragment for the site's frame, and a file that stands alone.

What is arithmetic here is geometry: heading levels and widths of columns.
"""

import datetime
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate, pairwise, repeat

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from malmo_intl import formats
from reports.document import (
    Amount,
    Chart,
    Document,
    Grid,
    KeyFigures,
    Notice,
    Points,
    Prose,
    Section,
    Terms,
    Unit,
    Value,
    When,
)
from reports.renderers import html_chart
from reports.renderers.columns import LONG_LABEL, widths
from reports.renderers.html_prose import DEEPEST, prose

NUMBERS = ("kr", "count", "percent")


@lru_cache(maxsize=16)
def fragment(document: Document) -> str:
    """The document as an <article>, to stand in a page of ours beside static/css/document.css.
    Its figures lead to their rows in this system.

    The latest are remembered. There is nothing to keep fresh: a document that differs is another one.
    """
    return render_to_string("documents/document.html", _document(document, ""))


def page(document: Document, css: str = "") -> str:
    """A whole page, to be a file: its figures lead to the document's site, or nowhere if it has none.
    `css` must be a constant of ours: it is put in as it is."""
    return render_to_string(
        "documents/page.html",
        {**_document(document, document.site or None), "css": mark_safe(css)},  # noqa: S308
    )


def apart(document: Document) -> tuple[str, list[str]]:
    """A report as pages that can be painted apart: its cover and contents, and what begins on new pages."""
    whole = _document(document, document.site or None)
    chapters: list[list[dict]] = []
    for section in whole["sections"]:
        if section["opens_page"] or not chapters:
            chapters.append([])
            section["opens_page"] = True  # the first does, for it follows the contents
        chapters[-1].append(section)
    front, *rest = (
        render_to_string("documents/page.html", {**whole, **part})
        for part in (
            {"sections": ()},
            *({"sections": chapter, "is_chapter": True, "contents": ()} for chapter in chapters),
        )
    )
    return front, rest


def render(document: Document) -> bytes:
    """A file that can be mailed: it holds its own style and asks the network for nothing."""
    return page(document, _own_css()).encode()


@cache
def _own_css() -> str:
    folder = settings.BASE_DIR / "static" / "css"
    screen = (folder / "document.css").read_text("utf-8")
    paper = (folder / "print.css").read_text("utf-8")
    return f"@media screen {{\n{screen}}}\n@media print {{\n{paper}}}"


# --- Values --------------------------------------------------------------------------------------


def shown(value: Value, unit: Unit, alone: bool = False) -> str:
    """A value as text. `alone`: outside a table, where no head or caption says kronor."""
    if value is None:
        return formats.MISSING
    if isinstance(value, When):
        return formats.date_as_known(value.day, value.precision)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, str):
        return value
    if unit == "percent":
        return formats.percent(value.value if isinstance(value, Amount) else value)
    if unit == "kr" and alone:
        return formats.kronor(value)
    if unit in NUMBERS or isinstance(value, Amount):
        return formats.amount(value)
    return str(value)  # a year or a goal's number


def _cell(value: Value, unit: Unit, url: str = "") -> dict:
    kinds = [
        kind for kind, holds in (("number", unit in NUMBERS), ("missing", value is None)) if holds
    ]
    text = shown(value, unit)
    return {
        "text": text.replace(" ", formats.NBSP) if unit == "date" else text,
        "kinds": " ".join(kinds),
        "url": "" if value is None else url,
    }


def _tr(cells: list[dict]) -> SafeString:
    """A row of a table. Written here and not in the template, which would take ten times as long: a report
    has thousands of cells."""
    return mark_safe("".join(map(_td, range(len(cells)), cells)))  # noqa: S308 (`_td` escapes)


def _td(column: int, cell: dict) -> str:
    kinds = f' class="{cell["kinds"]}"' if cell["kinds"] else ""
    start, end = (f'<th scope="row"{kinds}>', "</th>") if column == 0 else (f"<td{kinds}>", "</td>")
    text = escape(cell["text"])
    if cell["url"]:
        text = f'<a class="figure-link" href="{escape(cell["url"])}">{text}</a>'
    return f"{start}{text}{end}"


# --- The document's parts, as their templates want them ---------------------------------------------


@dataclass(frozen=True)
class _Elsewhere:
    """What a block may lead to: in its document captions by key, and printed rules by their text; at `site`
    the rows behind figures and live figures (`marks`, by name). None: there are no links to figures."""

    tables: dict[str, str]
    rules: dict[str, tuple[int, str]]
    site: str | None
    marks: dict[str, str]

    def url(self, address: str) -> str:
        return "" if self.site is None or not address else f"{self.site}{address}"


def _document(document: Document, site: str | None) -> dict:
    elsewhere = _Elsewhere(
        {grid.key: grid.caption for grid in _drawn_grids(document)},
        _printed_rules(document),
        site,
        {name: f"{site}{path}" for name, path in document.marks} if site is not None else {},
    )
    return {
        "head": _head(document),
        "lang": document.lang,
        "title": document.title,
        "dated": document.head.dated.isoformat() if document.head.dated else "",
        "author": document.head.sender,
        "draft": document.draft,
        "is_report": document.contents,
        "foot": _foot(document),
        "contents": _contents(document.sections) if document.contents else (),
        "sections": [_section(section, 2, elsewhere) for section in document.sections],
    }


def _printed_rules(document: Document) -> dict[str, tuple[int, str]]:
    """Number and address of the rules that the document prints in a list: figures lead there."""
    wanted = {figure.rule for figure in document.figures}
    return {
        item: (number, f"{section.key}-{number}")
        for _, section in document.walk()
        for block in section.blocks
        if isinstance(block, Points) and block.numbered
        for number, item in enumerate(block.items, start=1)
        if item in wanted
    }


def _drawn_grids(document: Document) -> list[Grid]:
    """Those that stand in a section: the appendix is for workbooks only."""
    blocks = (block for _, section in document.walk() for block in section.blocks)
    return [block for block in blocks if isinstance(block, Grid)]


def _head(document: Document) -> dict:
    head = document.head
    return {
        "sender": head.sender,
        "genre": head.genre,
        "title": head.title,
        "subtitle": head.subtitle,
        "year": str(head.year),  # text, or the template would write 2 019
        "dated": head.dated.isoformat() if head.dated else "",
        "diary_number": head.diary_number,
        "reference": head.reference,
        "has_reference": any(vars(head.reference).values()),
        "state": "Utkast" if document.draft else f"Version {document.version}",
        "identity": document.identity,
        "draft": document.draft,
    }


def _foot(document: Document) -> str:
    """What stands at the foot of every page: what this paper is, or that it is not yet anything."""
    if document.draft:
        return "UTKAST, inte den beslutade handlingen"
    dated = document.head.dated.isoformat() if document.head.dated else ""
    parts = (f"Version {document.version}", dated, document.identity)
    return " · ".join(part for part in parts if part)


def _contents(sections: tuple[Section, ...], levels: int = 2) -> list[dict]:
    return [
        {
            "key": section.key,
            "number": section.number,
            "heading": section.heading,
            "sections": _contents(section.sections, levels - 1) if levels > 1 else [],
        }
        for section in sections
        if section.in_contents
    ]


def _section(section: Section, level: int, elsewhere: _Elsewhere) -> dict:
    level = min(level, DEEPEST)
    return {
        "key": section.key,
        "number": section.number,
        "heading": section.heading,
        "level": level,
        "opens_page": section.opens_page,
        "blocks": [_block(block, level, elsewhere) for block in section.blocks],
        "sections": [_section(child, level + 1, elsewhere) for child in section.sections],
    }


def _block(block, level: int, elsewhere: _Elsewhere) -> dict:
    match block:
        case Prose():
            drawn = {"html": prose(block.html, level, elsewhere.marks)}
        case Points():
            drawn = _points(block, elsewhere)
        case Notice():
            drawn = vars(block)
        case Terms():
            drawn = _terms(block, elsewhere)
        case KeyFigures():
            drawn = {"figures": [_figure(figure, elsewhere) for figure in block.figures]}
        case Grid():
            drawn = _grid(block, elsewhere)
        case Chart():
            drawn = html_chart.drawn(block, elsewhere.tables)
    return {"template": f"documents/{type(block).__name__.lower()}.html", **drawn}


def _points(block: Points, elsewhere: _Elsewhere) -> dict:
    rules = elsewhere.rules if block.numbered else {}
    return {
        "items": [{"text": item, "id": rules.get(item, (0, ""))[1]} for item in block.items],
        "numbered": block.numbered,
        "together": len(block.items) <= _SHORT,
    }


def _terms(block: Terms, elsewhere: _Elsewhere) -> dict:
    return {
        "items": [
            {
                "label": item.label,
                "url": elsewhere.url(item.address),
                **_alone(item.value, item.unit),
            }
            for item in block.items
        ],
        "wide": any(len(item.label) > LONG_LABEL for item in block.items),
        "together": len(block.items) <= _SHORT,
    }


def _alone(value: Value, unit: Unit) -> dict:
    return {"text": shown(value, unit, alone=True), "missing": value is None}


def _figure(figure, elsewhere: _Elsewhere) -> dict:
    """The digits large, what they count smaller: "ca 43" and "miljoner kronor"."""
    text = shown(figure.value, figure.unit, alone=True)
    digits, unit = re.fullmatch(r"(.*\d)?\s*(.*)", text, re.DOTALL).groups(default="")
    noun = figure.noun if figure.noun.casefold() != figure.label.casefold() else ""
    number, key = elsewhere.rules.get(figure.rule, (0, ""))
    return {
        "label": figure.label,
        "digits": digits,
        "unit": unit or (digits and noun),
        "previous_year": str(figure.previous_year or ""),
        "previous": shown(figure.previous, figure.unit, alone=True),
        "rule": f"Räkneregel {number}" if key else figure.rule,
        "rule_key": key,
        "note": figure.note,
        "url": elsewhere.url(figure.address) if figure.value is not None else "",
    }


# As in print.css, in millimetres: how wide tables are, how high their letters, what is left between
# columns, and before words that follow on figures.
_TABLE, _SLIM = 158, 136
_EM, _SMALL_EM = 3.09, 2.91
_GAP, _BEFORE = 5, 4
_MANY = 5  # columns: their letters are smaller
_SHORT = 12  # rows that are kept on one page


def _grid(grid: Grid, elsewhere: _Elsewhere) -> dict:
    units = [column.unit for column in grid.columns]
    nowhere = [""] * len(units)

    def row(values, addresses):
        urls = map(elsewhere.url, addresses or nowhere)
        return list(map(_cell, values, units, urls))

    rows = list(map(row, grid.rows, grid.addresses or repeat(())))
    total = row(grid.total, grid.total_addresses) if grid.total else []
    return {
        "key": grid.key,
        "caption": grid.caption,
        "columns": [
            {
                "label": column.label,
                "number": column.unit in NUMBERS,
                "share": str(share),
            }
            for column, share in zip(grid.columns, _shares(grid.columns, rows, total), strict=True)
        ],
        "rows": [_tr(row) for row in rows],
        "total": _tr(total),
        "notes": grid.notes,
        "empty": grid.empty,
        "slim": _is_slim(grid.columns),
        "dense": len(grid.columns) >= _MANY,
        "together": len(rows) <= _SHORT,
    }


def _is_slim(columns) -> bool:
    """A name and a figure: too far from each other, if the table were as wide as the page."""
    return len(columns) == 2 and columns[1].unit in NUMBERS


def _shares(columns, rows, total) -> list[int]:
    """Widths in whole per cent, for a class instead of a style attribute; together 100."""
    numbers = [column.unit in NUMBERS for column in columns]
    whole = _SLIM if _is_slim(columns) else _TABLE
    found = widths(
        [column.share for column in columns],
        [column.label for column in columns],
        [[cell["text"] for cell in cells] for cells in (*rows, total) if cells],
        whole,
        _EM if len(columns) < _MANY else _SMALL_EM,
        [
            _GAP + _BEFORE * (before and not number)
            for before, number in pairwise([False, *numbers])
        ],
    )
    ends = [round(100 * end / whole) for end in accumulate(found)]
    return [end - start for start, end in pairwise([0, *ends])]
