"""Two years that the pages tell of: 2019 is published, 2020 is under way."""

import datetime

import pytest

from projects.models import Participation
from reports.models import Answer, ReportingYear, Submission
from tests import make

SECRET = "kanariefågeln i gruvan"
PUBLISHED, OPEN = ReportingYear.Status.PUBLISHED, ReportingYear.Status.OPEN


def report(year, unit, status, text, **fields):
    """A submission with an answer to the year's first question."""
    made = make.submission(year, unit, status, **fields)
    Answer.objects.create(submission=made, question=year.questions.first(), text=text)
    return made


@pytest.fixture
def esf(db):
    return make.fund()


@pytest.fixture
def published(miljo, kultur, esf):
    """2019: both have handed in, and the city has its memo."""
    year = make.year(2019, status=PUBLISHED)
    report(
        year,
        miljo,
        Submission.Status.APPROVED,
        "<p>Vi planterade träd.</p>",
        decided_on=datetime.date(2020, 1, 30),
    )
    make.submission(year, kultur, Submission.Status.NOT_RECEIVED)
    make.memo(year, miljo)
    make.memo(year)
    return year


@pytest.fixture
def under_way(miljo, kultur, esf):
    """2020: Miljö has a draft with a secret, Kultur has not begun; both are in one project."""
    year = make.year(2020, make.goal_set(2020), OPEN)
    report(year, miljo, Submission.Status.DRAFT, f"<p>Svar: {SECRET}.</p>")
    make.submission(year, kultur, Submission.Status.NOT_STARTED)
    trees = make.project("Gröna tak", "grona-tak", funded_by=esf)
    parted = make.participation(trees, miljo, Participation.Role.OWNER, paid={2020: 777_123})
    parted.payouts.update(comment=SECRET)
    make.participation(trees, kultur, paid={2020: 500})
    make.memo(year, miljo, summary=f"<p>Skrivelse: {SECRET}.</p>")
    make.memo(year, miljo, about=trees, summary=f"<p>Ansökan: {SECRET}.</p>")
    make.memo(year, summary=f"<p>Staden: {SECRET}.</p>")
    return year
