"""How well numbers and names in prose are read, measured on the five documents that were written by hand.

    SEEDS=/path/to/seeds FACTS=/path/to/facts python -m tests.reports.reading.measure

Writes docs/checked-figures.md. The documents are no part of this project: the table holds places
("003:90" is line 90 of document 003), figures and verdicts, and none of their sentences. FACTS holds the figures
that people have found in them, each with its place; without it, what is missed cannot be counted.
In a database of its own, unless DATABASE_URL names one that has the known years.
"""
# ruff: noqa: E402 (Django is set up before anything of ours is imported)

import json
import os
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

os.environ |= {"DJANGO_SETTINGS_MODULE": "malmo_intl.settings", "DEBUG": "true"}
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

import django

django.setup()

from django.core.management import call_command

from malmo_intl.formats import number
from malmo_intl.models import Administration
from projects.models import Project
from reports.collect import collect
from reports.management.commands.load_known_years import read_in
from reports.models import ReportingYear
from reports.reading import Reading, State, known_of, readings
from reports.reading.ascriptions import ascriptions
from reports.reading.repeated import repeated
from reports.reading.sums import unlike
from reports.reconciliation import Kind, reconcile
from reports.rollup import roll_up
from tests.reports.reading.sources import TOLD, pages, pieces

REPORT = Path(__file__).resolve().parents[3] / "docs" / "checked-figures.md"
# The document that is made of administrations' answers, where a passage may stand once.
OF_ANSWERS = "003"
# What is wrong in the documents and must be found → where, and how it is found.
EXPECTED = {
    "A2": ("000:76", "eight projects were paid, but one of the eight rows is 0 kronor"),
    "A3": ("000:68, 000:72, 000:76", "four owned and three as partner are not eight"),
    "A10": ("001:87–100", "the table by administration and the one by goal have different sums"),
    "A11": ("001:77", "an administration is counted and has no payout"),
    "A12": ("001:110–116", "administrations in named projects that are not in the count"),
    "C1": ("003:183–199", "a section stands twice"),
    "C6": ("003:90", "projects ascribed to an administration that is not in them"),
}
# What a less careful reader would raise, and is right.
TRAPS = {
    "A5": "a payout after the project's end, and a payout of 0",
    "A23": "results before the project has ended are no missed targets",
    "B12": "a project with only closing work in the year",
    "D10": "projects whose money is not the EU's",
}
# Keys of the facts that hold no figure of the text.
_NOT_FIGURES = {"year", "number", "line", "chapter", "question", "kf_goal_number", "toc_page", "chars", "count",
                "goals_count", "previous_year_eu_projects", "previous_year_paid_out", "footnotes"}  # fmt: skip
HEAD = """# Checked figures: how well prose is read

Written by `SEEDS=… FACTS=… python -m tests.reports.reading.measure` on the five documents that this system's
known years come from, read as text, against the rows of the known years. A place such as 003:90 is a
document and a line. The documents were written by hand before the system; their sentences are not kept here.

*Figures* are the numbers read; years, dates, ordinals, sections, diary numbers and numbers in names are left out.
*Agrees*: the rows say the same. *Unknown*: the rows know nothing of it, and nothing is said. *Contradicts* is
what an author is warned of. The rules were written with these documents at hand; the texts of the known years,
which were written anew, are another trial (`tests/reports/reading/test_known_years.py`). *Kept facts* are the figures that people have found in the document, of which *found*
are read with the same value on the same line.

| document | year | pages | figures | agrees | unknown | contradicts | kept facts | found | missed | falsely raised |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"""


@dataclass
class Told:
    """What is found in one document. `found`: anomaly → its places; `false`: what is raised and is right.
    `altered`: how many agreeing numbers were made wrong, by kind, and of how many that was said."""

    read: list[tuple[int, Reading]] = field(default_factory=list)
    found: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    altered: Counter = field(default_factory=Counter)
    false: list[str] = field(default_factory=list)


