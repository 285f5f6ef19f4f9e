"""How fast documents become PDF files, beside other engines: `make bench WHAT=documents`.

On the consolidated report of the known years, on one ten times as long, and on thirteen memos. All in one run,
for only what is measured on the same machine in the same minutes can be compared. Writes docs/bench.md.
"""

import datetime
import logging
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count, cycle, islice, repeat
from pathlib import Path
from statistics import median

from tests.bench.pages import fill, log_in  # first of all: sets Django up

# isort: split
from django.conf import settings
from django.core.management import call_command
from django.test.utils import override_settings, setup_databases
from django.utils import timezone

from reports import documents
from reports.collect import collect
from reports.compose import administration as administration_memo
from reports.document import Document, Prose, Section, to_data
from reports.models import Publication, PublicationFile, ReportingYear
from reports.models.publication import DocumentKind
from reports.renderers import pdf, pdf_chapters, preview
from reports.rollup import roll_up
from tests.bench import engines, memory, report
from tests.bench.tenfold import multiply

RUNS = int(os.environ.get("RUNS", "5"))
YEAR = 2019  # the fullest of the known years
PLAIN = "plain WeasyPrint"
MEMOS = 13
SHORT = ("FRIF", "HVOF", "SEF")  # their memos have three pages

HEAD = """# Documents as PDF

Written by `make bench` on {date}, {cores} cores: medians of {runs} runs, in milliseconds of the clock; the report
ten times as long is drawn once. *Ours* is one file that is PDF/UA-1 and PDF/A-3a, tagged, with its data inside
as Excel and JSON. *Plain* is WeasyPrint on the same HTML without any of that, and the others are without it too:
Chromium prints the same HTML from a running browser, LibreOffice turns the Word file into PDF once started.
Share: of plain WeasyPrint's time. Memory: the most that all processes of the drawing held at once, in megabytes.
"""


def main():
    with override_settings(DEBUG=True):  # demo people are never made in production
        setup_databases(verbosity=0, interactive=False)
        fill()
    call_command("collectstatic", interactive=False, verbosity=0)
    logging.disable()
    year = ReportingYear.objects.get(year=YEAR)
    known = documents.consolidated_report(year)
    memos = {"as full as those of 2019": _memos(year), "of three pages": _memos(year, SHORT)}
    with tempfile.TemporaryDirectory() as folder:
        settings.RENDER_CACHE = folder
        settings.RENDER_SECONDS, settings.RENDER_MEGABYTES = 1200, 8192
        small = measure(known, RUNS)
        lines = [line for what, some in memos.items() for line in _memo_lines(what, some)]
        lines += _published_lines(year, known)
        multiply()
        large = measure(documents.consolidated_report(year), 1)
    text = table(small, large, lines)
    print(text)
    report.write(text)


# --- Reports -------------------------------------------------------------------------------------


def measure(document: Document, runs: int) -> dict[str, tuple[float, float]]:
    """(milliseconds, megabytes) by way."""
    found = {}

    def take(way, draw, times=runs, before=lambda: None):
        found[way] = _taken(way, draw, times, before)

    def preview_of(documents):
        return lambda: preview.render(next(documents), "pdf")

    take(PLAIN, lambda: engines.plain(document))
    pdf.warm_up()
    pdf.render(replace(document, sections=document.sections[:1]))
    take("ours, whole, as published", lambda: pdf.render(document))
    take("ours, by chapters, from nothing", preview_of(repeat(document)), before=_forget)
    take("ours, after an edit in one chapter", preview_of(_edits(document)), max(4, 2 * runs))
    take("ours, unchanged", preview_of(repeat(document)), max(5, runs))
    pdf._painter.stop()
    with engines.chromium() as draw:
        draw(document)
        take("Chromium", lambda: draw(document))
    with memory.peak() as most:
        seconds = engines.libreoffice(document, min(runs, 3))
    found["LibreOffice"] = (seconds * 1000, most.megabytes)
    print(f"LibreOffice: {seconds * 1000:.0f} ms", file=sys.stderr, flush=True)
    return found


