"""The year 2024, closed: Miljö has handed in and its nämnd has decided, Kultur never came."""

import datetime

import pytest
from django.utils import timezone

from malmo_intl.models import Event
from projects.models import Participation
from reports.models import Answer, Publishing, ReportingYear, Submission
from reports.models.submission import Verb
from reports.publishing import attempts, files
from tests import make

CHECKSUM = "ab" * 32
NOW = datetime.datetime(2025, 5, 6, 7, 8, tzinfo=datetime.UTC)
Status = ReportingYear.Status


def closed_year(miljo, kultur, number=2024):
    year = make.year(number, status=Status.CLOSED)
    handed_in(year, miljo)
    make.submission(year, kultur, Submission.Status.NOT_RECEIVED)
    project = make.project("Rebus", funded_by=make.fund())
    make.participation(project, miljo, Participation.Role.OWNER, paid={number: 4711})
    make.memo(year, miljo)
    make.memo(year)
    make.memo(year, miljo, project)
    return year


def handed_in(year, unit):
    made = make.submission(
        year,
        unit,
        Submission.Status.APPROVED,
        decided_on=datetime.date(2025, 1, 30),
        decision_paragraph="12",
    )
    Answer.objects.create(
        submission=made, question=year.questions.first(), text="<p>Vi planterade träd.</p>"
    )
    Event.objects.create(
        at=NOW,
        verb=Verb.SUBMITTED,
        subject=made,
        subject_name=str(made),
        by_name="Rut",
        administration=unit,
        comment=f"Kontrollsumma {CHECKSUM}",
    )
    return made


@pytest.fixture
def year(miljo, kultur):
    return closed_year(miljo, kultur)


@pytest.fixture
def quick(monkeypatch):
    """Files that take no time: what they hold is tried elsewhere."""

    def make_quickly(document, suffix):
        content = f"{document.identity} v{document.version} {suffix}".encode()
        return files.Made(suffix, content)

    monkeypatch.setattr(files, "make", make_quickly)


def publish(year, by, reason="") -> Publishing:
    """Ask and do it, as the page does. The attempt as it ended."""
    attempt, _ = attempts.ask(year, by, reason, timezone.now())
    attempts.run(attempt.pk)
    attempt.refresh_from_db()
    year.refresh_from_db()
    return attempt
