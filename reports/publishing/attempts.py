"""An attempt to publish a year: asked for, taken up by a worker, and finished whole or not at all.

All files are made first. Then one short transaction stores them, publishes the year and ends the attempt,
if the attempt still is this worker's. A worker that dies leaves nothing; one that was given up cannot finish.
"""

import logging
import uuid
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from reports.models import Publishing, ReportingYear, Submission
from reports.publishing import contents, files, storing
from reports.renderers import RenderError

logger = logging.getLogger(__name__)

Status = Publishing.Status
NOT_CLOSED = "Året måste stängas innan det kan publiceras."
ALREADY = "Året är redan publicerat. Börja en rättelse om något behöver ändras."
SAME = (
    "Inget skiljer sig från det som redan är publicerat. En likadan version publiceras inte. "
    "Rätta först, eller avbryt rättelsen."
)
MEANWHILE = "Uppgifter ändrades medan filerna gjordes. Inget är publicerat. Försök igen."
LOST = "Arbetet avbröts innan det var klart. Inget är publicerat."
BROKEN = "Något gick fel. Inget är publicerat. Felet är skrivet i serverns logg."
BEATEN = "Någon annan hann före. Läs in sidan på nytt."
GONE = (
    "I {title} står en siffra som inte finns längre. Sök efter ”siffran finns inte längre” i dokumentet "
    "och rätta texten."
)
NO_REASON = "Skriv varför det behövs en ny version."


class GivenUp(Exception):
    """The attempt has been given to somebody else: this worker stops, and leaves nothing behind."""


def silent_after() -> timedelta:
    """How long an attempt may be silent before its worker is taken for lost: the slowest file, and some."""
    return timedelta(seconds=settings.RENDER_SECONDS + 60)


# --- To ask for one ------------------------------------------------------------------------------


def ask(year: ReportingYear, by, reason: str, now) -> tuple[Publishing, bool]:
    """A new attempt, or the one under way: (attempt, whether it is new).

    Raises ValidationError with what stands in the way. Two who ask at once get the same attempt.
    """
    _give_up_silent(year, now)
    under_way = current(year)
    if under_way:
        return under_way, False
    _check_figures(year, reason)
    try:
        with transaction.atomic():
            # Held meanwhile: an attempt that is just finishing is waited for, and then seen.
            held = ReportingYear.objects.select_for_update(no_key=True).get(pk=year.pk)
            _check(held, reason)
            made = Publishing.objects.create(
                year=held, by=by, by_name=by.name, reason=reason, at=now, beat_at=now
            )
    except IntegrityError:
        found = current(year)
        if found is None:  # the other one has already ended
            raise ValidationError(BEATEN) from None
        return found, False
    return made, True


def current(year: ReportingYear) -> Publishing | None:
    """The attempt under way, if there is one."""
    return Publishing.objects.filter(year=year, status__in=Publishing.UNDER_WAY).first()


def _give_up_silent(year, now):
    silent = Publishing.objects.filter(
        year=year, status__in=Publishing.UNDER_WAY, beat_at__lt=now - silent_after()
    )
    silent.update(status=Status.FAILED, message=LOST, ended_at=now)


def _check(year, reason):
    if year.status == ReportingYear.Status.PUBLISHED:
        raise ValidationError(ALREADY)
    if not year.can_become(ReportingYear.Status.PUBLISHED):
        raise ValidationError(NOT_CLOSED)
    if year.status == ReportingYear.Status.CORRECTING:
        if not reason.strip():
            raise ValidationError(NO_REASON)
        _check_settled(year)
        if not contents.changed(year, contents.contents(year, reason).items):
            raise ValidationError(SAME)


def _check_figures(year, reason):
    """Before the year is held: to compose everything takes its time."""
    if not year.can_become(ReportingYear.Status.PUBLISHED):
        return
    gone = [item.title for item in contents.contents(year, reason).items if item.has_gone_figure]
    if gone:
        raise ValidationError([GONE.format(title=title) for title in gone])


def unsettled(year: ReportingYear) -> list[Submission]:
    """Reports that were reopened for the correction and have not been handed in again."""
    settled = {*Submission.RECEIVED, Submission.Status.NOT_RECEIVED}
    rows = year.submissions.exclude(status__in=settled).select_related("administration", "year")
    return list(rows.order_by("administration__name"))


def _check_settled(year):
    waiting = unsettled(year)
    if waiting:
        raise ValidationError(
            [f"{row.administration} har inte lämnat in sin rättade redovisning." for row in waiting]
        )


# --- To do one -----------------------------------------------------------------------------------


def run(pk: int, clock=timezone.now) -> bool:
    """Do the attempt, if nobody has taken it up. False when somebody has, or when it failed.

    Errors that people can do something about are told in the attempt's message; others are raised too.
    """
    worker = uuid.uuid4().hex
    waiting = Publishing.objects.filter(pk=pk, status=Status.WAITING)
    if not waiting.update(status=Status.RUNNING, worker=worker, beat_at=clock()):
        return False
    attempt = Publishing.objects.select_related("year", "by").get(pk=pk)
    try:
        _publish(attempt, clock)
    except GivenUp:
        return False
    except (ValidationError, RenderError) as error:
        _fail(attempt, " ".join(getattr(error, "messages", [str(error)])), clock)
        return False
    except Exception:
        logger.exception("Publishing %s", attempt)
        _fail(attempt, BROKEN, clock)
        raise
    return True


def _publish(attempt, clock):
    year = attempt.year
    with transaction.atomic():
        found = contents.contents(year, attempt.reason)
    wanted = contents.changed(year, found.items)
    if not wanted:
        raise ValidationError(SAME)
    total = len(wanted) * len(files.FORMATS)
    _mine(attempt, total=total, beat_at=clock())
    made = []
    for item, version in wanted:
        document = item.as_version(version)
        drawn = []
        for suffix in files.FORMATS:
            drawn.append(files.make(document, suffix))
            _mine(attempt, done=len(made) * len(files.FORMATS) + len(drawn), beat_at=clock())
        made.append(storing.Frozen(item, version, document, tuple(drawn)))
    with transaction.atomic():
        now = clock()
        # The year before the attempt, as in `ask`: in another order two could wait for each other for ever.
        year = ReportingYear.objects.select_for_update(no_key=True).get(pk=year.pk)
        # It holds back everyone else who would end or take over this attempt.
        _mine(attempt, status=Status.DONE, ended_at=now, beat_at=now)
        if contents.contents(year, attempt.reason).checksum != found.checksum:
            raise ValidationError(MEANWHILE)
        storing.store(year, attempt, found, made, now)


def _mine(attempt, **fields):
    """Note on the attempt, if it still is this worker's."""
    rows = Publishing.objects.filter(pk=attempt.pk, worker=attempt.worker, status=Status.RUNNING)
    if not rows.update(**fields):
        raise GivenUp


def _fail(attempt, message, clock):
    rows = Publishing.objects.filter(pk=attempt.pk, worker=attempt.worker, status=Status.RUNNING)
    rows.update(status=Status.FAILED, message=message, ended_at=clock())
