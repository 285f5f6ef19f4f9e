"""A document as it stands, for those who write it and look often: only what has changed is drawn again."""

import json

from reports import renderers
from reports.document import Document, to_data
from reports.renderers import kept, pdf_chapters


def render(document: Document, suffix: str) -> bytes:
    """As `renderers.render`, but for how a PDF is put together. The same document is the same file.

    Raises RenderError, and KeyError for a format that there is not.
    """
    name = kept.key(suffix, json.dumps(to_data(document), ensure_ascii=False))
    content = kept.get(name)
    if content is None:
        draw = pdf_chapters.render if suffix == "pdf" else renderers.FORMATS[suffix].render
        content = draw(document)
        kept.put(name, content)
        kept.sweep()
    return content
