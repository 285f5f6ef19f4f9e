"""Files that were drawn, kept under the hash of what they were drawn from: what has not changed costs nothing.

They lie in a folder that all processes of the server share: one that has just started need not begin anew. A
file cannot come to the wrong reader, since who asks for it holds all that it says. Nor can it be planted: the
folder is this user's alone, or nothing is kept. Safe to remove at any time. A Word file that waits for somebody
to choose what to take from it lies here too.
"""

import contextlib
import logging
import os
import stat
import tempfile
import time
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

IDLE = 7 * 24 * 60 * 60  # seconds that a file is kept though nobody asks for it
# What decides how a file looks, besides the document.
_DRAWN_BY = (
    "reports/document.py",
    "reports/renderers/*.py",
    "malmo_intl/*.py",
    "templates/documents/*.html",
    "static/css/*.css",
    "static/fonts/*",
    "static/img/*.svg",
)
_PACKAGES = ("weasyprint", "pydyf", "pikepdf", "xlsxwriter", "python-docx")


def key(*drawn_from: str) -> str:
    """The name of what is drawn from these, by this version of the product."""
    total = sha256((_drawn_by.__wrapped__ if settings.DEBUG else _drawn_by)().encode())
    for text in drawn_from:
        total.update(b"\0" + text.encode())
    return total.hexdigest()


@cache
def _drawn_by() -> str:
    total = sha256(" ".join(f"{name} {version(name)}" for name in _PACKAGES).encode())
    for pattern in _DRAWN_BY:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            total.update(b"\0" + path.name.encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def get(name: str) -> bytes | None:
    """The file of that name, if it is kept."""
    folder = _folder()
    if folder is not None:
        with contextlib.suppress(OSError):
            content = (folder / name).read_bytes()
            os.utime(folder / name)  # used just now: the last to be swept
            return content
    return None


def put(name: str, content: bytes):
    """Keep the file, whole or not at all. A full disk is no reason to be without a document."""
    folder = _folder()
    if folder is not None:
        with contextlib.suppress(OSError):
            handle, written = tempfile.mkstemp(dir=folder)
            with open(handle, "wb") as file:
                file.write(content)
            os.replace(written, folder / name)


def sweep():
    """Remove what nobody has asked for in a week, and the least lately used over RENDER_CACHE_MEGABYTES."""
    folder = _folder()
    if folder is None:
        return
    room = settings.RENDER_CACHE_MEGABYTES << 20
    for file in sorted(folder.iterdir(), key=_used, reverse=True):
        with contextlib.suppress(OSError):  # another process may sweep too
            room -= file.stat().st_size
            if room < 0 or _used(file) < time.time() - IDLE:
                file.unlink()


def _used(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0


def _folder() -> Path | None:
    """RENDER_CACHE, made if it is not there. None where nothing is to be kept, or not safely."""
    if not settings.RENDER_CACHE_MEGABYTES:
        return None
    folder = Path(settings.RENDER_CACHE or f"{tempfile.gettempdir()}/malmo-intl-{os.getuid()}")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
    except OSError as error:
        logger.warning("RENDER_CACHE: %s", error)
        return None
    others = found.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or others:
        logger.warning("RENDER_CACHE: %s is not this user's alone, so nothing is kept", folder)
        return None
    return folder
