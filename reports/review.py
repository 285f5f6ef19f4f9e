"""Stadskontoret's review: begin it, comment on the parts, return with the comments, approve, open again.

Each deed is one transaction with one Event, and raises ValidationError with a plain sentence when it cannot
be done or somebody else was first.
"""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from malmo_intl.formats import join_words
from malmo_intl.models import Event
from projects.models import Project
from reports import letters
from reports.entry import parts
from reports.models import Comment, Part, Submission
from reports.outbox import Unsent

Status = Submission.Status
NOTHING_SAID = "Skriv vad som ska rättas, eller kommentera minst en del."
NOT_UNDER_REVIEW = "Börja granska redovisningen först. Sedan går det att kommentera."


def may_comment(submission: Submission) -> bool:
    """While it is reviewed, and when it is approved: the comments then go with the reason to open it."""
    reviewed = submission.status == Status.SUBMITTED and submission.review_opened_at is not None
    return reviewed or submission.status == Status.APPROVED


@transaction.atomic
def comment(submission: Submission, key: str, text: str, by, at: datetime.datetime) -> Comment:
    """A remark on the part `key`. The administration sees it when the report is returned."""
    current = _held(submission)
    if not may_comment(current):
        raise ValidationError(NOT_UNDER_REVIEW)
    return Comment.objects.create(
        submission=current, key=key, text=text, by=by, by_name=by.name, at=at
    )


def withdraw_comment(submission: Submission, number: int) -> bool:
    """Remove a comment that is not sent yet. False when there is none such."""
    return submission.comments.unsent().filter(pk=number).delete()[0] > 0


@transaction.atomic
def resolve(submission: Submission, number: int, by, at: datetime.datetime) -> bool:
    """Stadskontoret's word that a comment is dealt with. False when it does not wait."""
    found = submission.comments.filter(pk=number)
    if not found.resolve(by.name, at):
        return False
    _record("tog bort en fråga ur listan", submission, by, found.get().text)
    return True


@transaction.atomic
def send_back(
    submission: Submission, by, overall: str, at: datetime.datetime, site: str,
    unsent: Unsent = None,
) -> list[Comment]:  # fmt: skip
    """Return the report with all comments that wait to be sent, and `overall` on the whole.

    The commented parts are marked, and the coordinators get a letter. Returns the comments that went.
    """
    current = _held(submission)
    return _return(current, by, overall, at, site, unsent, current.send_back)


@transaction.atomic
def reopen(
    submission: Submission, by, reason: str, at: datetime.datetime, site: str, unsent: Unsent = None
) -> list[Comment]:
    """Return what was approved, with the reason and the comments that wait to be sent."""
    current = _held(submission)
    if not reason.strip():
        raise ValidationError("Skriv varför redovisningen öppnas igen.")
    return _return(current, by, reason, at, site, unsent, current.reopen)


@transaction.atomic
def approve(submission: Submission, by, site: str, unsent: Unsent = None):
    """Approve what has been reviewed. What is written but not sent must be sent or removed first."""
    current = _held(submission)
    if current.status == Status.SUBMITTED and current.review_opened_at is None:
        raise ValidationError("Börja granska redovisningen först.")
    current.approve(by)
    if current.comments.unsent().exists():
        raise ValidationError(
            "Det finns kommentarer som inte är skickade. Skicka tillbaka redovisningen med dem, eller ta "
            "bort dem."
        )
    letters.approved(current, by, site, unsent=unsent)


def _return(submission, by, said, at, site, unsent, move):
    comments = list(submission.comments.unsent())
    titles = dict(parts.keys(submission))
    if not (said.strip() or comments):
        raise ValidationError(NOTHING_SAID)
    move(by, "\n\n".join(filter(None, (said.strip(), _where(comments, titles)))))
    Comment.objects.filter(pk__in=[item.pk for item in comments]).update(sent_at=at)
    for key in dict.fromkeys(item.key for item in comments):
        _mark(submission, key, at)
    lines = [f"{_named(item.key, titles)}: {item.text}" for item in comments]
    letters.returned(submission, by, site, [*filter(None, [said.strip()]), *lines], unsent=unsent)
    return comments


def _where(comments, titles) -> str:
    """ "Se kommentarerna till ”Projekt” och ”Fråga 1”." """
    named = [f"”{_named(key, titles)}”" for key in dict.fromkeys(item.key for item in comments)]
    if not named:
        return ""
    noun = "kommentaren" if len(comments) == 1 else "kommentarerna"
    return f"Se {noun} till {join_words(named)}."


def _named(key, titles) -> str:
    """The part's title; a question by its number, since its text is a sentence of its own."""
    kind, _, number = key.partition("/")
    return f"Fråga {number}" if kind == "fragor" else titles.get(key, key)


def _mark(submission, key, at):
    """The part needs to be completed. One that was never written here gets a first version, as if somebody
    had opened it."""
    form_class = parts.form_class(key)
    if form_class is None:
        return
    part, is_new = Part.objects.get_or_create(submission=submission, key=key)
    if is_new:
        form = form_class(submission, key)
        part.savings.create(version=0, values=form.stored, labels=form.labels(), at=at)
    part.status = Part.Status.INCOMPLETE
    part.save(update_fields=["status"])


def _held(submission) -> Submission:
    """As it is now, held until the deed is done. On SQLite the transaction holds it."""
    found = Submission.objects.select_for_update(of=("self",)).select_related(
        "year", "administration"
    )
    return found.get(pk=submission.pk)


def _record(verb, submission, by, comment):
    Event.objects.record(
        verb, submission, by, administration=submission.administration, comment=comment
    )


# --- A question to several ------------------------------------------------------------------------


@transaction.atomic
def ask(
    submissions: Iterable[Submission], key: str, project: Project | None, text: str, by,
    at: datetime.datetime,
) -> list[Comment]:  # fmt: skip
    """Put the same question to several administrations at once, at the part `key` of their reports.

    Once: the same question is not put twice to anybody. Returns the questions that went.
    """
    asked = []
    for submission in sorted(submissions, key=lambda item: item.pk):
        current = _held(submission)
        if current.comments.sent().filter(key=key, text=text).exists():
            continue
        said = {"by": by, "by_name": by.name, "at": at, "sent_at": at}
        asked.append(current.comments.create(key=key, project=project, text=text, **said))
        _record("frågade", current, by, text)
    return asked
