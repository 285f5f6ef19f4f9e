"""2024 is published, with two questions and mails; 2025 is made from it and planned."""

import datetime

import pytest

from reports import newyear
from reports.models import MailText, ReportingYear
from tests import make


@pytest.fixture
def last(miljo, kultur, office):
    year = make.year(
        2024, make.goal_set(2024), ReportingYear.Status.PUBLISHED,
        questions=("Vad har ni gjort?", "Vad blev bättre?"),
    )  # fmt: skip
    make.submission(year, miljo, "approved")
    MailText.objects.create(
        year=year, kind="opened", subject="Nu kör vi", body="Hej {förvaltning}!"
    )
    return year


@pytest.fixture
def planned(last):
    return newyear.prepare(
        2025,
        opens_on=datetime.date(2026, 1, 7),
        last_day=datetime.date(2026, 2, 13),
        council_on=datetime.date(2026, 5, 28),
    )


@pytest.fixture
def under_way(planned):
    planned.open(by=None)
    return planned
