"""Letters on their way: sent after the transaction that wrote them, tried again with growing patience.

One process at a time sends a letter: it first raises `attempts` from what it saw. A letter is counted as sent
when the mail server has taken it. Should the process die between the two, it is sent again, with the same
Message-ID, so that mail programs can tell.
"""

import datetime
import logging
from collections.abc import Callable, Iterable
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from reports import receipts
from reports.models import Letter, MailText, Submission

log = logging.getLogger(__name__)

Unsent = Callable[[list[Letter]], None] | None

# After so many minutes since the first, second … attempt it is tried again; after the last it is given up.
PATIENCE = (5, 15, 60, 240, 720, 1440, 1440, 1440)
LAST_ATTEMPT = len(PATIENCE) + 1
HANDED_IN = "Skickades inte: redovisningen hade redan lämnats in."
REMINDER, RECEIPT = "reminder", "receipt"
REMINDERS = (REMINDER, MailText.Kind.BEFORE, MailText.Kind.AFTER)


def post(letters: Iterable[Letter], unsent: Unsent = None):
    """Send the letters once the transaction is done. `unsent` is told of those that the server did not
    take: of all, if sending itself fails."""
    written = [letter for letter in letters if letter]
    if not written:
        return

    def go():
        left = written
        try:
            mine = Letter.objects.filter(pk__in=[letter.pk for letter in written])
            left = deliver(mine, timezone.now())
        finally:
            if left and unsent:
                unsent(left)

    # The deed is done: what happens to the mail must not make its page fail.
    transaction.on_commit(go, robust=True)


def due(now: datetime.datetime) -> QuerySet[Letter]:
    """The unsent letters whose next attempt has come."""
    # The page that wrote a letter makes the first attempt itself; this is for one that died before it.
    waited = Q(attempts=0, at__lte=_ago(now, PATIENCE[0]))
    for number, minutes in enumerate(PATIENCE, start=1):
        waited |= Q(attempts=number, tried_at__lte=_ago(now, minutes))
    return Letter.objects.filter(waited, sent_at=None)


def _ago(now, minutes):
    return now - datetime.timedelta(minutes=minutes)


def drop_outdated():
    """Unsent reminders to those who have handed in since are not sent any more."""
    handed_in = Submission.objects.filter(
        year=OuterRef("year"),
        administration=OuterRef("administration"),
        status__in=Submission.RECEIVED,
    )
    waiting = Letter.objects.filter(Exists(handed_in), sent_at=None, kind__in=REMINDERS)
    waiting.exclude(attempts=LAST_ATTEMPT).update(attempts=LAST_ATTEMPT, problem=HANDED_IN)


def deliver(letters: QuerySet[Letter], now: datetime.datetime) -> list[Letter]:
    """Try each letter once, on one connection. Gives back those that were tried and not taken."""
    connection, down, left = get_connection(), None, []
    try:
        for letter in letters.filter(sent_at=None).order_by("pk"):
            if not _claim(letter, now):
                continue
            down = down or _open(connection)  # a server that is down is asked once
            problem = down or _send(letter, connection)
            _note(letter, problem)
            if problem:
                left.append(letter)
    finally:
        _close(connection)
    return left


def _claim(letter, now) -> bool:
    """Whether this process is the one to make the next attempt."""
    seen = Letter.objects.filter(pk=letter.pk, sent_at=None, attempts=letter.attempts)
    letter.attempts, letter.tried_at = letter.attempts + 1, now
    return bool(seen.update(attempts=letter.attempts, tried_at=now))


def _open(connection) -> str:
    try:
        connection.open()
    except Exception as error:  # whatever the server or the network does, the deed stands
        log.exception("The mail server could not be reached: no letter was sent.")
        return _said(error)
    return ""


def _send(letter, connection) -> str:
    """The problem, or "" when the server has taken it."""
    try:
        message(letter, connection).send()
    except Exception as error:  # whatever the server or the network does, the deed stands
        log.exception("Letter %s (%s) was not sent.", letter.pk, letter.kind)
        _close(connection)  # the next letter gets a fresh one
        return _said(error)
    return ""


def _close(connection):
    try:
        connection.close()
    except Exception:
        log.exception("The connection to the mail server was not closed.")


def _said(error) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def _note(letter, problem):
    letter.problem = problem
    letter.sent_at = None if problem else timezone.now()
    letter.save(update_fields=["problem", "sent_at"])


def message(letter: Letter, connection=None) -> EmailMessage:
    """The letter as a mail: the same every time, also its date and its Message-ID."""
    sender = settings.DEFAULT_FROM_EMAIL
    domain = parseaddr(sender)[1].rpartition("@")[2]
    return EmailMessage(
        letter.subject,
        letter.body,
        sender,
        letter.to,
        reply_to=[letter.reply_to] if letter.reply_to else None,
        headers={
            # A program wrote it: no out-of-office answer should come back (RFC 3834).
            "Auto-Submitted": "auto-generated",
            "Date": format_datetime(timezone.localtime(letter.at)),
            "Message-ID": f"<brev-{letter.pk}-{letter.at:%Y%m%d%H%M%S%f}@{domain}>",
        },
        attachments=receipts.attachments(letter) if letter.kind == RECEIPT else [],
        connection=connection,
    )
