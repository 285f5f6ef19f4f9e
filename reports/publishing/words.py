"""The words of a document, for searching what is published. No Django."""

from collections.abc import Iterator

from malmo_intl import prose, words
from reports.document import Document, Grid, Notice, Points, Prose, Terms


def stems(document: Document) -> str:
    """The stems of its title, headings, texts and the words of its tables."""
    return words.stems(" ".join(texts(document)))


def texts(document: Document) -> Iterator[str]:
    """What is searched, piece by piece."""
    yield document.title
    yield document.head.diary_number
    for _, section in document.walk():
        yield section.heading
        for block in section.blocks:
            yield from _of(block)


def _of(block) -> Iterator[str]:
    if isinstance(block, Prose):
        yield prose.plain(block.html)
    elif isinstance(block, Points):
        yield from block.items
    elif isinstance(block, Notice):
        yield block.text
    elif isinstance(block, Terms):
        for term in block.items:
            yield from (term.label, *_strings((term.value,)))
    elif isinstance(block, Grid):
        yield block.caption
        for row in block.rows:
            yield from _strings(row)


def _strings(values) -> Iterator[str]:
    return (value for value in values if isinstance(value, str))
