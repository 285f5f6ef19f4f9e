"""Twenty at once: one winner, one Event, no half state. On SQLite and PostgreSQL alike."""

import pytest
from django.utils import timezone

from malmo_intl.models import Event
from reports import review
from reports.models import Comment, Letter, Part, Submission
from tests import make
from tests.at_once import at_once, database_on_file

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def on_file(transactional_db, tmp_path):
    with database_on_file(tmp_path):
        yield


@pytest.fixture
def opened(on_file, miljo, rut, sam):
    made = make.submission(make.year(2024), miljo, "submitted", review_opened_at=timezone.now())
    Part.objects.create(submission=made, key="parter", status="done")
    return made


def test_one_of_those_who_approve_and_return_wins(opened, sam):
    def deed(number):
        submission = Submission.objects.select_related("year", "administration").get(pk=opened.pk)
        if number % 2:
            review.approve(submission, sam, "http://localhost/")
        else:
            review.send_back(submission, sam, "Rätta.", timezone.now(), "http://localhost/")

    assert sum(at_once(deed)) == 1
    opened.refresh_from_db()
    assert opened.status in ("approved", "returned")
    assert Event.objects.about(opened).count() == 1
    assert Letter.objects.count() == 1


def test_a_return_takes_its_comments_along_once(opened, sam):
    Comment.objects.create(submission=opened, key="parter", text="Räkna om.", by_name="Sam")

    def deed(number):
        submission = Submission.objects.select_related("year", "administration").get(pk=opened.pk)
        review.send_back(submission, sam, "", timezone.now(), "http://localhost/")

    assert sum(at_once(deed)) == 1
    assert Event.objects.about(opened).count() == 1
    assert Comment.objects.sent().count() == 1
    assert Part.objects.get().status == Part.Status.INCOMPLETE


def test_a_question_is_asked_once(opened, sam):
    asked = []

    def deed(number):
        asked.extend(review.ask([opened], "projekt", None, "Är det ert?", sam, timezone.now()))

    at_once(deed)
    assert len(asked) == Comment.objects.count() == Event.objects.about(opened).count() == 1
