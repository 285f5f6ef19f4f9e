"""A process that starts workers for the test that kills them: Django is read once, each deed is a fork.

It reads orders as lines of JSON: a deed and the database file it is for. `run` answers at once with the worker's
number; `reap` waits for it. The PDF is painted in the worker itself: the painting process holds nothing.
"""

import datetime
import io
import json
import os
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - after the setup
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from malmo_intl.models import Event, Role, User  # noqa: E402
from reports.models import (  # noqa: E402
    Publication,
    PublicationFile,
    PublishedFigure,
    Publishing,
    ReportingYear,
    Submission,
)
from reports.publishing import attempts  # noqa: E402
from reports.renderers import docx, pdf, pdf_paint, xlsx  # noqa: E402, F401 - read once
from tests import make  # noqa: E402


def lay():
    """The smallest year there is: one administration, which never came."""
    call_command("migrate", verbosity=0, stdout=io.StringIO())
    office = make.administration("STK", "Stadskontoret", "Kommunstyrelsen")
    make.person("Sam", office, Role.CITY_OFFICE)
    year = make.year(2024, status=ReportingYear.Status.CLOSED, questions=())
    make.submission(year, office, Submission.Status.NOT_RECEIVED)
    return {}


def ask(now=None):
    found = ReportingYear.objects.get()
    attempt, _ = attempts.ask(found, User.objects.get(), "", now or timezone.now())
    return {"attempt": attempt.pk}


def ask_later():
    """When the lost attempt has been silent for long."""
    return ask(timezone.now() + attempts.silent_after() + datetime.timedelta(seconds=1))


def look():
    return {
        "status": ReportingYear.objects.get().status,
        "attempt": Publishing.objects.first().status,
        "publications": Publication.objects.count(),
        "files": PublicationFile.objects.count(),
        "figures": PublishedFigure.objects.exclude(publication=None).count(),
        "events": Event.objects.filter(verb=ReportingYear.PUBLISHED_VERB).count(),
        "sums": sorted(PublicationFile.objects.values_list("sha256", flat=True)),
    }


def run():
    attempts.run(Publishing.objects.first().pk)


DEEDS = {"lay": lay, "ask": ask, "ask_later": ask_later, "look": look, "run": run}


def answer(said):
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def obey(order):
    if order["deed"] == "reap":
        answer({"code": os.waitpid(order["pid"], 0)[1]})
        return
    worker = os.fork()
    if worker == 0:
        try:
            connection.settings_dict["NAME"] = order["file"]
            said = DEEDS[order["deed"]]()
            if said is not None:
                answer(said)
        finally:
            os._exit(0)
    if order["deed"] == "run":
        answer({"pid": worker})
    else:
        os.waitpid(worker, 0)


if __name__ == "__main__":
    pdf.render = pdf.draw
    pdf_paint.prepare()
    for line in sys.stdin:
        obey(json.loads(line))
