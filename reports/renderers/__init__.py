"""A document in, bytes out. Drawing only: no queries, no sums."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from reports.document import Document


@dataclass(frozen=True)
class Format:
    """A file format: its module here, its name for people and its media type."""

    suffix: str
    label: str
    media_type: str

    @property
    def render(self) -> Callable[[Document], bytes]:
        # WeasyPrint takes a second to import; only who asks for PDF waits for it.
        return import_module(f"reports.renderers.{self.suffix}").render


class RenderError(Exception):
    """A document could not be drawn; the message is a plain Swedish sentence."""


FORMATS = {
    "html": Format("html", "Webbsida", "text/html; charset=utf-8"),
    "pdf": Format("pdf", "PDF", "application/pdf"),
    "docx": Format(
        "docx",
        "Word",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "xlsx": Format(
        "xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
    "json": Format("json", "JSON", "application/json"),
}


def render(document: Document, suffix: str) -> bytes:
    """The document as a file of the format `suffix`; KeyError if there is none such."""
    return FORMATS[suffix].render(document)