def _taken(what: str, draw, runs: int, before=lambda: None) -> tuple[float, float]:
    """Medians. The memory is that of the first run, which is timed only if there is no other."""
    taken = []
    with memory.peak() as most:
        taken.append(_clocked(draw, before))
    if runs > 1:
        taken = [_clocked(draw, before) for _ in range(runs)]
    found = median(taken) * 1000, most.megabytes
    print(f"{what}: {found[0]:.0f} ms, {found[1]:.0f} MB", file=sys.stderr, flush=True)
    return found


def _clocked(draw, before=lambda: None) -> float:
    before()
    began = time.perf_counter()
    draw()
    return time.perf_counter() - began


def _forget():
    for file in Path(settings.RENDER_CACHE).iterdir():
        file.unlink()


def _edits(document: Document):
    """The document with a sentence more in one chapter after the other: not in the figures or the appendix."""
    for number in count():
        at = 1 + number % (len(document.sections) - 2)
        sections = list(document.sections)
        sections[at] = _longer(sections[at], f"<p>En mening till, nummer {number}.</p>")
        yield replace(document, sections=tuple(sections))


def _longer(section: Section, text: str) -> Section:
    if section.sections:
        first, *rest = section.sections
        return replace(section, sections=(_longer(first, text), *rest))
    return replace(section, blocks=(*section.blocks, Prose(text)))


# --- Memos, and what is published ------------------------------------------------------------------


def _memos(year: ReportingYear, codes=()) -> list[Document]:
    """What every administration of the year, or those with `codes`, would have as its memo, with all that it has
    reported; as many as there are administrations in the city."""
    found = [
        administration_memo.compose(
            roll_up(collect(year, drafts_of=row.administration), row.administration.code),
            documents.unwritten_memo(year),
            row.administration.code,
        )
        for row in year.submissions.select_related("administration")
        if not codes or row.administration.code in codes
    ]
    return list(islice(cycle(found), MEMOS))


def _memo_lines(what: str, memos: list[Document]) -> list[str]:
    pdf.warm_up()
    pdf.render(memos[0])

    def ours():
        with ThreadPoolExecutor(pdf_chapters.WORKERS) as threads:
            list(threads.map(pdf.render, memos))

    def plain():
        for memo in memos:
            engines.plain(memo)

    ways = {"ours": (ours, RUNS), f"{PLAIN}, one after the other": (plain, 1)}
    lines = []
    for way, (draw, runs) in ways.items():
        took, most = _taken(f"{len(memos)} memos {what}, {way}", draw, runs)
        lines.append(
            f"* {len(memos)} memos {what}, {way}: {took:.0f} ms, {len(memos) * 1000 / took:.1f} a second, "
            f"{most:.0f} MB"
        )
    pdf._painter.stop()
    return lines


def _published_lines(year: ReportingYear, document: Document) -> list[str]:
    """Time until the first byte of a published file, for one who asks for the first time."""
    content = pdf.render(document)
    publication = Publication.objects.create(
        kind=DocumentKind.CONSOLIDATED,
        year=year,
        version=9,
        reason="Mätning",
        data=to_data(document),
        sha256="0" * 64,
        published_at=timezone.now(),
        published_by_name="-",
    )
    PublicationFile.objects.create(
        publication=publication,
        format="pdf",
        content=content,
        sha256="0" * 64,
        engine="-",
        template="-",
    )
    client = log_in("stadskontoret")
    taken = []
    for _ in range(RUNS * 5):
        began = time.perf_counter()
        answer = client.get(publication.file_url("pdf"), secure=True)
        taken.append(time.perf_counter() - began)
    assert answer.status_code == 200
    return [
        f"* Time to the first byte of a published PDF ({len(content) / 1000:.0f} kB): "
        f"{median(taken) * 1000:.0f} ms"
    ]


# --- Written down ----------------------------------------------------------------------------------


def table(small, large, lines: list[str]) -> str:
    rows = [
        HEAD.format(date=datetime.date.today(), cores=pdf_chapters.WORKERS, runs=RUNS),
        "| way | ms | share | MB | ×10 ms | share | MB |",
        "|---|--:|--:|--:|--:|--:|--:|",
    ]
    rows += [f"| {way} | {_cells(small, way)} | {_cells(large, way)} |" for way in small]
    return "\n".join([*rows, "", *lines]) + "\n"


def _cells(found, way: str) -> str:
    taken, most = found[way]
    return f"{taken:.0f} | {taken / found[PLAIN][0]:.2f} | {most:.0f}"


if __name__ == "__main__":
    main()
