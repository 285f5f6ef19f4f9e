"""The files of a publication, with what they were made by."""

import hashlib
import platform
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from django.conf import settings

from reports import renderers
from reports.document import Document
from reports.publishing.contents import sha256

# In the order that people ask for them.
FORMATS = ("pdf", "docx", "xlsx", "json")
# A PDF holds the workbook and the JSON too, and a Word file small workbooks behind its charts.
_ENGINES = {
    "pdf": ("WeasyPrint", "pydyf", "pikepdf", "XlsxWriter"),
    "docx": ("python-docx", "XlsxWriter"),
    "xlsx": ("XlsxWriter",),
}
# What decides how a file of the format looks: all that it is drawn by, to the last rounding.
_SHARED = (
    "malmo_intl/formats.py",
    "malmo_intl/prose.py",
    "malmo_intl/richtext.py",
    "reports/document.py",
    "reports/renderers/charts.py",
    "reports/renderers/columns.py",
)
_WORKBOOK = ("reports/renderers/xlsx*.py", *_SHARED)
_TEMPLATES = {
    "pdf": (
        "templates/documents/*.html",
        "static/css/print.css",
        "static/fonts/fonts.css",
        "reports/renderers/html*.py",
        "reports/renderers/json.py",
        "reports/renderers/pdf*.py",
        *_WORKBOOK,
    ),
    "docx": ("reports/renderers/docx*.py", *_SHARED),
    "xlsx": _WORKBOOK,
    "json": ("malmo_intl/formats.py", "reports/document.py", "reports/renderers/json.py"),
}


@dataclass(frozen=True)
class Made:
    format: str
    content: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.content)


def make(document: Document, suffix: str) -> Made:
    """Raises renderers.RenderError with a Swedish sentence."""
    return Made(suffix, renderers.render(document, suffix))


@cache
def engine(suffix: str) -> str:
    """ "WeasyPrint 70.0, pydyf 0.12.1" """
    if suffix not in _ENGINES:
        return f"Python {platform.python_version()}"
    return ", ".join(f"{name} {version(name)}" for name in _ENGINES[suffix])


@cache
def template(suffix: str) -> str:
    """sha256 of the templates, style sheets and code that draw the format."""
    total = hashlib.sha256()
    for pattern in _TEMPLATES[suffix]:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
