"""A Word document as blocks: headings by their styles, lists, tables, bold, italics and links."""

import io
import re
from html import escape

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from reports.importing.blocks import Block, heading
from reports.importing.upload import Kind, Refused, kind_of

MOST_PARAGRAPHS = 20_000


def from_word(content: bytes) -> list[Block]:
    """The blocks of a .docx file. Raises Refused for what is not a readable Word document."""
    if kind_of(content) != Kind.WORD:
        raise Refused("Filen är inte ett Word-dokument.")
    try:
        document = docx.Document(io.BytesIO(content))
        return list(_blocks(document))
    except Refused:
        raise
    except Exception as error:  # a hostile file makes python-docx and lxml raise anything
        raise Refused(
            "Word-dokumentet är skadat och går inte att läsa. Öppna det i Word, spara på nytt och försök igen."
        ) from error


def _blocks(document: Document):
    """Paragraphs of one list become one block; Word has no element for a list."""
    waiting: list[tuple[int, Paragraph]] = []
    for at, item in enumerate(document.iter_inner_content(), start=1):
        if at > MOST_PARAGRAPHS:
            raise Refused("Dokumentet är för långt för att läsas in.")
        if isinstance(item, Paragraph) and _is_item(item) and item.text.strip():
            if waiting and _list_id(item) != _list_id(waiting[0][1]):
                yield _list(waiting)
                waiting = []
            waiting.append((at, item))
            continue
        if isinstance(item, Paragraph) and not item.text.strip():
            continue
        if waiting:
            yield _list(waiting)
            waiting = []
        yield _table(item, at) if isinstance(item, Table) else _paragraph(item, at)
    if waiting:
        yield _list(waiting)


def _paragraph(item: Paragraph, at: int) -> Block:
    level = _level(item)
    if level:
        runs = [run for run in item.runs if run.text.strip()]
        quiet = bool(runs) and all(run.italic for run in runs)
        return heading(item.text, level, at, quiet)
    return Block(f"<p>{_inline(item)}</p>", item.text.strip(), at)


def _level(item: Paragraph) -> int:
    """1–9 for a heading, by its style or by the outline level set on it; else 0."""
    style = item.style
    while style is not None:
        name = re.fullmatch(r"(?:heading|rubrik)\s*(\d)", (style.name or "").strip(), re.IGNORECASE)
        if name:
            return int(name[1])
        if (style.name or "").casefold() in ("title", "titel"):
            return 1
        style = style.base_style
    outline = item._p.find(f".//{qn('w:outlineLvl')}")
    depth = outline.get(qn("w:val")) if outline is not None else None
    return int(depth) + 1 if depth and depth.isdecimal() and int(depth) < 9 else 0


def _is_item(item: Paragraph) -> bool:
    return not _level(item) and _list_id(item) is not None


def _list_id(item: Paragraph) -> str | None:
    """The numbering that the paragraph or its style belongs to."""
    for holder in (item._p.pPr, item.style.element.pPr if item.style is not None else None):
        number = holder.find(f".//{qn('w:numId')}") if holder is not None else None
        if number is not None:
            found = number.get(qn("w:val"))
            return None if found == "0" else found
    return None


def _list(items: list[tuple[int, Paragraph]]) -> Block:
    tag = "ol" if _is_numbered(items[0][1]) else "ul"
    rows = "".join(f"<li>{_inline(item)}</li>" for _, item in items)
    words = " ".join(item.text.strip() for _, item in items)
    return Block(f"<{tag}>{rows}</{tag}>", words, items[0][0])


def _is_numbered(item: Paragraph) -> bool:
    """Whether the list counts, by its definition in the document's numbering."""
    try:
        numbering = item.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return False
    found = numbering.xpath(f'.//w:num[@w:numId="{int(_list_id(item))}"]/w:abstractNumId/@w:val')
    formats = found and numbering.xpath(
        f'.//w:abstractNum[@w:abstractNumId="{int(found[0])}"]/w:lvl[@w:ilvl="0"]/w:numFmt/@w:val'
    )
    return bool(formats) and formats[0] not in ("bullet", "none")


def _inline(item: Paragraph) -> str:
    parts = []
    for piece in item.iter_inner_content():
        if hasattr(piece, "address"):  # a hyperlink
            text = escape(piece.text, quote=False)
            address = piece.address or ""
            safe = address.startswith(("https://", "http://", "mailto:"))
            parts.append(f'<a href="{escape(address)}">{text}</a>' if safe else text)
        else:
            parts.append(_run(piece))
    return "".join(parts).strip()


def _run(run) -> str:
    html = escape(run.text, quote=False).replace("\n", "<br>")
    if not html.strip():
        return html
    for on, tag in ((run.italic, "em"), (run.bold, "strong")):
        if on:
            html = f"<{tag}>{html}</{tag}>"
    return html


def _table(item: Table, at: int) -> Block:
    rows = [[cell.text.strip() for cell in row.cells] for row in item.rows]
    html = "".join(_row(row, "th" if number == 0 else "td") for number, row in enumerate(rows))
    words = " ".join(" ".join(row) for row in rows)
    return Block(f"<table><tbody>{html}</tbody></table>", words, at)


def _row(cells, tag) -> str:
    written = (f"<{tag}>{escape(cell, quote=False)}</{tag}>" for cell in cells)
    return f"<tr>{''.join(written)}</tr>"
