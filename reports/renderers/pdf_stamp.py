"""What is put on the pages of a bound PDF: the number of each and, on a draft, its mark. No Django.

Glyphs, their widths and their place are read from a page that was painted with the same style sheets
(pdf_parts.SAMPLE), so a stamped page looks like one that was painted whole. All of it is artifact: it is not
read aloud.
"""

from io import BytesIO

import pikepdf
from pikepdf import Array, Name

from reports.renderers.pdf_parts import SAMPLE

FONT, MARK = Name("/StampedNumber"), Name("/StampedMark")
ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"


def stamp(pdf: pikepdf.Pdf, sample: bytes, draft: bool):
    """Stamp every page of `pdf`. `sample` has a page with SAMPLE and, for a draft, one with nothing but the mark."""
    with pikepdf.open(BytesIO(sample)) as source:
        written = _Written(source.pages[0])
        font = pdf.copy_foreign(written.font)
        mark = pdf.copy_foreign(source.pages[1].as_form_xobject()) if draft else None
    under = ARTIFACT + b" %s Do EMC q" % bytes(MARK) if draft else b"q"
    under = pdf.make_stream(under)
    total = len(pdf.pages)
    for number, page in enumerate(pdf.pages, start=1):
        over = pdf.make_stream(written.anew(f"Sida {number} ({total})"))
        page.obj.Contents = Array([under, page.obj.Contents, over])
        page.obj.Resources.Font[FONT] = font
        if draft:
            page.obj.Resources.XObject[MARK] = mark


class _Written:
    """How SAMPLE was written on its page: where it ends, and its font, size, colour and glyphs."""

    def __init__(self, page: pikepdf.Page):
        last, frame = {}, []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name == "TJ":
                break
            if name == "cm":
                frame.append(operands)
            last[name] = operands
        font, size = last["Tf"]
        self.font = page.obj.Resources.Font[font]
        codes = b"".join(bytes(item) for item in operands[0] if isinstance(item, pikepdf.String))
        self._glyphs = dict(zip(SAMPLE, _two_by_two(codes), strict=True))
        self._size, self._colour = float(size), _numbers(last["rg"])
        self._frame = [_numbers(operands) for operands in frame]
        *self._slope, left, self._height = map(float, last["Tm"])
        self._widths = _widths(self.font.DescendantFonts[0].W)
        self._right = left + self._width(SAMPLE)

    def anew(self, text: str) -> bytes:
        """The drawing of `text`, made of the sample's letters, so that it ends where the sample does."""
        glyphs = b"".join(self._glyphs[letter] for letter in text)
        place = (*self._slope, self._right - self._width(text), self._height)
        return b" ".join(
            [
                b"Q q",
                *(numbers + b" cm" for numbers in self._frame),
                ARTIFACT,
                self._colour + b" rg BT",
                _numbers(place) + b" Tm",
                b"%s %s Tf" % (bytes(FONT), _numbers([self._size])),
                b"<%s> Tj ET EMC Q" % glyphs.hex().encode(),
            ]
        )

    def _width(self, text: str) -> float:
        widths = (self._widths[int.from_bytes(self._glyphs[letter])] for letter in text)
        return sum(widths) * self._size / 1000


def _two_by_two(codes: bytes) -> list[bytes]:
    return [codes[at : at + 2] for at in range(0, len(codes), 2)]


def _numbers(values) -> bytes:
    return " ".join(f"{float(value):.6f}".rstrip("0").rstrip(".") for value in values).encode()


def _widths(ranges) -> dict[int, float]:
    """As in a PDF's W: a first glyph, then the widths of it and those that follow."""
    items = list(ranges)
    return {
        int(first) + at: float(width)
        for first, widths in zip(items[::2], items[1::2], strict=True)
        for at, width in enumerate(widths)
    }
