"""What a Word file says, in the few tags of richtext: ours as it was written, or after others have edited it.

Tracked changes are read as if they were accepted. Looks that richtext has no tag for are passed over.
"""

import re
from collections.abc import Iterable, Iterator

from docx.oxml.ns import qn

from malmo_intl import prose, richtext
from reports.renderers.docx_known import File, W, value
from reports.renderers.docx_origin import TEXT, Stretch, of_words
from reports.renderers.docx_runs import GONE, MOST_DEEP, SPACE, inline

DEEPEST = 2  # of lists in lists: three levels, each two tags, leave room for looks in `richtext.MAX_DEPTH`
_TRACKED = tuple(map(qn, ("w:ins", "w:del", "w:moveFrom", "w:moveTo")))
_HEADING = re.compile(r"(?:heading|rubrik) ?([1-9])", re.IGNORECASE)


# --- Words only ----------------------------------------------------------------------------------


def paragraphs(element) -> Iterator:
    """The paragraphs of the element in reading order, itself if it is one."""
    yield from element.iter(qn("w:p"))


def lines(elements: Iterable, file: File) -> list[str]:
    """The words of each paragraph that has any, without looks. Not the contents, which Word writes anew."""
    found = (item for element in elements for item in paragraphs(element))
    said = (
        words(item) for item in found if not style_name(item, file).casefold().startswith("toc")
    )
    return [text for text in said if text]


def words(element) -> str:
    """The text of one element on one line."""
    return SPACE.sub(" ", "".join(_characters(element))).strip()


def _characters(element, depth=0) -> Iterator[str]:
    if depth > MOST_DEEP:
        return
    for item in element:
        if item.tag == qn("w:t"):
            yield item.text or ""
        elif item.tag in GONE or item.tag == qn("w:p"):
            continue
        elif item.tag in _SIGNS:
            yield _SIGNS[item.tag]
        else:
            yield from _characters(item, depth + 1)


_SIGNS = {qn("w:tab"): " ", qn("w:br"): " ", qn("w:cr"): " ", qn("w:noBreakHyphen"): "\u2011"}


def fingerprint(elements: Iterable, stretch: Stretch, file: File) -> str:
    """Of a text with its looks, of anything else its words alone: programs set tables as they like.

    So too of a text that is more than prose may be once it is written as Word has it.
    """
    if stretch.kind == TEXT:
        try:
            return of_words([html(elements, file, stretch.level)])
        except richtext.TooComplex:
            pass
    return of_words(lines(elements, file))


def tracked(element) -> int:
    """How many tracked changes there are."""
    return sum(1 for _ in element.iter(*_TRACKED))


# --- With its looks ------------------------------------------------------------------------------


def html(elements: Iterable, file: File, level: int) -> str:
    """The elements as cleaned and settled prose below a heading of `level`. Raises richtext.TooComplex."""
    return prose.settle(richtext.clean("".join(_blocks(elements, file, level))))


def is_heading(paragraph, file: File) -> bool:
    return _level(paragraph, file) > 0


def style_name(paragraph, file: File) -> str:
    id_ = value(paragraph.find(f"{W}pPr/{W}pStyle"))
    return file.styles.get(id_, id_)


def _level(paragraph, file) -> int:
    match = _HEADING.match(style_name(paragraph, file))
    return int(match[1]) if match else 0


def _blocks(elements, file, level) -> Iterator[str]:
    """Paragraphs of one list become one list: Word has no element for it."""
    points = _Points(file)
    for item in _joined(elements):
        if item.tag == qn("w:tbl"):
            yield points.end()
            yield _table(item, file, level)
            continue
        text = "".join(inline(item, file))
        if richtext.is_blank(text.replace("<br>", "")):
            continue
        number = _list_of(item, file)
        if number:
            yield points.put(number, _depth(item), text)
        elif points.is_open and style_name(item, file) == "List Continue":
            points.go_on(text)
        else:
            yield points.end()
            yield _paragraph(item, file, level, text)
    yield points.end()


