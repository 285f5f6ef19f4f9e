"""The mails of the hand-in: plain text, no secrets.

Each function puts one letter in the outbox, in the transaction of the deed, or none when there is nobody to
tell. `outbox.post` sends it when the deed is done.
"""

from collections.abc import Iterable

from django.template.loader import render_to_string

from malmo_intl.models import Membership, Role, User
from reports import letters
from reports.models import Letter, Submission
from reports.outbox import RECEIPT
from reports.turns import Turns


def ask_sign_off(submission: Submission, by, site: str, managers: Iterable[User]) -> Letter | None:
    """To the managers: the report waits for their sign-off."""
    return _write("Godkänn redovisningen", "ask_sign_off", submission, by, site, managers)


def sent_back(
    submission: Submission, by, site: str, comment: str, asker: User | None
) -> Letter | None:
    """To whoever asked, or else all coordinators: what the manager wants changed."""
    to = [asker] if asker else coordinators(submission)
    return _write("Ändra i redovisningen", "sent_back", submission, by, site, to, comment=comment)


def signed_off(submission: Submission, by, site: str, asker: User | None) -> Letter | None:
    """To whoever asked: the report may be handed in."""
    return _write("Redovisningen är godkänd", "signed_off", submission, by, site, [asker])


def receipt(submission: Submission, by, site: str, turns: Turns, checksum: str) -> Letter | None:
    """To the one who handed in, the manager who signed off and the one who asked for it. Its PDF is drawn
    when it is sent."""
    signed, asked = turns.signed, turns.asked
    to = [by, signed and signed.by, asked and asked.by]
    return _write(
        "Kvittens: redovisningen är inlämnad", RECEIPT, submission, by, site, to,
        signed=signed, checksum=checksum,
    )  # fmt: skip


def coordinators(submission: Submission) -> list[User]:
    held = Membership.objects.filter(
        administration=submission.administration, role=Role.COORDINATOR, user__is_active=True
    )
    return [membership.user for membership in held.select_related("user").order_by("user__name")]


def _write(about, kind, submission, by, site, to, **words) -> Letter | None:
    people = [person for person in to if person and person.is_active]
    if not people:
        return None
    subject = f"{about}: {submission.administration} {submission.year}"
    context = {"submission": submission, "by": by, "site": site.rstrip("/"), **words}
    body = render_to_string(f"mail/{kind}.txt", context)
    return letters.write(submission, kind, subject, body, by, people)
