"""Server time of every page, at the size of the known years and at ten times that: `make bench`.

In a database of its own, with production's settings and without the network. Writes docs/bench.md.

`python -m tests.bench.pages REGEX` measures only the pages whose addresses hold the regular expression, in a
quarter of the time, and writes nothing down: `python -m tests.bench.pages 'laget|granska'`.
"""
# ruff: noqa: E402 (Django is set up before anything of ours is imported)

import datetime
import gc
import io
import itertools
import logging
import os
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from statistics import median

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "malmo_intl.settings",
    "DEBUG": "false",
    "SECRET_KEY": "only-for-measuring-" + "x" * 40,
    "ALLOWED_HOSTS": "localhost",
    "STATIC_ROOT": tempfile.mkdtemp(prefix="bench-"),
    "LOG_LEVEL": "ERROR",
}
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import override_settings, setup_databases
from django.urls import URLResolver, get_resolver

from funding.models import Payout
from malmo_intl.management.commands.make_demo_people import email
from malmo_intl.models import User
from projects.models import Participation
from reports.entry import carry
from reports.models import Answer, Submission
from tests.bench import report
from tests.bench.tenfold import multiply

REQUESTS = int(os.environ.get("REQUESTS", "15"))
KNOWN, TENFOLD = 100, 150  # milliseconds
PEOPLE = ("samordnare", "stadskontoret")
# What the places in an address may be filled in with: every combination is asked for.
VALUES = {
    "year": (2024, 2019),
    "administration": ("asf",),
    "project": ("malmokraften-2-0",),
    "slug": ("malmokraften-2-0",),
    "kind": ("samlad", "stad"),
    "key": (
        "projekt", "projekt/malmokraften-2-0", "utbetalningar", "mal", "parter", "aktiviteter",
        "fragor/1", "tjansteskrivelse",
    ),
}  # fmt: skip
# Addresses that ask for something, and files that are made: no page.
MORE = ("/projekt/?q=botildenborg", "/projekt/?administration=ASF&year=2019&role=owner")
NOT_PAGES = ("admin/", "konto/logga-ut/")  # the registers are Django's own


HEAD = """# Server time of every page

Written by `make bench` on {date}, {database}: the median of {requests} requests each, in milliseconds, with
production's settings and without the network. *Wall* is what a person waits for; *CPU* is this process
alone, which says more on a machine that others use too. Budget: {known} ms with the known years
(2018–2023 and an open 2024), {tenfold} ms with ten times their projects, participations, payouts, activities,
questions and answers: some 360 projects and 620 answers in one year, 80 projects of one administration. The
share is CPU time by budget; the worst stands first.

| page | as | wall | CPU | share | ×10 wall | CPU | share | queries |
|---|---|--:|--:|--:|--:|--:|--:|--:|"""


@dataclass(frozen=True)
class Timing:
    """Medians in milliseconds, as the clock on the wall has it and of this process alone; and queries."""

    wall: float
    cpu: float
    queries: int


def main(wanted=""):
    """Measure, print and write down. Returns the number of pages that are over the budget."""
    with override_settings(DEBUG=True):  # demo people are never made in production
        setup_databases(verbosity=0, interactive=False)
        fill()
    call_command("collectstatic", interactive=False, verbosity=0)
    logging.disable()  # what is no page to a person is meant to be asked for
    pages = [page for page in dict.fromkeys([*addresses(), *MORE]) if re.search(wanted, page)]
    known = measure(pages)
    multiply()
    tenfold = measure(pages)
    text = table(known, tenfold)
    print(text)
    if not wanted:
        report.write(text)
    return sum(over(known[page], tenfold[page]) > 1 for page in known)


def fill():
    """The known years, and an open year in which ASF has written something in every part."""
    for command in ("load_known_years", "make_demo_people", "make_demo_year"):
        call_command(command, stdout=io.StringIO())
    draft = Submission.objects.get(year__year=2024, administration__code="ASF")
    carry.begin(draft, None)
    before = Answer.objects.filter(question__number=1).exclude(text="")
    text = max((answer.text for answer in before), key=len)
    for question in draft.year.questions.all():
        Answer.objects.create(submission=draft, question=question, text=text)
    own = Participation.objects.filter(administration=draft.administration)
    for row in own.belonging_to(2024, Payout.objects.none()):
        Payout.objects.create(participation=row, year=2024, amount=250_000)


def addresses(patterns=None, before=""):
    """Every address of the product that can be filled in with VALUES. Prints those that cannot."""
    for pattern in patterns or get_resolver().url_patterns:
        route = before + str(pattern.pattern)
        if route.startswith(NOT_PAGES):
            continue
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
            continue
        places = re.findall(r"<(?:\w+:)?(\w+)>", route)
        if not set(places) <= VALUES.keys():
            print("not measured:", route, file=sys.stderr)
            continue
        for values in itertools.product(*(VALUES[place] for place in places)):
            yield "/" + re.sub(r"<[^>]*>", "{}", route).format(*values)


def measure(pages) -> dict[tuple[str, str], Timing]:
    """(who, address) → what it took, for every address that is a page to that person."""
    gc.collect()
    gc.freeze()  # as malmo_intl/wsgi.py does
    return {
        (who, page): timing
        for who, client in ((who, log_in(who)) for who in PEOPLE)
        for page in pages
        if (timing := ask(client, page))
    }


def log_in(who) -> Client:
    client = Client(headers={"accept-encoding": "gzip", "host": "localhost"})
    client.force_login(User.objects.get(email=email(who)))
    return client


def ask(client, page) -> Timing | None:
    """None for what is no page: a file, a way onwards, or nothing for this person."""
    queries = []
    with connection.execute_wrapper(lambda run, *sql: queries.append(sql) or run(*sql)):
        answer = client.get(page, secure=True)
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
        return None
    client.get(page, secure=True)
    wall, cpu = [], []
    for _ in range(REQUESTS):
        began, worked = time.perf_counter(), time.process_time()
        client.get(page, secure=True)
        wall.append(time.perf_counter() - began)
        cpu.append(time.process_time() - worked)
    return Timing(median(wall) * 1000, median(cpu) * 1000, len(queries))


def over(known, tenfold) -> float:
    """The larger share of the two budgets."""
    return max(known.cpu / KNOWN, tenfold.cpu / TENFOLD)


def table(known, tenfold) -> str:
    lines = [
        HEAD.format(
            date=datetime.date.today(),
            database=connection.vendor,
            requests=REQUESTS,
            known=KNOWN,
            tenfold=TENFOLD,
        )
    ]
    shares = {page: over(known[page], tenfold[page]) for page in known if page in tenfold}
    for who, page in sorted(shares, key=shares.get, reverse=True):
        few, many = known[who, page], tenfold[who, page]
        lines.append(
            f"| `{page}` | {who} | {few.wall:.0f} | {few.cpu:.0f} | {few.cpu / KNOWN:.2f} "
            f"| {many.wall:.0f} | {many.cpu:.0f} | {many.cpu / TENFOLD:.2f} "
            f"| {few.queries} → {many.queries} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(*sys.argv[1:])
