"""From draft to stadskontoret: ask, sign off, hand in. Nothing passes with an error in it, and nothing
that the person has not seen.

Each deed runs the checks anew in its own transaction, and raises ValidationError with plain sentences.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from malmo_intl.models import Event, Role, User
from reports import checks
from reports.checks.finding import Finding
from reports.extract import checksum
from reports.models import ReportingYear, Submission, Waiver
from reports.turns import SUM, sum_in, turns_of

CLOSED = "Året är inte öppet för redovisning. Kontakta stadskontoret."
CHANGED = "Uppgifterna har ändrats sedan du öppnade sidan. Läs igenom dem igen."
NOT_AS_SIGNED = (
    "Uppgifterna har ändrats efter godkännandet. Ta tillbaka redovisningen för ändring och be om ett "
    "nytt godkännande."
)
NOBODY_SIGNS = (
    "Förvaltningen har ingen ansvarig chef i systemet. Be systemförvaltaren lägga till en."
)


def managers(submission: Submission) -> list[User]:
    """Those who may sign off, in the order of their names."""
    return list(
        User.objects.filter(
            memberships__administration=submission.administration,
            memberships__role=Role.MANAGER,
            is_active=True,
        ).order_by("name")
    )


def ask_sign_off(submission: Submission, by, at: datetime.datetime):
    if not managers(submission):
        raise ValidationError(NOBODY_SIGNS)
    with transaction.atomic():
        _checked(submission)
        submission.ask_sign_off(by, at)


def sign_off(submission: Submission, by, seen: str):
    """`seen`: the checksum of what the person has read."""
    with transaction.atomic():
        current = _checked(submission)
        if current != seen:
            raise ValidationError(CHANGED)
        submission.sign_off(by, f"{SUM} {current}")


def submit(submission: Submission, by):
    """Hand in exactly what was signed off."""
    with transaction.atomic():
        current = _checked(submission)
        if current != signed_sum(submission):
            raise ValidationError(NOT_AS_SIGNED)
        submission.submit(by, f"{SUM} {current}")


def reopen(submission: Submission, by):
    _must_be_open(submission)
    submission.reopen_draft(by)


def withdraw(submission: Submission, by):
    _must_be_open(submission)
    submission.withdraw(by)


def _checked(submission) -> str:
    """The checksum of the data, if the year is open and no check finds an error."""
    _must_be_open(submission)
    # Holds back other writers of this submission on PostgreSQL; on SQLite the transaction does.
    Submission.objects.select_for_update().get(pk=submission.pk)
    case = checks.build(submission)
    errors = checks.errors(checks.run(case))
    if errors:
        raise ValidationError([error.sentence for error in errors])
    return checksum(case)


def _must_be_open(submission):
    if submission.year.status not in ReportingYear.WRITABLE:
        raise ValidationError(CLOSED)


def signed_sum(submission: Submission) -> str:
    """The checksum of what was signed off, or ""."""
    return sum_in(turns_of(submission).signed)


# --- Reasons for warnings ------------------------------------------------------------------------


@transaction.atomic
def waive(submission: Submission, finding: Finding, reason: str, by, at: datetime.datetime) -> bool:
    """Stand by a warning, with the reason. False when it already has one, which is kept."""
    _, is_new = Waiver.objects.get_or_create(
        submission=submission,
        finding=finding.key,
        defaults={"reason": reason, "by": by, "by_name": by.name, "at": at},
    )
    if is_new:
        _record("angav skäl till en varning", submission, by, f"{finding.sentence} Skäl: {reason}")
    return is_new


@transaction.atomic
def unwaive(submission: Submission, key: str, by) -> bool:
    """Take the reason back. False when there is none."""
    reasons = Waiver.objects.select_for_update().filter(submission=submission, finding=key)
    found = reasons.first()
    if found is None or not reasons.delete()[0]:
        return False
    _record("tog tillbaka skälet till en varning", submission, by, found.reason)
    return True


def _record(verb, submission, by, comment):
    Event.objects.record(
        verb, submission, by, administration=submission.administration, comment=comment
    )
