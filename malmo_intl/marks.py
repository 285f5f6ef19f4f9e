"""Prose as plain text with a few marks, for who writes without JavaScript, and back. No Django.

A paragraph, with a new line
in it, **bold**, *italic*, a [link](https://malmo.se), a live figure: {utbetalt cirka}, and a number that
is the author's own: {eget: 1265}.

## A sub-heading        ### A smaller one

- a point               1. a numbered one
  - a point below it

| Project | Kronor |
| --- | --- |
| Yalla   | 4 029 253 |
"""

import html
import re

from malmo_intl import prose, richtext
from malmo_intl.prose import Element

HEADINGS = {"h3": "## ", "h4": "### "}
_INLINE = re.compile(
    r"\*\*(?=\S)(?P<strong>[^*\n]*[^*\s])\*\*"
    r"|\*(?=\S)(?P<em>[^*\n]*[^*\s])\*"
    rf"|\{{{prose.OWN}: (?P<own>[^{{}}<>\n]{{1,{prose.LONGEST_OWN}}})\}}"
    rf"|\{{(?P<figure>{prose.MARK})\}}"
    r"|\[(?P<words>[^\[\]\n]+)\]\((?P<href>(?:https?://|mailto:)[^\s()]+)\)"
)
_POINT = re.compile(r"(?P<indent> *)(?:(?P<dash>[-•])|\d{1,3}[.)])\s+(?P<text>\S.*)")
_LINE_OF_TABLE = re.compile(r"\|.*\|")
_BELOW_HEADS = re.compile(r"\|(\s*:?-{3,}:?\s*\|)+")


_TAGGED = re.compile(
    rf"</?(?:{'|'.join(sorted(richtext.TAGS))}|b|i|u|h[1-6]|div|span|img|script|style|body|html)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


class _NoMarks(Exception):
    """The prose holds something that there is no mark for."""


def read(posted: str) -> str:
    """What a browser sent as prose, in the form that is kept, or "" if nothing would be seen of it.

    With tags it is HTML from the editor; without any it is text with marks. Raises richtext.TooComplex.
    """
    text = posted.replace("\r\n", "\n")
    prose_ = prose.settle(richtext.clean(text)) if _TAGGED.search(text) else from_marks(text)
    return "" if richtext.is_blank(prose_) else prose_


def as_marks(cleaned: str) -> str | None:
    """`cleaned` as text with marks; None if it would not be read back as exactly the same prose."""
    try:
        text = "\n\n".join(map(_block, prose.read(cleaned).inside))
    except _NoMarks:
        return None
    return text if from_marks(text) == cleaned else None


def from_marks(text: str) -> str:
    """Text with marks as cleaned prose. What is no mark is text; nothing is taken for a tag."""
    blocks = re.split(r"\n[ \t]*(?:\n[ \t]*)+", text.strip("\n"))
    return prose.settle(richtext.clean("".join(_read_block(block) for block in blocks)))


# --- Writing -----------------------------------------------------------------------------------------


def _block(part) -> str:
    if isinstance(part, str):
        raise _NoMarks
    if part.tag == "p":
        return _inline(part.inside)
    if part.tag in HEADINGS:
        return HEADINGS[part.tag] + _inline(part.inside)
    if part.tag in ("ul", "ol"):
        return "\n".join(_points(part, 0))
    if part.tag == "table":
        return "\n".join(_lines(part))
    raise _NoMarks


def _inline(parts) -> str:
    return "".join(map(_phrase, parts))


def _phrase(part) -> str:
    if isinstance(part, str):
        return html.unescape(part)
    around = {"strong": "**", "em": "*"}.get(part.tag)
    if part.tag == "br":
        return "\n"
    if part.tag == "data":
        said = _inline(part.inside)
        return said if prose.is_live(part) else f"{{{prose.OWN}: {said}}}"
    if around:
        return around + _inline(part.inside) + around
    href = re.fullmatch(r' href="([^"]+)"', part.attributes)
    if part.tag == "a" and href:
        return f"[{_inline(part.inside)}]({html.unescape(href[1])})"
    raise _NoMarks


def _points(list_, level):
    for number, point in enumerate(list_.inside, start=1):
        if not isinstance(point, Element):
            raise _NoMarks
        below = point.elements("ul", "ol")
        mark = "- " if list_.tag == "ul" else f"{number}. "
        yield "  " * level + mark + _inline(part for part in point.inside if part not in below)
        for inner in below:
            yield from _points(inner, level + 1)


def _lines(table):
    for group in table.elements("thead", "tbody"):
        for row in group.elements("tr"):
            yield f"| {' | '.join(_inline(cell.inside) for cell in row.elements('th', 'td'))} |"
            if group.tag == "thead":
                yield "|" + " --- |" * len(row.inside)


# --- Reading -----------------------------------------------------------------------------------------


def _read_block(block: str) -> str:
    lines = block.split("\n")
    for tag, mark in HEADINGS.items():
        if lines[0].startswith(mark) and len(lines) == 1:
            return f"<{tag}>{_read_inline(lines[0].removeprefix(mark))}</{tag}>"
    if all(map(_LINE_OF_TABLE.fullmatch, map(str.strip, lines))):
        return _read_table([line.strip() for line in lines])
    points = [_POINT.fullmatch(line) for line in lines]
    if all(points):
        return _read_points(points)
    return f"<p>{'<br>'.join(map(_read_inline, lines))}</p>"


def _read_inline(text: str) -> str:
    """Escaped, with the marks as tags. Marks may stand within marks."""
    written, at = "", 0
    for match in _INLINE.finditer(text):
        written += html.escape(text[at : match.start()], quote=False)
        if match["words"]:
            written += f'<a href="{html.escape(match["href"])}">{_read_inline(match["words"])}</a>'
        elif match["own"]:
            written += f'<data value="{prose.OWN}">{_read_inline(match["own"])}</data>'
        elif match["figure"]:
            written += f'<data value="{match["figure"]}">{match[0]}</data>'
        else:
            tag = "strong" if match["strong"] else "em"
            written += f"<{tag}>{_read_inline(match[tag])}</{tag}>"
        at = match.end()
    return written + html.escape(text[at:], quote=False)


def _read_points(points) -> str:
    """The points as lists within lists; a point further in belongs to the one above it."""
    written, open_ = "", []
    for point in points:
        indent, tag = len(point["indent"]), "ul" if point["dash"] else "ol"
        while open_ and open_[-1][0] > indent:
            written += f"</li></{open_.pop()[1]}>"
        if open_ and open_[-1][0] == indent and open_[-1][1] != tag:
            written += f"</li></{open_.pop()[1]}>"
        if open_ and open_[-1][0] == indent:
            written += "</li>"
        else:
            written += f"<{tag}>"
            open_.append((indent, tag))
        written += f"<li>{_read_inline(point['text'])}"
    return written + "".join(f"</li></{tag}>" for _, tag in reversed(open_))


def _read_table(lines) -> str:
    has_heads = len(lines) > 1 and _BELOW_HEADS.fullmatch(lines[1])
    written = ""
    for number, line in enumerate(lines):
        if number == 1 and has_heads:
            continue
        tag = "th" if has_heads and number == 0 else "td"
        cells = (_read_inline(cell.strip(" \t")) for cell in line[1:-1].split("|"))
        written += "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"
    return f"<table><tbody>{written}</tbody></table>"
