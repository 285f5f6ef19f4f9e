"""Live figures in sentences that are generated, and where those of a document's prose lead."""

import re
from dataclasses import replace
from html import unescape

from reports.compose.parts import escape
from reports.document import Document, Prose
from reports.live import Live
from reports.live_names import Name


def live(name: str, words: str) -> str:
    """A figure in a generated sentence, as HTML: it leads to its rows as those that people put in do."""
    return f'<data value="{name}">{escape(words)}</data>'


def words(told: str) -> str:
    """A generated sentence of HTML as plain text."""
    return unescape(_TAG.sub("", told))


_TAG = re.compile(r"</?data[^>]*>")
_MARK = re.compile(r'<data value="([^" ]+)[^"]*">')


def with_marks(document: Document, live: Live) -> Document:
    """The document with the address of each live figure that stands in its prose."""
    texts = (
        block.html
        for _, section in document.walk()
        for block in section.blocks
        if isinstance(block, Prose) and "<data" in block.html
    )
    names = dict.fromkeys(name for text in texts for name in _MARK.findall(text))
    found = ((name, _address(live, name)) for name in names)
    return replace(document, marks=tuple(mark for mark in found if mark[1]))


def _address(live: Live, name: str) -> str:
    """A year of which the system has no reports has no rows to lead to."""
    rollup = live.rollup
    if Name(name).is_before and rollup.year - 1 not in rollup.facts.reported_years:
        return ""
    return live.address(name)
