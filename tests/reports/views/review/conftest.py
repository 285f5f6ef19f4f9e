"""A report of Miljö for 2024, handed in, with one for 2023 to lay beside it."""

import pytest

from projects.models import Participation
from reports import review
from reports.entry import parts
from reports.models import Activity, Answer, Part, PartnerCount, Submission
from tests import make

PAGE = "/redovisning/2024/mf/granskning/"
NOW = "2025-01-20T10:00:00+01:00"
Status = Submission.Status


@pytest.fixture
def goals(db):
    return make.goal_set(2023, 2026)


@pytest.fixture
def last_year(goals, miljo):
    year = make.year(2023, goals, status="published")
    made = make.submission(year, miljo, Status.APPROVED)
    Answer.objects.create(
        submission=made, question=year.questions.get(), text="<p>Vi planterade fem träd.</p>"
    )
    PartnerCount.objects.create(submission=made, sector="public", count=10)
    make.memo(year, miljo, summary="<p>Gammal sammanfattning.</p>")
    return made


@pytest.fixture
def year(goals, last_year):
    made = make.year(2024, goals)
    made.questions.update(continues=last_year.year.questions.get())
    return made


@pytest.fixture
def handed_in(year, miljo, rut):
    """Handed in: an EU project with more money than last year, an answer that is changed."""
    made = make.submission(year, miljo, Status.SUBMITTED)
    Answer.objects.create(
        submission=made, question=year.questions.get(), text="<p>Vi planterade sju träd.</p>"
    )
    PartnerCount.objects.create(submission=made, sector="public", count=12)
    Activity.objects.create(submission=made, kind="fair", title="Jobbmässa", position=1)
    trees = make.project("Gröna tak", "grona-tak", funded_by=make.fund())
    row = make.participation(
        trees, miljo, Participation.Role.OWNER, paid={2023: 100_000, 2024: 112_000}
    )
    row.allocations.create(goal=year.goal_set.goals.first(), share=100)
    make.memo(year, miljo, summary="<p>Ny sammanfattning.</p>")
    for task in parts.tasks(made):
        Part.objects.create(
            submission=made, key=task.key, status="done", saved_by=rut, saved_at=NOW
        )
    return made


@pytest.fixture
def opened(handed_in, sam):
    handed_in.open_review(sam, NOW)
    return handed_in


@pytest.fixture
def commented(opened, sam):
    review.comment(opened, "utbetalningar", "Beloppet stämmer inte.", sam, NOW)
    return opened


@pytest.fixture
def press(client, sam, django_capture_on_commit_callbacks):
    """press(gor, **fields) → the page that follows, with what is committed carried out."""

    def press(gor, person=sam, follow=True, **fields):
        client.force_login(person)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(PAGE, {"gor": gor, **fields}, follow=follow)

    return press
