"""Check and hand in: what the checks find, reasons for warnings, sign-off, hand-in."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from malmo_intl import access
from reports import checks, handing_in, letters, mail, outbox
from reports.entry import parts
from reports.extract import checksum
from reports.models import Submission
from reports.turns import turns_of
from reports.views.entry import own_submission
from reports.views.findings import CommentForm, ReasonForm, groups, shown_findings
from reports.views.shelf import live_address
from reports.views.steps import next_step

Status = Submission.Status
NOT_MAILED = (
    "Mejlet kunde inte skickas, men det du gjorde är sparat. Säg till {who} själv, "
    "eller skicka adressen till den här sidan."
)
RECEIPT_NOT_MAILED = (
    "Mejlet med kvittensen kunde inte skickas, men redovisningen är inlämnad. Kvittensen finns här."
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, year, administration):
    submission = own_submission(request.user, year, administration)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("gor"))
        return act(request, submission) if act else redirect(request.path)
    if submission.status in Submission.RECEIVED:
        return redirect("receipt", year, administration)
    if submission.status == Status.NOT_RECEIVED:
        return redirect(submission)
    return _page(request, submission)


def _page(request, submission, comment=None, reason=None):
    """`comment` and `reason`: a form that was refused, to be shown again as it was typed."""
    case = checks.build(submission)
    found = checks.run(case)
    step = next_step(request.user, submission, turns_of(submission), checks.errors(found))
    shown = list(shown_findings(submission, found, reason))
    warnings = [item for item in shown if not item.finding.is_error]
    refused = comment or reason
    context = {
        "submission": submission,
        "breadcrumbs": [
            (str(submission.year), submission.year.get_absolute_url()),
            (submission.administration.name, submission.get_absolute_url()),
        ],
        "progress": parts.progress(case.tasks),
        "step": step,
        "seen": checksum(case),
        "errors": list(groups(case, [item for item in shown if item.finding.is_error])),
        "warnings": list(groups(case, warnings)),
        "unanswered": sum(item.waiver is None for item in warnings),
        "comment": comment or CommentForm(auto_id="id_%s"),
        "refused": refused,
        "memo_url": live_address(submission, case.memo),
    }
    return render(request, "reports/entry/check.html", context, status=422 if refused else 200)


# --- What can be done ------------------------------------------------------------------------------


def _ask(request, submission):
    before = submission.sign_off_asked_at
    try:
        with transaction.atomic():
            handing_in.ask_sign_off(submission, request.user, timezone.now())
            people = handing_in.managers(submission)
            letter = mail.ask_sign_off(submission, request.user, letters.site_of(request), people)
            _post(request, letter, NOT_MAILED.format(who="ansvarig chef"))
            messages.success(request, "Ansvarig chef är ombedd att godkänna.")
    except ValidationError as error:
        submission.refresh_from_db()
        if before or submission.sign_off_asked_at or submission.status == Status.READY:
            return _back(request, submission)
        return _refuse(request, submission, error)
    return _back(request, submission)


def _sign_off(request, submission):
    _only_managers(request, submission)
    user = request.user
    asked = turns_of(submission).asked if submission.sign_off_asked_at else None
    try:
        with transaction.atomic():
            handing_in.sign_off(submission, user, request.POST.get("sett", ""))
            if asked and asked.by and asked.by != user:
                letter = mail.signed_off(submission, user, letters.site_of(request), asked.by)
                _post(request, letter, NOT_MAILED.format(who=asked.by_name))
            messages.success(request, "Du har godkänt redovisningen. Nu kan den lämnas in.")
    except ValidationError as error:
        return _refuse(request, submission, error, Status.READY, *Submission.RECEIVED)
    return _back(request, submission)


def _decline(request, submission):
    _only_managers(request, submission)
    form = CommentForm(request.POST, auto_id="id_%s")
    if not form.is_valid():
        return _page(request, submission, comment=form)
    asked = turns_of(submission).asked
    comment, asker = form.cleaned_data["kommentar"], asked.by if asked else None
    try:
        with transaction.atomic():
            submission.decline(request.user, comment)
            site = letters.site_of(request)
            letter = mail.sent_back(submission, request.user, site, comment, asker)
            _post(request, letter, NOT_MAILED.format(who="samordnaren"))
            messages.success(
                request, "Redovisningen är tillbaka hos samordnaren, med din kommentar."
            )
    except ValidationError as error:
        return _refuse(request, submission, error)
    return redirect(submission)


def _submit(request, submission):
    try:
        with transaction.atomic():
            handing_in.submit(submission, request.user)
            turns = turns_of(submission)
            total, site = handing_in.sum_in(turns.handed_in), letters.site_of(request)
            letter = mail.receipt(submission, request.user, site, turns, total)
            _post(request, letter, RECEIPT_NOT_MAILED)
            messages.success(request, "Redovisningen är inlämnad till stadskontoret.")
    except ValidationError as error:
        return _refuse(request, submission, error, *Submission.RECEIVED)
    return redirect("receipt", submission.year.year, submission.administration.slug)


def _reopen(request, submission):
    try:
        handing_in.reopen(submission, request.user)
    except ValidationError as error:
        return _refuse(request, submission, error, Status.DRAFT)
    messages.success(
        request, "Redovisningen går att ändra igen. Den behöver sedan ett nytt godkännande."
    )
    return redirect(submission)


def _withdraw(request, submission):
    try:
        handing_in.withdraw(submission, request.user)
    except ValidationError as error:
        return _refuse(request, submission, error, Status.DRAFT)
    messages.success(request, "Inlämningen är tillbakatagen. Redovisningen är ett utkast igen.")
    return redirect(submission)


def _give_reason(request, submission):
    _only_drafts(submission)
    form = ReasonForm(request.POST)
    found = {item.key: item for item in checks.run(checks.build(submission)) if not item.is_error}
    finding = found.get(request.POST.get("varning"))
    if finding is None:
        messages.info(request, "Varningen gäller inte längre.")
    elif not form.is_valid():
        return _page(request, submission, reason=form)
    elif handing_in.waive(
        submission, finding, form.cleaned_data["skal"], request.user, timezone.now()
    ):
        messages.success(request, "Skälet är sparat.")
    return _back(request, submission)


def _take_reason_back(request, submission):
    _only_drafts(submission)
    # Compared here: what is posted may hold characters that PostgreSQL does not take.
    known = {waiver.finding for waiver in submission.waivers.all()}
    key = request.POST.get("varning")
    if key in known and handing_in.unwaive(submission, key, request.user):
        messages.success(request, "Skälet är borttaget.")
    return _back(request, submission)


ACTS = {
    "be": _ask,
    "godkann": _sign_off,
    "skicka-tillbaka": _decline,
    "lamna-in": _submit,
    "andra": _reopen,
    "ta-tillbaka": _withdraw,
    "skal": _give_reason,
    "ta-bort-skal": _take_reason_back,
}


# --- What they share -------------------------------------------------------------------------------


def _only_managers(request, submission):
    if not access.may_sign_off(request.user, submission.administration):
        raise PermissionDenied


def _only_drafts(submission):
    if not submission.is_editable:
        raise PermissionDenied


def _refuse(request, submission, error, *reached):
    """Back with the reasons; without a word if it has been done already, twice pressed or by another."""
    submission.refresh_from_db()
    if submission.status not in reached:
        for sentence in error.messages:
            messages.error(request, sentence)
    return _back(request, submission)


def _back(request, submission):
    return redirect("check", submission.year.year, submission.administration.slug)


def _post(request, letter, sentence):
    """Send the letter once what it tells is stored; `sentence` is said on the page if it was not sent."""
    outbox.post([letter], lambda unsent: messages.warning(request, sentence))
