"""Prose in Word: the few tags of richtext as paragraphs, lists, tables and links."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import lxml.html
from docx.text.paragraph import Paragraph

from malmo_intl import richtext
from malmo_intl.prose import OWN
from reports.renderers import docx_tables as tables
from reports.renderers.docx_figures import Figures
from reports.renderers.docx_numbering import INDENT, Lists, list_item
from reports.renderers.docx_parts import link_out, put, safe_address
from reports.renderers.docx_styles import WIDTH

_BLOCKS = {"p", "h3", "h4", "ul", "ol", "table"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BREAK = "\n"


@dataclass(frozen=True)
class Piece:
    """Words of one look; `text` is _BREAK for a new line. With a `mark` they are a live figure."""

    text: str
    bold: bool = False
    italic: bool = False
    address: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Place:
    """Where prose is being written: into what, how deep in lists, in which style, how wide (mm)."""

    container: object
    lists: Lists
    figures: Figures
    heading: Callable[[int], Paragraph]
    style: str = "Normal"
    depth: int = -1
    width: float = WIDTH
    is_cell: bool = False


def write(container, html: str, lists: Lists, figures: Figures, heading):
    """Writes `html`, cleaned once more. `heading(step)` gives an empty heading 1 or 2 steps down."""
    root = lxml.html.fragment_fromstring(richtext.clean(html), create_parent="div")
    _flow(root, Place(container, lists, figures, heading))


def _flow(node, place: Place):
    """Blocks in order; words that stand loose between them become paragraphs of their own."""
    loose = _inline(node.text, Piece(""))
    for child in node:
        if child.tag in _BLOCKS:
            _paragraph(loose, place)
            loose = []
            _block(child, place)
        else:
            loose += _pieces(child, Piece(""))
        loose += _inline(child.tail, Piece(""))
    _paragraph(loose, place)


def _block(node, place: Place):
    if node.tag in ("ul", "ol"):
        _list(node, place)
    elif node.tag == "table":
        _table(node, place)
    elif node.tag in ("h3", "h4"):
        _heading(node, place)
    else:
        _flow(node, place)


def _heading(node, place: Place):
    pieces = _trim(_pieces(node, Piece("")))
    if not pieces:
        return
    if place.is_cell or place.depth >= 0:  # a heading inside a list or a cell heads nothing
        _paragraph([replace(piece, bold=True) for piece in pieces], place)
    else:
        _write_pieces(place.heading(1 if node.tag == "h3" else 2), pieces, place)


def _list(node, place: Place):
    numbered = node.tag == "ol"
    depth = place.depth + 1
    list_id = place.lists.numbers() if numbered else place.lists.bullets
    for item in node:
        if item.tag in ("ul", "ol"):  # a list straight in a list belongs to the item before it
            _list(item, replace(place, depth=depth))
            continue
        if item.tag != "li":
            continue
        first = tables.paragraph(place.container, "List Number" if numbered else "List Bullet")
        list_item(first, list_id, depth)
        _item(item, first, replace(place, style="List Continue", depth=depth))
    if depth == 0 and not place.is_cell:
        tables.end_list(place.container)


def _item(node, first, place: Place):
    """The item's first words go beside its sign, what follows below them."""
    pieces = _inline(node.text, Piece(""))
    rest = list(node)
    while rest and not _trim(pieces):
        if rest[0].tag == "p":
            pieces = _pieces(rest[0], Piece(""))
        elif rest[0].tag not in _BLOCKS:
            pieces += _pieces(rest[0], Piece(""))
        else:
            break
        pieces += _inline(rest.pop(0).tail, Piece(""))
    while rest and rest[0].tag not in _BLOCKS:
        pieces += _pieces(rest[0], Piece("")) + _inline(rest.pop(0).tail, Piece(""))
    _write_pieces(first, _trim(pieces), place)
    for child in rest:
        if child.tag in _BLOCKS:
            _block(child, place)
            _paragraph(_inline(child.tail, Piece("")), place)
        else:
            _paragraph(_pieces(child, Piece("")) + _inline(child.tail, Piece("")), place)


