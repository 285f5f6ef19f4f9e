"""What waits, and for whom: for the start page and above the task list."""

from dataclasses import dataclass

from django.urls import reverse

from malmo_intl import access
from malmo_intl.models import Event
from reports.entry import parts
from reports.models import Submission
from reports.turns import Turns, turns
from reports.views.steps import said

Status = Submission.Status


@dataclass(frozen=True)
class Waiting:
    """A submission of an open year, for someone who reports. `mine`: the next step is that person's own
    sign-off. `back`: it was sent back, with this comment. `done`: nothing waits here."""

    submission: Submission
    sentence: str
    label: str
    url: str
    mine: bool = False
    done: bool = False
    back: Event | None = None


def waiting(user, submissions: list[Submission]) -> list[Waiting]:
    """In the order given, but what waits for the person's sign-off first."""
    told = turns(submissions)
    found = [_waiting(user, item, told[item.pk]) for item in submissions]
    return sorted(found, key=lambda item: not item.mine)


def has_receipt(submission: Submission) -> bool:
    """It was handed in here; what is known from before this system has no receipt."""
    handed_in = submission.status in Submission.RECEIVED
    return handed_in and turns([submission])[submission.pk].handed_in is not None


def _waiting(user, submission, turned: Turns) -> Waiting:
    if submission.status in Submission.RECEIVED:
        return _handed_in(submission, turned)
    if submission.status == Status.READY:
        sentence = f"Godkänd av {said(turned.signed)}. " if turned.signed else ""
        sentence += "Nu återstår att lämna in."
        return Waiting(submission, sentence, "Gå till inlämningen", _url("check", submission))
    signs = access.may_sign_off(user, submission.administration)
    if submission.sign_off_asked_at and turned.asked:
        return _asked(submission, turned, signs)
    return _entering(submission, turned)


def _handed_in(submission, turned) -> Waiting:
    if turned.handed_in is None:  # before this system
        url = submission.get_absolute_url()
        return Waiting(submission, "Inlämnad.", "Läs redovisningen", url, done=True)
    sentence = f"Inlämnad av {said(turned.handed_in)}."
    return Waiting(submission, sentence, "Visa kvittensen", _url("receipt", submission), done=True)


def _asked(submission, turned, signs) -> Waiting:
    asked = turned.asked
    if signs:
        sentence = f"{asked.by_name} ber dig läsa och godkänna redovisningen."
        return Waiting(
            submission, sentence, "Läs och godkänn", _url("check", submission), mine=True
        )
    return Waiting(
        submission,
        f"Väntar på ansvarig chef. Godkännande begärdes av {said(asked)}.",
        "Öppna redovisningen",
        submission.get_absolute_url(),
    )


def _entering(submission, turned) -> Waiting:
    listed = parts.tasks(submission)
    progress = f"{parts.progress(listed)}."
    if all(task.is_finished for task in listed):
        label, url = "Kontrollera och lämna in", _url("check", submission)
    else:
        label, url = "Öppna redovisningen", submission.get_absolute_url()
    return Waiting(submission, progress, label, url, back=turned.sent_back)


def _url(name, submission) -> str:
    return reverse(name, args=[submission.year.year, submission.administration.slug])
