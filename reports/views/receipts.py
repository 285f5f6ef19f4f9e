"""The receipt of a hand-in: on the page, as PDF, and the data behind its checksum."""

import logging

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from malmo_intl import access
from reports import checks, extract, handing_in, renderers
from reports.collect import collect
from reports.compose import receipt as composed
from reports.document import Document
from reports.models import ReportingYear, Submission
from reports.renderers import FORMATS, RenderError, html
from reports.rollup import roll_up
from reports.turns import turns_of

log = logging.getLogger(__name__)


def _handed_in(user, year, administration) -> Submission:
    """For those inside the administration and stadskontoret: to others it does not exist."""
    found = get_object_or_404(
        Submission.objects.visible_to(user).select_related("year__goal_set", "administration"),
        year__year=year,
        administration__slug=administration,
    )
    inside = access.own_administrations(user)
    if not (access.sees_all(user) or found.administration.pk in inside):
        raise Http404("Kvittensen finns inte.")
    return found


@never_cache
@require_safe
def receipt(request, year, administration):
    submission = _handed_in(request.user, year, administration)
    if submission.status not in Submission.RECEIVED or turns_of(submission).handed_in is None:
        return redirect(submission)
    case = checks.build(submission)
    document, turns = build(submission, case)
    stored = handing_in.sum_in(turns.handed_in)
    may_withdraw = (
        access.may_report_for(request.user, submission.administration)
        and submission.status == Submission.Status.SUBMITTED
        and submission.review_opened_at is None
        and submission.year.status == ReportingYear.Status.OPEN
    )
    context = {
        "submission": submission,
        "breadcrumbs": [
            (str(submission.year), submission.year.get_absolute_url()),
            (submission.administration.name, submission.get_absolute_url()),
        ],
        "fragment": html.fragment(document),
        "unchanged": stored == extract.checksum(case),
        "may_withdraw": may_withdraw,
    }
    return render(request, "reports/entry/check_receipt.html", context)


@never_cache
@require_safe
def receipt_file(request, year, administration, suffix):
    submission = _handed_in(request.user, year, administration)
    if submission.status not in Submission.RECEIVED or turns_of(submission).handed_in is None:
        raise Http404("Redovisningen är inte inlämnad.")
    case = checks.build(submission)
    if suffix == "json":
        content = extract.as_bytes(extract.extract(case))
    else:
        document, _ = build(submission, case)
        try:
            content = renderers.render(document, suffix)
        except RenderError as error:
            return HttpResponse(str(error), "text/plain; charset=utf-8", status=503)
    response = HttpResponse(content, content_type=FORMATS[suffix].media_type)
    how = "inline" if suffix == "pdf" else "attachment"
    name = f"kvittens-{submission.administration.slug}-{submission.year}.{suffix}"
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    return response


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
        checksum=handing_in.sum_in(turns.handed_in),
    )
    facts = collect(submission.year, drafts_of=unit)
    return composed.compose(roll_up(facts, unit.code), told), turns


def _deed(event) -> composed.Deed:
    return composed.Deed(event.by_name, timezone.localtime(event.at))


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