def _table(node, place: Place):
    """Rows of unlike length are filled out; a first row of th is the head and is repeated."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in _own_rows(node)]
    rows = [row for row in rows if row]
    if not rows:
        return
    columns = max(map(len, rows))
    has_head = all(cell.tag == "th" for cell in rows[0])
    widths = _widths(rows, columns, place.width)
    frame = tables.table(place.container, len(rows), widths, head=int(has_head))
    for index, (row, cells) in enumerate(zip(rows, frame, strict=True)):
        is_head = has_head and index == 0
        for cell, target, width in zip(row, cells, widths, strict=False):
            style = "Tabellhuvud" if is_head or cell.tag == "th" else "Tabelltext"
            inside = replace(
                place, container=target, style=style, depth=-1, width=width - 3, is_cell=True
            )
            _cell(cell, target, inside)
        for target in cells[len(row) :]:
            tables.write(target, "")
    tables.after(place.container)


def _cell(node, target, place: Place):
    """Takes away the empty paragraph a cell is born with, unless nothing else ends the cell."""
    born = target._tc.p_lst[0]
    _flow(node, place)
    if len(target._tc) > 2 or target._tc[-1] is not born:
        target._tc.remove(born)
    else:
        tables.write(target, "", place.style)


def _own_rows(node):
    """The rows of this table, not those of a table inside one of its cells."""
    for child in node:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody"):
            yield from _own_rows(child)


def _widths(rows, columns: int, width: float) -> list[float]:
    """By the length of what the columns hold, so that a column of figures is narrow."""
    lengths = [
        max((len(row[at].text_content()) for row in rows if at < len(row)), default=0)
        for at in range(columns)
    ]
    weights = [min(max(length, 8), 40) for length in lengths]
    return [width * weight / sum(weights) for weight in weights]


def _paragraph(pieces: list[Piece], place: Place):
    pieces = _trim(pieces)
    if not pieces:
        return
    target = tables.paragraph(place.container, place.style)
    if place.style == "List Continue":
        target.paragraph_format.left_indent = INDENT * (place.depth + 1) * 635  # twips to EMU
    _write_pieces(target, pieces, place)


def _pieces(node, look: Piece) -> list[Piece]:
    """What the node holds as pieces; its tail is its parent's."""
    if node.tag == "br":
        return [Piece(_BREAK)]
    if node.tag == "strong":
        look = replace(look, bold=True)
    elif node.tag == "em":
        look = replace(look, italic=True)
    elif node.tag == "a":
        look = replace(look, address=safe_address(node.get("href")))
    elif node.tag == "data" and node.get("value", OWN) != OWN:
        text = _SPACE.sub(" ", node.text_content()).strip()
        return [replace(look, text=text, mark=node.get("value"))] if text else []
    found = _inline(node.text, look)
    for child in node:
        found += _pieces(child, look) + _inline(child.tail, look)
    if node.tag in _BLOCKS | {"li", "tr", "td", "th"} and found:
        found.append(Piece(_BREAK))  # a block where only words may stand: keep its words apart
    return found


def _inline(text: str | None, look: Piece) -> list[Piece]:
    text = _SPACE.sub(" ", text or "")
    return [replace(look, text=text)] if text else []


def _trim(pieces: list[Piece]) -> list[Piece]:
    """Without space at the ends, around breaks and twice in a row, as a browser shows it."""
    kept: list[Piece] = []
    for piece in pieces:
        text = piece.text
        if text != _BREAK and (not kept or kept[-1].text.endswith((" ", _BREAK))):
            text = text.lstrip(" ")
        if text == _BREAK and kept and kept[-1].text != _BREAK:
            kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
        if text and not (text == _BREAK and not kept):
            kept.append(replace(piece, text=text))
    while kept and not kept[-1].text.strip(" \n"):
        kept.pop()
    if kept:
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return kept


def _write_pieces(target, pieces: list[Piece], place: Place):
    for piece in pieces:
        if piece.text == _BREAK:
            target.add_run().add_break()
            continue
        look = {"bold": piece.bold or None, "italic": piece.italic or None}
        if piece.mark:
            place.figures.live(target, piece.mark, piece.text, **look)
            continue
        first = len(target._p.r_lst)
        put(target, piece.text, **look, style="Hyperlink" if piece.address else None)
        if piece.address:
            link_out(target, piece.address, first)
