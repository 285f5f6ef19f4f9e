"""What stands on every page of a Word file, and what the file knows of itself."""

import datetime

from malmo_intl import richtext
from reports.document import Document
from reports.renderers import docx_styles as styles
from reports.renderers.docx_parts import field, put, watermark

DRAFT = "UTKAST"


def put_frame(file, document: Document):
    """Running heads and feet, and the file's properties."""
    _properties(file, document)
    _frame(file, document)


def _frame(file, document: Document):
    """Running head and foot. The first page has its own head; of a report it is the title page."""
    section = file.sections[0]
    section.different_first_page_header_footer = True
    for number, header in enumerate((section.header, section.first_page_header), start=1):
        line = header.paragraphs[0]
        line._p.style = "Header"
        if number == 1:
            put(line, document.head.title)
        right = [document.head.diary_number] if number == 1 else []
        if document.draft:
            right.append(DRAFT)
        put(line, "\t" + " · ".join(part for part in right if part))
        if document.draft:
            watermark(line, number, DRAFT, styles.SANS, styles.PALE)
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line._p.style = "Footer"
        put(line, f"{_edition(document)}\tSida ")
        field(line, "PAGE", "1")
        put(line, " (")
        field(line, "NUMPAGES", "1")
        put(line, ")")


def _edition(document: Document) -> str:
    """ "Version 2 · 2020-01-05 · asf-2019", or what says that it is not yet a version."""
    parts = ["Utkast"] if document.draft else [f"Version {document.version}"]
    if document.head.dated:
        parts.append(document.head.dated.isoformat())
    return " · ".join([*parts, document.identity])


def _properties(file, document: Document):
    """Word's own notes on the file, from the document alone: the clock has no say."""
    head = document.head
    day = head.dated or datetime.date(head.year, 12, 31)
    noon = datetime.datetime(day.year, day.month, day.day, 12)  # noqa: DTZ001, Word wants it naive
    properties = file.core_properties
    words = {
        "title": head.title,
        "author": head.sender,
        "last_modified_by": head.sender,
        "subject": f"{head.genre} {head.year}",
        "category": head.genre,
        "keywords": head.diary_number,
        "identifier": document.identity,
        "content_status": "Utkast" if document.draft else "Publicerad",
        "version": str(document.version or ""),
        "comments": "",
        "language": styles.LANGUAGES.get(document.lang, document.lang),
    }
    for name, text in words.items():
        setattr(properties, name, richtext.plain(text)[:255])  # the file format's own limit
    properties.created = properties.modified = noon
    properties.revision = 1
    for item in list(properties._element):
        if not item.text:
            properties._element.remove(item)
