"""Facts for tests of figures, from small functions. No database."""

import datetime
from decimal import Decimal

from reports.facts import (
    AdministrationFact,
    AnswerFact,
    Facts,
    FundFact,
    GoalFact,
    GrantFact,
    Part,
    PayoutFact,
    ProjectFact,
    QuestionFact,
    SubmissionFact,
)

ESF = FundFact("ESF", "Europeiska socialfonden", True)
ERUF = FundFact("ERUF", "Europeiska regionala utvecklingsfonden", True)
FINSAM = FundFact("FINSAM", "Finsam Malmö", False)
YEAR = 2019


def part(
    project, administration="MF", paid=None, *, owner=False, funds=(ESF,), shares=(), **fields
):
    """A participation under way in YEAR. `paid`: kronor, as text or number; None means no row."""
    fields.setdefault("starts_on", day(YEAR, 1, 1))
    fields.setdefault("ends_on", day(YEAR, 12, 31))
    payouts = fields.pop("payouts", None)
    if payouts is None:
        payouts = () if paid is None else (PayoutFact(YEAR, Decimal(paid)),)
    return Part(
        project=ProjectFact(
            slug=project.lower(), name=project, grants=tuple(GrantFact(fund) for fund in funds)
        ),
        administration=administration,
        is_owner=owner,
        payouts=payouts,
        shares=tuple((goal, Decimal(share)) for goal, share in shares),
        **fields,
    )


def day(year, month, number):
    return datetime.date(year, month, number)


def facts(*parts, goals=("Arbete", "Miljö"), administrations=("MF", "KULF"), **fields):
    return Facts(
        year=YEAR,
        administrations=tuple(
            AdministrationFact(code, f"Förvaltning {code}", f"Nämnd {code}")
            for code in administrations
        ),
        goals=tuple(GoalFact(number, name) for number, name in enumerate(goals, start=1)),
        parts=parts,
        reported_years=frozenset({YEAR}),
        **fields,
    )


def submission(code="MF", *, received=True, answers=(), **fields):
    return SubmissionFact(
        code, received, answers=tuple(AnswerFact(*answer) for answer in answers), **fields
    )


def questions(number):
    return tuple(QuestionFact(index, f"Fråga {index}?") for index in range(1, number + 1))
