"""Reminders to those who have not handed in: by a person's press, and by themselves on the days of the year's
mail texts. Each is a letter and an Event in one transaction."""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from malmo_intl.formats import sort_key
from malmo_intl.models import Event, User
from reports import letters
from reports.models import Letter, MailText, ReportingYear, Submission
from reports.outbox import REMINDER, Unsent, post
from reports.wall import REMINDED

Kind = MailText.Kind
NOT_REMINDED = {*Submission.RECEIVED, Submission.Status.NOT_RECEIVED}


@dataclass(frozen=True)
class Draft:
    """A reminder as it would go."""

    submission: Submission
    to: tuple[User, ...]
    subject: str
    body: str


def waited_for(year: ReportingYear) -> list[Submission]:
    """Those that have not handed in, in Swedish order; none when the year is not open."""
    if year.status != ReportingYear.Status.OPEN:
        return []
    found = year.submissions.exclude(status__in=NOT_REMINDED)
    return sorted(
        found.select_related("year", "administration"),
        key=lambda item: sort_key(item.administration.name),
    )


def kind_on(year: ReportingYear, today: datetime.date) -> str:
    """Whether the text before or after the last day is the one for `today`."""
    return Kind.AFTER if year.last_day and year.last_day < today else Kind.BEFORE


def drafts(
    submissions: Iterable[Submission], subject: str, body: str, site, today, sender=""
) -> list[Draft]:
    """What would go to whom. One query."""
    submissions = list(submissions)
    to = letters.receivers(submissions)
    return [_draft(item, to[item.pk], subject, body, site, today, sender) for item in submissions]


def _draft(submission, to, subject, body, site, today, sender) -> Draft:
    words = letters.words_for(submission, site, today, sender)
    title = " ".join(letters.fill(subject, words).split())
    return Draft(submission, tuple(to), title, letters.fill(body, words))


def seal(found: Iterable[Draft]) -> str:
    """A checksum of what would go to whom, so that nothing else is sent than what was seen."""
    said = [
        (item.submission.pk, [user.email for user in item.to], item.subject, item.body)
        for item in found
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()


def remind(found: Iterable[Draft], by, press: str, unsent: Unsent = None) -> list[Letter]:
    """Send what has somebody to go to. `press` is the page it is sent from: a second press of the same
    page sends nothing. Gives back what was put in the outbox."""
    with transaction.atomic():
        made = [_write(item, REMINDER, by, press=press) for item in found if item.to]
        written = [letter for letter in made if letter]
        post(written, unsent)
    return written


def _write(draft: Draft, kind, by, **once) -> Letter | None:
    """The letter and its Event; None when the constraints say that it is written already, or when the
    report has been handed in meanwhile."""
    submission = draft.submission
    try:
        with transaction.atomic():
            now = Submission.objects.select_for_update().get(pk=submission.pk)
            if now.status in NOT_REMINDED:
                return None
            letter = letters.write(
                submission, kind, draft.subject, draft.body, by, draft.to, **once
            )
            Event.objects.record(
                REMINDED,
                submission,
                by,
                administration=submission.administration,
                comment=f"{draft.subject}. Till {', '.join(user.name for user in draft.to)}.",
            )
    except IntegrityError:
        return None
    return letter


# --- By themselves ---------------------------------------------------------------------------------


def text_on(year: ReportingYear, today: datetime.date) -> MailText | None:
    """The text that goes by itself `today`, if there is one."""
    if year.last_day is None:
        return None
    text = year.mail_texts.filter(kind=kind_on(year, today)).first()
    return text if text and abs((year.last_day - today).days) in text.day_list else None


def planned(year: ReportingYear, today: datetime.date, site: str) -> list[Draft]:
    """The reminders that belong to the day, gone already or not."""
    text = text_on(year, today)
    return drafts(waited_for(year), text.subject, text.body, site, today) if text else []


def automatic(year: ReportingYear, today: datetime.date, site: str) -> list[Draft]:
    """Send the day's reminders of an open year. At most one a day for each administration, however many do
    this at once: a constraint decides. Gives back those that this call wrote, and those that have nobody to
    go to."""
    done, written = [], []
    kind = kind_on(year, today)
    for draft in planned(year, today, site):
        letter = _write(draft, kind, None, automatic_on=today) if draft.to else None
        if letter or not draft.to:
            done.append(draft)
            written.append(letter)
    post(written)
    return done
