"""Another machine on another day: draws the documents of a file again, as `python -m … DATA FOLDER DAYS`.

Its clock goes DAYS wrong before anything else is read. DATA is a JSON list of documents as data; in FOLDER it
leaves a file for each of them and each format: "0.pdf", "0.docx" and so on.
"""

import datetime
import sys
import time

DATA, FOLDER, DAYS = sys.argv[1], sys.argv[2], int(sys.argv[3])
WRONG = datetime.timedelta(days=DAYS, hours=5, seconds=7)
_time, _localtime, _gmtime = time.time, time.localtime, time.gmtime


class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + WRONG

    @classmethod
    def utcnow(cls):
        return super().now(datetime.UTC).replace(tzinfo=None) + WRONG


time.time = lambda: _time() + WRONG.total_seconds()
time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)
datetime.datetime = Later  # a date takes today from time.time

import json  # noqa: E402 - after the clock
from pathlib import Path  # noqa: E402

import django  # noqa: E402

django.setup()

from reports.document import from_data  # noqa: E402
from reports.publishing import files  # noqa: E402
from reports.renderers import pdf  # noqa: E402

# Here, where the clock and the hash seed are wrong, instead of in a painting process of its own.
pdf.render = pdf.draw
for number, data in enumerate(json.loads(Path(DATA).read_bytes())):
    document = from_data(data)
    for suffix in files.FORMATS:
        Path(FOLDER, f"{number}.{suffix}").write_bytes(files.make(document, suffix).content)
