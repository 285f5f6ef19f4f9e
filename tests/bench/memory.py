"""The memory of the processes that this one has started, while something is done."""

import os
import threading
from contextlib import contextmanager
from pathlib import Path

EVERY = 0.05  # seconds


class Peak:
    megabytes = 0.0


@contextmanager
def peak():
    """The largest sum seen of all processes below this one; what several of them share counts once (PSS)."""
    found, done = Peak(), threading.Event()

    def watch():
        while not done.wait(EVERY):
            found.megabytes = max(found.megabytes, sum(map(_pss, _below(os.getpid()))))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield found
    finally:
        done.set()
        watching.join()


def _below(root: int) -> list[int]:
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:  # it has just ended
            continue
    found, waiting = [], [root]
    while waiting:
        children = [pid for pid, parent in parents.items() if parent == waiting[0]]
        found += children
        waiting = waiting[1:] + children
    return found


def _pss(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000
