"""HTML of ours in, PDF bytes out, by WeasyPrint. No Django: a process that only paints starts fast.

What may be read is what lies below static/ with one of four suffixes, and nothing else; the style
sheets are constants. Must not be called with HTML whose people's text has not been cleaned, and
survives it (tests/reports/renderers/test_pdf.py).
"""

import gc
import hashlib
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.renderers.pdf_finish import finish

STATIC = Path(__file__).resolve().parents[2] / "static"
MEDIA_TYPES = {
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}
SHEETS = ("fonts/fonts.css", "css/print.css")

# Across every page, behind the text: a background, and outlines instead of letters, so that it is
# seen but neither read aloud nor copied with the text.
DRAFT = "@page { background: url(img/draft.svg) no-repeat center / 210mm 297mm }"


class Refused(FatalURLFetchingError):
    """The document asked for something that is not ours. Stops the render; it is a BaseException."""


class StaticFiles(URLFetcher):
    """Serves files below static/, by suffix. All else stops the render: a record is whole or not."""

    def __init__(self):
        super().__init__(allowed_protocols={"file"}, allow_redirects=False, fail_on_errors=True)

    def fetch(self, url, headers=None):
        parts = urlsplit(url)
        path = Path(unquote(parts.path)).resolve()
        media_type = MEDIA_TYPES.get(path.suffix)
        if (
            parts.scheme != "file"
            or parts.netloc
            or media_type is None
            or not path.is_relative_to(STATIC)
            or not path.is_file()
        ):
            raise Refused(f"Refused: {url[:200]}")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": media_type})


def paint(html: str, draft: bool) -> bytes:
    """The page as tagged PDF/UA-1. The same html gives the same bytes.

    Raises Refused, or whatever WeasyPrint meets: call it where a limit of time and memory is set.
    """
    fonts, sheets, draft_sheet = prepared()
    with no_collection():
        return HTML(string=html, url_fetcher=StaticFiles()).write_pdf(
            finisher=finish,
            font_config=fonts,
            stylesheets=[*sheets, draft_sheet] if draft else sheets,
            pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
        )


@cache
def prepared():
    """Fonts and style sheets, read once in a process: a tenth of a report's time."""
    fonts = FontConfiguration()
    fetcher = StaticFiles()
    sheets = [
        CSS(filename=STATIC / name, font_config=fonts, url_fetcher=fetcher) for name in SHEETS
    ]
    draft = CSS(string=DRAFT, base_url=f"{STATIC}/", font_config=fonts, url_fetcher=fetcher)
    return fonts, sheets, draft


def prepare():
    """Do beforehand what every render shares: fonts, hyphenation and late imports.

    The sample has one of each; it saves a memo a third of its time in a newly forked process.
    """
    # Enough words to break a line: the hyphenation is read when one is first needed.
    paint(SAMPLE.format(words="kompetensförsörjningen " * 20), draft=True)


SAMPLE = """<html lang="sv"><title>x</title><article class="memo paper">
<h1>Å</h1><div class="prose"><p>{words} <b>1</b> <i>2</i> <b><i>3</i></b>
<a href="https://malmo.se/">a</a><ul><li>x</ul></div><ul class="keyfigures"><li>1</ul>
<table><caption>x</caption><tr><th scope="col">Å<tr><td class="missing">1</table>
<svg role="img" width="100%" height="9" xmlns="http://www.w3.org/2000/svg"><title>x</title>
<text font-family="Open Sans" font-weight="600">1</text><rect width="9%" height="9"/></svg>"""


@contextmanager
def no_collection():
    """WeasyPrint builds large trees with few cycles; looking for garbage in them takes a seventh."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
