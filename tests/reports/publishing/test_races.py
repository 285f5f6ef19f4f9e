"""Twenty at once publish the same year: one winner, one event, no half state. On SQLite and PostgreSQL alike."""

import pytest
from django.utils import timezone

from malmo_intl.models import Event
from reports.models import Publication, PublicationFile, Publishing, ReportingYear
from reports.publishing import attempts, correcting
from tests.at_once import THREADS, at_once, database_on_file

Status = ReportingYear.Status


@pytest.fixture(autouse=True)
def on_file(permanent_db, tmp_path):
    with database_on_file(tmp_path):
        yield


def events(verb):
    return Event.objects.filter(verb=verb).count()


def test_twenty_publish_the_same_year(on_file, year, sam, quick):
    won = []

    def publish(number):
        mine = ReportingYear.objects.get(pk=year.pk)
        attempt, is_new = attempts.ask(mine, sam, "", timezone.now())
        if is_new:
            won.append(attempts.run(attempt.pk))

    at_once(publish)
    assert won == [True]
    year.refresh_from_db()
    assert year.status == Status.PUBLISHED
    assert events(ReportingYear.PUBLISHED_VERB) == 1
    assert list(Publishing.objects.values_list("status", flat=True)) == ["done"]
    assert (Publication.objects.count(), PublicationFile.objects.count()) == (5, 20)


def test_twenty_workers_take_up_the_same_attempt(on_file, year, sam, quick):
    attempt, _ = attempts.ask(year, sam, "", timezone.now())
    done = []
    at_once(lambda number: done.append(attempts.run(attempt.pk)))
    assert sorted(done) == [False] * (THREADS - 1) + [True]
    assert (Publication.objects.count(), PublicationFile.objects.count()) == (5, 20)
    assert events(ReportingYear.PUBLISHED_VERB) == 1


def test_twenty_begin_the_same_correction_and_twenty_give_it_up(on_file, year, sam, quick):
    attempt, _ = attempts.ask(year, sam, "", timezone.now())
    attempts.run(attempt.pk)
    for deed, verb, left in (
        (lambda mine: correcting.start(mine, sam, "Ett fel"), "började rätta", Status.CORRECTING),
        (lambda mine: correcting.stop(mine, sam), "avbröt rättelsen av", Status.PUBLISHED),
    ):
        done = at_once(lambda number, deed=deed: deed(ReportingYear.objects.get(pk=year.pk)))
        assert done.count(True) == events(verb) == 1
        year.refresh_from_db()
        assert year.status == left
