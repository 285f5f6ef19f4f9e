"""Reminders that go by themselves: on the right days, to the right ones, once; and the command for cron."""

import datetime
import io

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from malmo_intl.models import Event, Role
from reports import reminding
from reports.models import Letter, ReportingYear, Submission
from tests import make
from tests.at_once import at_once, database_on_file

LAST = datetime.date(2025, 3, 15)
SITE = "https://internationellt.malmo.se"
Status = Submission.Status


def day(number):
    """So many days after the last day; before it when negative."""
    return LAST + datetime.timedelta(days=number)


@pytest.fixture
def year(db):
    made = make.year(2024)
    made.last_day = LAST
    made.save()
    for kind, days in (("before", "14, 3"), ("after", "1, 7")):
        made.mail_texts.create(kind=kind, subject=f"{{år}} {kind}", body="{länk}", days=days)
    return made


@pytest.fixture
def draft(year, miljo, rut):
    return make.submission(year, miljo)


@pytest.fixture
def cron(settings, django_capture_on_commit_callbacks):
    """cron(date) → what the command says."""
    settings.SITE_URL = SITE

    def run(date, *arguments):
        said = io.StringIO()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("remind", *arguments, date=date, stdout=said, stderr=said)
        return said.getvalue()

    return run


@pytest.mark.parametrize(
    ("number", "kind"), [(-14, "before"), (-3, "before"), (1, "after"), (7, "after")]
)
def test_a_reminder_goes_on_its_days(cron, draft, rut, number, kind):
    assert "2024: påminde miljöförvaltningen: rut@exempel.malmo.se." in cron(day(number))
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([rut.email], f"2024 {kind}")
    assert sent.body == f"{SITE}/redovisning/2024/mf/"
    letter = Letter.objects.get()
    assert (letter.kind, letter.automatic_on, letter.by_name) == (
        kind,
        day(number),
        "Stadskontoret",
    )
    assert letter.sent_at
    event = Event.objects.get(verb=reminding.REMINDED)
    assert (event.by_name, event.administration) == ("systemet", draft.administration)
    assert event.comment == f"2024 {kind}. Till Rut."


@pytest.mark.parametrize("number", [-15, -13, -7, -1, 0, 2, 3, 14])
def test_and_on_no_other_day(cron, draft, number):
    assert f"2024: ingen påminnelse går {day(number)}." in cron(day(number))
    assert mail.outbox == []


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.APPROVED, Status.NOT_RECEIVED])
def test_who_has_handed_in_is_left_in_peace(cron, draft, status):
    Submission.objects.update(status=status)
    cron(day(1))
    assert mail.outbox == []


@pytest.mark.parametrize("status", [Status.NOT_STARTED, Status.READY, Status.RETURNED])
def test_who_has_not_is_reminded(cron, draft, status):
    Submission.objects.update(status=status)
    cron(day(1))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "status", [s for s in ReportingYear.Status if s != ReportingYear.Status.OPEN]
)
def test_only_open_years_remind(cron, draft, status):
    ReportingYear.objects.update(status=status)
    cron(day(1))
    assert mail.outbox == []


def test_a_year_without_texts_or_last_day_reminds_nobody(cron, draft, year):
    year.mail_texts.update(days="")
    cron(day(1))
    ReportingYear.objects.update(last_day=None)
    cron(day(1))
    assert mail.outbox == []


def test_it_goes_once_a_day_however_often_cron_runs(cron, draft):
    cron(day(1))
    assert f"2024: ingen mer att påminna {day(1)}." in cron(day(1))
    assert len(mail.outbox) == 1
    cron(day(7))
    assert len(mail.outbox) == 2


def test_who_hands_in_while_cron_runs_is_not_reminded(draft, year):
    found = reminding.planned(year, day(1), SITE)
    Submission.objects.update(status=Status.SUBMITTED)
    assert reminding.remind(found, None, "x") == []
    assert not Letter.objects.exists()


def test_an_administration_with_nobody_is_named(cron, year, kultur):
    make.submission(year, kultur)
    assert "2024: Kulturförvaltningen har ingen samordnare eller chef att påminna." in cron(day(1))
    assert mail.outbox == []


def test_a_dry_run_names_them_and_sends_nothing(cron, draft):
    assert "skulle påminna miljöförvaltningen" in cron(day(1), "--dry-run")
    assert mail.outbox == []
    assert not Letter.objects.exists()


def test_without_the_address_of_the_site_nothing_goes(cron, draft, settings):
    settings.SITE_URL = ""
    with pytest.raises(CommandError, match="Sätt SITE_URL"):
        cron(day(1))
    assert mail.outbox == []


def test_a_letter_that_failed_is_sent_by_the_next_run(cron, draft, settings):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert "2024: 1 mejl gick inte iväg än." in cron(day(1))
    settings.EMAIL_BACKEND = backend
    Letter.objects.update(tried_at=datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC))
    assert "Försökte igen med 1 mejl, 0 gick inte iväg." in cron(day(1))
    assert len(mail.outbox) == 1
    assert "Försökte igen" not in cron(day(1))


def test_to_remind_asks_no_more_for_more_administrations(year, draft, django_assert_num_queries):
    def planned(number):
        with django_assert_num_queries(3):
            assert len(reminding.planned(year, day(1), SITE)) == number

    planned(1)
    for number in range(8):
        unit = make.administration(f"F{number}", f"Förvaltning {number}", "Nämnden")
        make.person(f"P{number}", unit, Role.COORDINATOR)
        make.submission(year, unit)
    planned(9)


@pytest.mark.django_db(transaction=True)
def test_twenty_crons_at_once_send_one(year, draft, tmp_path):
    with database_on_file(tmp_path):
        at_once(lambda _: reminding.automatic(year, day(1), SITE))
        assert Letter.objects.count() == 1
        assert Event.objects.filter(verb=reminding.REMINDED).count() == 1
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_of_one_page_send_one(year, draft, sam, tmp_path):
    found = reminding.drafts([draft], "Hej", "Hej", SITE, day(1))
    with database_on_file(tmp_path):
        at_once(lambda _: reminding.remind(found, sam, "en-sida"))
        assert Letter.objects.count() == 1
        assert Event.objects.filter(verb=reminding.REMINDED).count() == 1
    assert len(mail.outbox) == 1


def test_a_day_that_cannot_be_read_is_told_in_a_sentence():
    with pytest.raises(CommandError, match="”2025-13-01” är ingen dag. Skriv till exempel"):
        call_command("remind", "--date", "2025-13-01")
