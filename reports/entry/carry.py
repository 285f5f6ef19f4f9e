"""What comes along from last year when a report is begun, and what the administration says of it.

Participations and networks come along as items that wait for a verdict, and the memo's head and
recipients as a memo of the new year. Nothing else is copied, and nothing silently.
"""

import re
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from funding.models import Payout
from malmo_intl.formats import join_words
from malmo_intl.models import Event
from projects.models import Network, NetworkMembership, Participation
from reports.models import CarriedItem, Memo, MemoLine, Part, Submission

Verdict = CarriedItem.Verdict
MEMO_HEAD = (
    "reference_name",
    "reference_title",
    "reference_email",
    "reference_phone",
    "decision_lead",
)
COMES_ALONG = (MemoLine.List.RECIPIENT, MemoLine.List.SIGNATORY)


def hold(submission: Submission, then="Inget är sparat."):
    """Hold the row until the transaction ends, so that nobody can hand in half-way through what is written.

    Raises ValidationError, which ends with `then`, if it may no longer be written in.
    """
    submission.status = Submission.objects.select_for_update().get(pk=submission.pk).status
    if not submission.is_editable:
        raise ValidationError(
            f"Redovisningen är {submission.get_status_display().lower()} och går inte att ändra. {then}"
        )


@contextmanager
def writing(submission: Submission, by):
    """A transaction to write in the report in, held and begun. Raises ValidationError where it may not be; then,
    and after any other failure, nothing of what was done in it is stored."""
    with transaction.atomic():
        hold(submission)
        stored = submission.status
        try:
            if stored == Submission.Status.NOT_STARTED:
                begin(submission, by)
            yield
        except BaseException:
            submission.status = stored
            raise


def begin(submission: Submission, by):
    """Begin the report, with what comes along. Raises ValidationError if it cannot be begun."""
    with transaction.atomic():
        submission.start(by)
        over(submission, by)


@transaction.atomic
def over(submission: Submission, by=None):
    """Carry over what has not been carried yet: a second time changes nothing."""
    carried = items(submission)
    made = memo(submission, by)
    what = _counted(carried) + (["tjänsteskrivelsens huvud och mottagare"] if made else [])
    if what:
        last = submission.earlier()
        Event.objects.record(
            f"hämtades från {last.year if last else 'registret'}",
            submission,
            by,
            administration=submission.administration,
            comment=join_words(what),
        )


def _counted(carried) -> list[str]:
    projects = sum(item.participation_id is not None for item in carried)
    numbers = ((projects, "projekt"), (len(carried) - projects, "nätverk"))
    return [f"{number} {noun}" for number, noun in numbers if number]


def items(submission: Submission) -> list[CarriedItem]:
    """Make an item of everything that comes along and is none yet; the new ones."""
    known = set(submission.carried.values_list("participation", "network"))
    found = [(pk, None) for pk in participations(submission).values_list("pk", flat=True)]
    found += [(None, pk) for pk in networks(submission).values_list("pk", flat=True)]
    return CarriedItem.objects.bulk_create(
        CarriedItem(submission=submission, participation_id=participation, network_id=network)
        for participation, network in found
        if (participation, network) not in known
    )


def participations(submission: Submission):
    """Those of the administration's that belonged to a year from the last reported one to this one
    (counting rule 3). Without an earlier report: those that belong to this year."""
    number = submission.year.year
    last = submission.earlier()
    own = Participation.objects.filter(administration=submission.administration)
    payouts = Payout.objects.filter(participation__administration=submission.administration)
    belonging = Q()
    # The years between count too: what began and ended in a year that was not reported is news here.
    for year in range(last.year.year if last else number, number + 1):
        belonging |= Q(pk__in=own.belonging_to(year, payouts).values("pk"))
    return own.filter(belonging)


def networks(submission: Submission):
    """The networks that the administration was in the last year it said so, before this one."""
    number = submission.year.year
    before = NetworkMembership.objects.filter(
        administration=submission.administration, year__lt=number
    )
    last = before.order_by("-year").values("year")[:1]
    return Network.objects.filter(pk__in=before.filter(year=last).values("network"))


# --- The memo ------------------------------------------------------------------------------------


def earlier_memo(submission: Submission) -> Memo | None:
    """The administration's latest memo about a whole year before this one, or None."""
    return (
        Memo.objects.filter(
            administration=submission.administration,
            project=None,
            year__year__lt=submission.year.year,
        )
        .select_related("year")
        .order_by("-year__year")
        .first()
    )


def memo(submission: Submission, by=None) -> Memo | None:
    """The year's memo with head, recipients and signatories of the earlier one; None if there is one
    already, or none earlier.

    Number and date stay blank, and so do all texts. The bodies of the schedule have no meaning without
    their days, and are offered by the memo's form: `bodies`.
    """
    before = earlier_memo(submission)
    own = {"year": submission.year, "administration": submission.administration, "project": None}
    if before is None or Memo.objects.filter(**own).exists():
        return None
    made = Memo(**own, **{name: getattr(before, name) for name in MEMO_HEAD})
    made.title = retitled(before.title, before.year.year, submission.year.year)
    made._history_user, made._change_reason = by, f"hämtades från {before.year}"
    made.save()
    MemoLine.objects.bulk_create(
        MemoLine(memo=made, list=row.list, position=row.position, text=row.text, detail=row.detail)
        for row in before.lines.filter(list__in=COMES_ALONG)
    )
    return made


def bodies(submission: Submission) -> list[str]:
    """Who treated the earlier memo, in order, without the days: a start for this year's schedule."""
    before = earlier_memo(submission)
    return list(before.schedule.values_list("body", flat=True)) if before else []


def retitled(title: str, old: int, new: int) -> str:
    """ "Internationell redovisning 2022" → "Internationell redovisning 2024" """
    return re.sub(rf"(?<!\d){old}(?!\d)", str(new), title)


# --- The verdict ---------------------------------------------------------------------------------


def answer(item: CarriedItem, verdict: str, seen: str, by) -> bool:
    """Give `item` its verdict, if it still is as it was `seen`. False: somebody was first.

    A network that goes on becomes a membership of the year, with last year's role; one that ended does
    not. To say the same again changes nothing.
    """
    if item.verdict == verdict:
        return True
    with transaction.atomic():
        if not CarriedItem.objects.filter(pk=item.pk, verdict=seen).update(verdict=verdict):
            return False
        item.verdict = verdict
        if item.network_id:
            _take_part(item)
        Event.objects.record(
            "tog tillbaka sitt besked" if verdict == Verdict.WAITING else "gav besked",
            item.submission,
            by,
            administration=item.submission.administration,
            comment=f"{item}: {item.get_verdict_display().lower()}",
        )
    return True


def _take_part(item):
    own = NetworkMembership.objects.filter(
        network=item.network_id, administration=item.submission.administration
    )
    year = item.submission.year.year
    now = own.filter(year=year).first()
    goes_on = item.verdict in (Verdict.UNCHANGED, Verdict.CHANGED)
    if goes_on and now is None:
        last = own.filter(year__lt=year).order_by("-year").first()
        NetworkMembership.objects.create(
            network=item.network,
            administration=item.submission.administration,
            year=year,
            role=last.role if last else "",
        )
    elif now and not goes_on:
        now.delete()


def unfinish(submission: Submission, key: str):
    """A part that was done is so no longer, since something in it waits again."""
    submission.parts.filter(key=key, status__in=Part.FINISHED).update(
        status=Part.Status.STARTED, signed_by="", reason=""
    )
