"""The words of a paragraph in a Word file, with their looks, links and live figures."""

import re
from collections.abc import Iterator
from html import escape

from docx.oxml.ns import qn

from reports.renderers.docx_known import File, W, value
from reports.renderers.docx_origin import FIGURE

CHANGED = "ändrad-"
MOST_DEEP = 60
# What is struck out, and what is not words.
GONE = {
    qn("w:del"), qn("w:moveFrom"), qn("w:sdtPr"), qn("w:rPr"), qn("w:pPr"), qn("w:txbxContent"),
}  # fmt: skip
SPACE = re.compile(r"[ \t\r\n]+")
_SAFE = ("https://", "http://", "mailto:")


def inline(paragraph, file: File) -> Iterator[str]:
    """A paragraph's runs, those of one look together, live figures as their marks."""
    waiting, look = "", ()
    pieces = _Pieces(file).of(paragraph)
    for text, its in (*pieces, ("", None)):
        if its == look:
            waiting += text
            continue
        if waiting:
            yield _tagged(SPACE.sub(" ", waiting), look)
        waiting, look = text, its


def _tagged(text: str, look) -> str:
    if not look:
        return text
    bold, italic, address = look
    for on, tag in ((italic, "em"), (bold, "strong")):
        if on and text.strip():
            text = f"<{tag}>{text}</{tag}>"
    return f'<a href="{escape(address)}">{text}</a>' if address else text


class _Pieces:
    """A paragraph's texts with their looks. A live figure is one piece, whatever stands around it."""

    def __init__(self, file: File):
        self.file = file
        self.figure: str | None = None  # the bookmark's id, while within a figure
        self.mark, self.said = "", ""
        self.out: list[tuple[str, tuple]] = []

    def of(self, paragraph):
        self._walk(paragraph, "", 0)
        if self.figure is not None:
            self._end()
        return self.out

    def _walk(self, element, address, depth):
        if depth > MOST_DEEP:
            return
        for item in element:
            if item.tag in GONE:
                continue
            if item.tag == qn("w:bookmarkStart"):
                self._begin(item)
            elif item.tag == qn("w:bookmarkEnd"):
                if self.figure is not None and item.get(qn("w:id")) == self.figure:
                    self._end()
            elif item.tag == qn("w:r"):
                self._run(item, address)
            elif item.tag == qn("w:hyperlink"):
                self._walk(item, self._goal(item), depth + 1)
            elif item.tag == qn("w:sdt"):
                self._control(item, address, depth)
            else:
                self._walk(item, address, depth + 1)

    def _goal(self, link) -> str:
        """The address, without the line that some programs put after a bare name: "https://malmo.se/"."""
        goal = self.file.links.get(link.get(qn("r:id"), ""), "")
        if not goal.startswith(_SAFE):
            return ""
        return goal.removesuffix("/") if goal.count("/") == 3 else goal

    def _begin(self, item):
        name = item.get(qn("w:name"), "")
        number = name.removeprefix(FIGURE)
        if name == number or not number.isdecimal() or self.figure is not None:
            return
        if 0 < int(number) <= len(self.file.figures):
            self.figure, self.mark = item.get(qn("w:id"), ""), self.file.figures[int(number) - 1]

    def _control(self, item, address, depth):
        """A control that says itself which figure it holds, as when a sentence has been copied."""
        tag = value(item.find(f"{W}sdtPr/{W}tag"))
        inside = self.figure is None and tag in self.file.known
        if inside:
            self.figure, self.mark = "", tag
        self._walk(item, address, depth + 1)
        if inside and self.figure is not None:
            self._end()

    def _end(self):
        said = SPACE.sub(" ", self.said).strip()
        if said:
            if said != SPACE.sub(" ", self.file.known.get(self.mark, "")).strip():
                self.file.changed.append((self.mark, said))
                self.mark = f"{CHANGED}{len(self.file.changed)}"
            self.out.append((f'<data value="{self.mark}">{{{self.mark}}}</data>', ()))
        self.figure, self.mark, self.said = None, "", ""

    def _run(self, run, address):
        text = "".join(_text_of(run))
        if self.figure is not None:
            self.said += re.sub(r"<br>", " ", text)
        elif text:
            look = (_is_on(run, "w:b"), _is_on(run, "w:i"), address)
            self.out.append((text, look if any(look) else ()))


def _is_on(run, name) -> bool:
    mark = run.find(f"{W}rPr/{qn(name)}")
    return mark is not None and value(mark, "1") not in ("0", "false", "off")


def _text_of(run) -> Iterator[str]:
    for item in run:
        if item.tag == qn("w:t"):
            yield escape(item.text or "", quote=False)
        elif item.tag in (qn("w:br"), qn("w:cr")):
            if item.get(qn("w:type"), "textWrapping") == "textWrapping":
                yield "<br>"
        elif item.tag == qn("w:tab"):
            yield " "
        elif item.tag == qn("w:noBreakHyphen"):
            yield "\u2011"
