"""The year as an Excel book: fetch it, fill it in anywhere, see what it would change, save."""

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from malmo_intl.exports import CONTENT_TYPES
from reports.entry import saving
from reports.importing import filling
from reports.importing import workbook as book
from reports.importing.upload import LARGEST, Refused
from reports.models import Saving
from reports.views.own import own_submission, trail

SALT = "arbetsbok"
HOURS = 12  # as long as a session, after which the preview has gone stale anyway


@require_safe
@cache_control(private=True, no_store=True)
def workbook_file(request, year, administration):
    submission = own_submission(request.user, year, administration)
    name = f"redovisning-{submission.administration.slug}-{submission.year}.xlsx"
    return HttpResponse(
        book.write(submission),
        content_type=CONTENT_TYPES["xlsx"],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def workbook(request, year, administration):
    submission = own_submission(request.user, year, administration)
    if request.method != "POST":
        return _page(request, submission)
    if not submission.is_editable:
        raise PermissionDenied
    if "proposal" in request.POST:
        return _save(request, submission)
    file = request.FILES.get("file")
    if file is None:
        return _page(request, submission, error="Välj en fil först.", status=422)
    try:
        proposal = filling.propose(submission, file.read(LARGEST + 1))
    except Refused as error:
        return _page(request, submission, error=str(error), status=422)
    return _page(
        request,
        submission,
        status=422 if proposal.problems else 200,
        proposal=proposal,
        signed=_signed(submission, proposal),
    )


def _page(request, submission, status=200, **more):
    context = {
        "submission": submission,
        "breadcrumbs": trail(submission),
        **more,
    }
    return render(request, "reports/entry/workbook.html", context, status=status)


def _signed(submission, proposal) -> str:
    """What was shown, so that just that is saved."""
    if proposal.problems or not proposal.changes:
        return ""
    shown = {"of": submission.pk, "data": proposal.data, "versions": proposal.versions}
    return signing.dumps(shown, salt=SALT, compress=True)


def _save(request, submission):
    try:
        shown = signing.loads(request.POST["proposal"], salt=SALT, max_age=HOURS * 3600)
    except signing.BadSignature:
        shown = {"of": None}
    if shown["of"] != submission.pk:
        error = "Det som visades är för gammalt för att sparas. Läs in Excel-boken igen."
        return _page(request, submission, error=error, status=422)
    writer = saving.Writer(request.user, timezone.now(), Saving.How.IMPORTED)
    try:
        stored = filling.store(submission, shown["data"], shown["versions"], writer)
    except filling.NotStored as refused:
        proposal = filling.Proposal([], refused.problems, {}, {})
        return _page(request, submission, status=409, proposal=proposal)
    except ValidationError as error:
        return _page(request, submission, error=" ".join(error.messages), status=409)
    changed = "1 del" if stored == 1 else f"{stored} delar"
    messages.success(request, f"Excel-boken är inläst: {changed} ändrades.")
    return redirect(submission)
