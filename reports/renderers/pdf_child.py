"""The process that paints PDF. Run as `python -m reports.renderers.pdf_child FD`. No Django.

It reads WeasyPrint, fonts and style sheets once, then forks for every job: a job costs a fork, may
use no more than it is allowed, and takes nobody with it when it falls. It ends when its parent does.

Why not multiprocessing's forkserver: that imports the parent's `__main__` (gunicorn, pytest) anew
for every job, loses its preloading without a word when started from another folder, and cannot be
given to WeasyPrint to warm up. Here the parent's database connections are not even inherited.
"""

import contextlib
import gc
import json
import os
import resource
import signal
import socket
import sys

PAINTED, FAILED = b"P", b"E"
HEADER = 1024  # bytes: the job's limits as JSON, filled out with spaces
LENGTH = 8  # bytes: how long the answer is
WHOLE, PART = "whole", "part"  # what the page is, and so what comes back: a PDF, or a packed Part


def main(control: socket.socket):
    """Serve jobs until the other end of `control` is closed. A job is a socket sent over it."""
    # After the start, so that an error is in the log.
    from reports.renderers import pdf_paint, pdf_paint_part

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no one waits for the jobs: no zombies
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, whose end ends us
    pdf_paint.prepare()
    pdf_paint_part.prepare()
    painters = {WHOLE: pdf_paint.paint, PART: pdf_paint_part.paint}
    gc.freeze()  # what is shared stays shared: collecting would copy its pages
    while True:
        _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
        if not descriptors:
            return
        with socket.socket(fileno=descriptors[0]) as job:
            if os.fork() == 0:
                control.close()
                _work(job, painters)


def _work(job: socket.socket, painters: dict):
    """Do one job and end the process, whatever happens."""
    with contextlib.suppress(BaseException):
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        with job.makefile("rb") as asked:
            wanted = json.loads(asked.read(HEADER))
            _limit(wanted["seconds"], wanted["megabytes"])
            html = asked.read().decode()
        answer = _answer(painters[wanted["as"]], html, wanted["draft"])
        # Its length first: a job may be ended while it answers, and half a file is none.
        job.sendall(len(answer).to_bytes(LENGTH) + answer)
    os._exit(0)  # not sys.exit: the shared temporary fonts are the parent's to remove


def _answer(paint, html: str, draft: bool) -> bytes:
    try:
        return PAINTED + paint(html, draft)
    except BaseException as error:  # noqa: BLE001 - a refusal by the fetcher is a BaseException
        return FAILED + f"{type(error).__name__}: {error}"[:500].encode()


def _limit(seconds: float, megabytes: int):
    """The kernel ends the job at the limit, inside C code too; no Python is asked.

    Memory is the address space, what the fork shares included (some 400 megabytes).
    """
    signal.setitimer(signal.ITIMER_REAL, seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
