"""A small year to read texts against: Miljö with four projects, and Kultur with one of them and one more."""

import datetime
from decimal import Decimal

from malmo_intl.formats import Amount
from reports.facts import (
    AdministrationFact,
    Facts,
    FundFact,
    GoalFact,
    GrantFact,
    MeasureFact,
    Part,
    PayoutFact,
    ProjectFact,
    PublishedFact,
    SubmissionFact,
)
from reports.reading import Known, Reading, State, known_of, readings
from reports.rollup import Rollup, roll_up

ESF = FundFact("ESF", "Europeiska socialfonden (ESF)", True)
FORTE = FundFact("Forte", "Forte", False)
UNITS = (
    AdministrationFact("MF", "Miljöförvaltningen", "Miljönämnden"),
    AdministrationFact("KULF", "Kulturförvaltningen", "Kulturnämnden"),
)
MEASURES = (
    MeasureFact(True, "Deltagare", Decimal(200), "personer"),
    MeasureFact(False, "Deltagare", Decimal(117), "personer"),
    MeasureFact(False, "Gick vidare till arbete", Decimal(40), "procent"),
)


def project(name, fund=ESF, measures=(), ends=None, **grant):
    return ProjectFact(
        name.lower().replace(" ", "-"),
        name,
        starts_on=datetime.date(2023, 1, 1),
        ends_on=ends,
        grants=(GrantFact(fund, **grant),),
        measures=measures,
    )


REBUS = project("Rebus", measures=MEASURES, budget=Amount(Decimal(12_500_000)))
ENDED = project("Vägen in", ends=datetime.date(2023, 11, 30))
ZERO = project("Trygga gator")
STUDY = project("Studien", FORTE)
STAGE = project("Scenen 2.0")
PARTS = (
    Part(REBUS, "MF", True, payouts=(PayoutFact(2024, Decimal(4_000_000)),)),
    Part(ENDED, "MF", True, payouts=(PayoutFact(2024, Decimal(29_253)),)),
    Part(ZERO, "MF", payouts=(PayoutFact(2024, Decimal(0)),)),
    Part(STUDY, "MF"),
    Part(STAGE, "KULF", True, payouts=(PayoutFact(2024, Decimal(1_680_158)),)),
    Part(ZERO, "KULF", True),
)


def rollup(code="", **facts) -> Rollup:
    made = {
        "year": 2024,
        "administrations": UNITS,
        "goals": (GoalFact(1, "Utbildning och arbete"),),
        "parts": PARTS,
        "submissions": (SubmissionFact("MF", True, partners=(("Offentlig", 17), ("Privat", 14))),),
        "reported_years": frozenset({2024}),
    }
    return roll_up(Facts(**{**made, **facts}), code)


def printed(*figures, year=2023) -> tuple[PublishedFact, ...]:
    """(name, value, caution, step)"""
    return tuple(
        PublishedFact(year, name, Amount(Decimal(value), *rough)) for name, value, *rough in figures
    )


def known(code="MF", **facts) -> Known:
    return known_of(rollup(code, **facts), code)


def read(sentence, against: Known | None = None) -> list[Reading]:
    return readings(f"<p>{sentence}</p>", against or known())


def the_one(sentence, against: Known | None = None) -> Reading:
    (found,) = read(sentence, against)
    return found


def wrong(sentence, against: Known | None = None) -> list[str]:
    """The sentences for what contradicts."""
    return [item.sentence for item in read(sentence, against) if item.state is State.CONTRADICTS]
