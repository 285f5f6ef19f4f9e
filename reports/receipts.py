"""The receipt of a hand-in as a document, and as the PDF that goes with its mail."""

import logging

from django.utils import timezone

from malmo_intl import formats
from reports import checks, renderers
from reports.collect import collect
from reports.compose import receipt as composed
from reports.document import Document
from reports.models import Letter, Submission
from reports.renderers import RenderError
from reports.rollup import roll_up
from reports.turns import sum_in, turns_of

log = logging.getLogger(__name__)


def attachments(letter: Letter) -> list[tuple[str, bytes, str]]:
    """The PDF of the hand-in that the letter tells of; none when that has been taken back since, or when it
    cannot be drawn: the mail goes anyway, and leads to the page."""
    found = (
        Submission.objects.filter(
            year=letter.year_id,
            administration=letter.administration_id,
            status__in=Submission.RECEIVED,
        )
        .select_related("year__goal_set", "administration")
        .first()
    )
    if found is None or (sum_in(turns_of(found).handed_in) or "-") not in letter.body:
        return []
    pdf = receipt_pdf(found)
    name = f"kvittens-{found.administration.slug}-{found.year}.pdf"
    return [(name, pdf, "application/pdf")] if pdf else []


def receipt_pdf(submission) -> bytes:
    """The receipt to go with the mail; empty when it cannot be drawn, for the mail goes anyway."""
    try:
        document, _ = build(submission, checks.build(submission))
        return renderers.render(document, "pdf")
    except RenderError:
        log.exception("The receipt of submission %s was not drawn.", submission.pk)
        return b""


def build(submission, case) -> tuple[Document, object]:
    """The receipt as a document, and the turns that it tells of."""
    turns = turns_of(submission)
    unit = submission.administration
    told = composed.Receipt(
        administration=unit.name,
        year=submission.year.year,
        diary_number=case.memo.diary_number if case.memo else "",
        handed_in=_deed(turns.handed_in),
        signed=_deed(turns.signed) if turns.signed else None,
        parts=tuple(_part(task) for task in case.tasks),
        warnings=tuple(_warnings(submission, case)),
        checksum=sum_in(turns.handed_in),
        decided=_decided(submission),
    )
    facts = collect(submission.year, drafts_of=unit)
    return composed.compose(roll_up(facts, unit.code), told), turns


def _deed(event) -> composed.Deed:
    return composed.Deed(event.by_name, timezone.localtime(event.at))


def _decided(submission) -> str:
    """ "30 januari 2020, § 12", or "" before the board has decided."""
    if submission.decided_on is None:
        return ""
    return formats.decision(submission.decided_on, submission.decision_paragraph)


def _part(task):
    saved = None
    if task.part and task.part.saved_by:
        saved = composed.Deed(task.part.saved_by.name, timezone.localtime(task.part.saved_at))
    return composed.HandedPart(task.title, task.word, saved)


def _warnings(submission, case):
    reasons = {waiver.finding: waiver for waiver in submission.waivers.all()}
    for finding in checks.run(case):
        if finding.is_error:
            continue
        waiver = reasons.get(finding.key)
        if waiver is None:
            yield composed.Warned(finding.sentence)
        else:
            deed = composed.Deed(waiver.by_name, timezone.localtime(waiver.at))
            yield composed.Warned(finding.sentence, waiver.reason, deed)
