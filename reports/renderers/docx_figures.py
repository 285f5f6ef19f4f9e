"""Figures in Word: each leads to the page with its rows, and those in prose are locked where they stand."""

from reports.document import Document
from reports.renderers.docx_origin import FIGURE
from reports.renderers.docx_parts import Bookmarks, element, link_out, put, safe_address
from reports.renderers.docx_styles import FIGURE as LOOK

TIP = "Visa hur siffran är räknad"


def put_figure(paragraph, text: str, address: str):
    """A run with the figure, and a link if it has an `address`: unmarked, or a whole table would be."""
    first = len(paragraph._p.r_lst)
    put(paragraph, text)
    if address:
        link_out(paragraph, address, first, TIP)


class Figures:
    """The figures of one file: where they lead, and the live ones in the order they are written."""

    def __init__(self, document: Document, bookmarks: Bookmarks):
        self.site = document.site
        self._paths = dict(document.marks)
        self._bookmarks = bookmarks
        self.written: list[tuple[str, str]] = []  # (mark, words)

    def address(self, path: str) -> str:
        """The whole address of a figure's page; "" where the file is to have no links."""
        return safe_address(self.site.rstrip("/") + path) if self.site and path else ""

    def live(self, paragraph, mark: str, text: str, *, bold=None, italic=None):
        """A live figure in a content control that Word does not let anyone change by accident.

        LibreOffice forgets the control's name, but keeps the bookmark in it.
        """
        self.written.append((mark, text))
        number = len(self.written)
        start, end = self._bookmarks.pair(f"{FIGURE}{number:04d}")
        name = mark.partition(" ")[0]
        address = self.address(self._paths.get(mark) or self._paths.get(name, ""))
        first = len(paragraph._p.r_lst)
        run = put(paragraph, text, bold=bold, italic=italic, style=LOOK if address else None)
        inside = element("w:sdtContent", start)
        properties = element(
            "w:sdtPr",
            element("w:alias", val=f"Siffra ur uppgifterna: {name}"[:64]),
            element("w:tag", val=mark[:64]),
            element("w:id", val=number),
            element("w:lock", val="contentLocked"),
        )
        if address:
            link_out(paragraph, address, first, TIP)
        what = run._r if not address else run._r.getparent()
        control = element("w:sdt", properties, inside)
        what.addprevious(control)
        inside.extend([what, end])
