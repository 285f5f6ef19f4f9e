"""What is said in words agrees with the figures: sums in kronor, counts of projects, what projects have reached.

`reports.reading` reads every number and judges it. Here only contradictions are told: a number that nothing is
known of is left alone, and so is one that the author has declared his own.
"""

from functools import lru_cache

from reports.checks.case import Case
from reports.facts import AdministrationFact, Facts, GoalFact, SubmissionFact
from reports.models import Sector
from reports.reading import Known, Reading, State, known_of, readings
from reports.reading.numbers import KRONOR
from reports.reading.sums import unlike
from reports.rollup import roll_up


def check(case: Case):
    if not case.texts:
        return
    told = []
    found = _readings(tuple(text.html for text in case.texts), *_figures(case))
    for text, items in zip(case.texts, found, strict=True):
        for item in items:
            told.append((item, text))
            if item.state is State.CONTRADICTS:
                yield case.warning(
                    "tal-i-text" if item.unit == KRONOR else "antal-i-text",
                    item.sentence.replace("Här", f"I {text.name}", 1),
                    text.part,
                    text.field,
                    f"{text.part}:{text.field}:{_key(item.value)}:{_key(item.right)}",
                )
    yield from _sums(case, told)


def _key(value) -> str:
    """Without the decimals that a database may add."""
    return f"{value.normalize():f}"


def _sums(case, told):
    """As owner and as partner make another number than the whole that is told."""
    found = unlike(item for item, _ in told)
    if found:
        place = next(text for item, text in told if item is found.places[-1])
        yield case.warning(
            "delar-i-text",
            f"{found.sentence} Stäm av vilka projekt som räknas.",
            place.part,
            place.field,
            f"{found.owned}+{found.partnered}:{found.whole}",
        )


@lru_cache(maxsize=32)
def _readings(texts: tuple[str, ...], *figures) -> tuple[tuple[Reading, ...], ...]:
    """The numbers of each text. Those of the cases that were checked last are kept: a report is looked at many
    times between two changes."""
    known = _known(*figures)
    return tuple(tuple(readings(html, known)) for html in texts)


def known_in(case: Case) -> Known:
    """The figures that the report may rightly speak of: its administration's own."""
    return _known(*_figures(case))


def _figures(case) -> tuple:
    """What `_known` asks for."""
    code = case.administration.code
    parties = tuple((Sector(sector).label, count) for sector, count in case.partners.items())
    goals = case.submission.year.goal_set.goals.all()
    return (
        code,
        case.year,
        tuple(entry.fact for entry in case.every),
        tuple(
            AdministrationFact(item.code, item.name, item.board_name)
            for item in case.administrations
        ),
        tuple(GoalFact(goal.number, goal.name) for goal in goals),
        SubmissionFact(code, True, partners=parties),
        tuple((entry.project.slug, entry.names[1:]) for entry in case.every),
    )


def _known(code, year, parts, administrations, goals, submission, aliases) -> Known:
    facts = Facts(
        year=year,
        administrations=administrations,
        goals=goals,
        parts=parts,
        submissions=(submission,),
        reported_years=frozenset({year}),
    )
    return known_of(roll_up(facts, code), code, dict(aliases))
