"""Twenty at once: a year is made, changed and closed by one of them, and leaves one event."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from malmo_intl.models import Event
from reports.models import ReportingYear
from tests.at_once import at_once, database_on_file
from tests.reports.yearsetup import pages

pytestmark = pytest.mark.django_db(transaction=True)


def posted(person, address, data):
    """A deed for `at_once`: refused unless the answer leads on."""

    def deed(number):
        browser = Client()
        browser.force_login(person)
        if browser.post(address, data(number)).status_code != 302:
            raise ValidationError("refused")

    return deed


def test_the_same_year_is_made_once(last, sam, tmp_path):
    data = pages.new(2025)
    with database_on_file(tmp_path):
        done = at_once(posted(sam, "/redovisning/nytt/", lambda number: data))
        made = ReportingYear.objects.get(year=2025)
        assert done.count(True) == 1
        assert Event.objects.about(made).count() == 1
        assert (made.submissions.count(), made.questions.count()) == (3, 2)


def test_the_first_save_of_the_settings_wins_and_the_others_are_told(planned, sam, tmp_path):
    pairs = [pages.settings(2025, sista=f"2026-03-{day:02}") for day in range(1, 21)]
    with database_on_file(tmp_path):
        done = at_once(posted(sam, "/redovisning/2025/installningar/", pairs.__getitem__))
        assert done.count(True) == 1
        planned.refresh_from_db()
        assert planned.last_day.day == done.index(True) + 1
        assert Event.objects.about(planned).filter(verb__startswith="ändrade").count() == 1


def test_a_year_is_closed_once_with_everyone_marked_once(under_way, sam, tmp_path):
    with database_on_file(tmp_path):

        def close(number):
            ReportingYear.objects.get(pk=under_way.pk).close(by=sam)

        assert at_once(close).count(True) == 1
        assert Event.objects.about(under_way).filter(verb="stängde").count() == 1
        for submission in under_way.submissions.all():
            assert submission.status == "not_received"
            assert Event.objects.about(submission).count() == 1
