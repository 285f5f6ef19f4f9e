"""The mails of the hand-in: plain text, no secrets, never more than the mail server's word for it.

Each function says whether the mail was sent. A mail that fails is logged and undoes nothing: what it tells
of is on the page as well.
"""

import logging
from collections.abc import Iterable

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from malmo_intl.models import Membership, Role, User
from reports.models import Submission
from reports.turns import Turns

log = logging.getLogger(__name__)

# A program wrote it: no out-of-office answer should come back (RFC 3834).
HEADERS = {"Auto-Submitted": "auto-generated"}


def ask_sign_off(submission: Submission, by, site: str, managers: Iterable[User]) -> bool:
    """To the managers: the report waits for their sign-off."""
    return _send("Godkänn redovisningen", "ask_sign_off", submission, by, site, managers)


def sent_back(submission: Submission, by, site: str, comment: str, asker: User | None) -> bool:
    """To whoever asked, or else all coordinators: what the manager wants changed."""
    to = [asker] if asker else coordinators(submission)
    return _send("Ändra i redovisningen", "sent_back", submission, by, site, to, comment=comment)


def signed_off(submission: Submission, by, site: str, asker: User | None) -> bool:
    """To whoever asked: the report may be handed in."""
    return _send("Redovisningen är godkänd", "signed_off", submission, by, site, [asker])


def receipt(submission: Submission, by, site: str, turns: Turns, checksum: str, pdf: bytes) -> bool:
    """To the one who handed in, the manager who signed off and the one who asked for it; `pdf` may be
    empty."""
    signed, asked = turns.signed, turns.asked
    to = [by, signed and signed.by, asked and asked.by]
    name = f"kvittens-{submission.administration.slug}-{submission.year}.pdf"
    return _send(
        "Kvittens: redovisningen är inlämnad", "receipt", submission, by, site, to,
        attachments=[(name, pdf, "application/pdf")] if pdf else [],
        signed=signed, checksum=checksum,
    )  # fmt: skip


def coordinators(submission: Submission) -> list[User]:
    held = Membership.objects.filter(
        administration=submission.administration, role=Role.COORDINATOR, user__is_active=True
    )
    return [membership.user for membership in held.select_related("user").order_by("user__name")]


def _send(about, template, submission, by, site, to, attachments=(), **words) -> bool:
    """True when the server has taken it, or when there is nobody to tell."""
    people = {person.email: person for person in to if person and person.is_active}
    if not people:
        return True
    subject = f"{about}: {submission.administration} {submission.year}"
    context = {"submission": submission, "by": by, "site": site.rstrip("/"), **words}
    message = EmailMessage(
        " ".join(subject.split()),
        render_to_string(f"mail/{template}.txt", context),
        to=list(people),
        reply_to=[by.email],
        headers=HEADERS,
        attachments=list(attachments),
    )
    try:
        message.send()
    except Exception:  # whatever the server or the network does, the deed stands
        log.exception("The mail %s about submission %s was not sent.", template, submission.pk)
        return False
    return True
