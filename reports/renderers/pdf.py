"""The document as PDF, painted in a process of its own with limits of time and memory."""

import atexit
import contextlib
import json
import logging
import math
import os
import socket
import subprocess
import sys
import threading
import time

from django.conf import settings

from reports.document import Document
from reports.renderers import RenderError, html, pdf_child
from reports.renderers.pdf_attachments import attachments
from reports.renderers.pdf_seal import seal

logger = logging.getLogger(__name__)


def render(document: Document) -> bytes:
    """The document as PDF/A-3a and PDF/UA-1, A4, with its data inside.

    Raises RenderError past RENDER_SECONDS or _MEGABYTES.
    """
    painted = paint(html.page(document), document.draft)
    return seal(painted, document, attachments(document))


def warm_up():
    """Start the painting process now, so that the first who asks need not wait for it.

    Else the first render of a server takes a second or two more. Returns at once.
    """
    _painter.start()


def draw(document: Document) -> bytes:
    """The same in this process, without limits: for tests and for looking at."""
    from reports.renderers import pdf_paint  # a second to import; a server never needs it

    painted = pdf_paint.paint(html.page(document), document.draft)
    return seal(painted, document, attachments(document))


def paint(page: str, draft: bool, kind: str = pdf_child.WHOLE, until: float = math.inf) -> bytes:
    """HTML of ours as PDF, or as the packed Part of one, by the painting process. Raises RenderError.

    It takes RENDER_SECONDS at most, and ends when time.monotonic() is `until` if that is before.
    """
    started = time.monotonic()
    wanted = {
        "seconds": max(0.001, min(settings.RENDER_SECONDS, until - started)),
        "megabytes": settings.RENDER_MEGABYTES,
        "draft": draft,
        "as": kind,
    }
    answer = _ask(json.dumps(wanted).encode().ljust(pdf_child.HEADER) + page.encode(), wanted)
    if answer[:1] == pdf_child.PAINTED:
        return answer[1:]
    too_large = RenderError("Dokumentet är för stort för att bli en PDF-fil: minnet tog slut.")
    if answer.startswith(pdf_child.FAILED + b"MemoryError"):
        raise too_large
    if answer[:1] == pdf_child.FAILED:
        logger.error("PDF: %s", answer[1:].decode(errors="replace"))
        raise RenderError(
            "Det gick inte att göra en PDF-fil av dokumentet. Felet är skrivet i serverns logg."
        )
    if _painter.has_fallen():
        raise RenderError("Det går inte att göra PDF-filer just nu. Försök igen om en stund.")
    if time.monotonic() - started < wanted["seconds"]:
        raise too_large
    raise RenderError(
        f"Det tog för lång tid att göra PDF-filen, mer än {settings.RENDER_SECONDS:g} sekunder. "
        "Försök igen, eller dela upp långa tabeller."
    )


def _ask(job: bytes, wanted: dict) -> bytes:
    """The answer, or what came of it: nothing, if the job was ended by its limits."""
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            _painter.hand_over(theirs)
        # The kernel ends the job at its limit; this is for a painter that never began.
        ours.settimeout(wanted["seconds"] + 15)
        try:
            ours.sendall(job)
            ours.shutdown(socket.SHUT_WR)
            said = b"".join(iter(lambda: ours.recv(1 << 16), b""))
        except OSError:  # timed out, or the painter fell before it had read
            return b""
    length, answer = int.from_bytes(said[: pdf_child.LENGTH]), said[pdf_child.LENGTH :]
    return answer if len(answer) == length else b""


# The painter is told nothing of the database or of our keys.
_NEEDED = ("PATH", "PYTHONPATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "FONTCONFIG_FILE")


class _Painter:
    """The painting process of this process: started when first asked for, again if it is gone."""

    def __init__(self):
        self._lock = threading.Lock()
        self._owner = None

    def start(self):
        with self._lock:
            self._start_if_gone()

    def hand_over(self, job: socket.socket):
        with self._lock:
            self._start_if_gone()
            try:
                socket.send_fds(self._control, [b"J"], [job.fileno()])
            except OSError:  # it fell just now
                self._start()
                with contextlib.suppress(OSError):  # and again: `has_fallen` says it in words
                    socket.send_fds(self._control, [b"J"], [job.fileno()])

    def has_fallen(self) -> bool:
        """Whether the painter itself is gone, as when it could not start; not just one job."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.2)
        return self._process.returncode is not None

    def _start_if_gone(self):
        if self._owner != os.getpid() or self._process.poll() is not None:
            self._start()

    def _start(self):
        """A gunicorn worker forked after the start gets a painter of its own."""
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module
                [sys.executable, "-m", pdf_child.__name__, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                cwd=settings.BASE_DIR,
                env={name: os.environ[name] for name in _NEEDED if name in os.environ},
            )
        self._owner = os.getpid()

    def stop(self):
        with self._lock:
            if self._owner == os.getpid():
                self._control.close()
                self._process.wait()
                self._owner = None


_painter = _Painter()
atexit.register(_painter.stop)