def main():
    if "SEEDS" not in os.environ:
        raise SystemExit("Say where the documents are: SEEDS=/path/to/seeds")
    seeds, facts = Path(os.environ["SEEDS"]), os.environ.get("FACTS")
    _prepare()
    told = {source: Told() for source in TOLD}
    aliases = {
        item.slug: [alias.name for alias in item.aliases.all()]
        for item in Project.objects.prefetch_related("aliases")
    }
    years = {
        year: roll_up(collect(ReportingYear.objects.get(year=year))) for year, _ in TOLD.values()
    }
    boards = dict(Administration.objects.values_list("board_name", "code"))
    for piece in pieces(seeds, boards):
        known = known_of(years[piece.year], piece.administration, aliases)
        _read(piece, known, told[piece.source])
        _alter(piece, known, told[piece.source].altered)
    _tables(years[2023], told["001"])
    kept = _facts(Path(facts)) if facts else {}
    lines = [HEAD, *(_row(source, item, kept, seeds) for source, item in told.items())]
    REPORT.write_text("\n".join([*lines, *_rest(told, kept, seeds)]) + "\n", "utf-8")
    print(REPORT.read_text("utf-8"))


def _prepare():
    call_command("migrate", verbosity=0)
    if not ReportingYear.objects.filter(year=2019).exists():
        read_in()


# --- Reading --------------------------------------------------------------------------------------


def _read(piece, known, told: Told):
    def place(block):
        return f"{piece.source}:{piece.lines[block]}"

    read = readings(piece.html, known)
    told.read += [(piece.lines[item.block], item) for item in read]
    for item in read:
        if item.state is State.CONTRADICTS:
            _raise(told, place(item.block), f"{item.text} against {item.right:f}", {"A2"})
    if found := unlike(read):
        places = ", ".join(dict.fromkeys(place(item.block) for item in found.places))
        _raise(told, places, f"{found.owned} + {found.partnered} against {found.whole}", {"A3"})
    for item in ascriptions(piece.html, known):
        _raise(
            told, place(item.block), f"{item.administration}: {', '.join(item.projects)}", {"C6"}
        )
    if piece.source == OF_ANSWERS:
        for item in repeated({piece.source: piece.html}):
            places = f"{place(item.first.block)} and {place(item.second.block)}"
            _raise(told, places, f"{len(item.first.words)} words", {"C1"})


def _alter(piece, known, altered):
    """Make each number that agrees wrong, one at a time, as a slip of the finger would: is it then said?"""
    for item in readings(piece.html, known):
        kind = "kronor" if item.unit == "kr" else "per cent" if item.unit == "%" else item.about
        kind = {"": "what projects have reached", "time": ""}.get(kind, kind)
        wrong = _wrong(item)
        if item.state is not State.AGREES or wrong is None:
            continue
        html = piece.altered(item.block, item.text, item.text.replace(*wrong, 1))
        if html is None:
            continue
        now = [other for other in readings(html, known) if other.block == item.block]
        said = any(other.state is State.CONTRADICTS and other.start == item.start for other in now)
        altered[kind, True] += said
        altered[kind, False] += not said


def _wrong(item) -> tuple[str, str] | None:
    """The second digit another; a word or a single digit one more."""
    digits = re.findall(r"\d", item.text)
    if not digits:
        after = {"två": "tre", "tre": "fyra", "fyra": "fem", "fem": "sex", "åtta": "nio"}
        return (item.text, after[item.text]) if item.text in after else None
    at = [index for index, letter in enumerate(item.text) if letter.isdigit()]
    place = at[min(1, len(at) - 1)]
    changed = str((int(item.text[place]) + 1) % 10)
    return item.text, item.text[:place] + changed + item.text[place + 1 :]


def _raise(told, place, what, anomalies):
    """Credit what was expected at the place; all else that is raised is false."""
    line = int(re.search(r":(\d+)", place)[1])
    for name in anomalies:
        source, *within = re.findall(
            r"\d+", EXPECTED[name][0].replace("000:", "").replace("003:", "")
        )
        lines = [int(source), *map(int, within)]
        if min(lines) <= line <= max(lines):
            told.found[name].append(f"{place} ({what})")
            return
    told.false.append(f"{place} ({what})")


def _tables(rollup, told: Told):
    """What the figures of a year tell against each other, beyond single numbers in prose."""
    by_kind = {Kind.UNLIKE_TOTALS: "A10", Kind.NOT_PAID: "A11", Kind.NOT_COUNTED: "A12"}
    for item in reconcile(rollup):
        if name := by_kind.get(item.kind):
            who = ", ".join(item.administrations) or "the year"
            told.found[name].append(who)


