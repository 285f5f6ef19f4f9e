"""Kill -9 of the worker at random moments: none or whole is published, and a new attempt succeeds.

Ten moments as a rule; `KILLS=50` in the environment for more. Always on a SQLite file of its own, with worker and
killer in two processes, as in production. On PostgreSQL what was not committed is as lost.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings

KILLS = int(os.environ.get("KILLS", "10"))


class Scene:
    """A database file with the small year in it, and workers that publish it (`scene.py`)."""

    def __init__(self, folder):
        self.fresh, self.file = folder / "fresh.sqlite3", folder / "site.sqlite3"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.reports.publishing.scene"],
            cwd=settings.BASE_DIR,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "malmo_intl.settings",
                "DATABASE_URL": f"sqlite:///{self.file}",
                "DEBUG": "true",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.tell("lay")
        shutil.copy(self.file, self.fresh)

    def start_anew(self):
        for leftover in self.file.parent.glob("site.sqlite3*"):
            leftover.unlink()
        shutil.copy(self.fresh, self.file)
        self.tell("ask")

    def tell(self, deed, **more):
        self.process.stdin.write(json.dumps({"deed": deed, "file": str(self.file), **more}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def publish(self, kill_after=None):
        """Start a worker; kill it so many seconds later, or let it finish."""
        worker = self.tell("run")["pid"]
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(worker, signal.SIGKILL)
        return self.tell("reap", pid=worker)["code"]


@pytest.fixture
def scene(tmp_path):
    made = Scene(tmp_path)
    yield made
    made.process.stdin.close()
    made.process.wait()
    made.process.stdout.close()


def test_a_killed_worker_publishes_nothing_or_everything(scene):
    scene.start_anew()
    began = time.monotonic()
    scene.publish()
    takes = time.monotonic() - began
    whole = scene.tell("look")
    assert (whole["status"], whole["events"]) == ("published", 1)
    assert whole["files"] == whole["publications"] * 4 > 0
    moments = random.Random(4)  # noqa: S311 - the same moments each time
    for _ in range(KILLS):
        scene.start_anew()
        scene.publish(kill_after=takes * moments.uniform(0, 1.1))
        left = scene.tell("look")
        if left["status"] != "published":
            nothing = {"publications": 0, "files": 0, "figures": 0, "events": 0, "sums": []}
            assert left == {**left, **nothing, "status": "closed"}
            assert left["attempt"] in ("waiting", "running")
            # The lost attempt is replaced, and the new one ends as the first one did.
            scene.tell("ask_later")
            scene.publish()
        assert scene.tell("look") == whole
