"""What passes between those who paint the parts of a document and those who bind them. No Django."""

import json
from typing import NamedTuple

# Before the key of a heading in another part: a link there looks like one that leads out of the document.
ELSEWHERE = "part:"
# All that is ever stamped beside a page. It stands on a page of its own, where glyphs and widths are read.
SAMPLE = "Sida 0123456789()"


class Part(NamedTuple):
    """`places` has the page of each heading, counted from nought; `pdf` the pages."""

    pages: int
    places: dict[str, int]
    pdf: bytes


def packed(part: Part) -> bytes:
    about = {"pages": part.pages, "places": part.places}
    return json.dumps(about).encode() + b"\n" + part.pdf


def unpacked(blob: bytes) -> Part:
    """What `packed` was given."""
    about, pdf = blob.split(b"\n", 1)
    return Part(pdf=pdf, **json.loads(about))
