"""What the sheets have in common: colours, heights of rows, and how they are printed."""

import math

from malmo_intl import richtext
from reports.document import Document

DRAFT = "UTKAST"
ACCENT, QUIET, LINE, INK = "#007896", "#454545", "#D9D9D9", "#1F1F1F"
HEAD_LOOK = {
    "bold": True, "bottom": 2, "bottom_color": ACCENT, "text_wrap": True, "valign": "bottom",
}  # fmt: skip
LINE_LOOK = {"bottom": 1, "bottom_color": LINE}
_PORTRAIT = 92  # what an upright A4 holds, in characters


def height(page, row: int, texts: list[str], widths: list[int]):
    """Room for the lines that texts wrap to: not every program works that out on opening."""
    lines = [
        # Letters are narrower than the digits that a width counts; a line breaks between words, so some is lost.
        sum(
            math.ceil(len(line) / (1.05 * width - 5)) if len(line) > width else 1
            for line in text.split("\n")
        )
        for text, width in zip(texts, widths, strict=True)
    ]
    if max(lines, default=1) > 1:
        page.set_row(row, min(max(lines) * 15 + 2, 409))  # Excel's highest row


def set_print(page, document: Document, title: str, width: int, *, repeat=None, scale=None):
    """A4, as many pages as it takes and one page wide; `repeat` is the row that heads every page. With a
    `scale`, in per cent, page breaks hold: Excel forgets them when it fits pages itself."""
    page.set_paper(9)  # A4
    if width > _PORTRAIT:
        page.set_landscape()
    page.set_margins(left=0.7, right=0.7, top=0.9, bottom=0.8)
    if scale is None:
        page.fit_to_pages(1, 0)
    else:
        page.set_print_scale(scale)
    if repeat is not None:
        page.repeat_rows(repeat)
    page.set_header(
        f"&L{_in_margin(document.head.sender)}&R{DRAFT if document.draft else ''}".removesuffix(
            "&R"
        )
    )
    page.set_footer(f"&L{_in_margin(title)}&RSida &P (&N)")


def _in_margin(text: str) -> str:
    """Text for head or foot, where & begins a command and 255 characters are all there is.

    A leading digit would be read as a type size by some programs, so a space goes before it.
    """
    text = " ".join(richtext.plain(text).split())
    text = text if len(text) <= 80 else f"{text[:79]}…"
    text = text.replace("&", "&&")
    return f" {text}" if text[:1].isdigit() else text
