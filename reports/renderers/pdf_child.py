"""The process that paints PDF. Run as `python -m reports.renderers.pdf_child FD`. No Django.

It reads WeasyPrint, fonts and style sheets once, and forks workers that do the jobs. A job never waits for
another: when no worker is idle, one more is forked. A worker does some jobs, for what it has warmed up is half of
a memo's time; it is let go when it has done its share, has grown, or has failed. A job may use no more than it is
allowed, and takes nobody with it when it falls. All end when the parent does.

Why not multiprocessing's forkserver: that imports the parent's `__main__` (gunicorn, pytest) anew
for every job, loses its preloading without a word when started from another folder, and cannot be
given to WeasyPrint to warm up. Here the parent's database connections are not even inherited.
"""

import contextlib
import gc
import json
import os
import resource
import select
import signal
import socket
import sys

PAINTED, FAILED = b"P", b"E"
HEADER = 1024  # bytes: the job's limits as JSON, filled out with spaces
LENGTH = 8  # bytes: how long the answer is
WHOLE, PART = "whole", "part"  # what the page is, and so what comes back: a PDF, or a packed Part

KEPT = os.cpu_count() or 1  # idle workers
JOBS = 50  # the most that one worker does
# Kilobytes that a worker may have grown by and be kept: a memo is less, a report more.
GROWTH = 64 << 10
DONE = b"D"


def main(control: socket.socket):
    """Serve jobs until the other end of `control` is closed. A job is a socket sent over it."""
    # After the start, so that an error is in the log.
    from reports.renderers import pdf_paint, pdf_paint_part

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no one waits for the workers: no zombies
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, whose end ends us
    pdf_paint.prepare()
    pdf_paint_part.prepare()
    painters = {WHOLE: pdf_paint.paint, PART: pdf_paint_part.paint}
    gc.freeze()  # what is shared stays shared: collecting would copy its pages
    idle, busy = [], []
    while True:
        ready, _, _ = select.select([control, *idle, *busy], [], [])
        for worker in ready:
            if worker is control:
                continue
            (busy if worker in busy else idle).remove(worker)
            if _is_done(worker) and len(idle) < KEPT:
                idle.append(worker)
            else:
                worker.close()
        if control in ready:
            _, descriptors, _, _ = socket.recv_fds(control, 1, 1)
            if not descriptors:
                return
            with socket.socket(fileno=descriptors[0]) as job:
                worker = idle.pop() if idle else _new_worker(painters, [control, job, *busy])
                _pass_on(job, worker)
            busy.append(worker)


def _new_worker(painters: dict, inherited: list[socket.socket]) -> socket.socket:
    ours, theirs = socket.socketpair()
    if os.fork() == 0:
        for end in (ours, *inherited):  # or nobody would notice that their other end is closed
            end.close()
        _work(theirs, painters)
    theirs.close()
    return ours


def _is_done(worker: socket.socket) -> bool:
    """Whether it can take another job; else it is gone."""
    with contextlib.suppress(OSError):
        return worker.recv(1) == DONE
    return False


def _pass_on(job: socket.socket, worker: socket.socket):
    # The worker may have been killed just now: whoever asked is told by the closing.
    with contextlib.suppress(OSError):
        socket.send_fds(worker, [b"J"], [job.fileno()])


def _work(jobs: socket.socket, painters: dict):
    """Do jobs and end the process, whatever happens."""
    with contextlib.suppress(BaseException):
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        most = _peak() + GROWTH
        for left in reversed(range(JOBS)):
            _, descriptors, _, _ = socket.recv_fds(jobs, 1, 1)
            if not descriptors:
                break
            with socket.socket(fileno=descriptors[0]) as job:
                goes_on = _do(job, painters) and left and _peak() <= most
                if goes_on:  # before whoever asked knows and asks again
                    jobs.send(DONE)
            if not goes_on:
                break
    os._exit(0)  # not sys.exit: the shared temporary fonts are the parent's to remove


def _peak() -> int:
    """The most memory that this process has held, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _do(job: socket.socket, painters: dict) -> bool:
    """Paint and answer; whether it was painted."""
    with job.makefile("rb") as asked:
        wanted = json.loads(asked.read(HEADER))
        _limit(wanted["seconds"], wanted["megabytes"])
        html = asked.read().decode()
    answer = _answer(painters[wanted["as"]], html, wanted["draft"])
    # Its length first: a job may be ended while it answers, and half a file is none.
    job.sendall(len(answer).to_bytes(LENGTH) + answer)
    signal.setitimer(signal.ITIMER_REAL, 0)
    return answer.startswith(PAINTED)


def _answer(paint, html: str, draft: bool) -> bytes:
    try:
        return PAINTED + paint(html, draft)
    except BaseException as error:  # noqa: BLE001 - a refusal by the fetcher is a BaseException
        return FAILED + f"{type(error).__name__}: {error}"[:500].encode()


def _limit(seconds: float, megabytes: int):
    """The kernel ends the worker when the job is at its limit, inside C code too; no Python is asked.

    Memory is the address space, what the fork shares included (some 400 megabytes). Processor time is counted
    from now. The limits are soft, for the next job has its own.
    """
    signal.setitimer(signal.ITIMER_REAL, seconds)
    used = resource.getrusage(resource.RUSAGE_SELF)
    _soft(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + seconds) + 2)
    _soft(resource.RLIMIT_AS, megabytes << 20)
    _soft(resource.RLIMIT_CORE, 0)


def _soft(kind: int, limit: int):
    resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
