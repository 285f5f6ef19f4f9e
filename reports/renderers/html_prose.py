"""People's text as it stands in a document: cleaned again, fitted in, and tidy enough for PDF/UA."""

from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser
from types import MappingProxyType

from django.utils.safestring import mark_safe

from malmo_intl import richtext
from reports.renderers import RenderError

DEEPEST = 6  # HTML and PDF know six levels of headings
_ENDS_LINE = ("p", "li", "h3", "h4", "th", "td")


def prose(html: str, level: int, marks: Mapping[str, str] = MappingProxyType({})) -> str:
    """People's text, cleaned again and fitted in below a heading of `level`.

    `marks`: where its live figures lead, by name; the others are plain text. Raises RenderError for what
    could not have been saved.
    """
    try:
        cleaned = richtext.clean(html)
    except richtext.TooComplex as error:
        raise RenderError(f"En text i dokumentet går inte att visa. {error}") from error
    settler = _Settler(level, marks)
    settler.feed(cleaned)
    settler.close()
    return mark_safe("".join(map(str, settler.out)))  # noqa: S308 - only the Settler's own tags


class _Row(list):
    """The cells that a short table row lacks; known first when the table ends."""

    def __str__(self):
        return "".join(self)


class _Frame:
    """Around a table: wider than a phone, it is scrolled, and the keyboard must reach it to do so.

    It is called by the table's own heads, which are known first when they have been read.
    """

    def __init__(self):
        self.heads: list[str] = []
        self.reading = False

    def __str__(self):
        heads = ", ".join(filter(None, (" ".join(head.split()) for head in self.heads)))
        label = f"Tabell i texten: {heads}" if heads else "Tabell i texten"
        return f'<div class="table-frame" role="group" aria-label="{escape(label)}" tabindex="0"><table>'


class _Settler(HTMLParser):
    """Writes cleaned HTML anew, tag by tag from TAGS, as page and PDF/UA want it.

    Headings follow on `level` without a skip; heads of tables say what they are heads of; all rows
    of a table are of one length; a link leads out of the document and holds text only.
    """

    def __init__(self, level: int, marks: Mapping[str, str]):
        super().__init__(convert_charrefs=True)
        self.level = level
        self.marks = marks
        self.out: list = []
        self.open_links: list[bool] = []
        self.open_headings: list[int] = []
        self.tables: list[list[tuple[_Row, int]]] = []
        self.frames: list[_Frame] = []
        self.in_thead = False
        self.seen_h3 = False

    def handle_data(self, data):
        self.out.append(escape(data, quote=False))
        if self.frames and self.frames[-1].reading:
            self.frames[-1].heads[-1] += data

    def handle_starttag(self, tag, attrs):
        if tag not in richtext.TAGS:
            return
        opened = getattr(self, f"open_{tag}", None)
        if opened:
            opened(dict(attrs))
        elif not (tag in ("strong", "em") and any(self.open_links)):
            self.out.append(f"<{tag}>")

    def handle_endtag(self, tag):
        if tag not in richtext.TAGS or tag == "br":
            return
        if tag in _ENDS_LINE and self.out and isinstance(self.out[-1], str):
            # WeasyPrint takes a line that would fit but for its last space for one that must be broken.
            self.out[-1] = self.out[-1].rstrip(" ")
        closed = getattr(self, f"close_{tag}", None)
        if closed:
            closed()
        elif not (tag in ("strong", "em") and any(self.open_links)):
            self.out.append(f"</{tag}>")

    def open_h3(self, attrs):
        self.seen_h3 = True
        self._open_heading(self.level + 1)

    def open_h4(self, attrs):
        self._open_heading(self.level + 1 + self.seen_h3)

    def _open_heading(self, level):
        self.open_headings.append(min(level, DEEPEST))
        self.out.append(f"<h{self.open_headings[-1]}>")

    def close_h3(self):
        if self.open_headings:
            self.out.append(f"</h{self.open_headings.pop()}>")

    close_h4 = close_h3

    def open_a(self, attrs):
        # An address within the site means nothing on paper.
        href = attrs.get("href") or ""
        self.open_links.append(href.lower().startswith(("https://", "http://", "mailto:")))
        if self.open_links[-1]:
            self.out.append(f'<a href="{escape(href)}">')

    def close_a(self):
        if self.open_links and self.open_links.pop():
            self.out.append("</a>")

    def open_data(self, attrs):
        """A live figure; a link holds no other."""
        url = self.marks.get((attrs.get("value") or "").partition(" ")[0])
        self.open_links.append(bool(url) and not any(self.open_links))
        if self.open_links[-1]:
            self.out.append(f'<a class="figure-link" href="{escape(url)}">')

    close_data = close_a

    def open_table(self, attrs):
        self.tables.append([])
        # Wider than a phone, it is scrolled; the keyboard must reach it to do so.
        self.frames.append(_Frame())
        self.out.append(self.frames[-1])

    def close_table(self):
        if not self.tables:
            return
        rows = self.tables.pop()
        self.frames.pop()
        longest = max((cells for _, cells in rows), default=0)
        for row, cells in rows:
            row.extend(["<td></td>"] * (longest - cells))
        self.out.append("</table></div>")

    def open_thead(self, attrs):
        self.in_thead = True
        self.out.append("<thead>")

    def close_thead(self):
        self.in_thead = False
        self.out.append("</thead>")

    def open_tr(self, attrs):
        if self.tables:
            self.tables[-1].append((_Row(), 0))
        self.out.append("<tr>")

    def close_tr(self):
        if self.tables and self.tables[-1]:
            self.out.append(self.tables[-1][-1][0])
        self.out.append("</tr>")

    def open_td(self, attrs):
        self._count_cell()
        self.out.append("<td>")

    def open_th(self, attrs):
        self._count_cell()
        first_row = self.in_thead or (self.tables and len(self.tables[-1]) == 1)
        if first_row and self.frames:
            self.frames[-1].heads.append("")
            self.frames[-1].reading = True
        self.out.append(f'<th scope="{"col" if first_row else "row"}">')

    def close_th(self):
        if self.frames:
            self.frames[-1].reading = False
        self.out.append("</th>")

    def _count_cell(self):
        if self.tables and self.tables[-1]:
            row, cells = self.tables[-1][-1]
            self.tables[-1][-1] = (row, cells + 1)
