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
_ENGINES = {
    "pdf": ("WeasyPrint", "weasyprint"),
    "docx": ("python-docx", "python-docx"),
    "xlsx": ("XlsxWriter", "xlsxwriter"),
}
# What decides how a file of the format looks.
_TEMPLATES = {
    "pdf": (
        "templates/documents/*.html",
        "static/css/print.css",
        "static/fonts/fonts.css",
        "reports/renderers/html*.py",
        "reports/renderers/pdf*.py",
        "reports/renderers/columns.py",
    ),
    "docx": ("reports/renderers/docx*.py", "reports/renderers/columns.py"),
    "xlsx": ("reports/renderers/xlsx*.py",),
    "json": ("reports/renderers/json.py", "reports/document.py"),
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
    """ "WeasyPrint 70.0" """
    if suffix not in _ENGINES:
        return f"Python {platform.python_version()}"
    name, package = _ENGINES[suffix]
    return f"{name} {version(package)}"


@cache
def template(suffix: str) -> str:
    """sha256 of the templates, style sheets and code that draw the format."""
    total = hashlib.sha256()
    for pattern in _TEMPLATES[suffix]:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()
