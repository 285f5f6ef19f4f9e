"""Letters on their way: to a real mail server, once, and again when it was down."""

import datetime
import logging

import pytest
from django.core.mail.backends.smtp import EmailBackend
from django.db import transaction
from django.utils import timezone

from reports import outbox
from reports.models import Letter, Submission
from tests import make

NOW = datetime.datetime(2025, 3, 12, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture
def draft(miljo):
    return make.submission(make.year(2024), miljo)


@pytest.fixture
def write(draft, rut):
    """write(**fields) → a letter to Rut about Miljö."""

    def write(**fields):
        fields = {"subject": "Hej", "body": "Åäö.\n", "kind": "opened", "at": NOW} | fields
        return Letter.objects.create(
            year=draft.year, administration=draft.administration, to=[rut.email], **fields
        )

    return write


def everything():
    return Letter.objects.order_by("pk")


def minutes(number):
    return NOW + datetime.timedelta(minutes=number)


def test_a_letter_arrives_and_is_noted_as_sent(mailbox, write, rut):
    write(reply_to="sam@exempel.malmo.se")
    assert outbox.deliver(everything(), NOW) == []
    (arrived,) = mailbox.letters
    assert (arrived["To"], arrived["Reply-To"]) == (rut.email, "sam@exempel.malmo.se")
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived["Date"].datetime == NOW
    letter = everything().get()
    assert letter.sent_at
    assert (letter.attempts, letter.problem) == (1, "")


def test_what_is_sent_is_not_sent_again(mailbox, write):
    write()
    outbox.deliver(everything(), NOW)
    outbox.deliver(everything(), NOW)
    assert len(mailbox.letters) == 1


def test_all_go_on_one_connection(mailbox, write, monkeypatch):
    opened, open_ = [], EmailBackend.open

    def count(backend):
        opened.append(open_(backend))
        return opened[-1]

    monkeypatch.setattr(EmailBackend, "open", count)
    for _ in range(3):
        write()
    outbox.deliver(everything(), NOW)
    assert len(mailbox.letters) == 3
    assert opened.count(True) == 1


def test_a_server_that_is_down_is_asked_once_and_said_and_logged(no_server, write, caplog):
    write(), write()
    with caplog.at_level(logging.ERROR):
        assert len(outbox.deliver(everything(), NOW)) == 2
    assert caplog.text.count("could not be reached") == 1
    for letter in everything():
        assert letter.sent_at is None
        assert letter.problem.startswith("ConnectionRefusedError")


def test_one_that_the_server_refuses_does_not_hold_back_the_next(mailbox, write, monkeypatch):
    taken = mailbox.handle_DATA

    async def refuse_the_first(server, session, envelope):
        if b"Nej" in envelope.content:
            return "554 Nej"
        return await taken(server, session, envelope)

    monkeypatch.setattr(mailbox, "handle_DATA", refuse_the_first, raising=False)
    refused, _ = write(subject="Nej"), write(subject="Ja")
    assert outbox.deliver(everything(), NOW) == [refused]
    assert [letter["Subject"] for letter in mailbox.letters] == ["Ja"]
    assert everything().first().problem.startswith("SMTPDataError: (554")


def test_it_is_tried_again_with_growing_patience_and_at_last_given_up(write):
    letter = write()
    for number, wait in enumerate(outbox.PATIENCE, start=1):
        Letter.objects.update(attempts=number, tried_at=NOW)
        assert not outbox.due(minutes(wait - 1)).exists()
        assert outbox.due(minutes(wait)).get() == letter
    Letter.objects.update(attempts=outbox.LAST_ATTEMPT)
    assert not outbox.due(minutes(100_000)).exists()


def test_one_that_failed_arrives_later_with_the_same_name_and_date(settings, write, mailbox):
    write(at=minutes(-60))
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    outbox.deliver(outbox.due(NOW), NOW)
    first = outbox.message(everything().get()).extra_headers["Message-ID"]
    settings.EMAIL_PORT = port
    assert not outbox.due(minutes(4)).exists()
    assert outbox.deliver(outbox.due(minutes(5)), minutes(5)) == []
    (arrived,) = mailbox.letters
    assert (arrived["Message-ID"], arrived["Date"].datetime) == (first, minutes(-60))
    assert everything().get().problem == ""


def test_the_one_that_another_process_is_sending_is_left_to_it(mailbox, write):
    """Both have read the row; the other was first to raise `attempts`."""
    letter = write()
    seen = everything()
    list(seen)
    Letter.objects.filter(pk=letter.pk).update(attempts=1)
    assert not outbox._claim(letter, NOW)
    assert mailbox.letters == []


def test_a_page_that_died_before_sending_leaves_it_to_cron(write):
    write()
    assert not outbox.due(minutes(4)).exists()
    assert outbox.due(minutes(5)).exists()


@pytest.mark.django_db(transaction=True)
def test_it_goes_after_the_deed_and_never_for_one_that_was_undone(mailoutbox, write):
    with transaction.atomic():
        outbox.post([write()])
        transaction.set_rollback(True)
    assert mailoutbox == []
    with transaction.atomic():
        outbox.post([write(), None])
        assert mailoutbox == []
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_the_page_hears_of_what_was_not_sent(no_server, write):
    heard = []
    letter = write()
    outbox.post([letter], heard.extend)
    assert heard == [letter]


@pytest.mark.parametrize(
    ("kind", "goes"), [("before", False), ("reminder", False), ("opened", True)]
)
def test_an_unsent_reminder_is_let_go_when_the_report_has_come(draft, write, kind, goes):
    write(kind=kind, at=minutes(-60))
    Submission.objects.update(status="submitted")
    outbox.drop_outdated()
    assert outbox.due(timezone.now()).exists() == goes
    assert (everything().get().problem == "") == goes
