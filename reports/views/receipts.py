"""The receipt of a hand-in: on the page, as PDF, and the data behind its checksum."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from malmo_intl import access
from reports import checks, extract, handing_in, renderers
from reports.models import ReportingYear, Submission
from reports.receipts import build
from reports.renderers import FORMATS, RenderError, html
from reports.turns import turns_of


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
        and submission.year.status in ReportingYear.WRITABLE
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