# --- What there was to find -----------------------------------------------------------------------


def _facts(folder: Path) -> dict[str, dict[int, list[Decimal]]]:
    """Document → line → figures that people have found there."""
    found: dict = defaultdict(lambda: defaultdict(list))
    for path in sorted(folder.glob("*.json")):
        _gather(json.loads(path.read_text("utf-8")), found)
    return found


def _gather(item, found):
    if isinstance(item, list):
        for part in item:
            _gather(part, found)
    if not isinstance(item, dict):
        return
    source = item.get("source")
    if (
        isinstance(source, dict)
        and source.get("doc") in TOLD
        and item.get("qualifier") != "inferred"
    ):
        for key, value in item.items():
            is_figure = isinstance(value, int | float) and not isinstance(value, bool)
            # Only figures that stand there: some facts are worked out from others.
            if is_figure and key not in _NOT_FIGURES and value not in (0, 1):
                times = 10**6 if item.get("unit") in ("mkr", "miljoner", "miljoner kronor") else 1
                found[source["doc"]][source["line"]].append(Decimal(str(value)) * times)
    for value in item.values():
        _gather(value, found)


def _missed(source, told, kept) -> tuple[int, list[str]]:
    """How many kept facts there are, and the places and values of those that are not read."""
    read = defaultdict(set)
    for line, item in told.read:
        read[line].add(item.value)
        read[line].update(Decimal(digits) for digits in re.findall(r"\d+", item.text))
    facts = [
        (line, value) for line, values in kept.get(source, {}).items() for value in set(values)
    ]
    missed = [
        f"{source}:{line} ({number(value)})"
        for line, value in sorted(facts)
        if value not in read[line]
    ]
    return len(facts), missed


# --- Writing --------------------------------------------------------------------------------------


def _row(source, told, kept, seeds) -> str:
    states = Counter(item.state for _, item in told.read)
    facts, missed = _missed(source, told, kept)
    cells = (
        source, TOLD[source][0], pages(seeds, source), len(told.read), states[State.AGREES],
        states[State.UNKNOWN], states[State.CONTRADICTS], facts, facts - len(missed), len(missed), len(told.false),
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def _rest(told, kept, seeds):
    yield from (
        "",
        "## What had to be found",
        "",
        "| | where | what | found |",
        "|---|---|---|---|",
    )
    for name, (where, what) in EXPECTED.items():
        found = [place for item in told.values() for place in item.found.get(name, ())]
        yield f"| {name} | {where} | {what} | {'; '.join(found) or '**missed**'} |"
    yield from ("", "## What must not be raised", "")
    yield "Each of these would be raised by a less careful reader; none is, unless it stands in the list below."
    yield from ("", *(f"- {name}: {what}" for name, what in TRAPS.items()))
    false = [place for item in told.values() for place in item.false]
    every = sum(pages(seeds, source) for source in told)
    yield from ("", "## Falsely raised", "")
    yield f"{len(false)} on {every} pages; the limit is one on ten pages."
    yield from ("", *(f"- {place}" for place in false))
    yield from _alterations(told)
    missed = [place for source, item in told.items() for place in _missed(source, item, kept)[1]]
    yield from (
        "## Missed",
        "",
        "Kept facts whose figure is not read on their line, with the value.",
        "",
    )
    yield from (f"- {place}" for place in missed)


_CALLED = {
    "owned": "projects owned",
    "partnered": "projects as partner",
    "projects": "projects in all",
    "with_money": "projects that were paid",
    "partners": "outside parties",
}


def _alterations(told):
    """What would be said if the documents were wrong."""
    kinds = sorted({kind for item in told.values() for kind, _ in item.altered})
    yield from ("", "## Made wrong", "")
    yield "Every number that agrees, with one digit another: of how many is it then said that they are wrong?"
    yield "What projects have reached is told in as many ways as there are projects, so there only a slip in three"
    yield "digits or more, beside the same noun, is spoken of."
    yield from ("", "| what | made wrong | said |", "|---|--:|--:|")
    for kind in kinds:
        said, silent = (
            sum(item.altered[kind, was] for item in told.values()) for was in (True, False)
        )
        yield f"| {_CALLED.get(kind, kind)} | {said + silent} | {said} |"
    yield ""


if __name__ == "__main__":
    main()