def _paragraph(item, file, level, text) -> str:
    own = _level(item, file)
    if not own:
        return f"<p>{text}</p>"
    tag = "h3" if own <= level + 1 else "h4"
    bare = re.sub(r"</?(?:strong|em)>", "", text)  # headings have the look of their style
    return f"<{tag}>{bare}</{tag}>"


def _joined(elements):
    """The paragraphs and tables, each paragraph whose end was struck out together with the next."""
    waiting = None
    for item in flat(elements):
        if item.tag == qn("w:p") and waiting is not None:
            for child in list(item):
                if child.tag != qn("w:pPr"):
                    waiting.append(child)
            item, waiting = waiting, None
        mark = item.find(f"{W}pPr/{W}rPr/{W}del") if item.tag == qn("w:p") else None
        if mark is not None:
            mark.getparent().remove(mark)
            waiting = item
        else:
            yield item
    if waiting is not None:
        yield waiting


def flat(elements) -> Iterator:
    """Paragraphs and tables, out of whatever a program has put around them."""
    for item in elements:
        if item.tag in (qn("w:p"), qn("w:tbl")):
            yield item
        elif item.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from flat(item)


def _list_of(paragraph, file) -> str:
    """The number of its list, its own or its style's; "" if it stands in none."""
    if _level(paragraph, file):
        return ""
    own = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
    style = value(paragraph.find(f"{W}pPr/{W}pStyle"))
    number = value(own) if own is not None else file.of_styles.get(style, "")
    return "" if number == "0" else number


def _depth(paragraph) -> int:
    depth = value(paragraph.find(f"{W}pPr/{W}numPr/{W}ilvl"), "0")
    return min(int(depth), DEEPEST) if depth.isdecimal() else 0


class _Points:
    """Lists within lists, put together point by point."""

    def __init__(self, file: File):
        self.file = file
        self.out = ""
        self.open: list[tuple[str, str]] = []  # (number of the list, tag), outermost first

    @property
    def is_open(self):
        return bool(self.open)

    def put(self, number: str, depth: int, text: str) -> str:
        """Adds a point; gives what was finished by it."""
        tag = "ol" if number in self.file.counting else "ul"
        depth = min(depth, len(self.open))  # no level is skipped
        while len(self.open) > depth + 1:
            self._close()
        before = ""
        if len(self.open) == depth + 1 and not self._goes_on(number, tag):
            if depth:
                self._close()
            else:
                before = self.end()
        if len(self.open) == depth + 1:
            self.out += "</li>"
        else:
            self.open.append((number, tag))
            self.out += f"<{tag}>"
        self.out += f"<li><p>{text}</p>"
        return before

    def _goes_on(self, number, tag) -> bool:
        """LibreOffice gives the points of one list several numbers; only one that begins anew is another."""
        last, its_tag = self.open[-1]
        return its_tag == tag and (number == last or number not in self.file.starting)

    def go_on(self, text: str):
        self.out += f"<p>{text}</p>"

    def _close(self):
        self.out += f"</li></{self.open.pop()[1]}>"

    def end(self) -> str:
        while self.open:
            self._close()
        written, self.out = self.out, ""
        return written


def _table(table, file, level) -> str:
    rows = "".join(_row(row, file, level) for row in table.iterchildren(qn("w:tr")))
    return f"<table><tbody>{rows}</tbody></table>"


def _row(row, file, level) -> str:
    if row.find(f"{W}trPr/{W}del") is not None:
        return ""
    head = row.find(f"{W}trPr/{W}tblHeader")
    tag = "td" if head is None or value(head) in ("0", "false") else "th"
    cells = "".join(
        f"<{tag}>{''.join(_blocks(cell, file, level))}</{tag}>"
        for cell in row.iterchildren(qn("w:tc"))
    )
    return f"<tr>{cells}</tr>"
