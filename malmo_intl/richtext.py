"""The few tags that people may write, cleaned when saved and again when drawn. No Django."""

import re
import unicodedata

import nh3

TAGS = {
    "p", "br", "strong", "em", "h3", "h4", "ul", "ol", "li", "a",
    "table", "thead", "tbody", "tr", "th", "td",
    "data",  # a live figure: its value is the mark that says which (malmo_intl/prose.py)
}  # fmt: skip
MAX_DEPTH = 10
MAX_CHARACTERS = 60_000
# XML, and so Word and Excel, knows no control characters and no U+FFFE or U+FFFF.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAG = re.compile(r"<(/?)([a-z0-9]+)[^>]*>")


class TooComplex(ValueError):
    """The text is longer or deeper than a document can hold; the message is for the writer."""


def plain(text: str) -> str:
    """Text without markup: composed characters (NFC), and only those that XML knows."""
    return _NOT_XML.sub("", unicodedata.normalize("NFC", text))


def clean(html: str) -> str:
    """`html` with only TAGS and safe links left; cleaning twice changes nothing.

    Raises TooComplex if it is too long or nested too deep to be rendered.
    """
    if len(html) > MAX_CHARACTERS:
        raise TooComplex(
            f"Texten är för lång: {len(html)} tecken. Högst {MAX_CHARACTERS} får plats."
        )
    html = plain(html)
    for _ in range(5):  # nh3 may need a second pass to reach what it leaves alone
        cleaned = nh3.clean(
            html,
            tags=TAGS,
            attributes={"a": {"href"}, "data": {"value"}},
            url_schemes={"https", "http", "mailto"},
            link_rel=None,
            strip_comments=True,
        )
        if cleaned == html:
            break
        html = cleaned
    else:
        raise TooComplex("Texten går inte att läsa. Klistra in den på nytt utan formatering.")
    if depth(html) > MAX_DEPTH:
        raise TooComplex("Texten har för många nivåer av listor eller tabeller i varandra.")
    return html


def depth(html: str) -> int:
    """How deep elements are nested in cleaned html."""
    deepest = level = 0
    for closing, tag in _TAG.findall(html):
        if tag == "br":
            continue
        level += -1 if closing else 1
        deepest = max(deepest, level)
    return deepest


def is_blank(html: str) -> bool:
    """Whether nothing would be seen of it."""
    return not re.sub(r"<[^>]*>|&nbsp;|\s", "", html)
