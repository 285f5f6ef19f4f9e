"""The year's projects: the list, and the verdict on each that came along."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reports.entry import carry, parts, saving
from reports.entry.carry import Verdict
from reports.entry.form import NOTHING, REASON
from reports.entry.project import ProjectForm, end_field, ended
from reports.entry.projects import KEY, ProjectsForm, lines, say
from reports.entry.saving import Writer
from reports.views import told
from reports.views.own import own_submission, trail

# The page of a save that wrote an end together with its verdict, so that both are taken back together.
WITH_VERDICT = "besked"
TOO_LATE = "Någon annan hann svara på samma sak. Kontrollera vad som står nu."


def address(submission, page="projects", *more) -> str:
    """Of the list of projects, or of a page below it."""
    return reverse(page, args=[submission.year.year, submission.administration.slug, *more])


def chosen(request) -> str:
    """The slug of the project that a button is about. The database refuses to look for NUL."""
    return request.POST.get("projekt", "").replace("\x00", "")


def locked(request, submission):
    """The answer to who writes in a report that is handed in, or None if it may be written in."""
    if submission.is_editable:
        return None
    messages.error(
        request,
        f"Redovisningen är {submission.get_status_display().lower()} och går inte att ändra. "
        "Inget är sparat.",
    )
    return redirect(submission)


# --- The list ------------------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def projects(request, year, administration):
    submission = own_submission(request.user, year, administration)
    if request.method != "POST":
        return _list(request, submission) if submission.is_editable else redirect(submission)
    if refusal := locked(request, submission):
        return refusal
    return _finish(request, submission)


def _finish(request, submission):
    """The part is done when every project has its verdict and can be counted in some year."""
    typed = {name: request.POST.get(name, "") for name in (NOTHING, REASON)}
    form = _filled(submission, typed)
    shown = lines(submission)
    waiting = [line for line in shown if line.waits]
    undated = [line for line in shown if not (line.waits or line.has_period)]
    if not form.is_valid() or ((waiting or undated) and not typed[NOTHING]):
        return _list(request, submission, form, status=422, waiting=waiting, undated=undated)
    try:
        with carry.writing(submission, request.user):
            form = _filled(submission, typed)
            if form.is_valid():
                writer = Writer(request.user, timezone.now())
                saving.save(form, form.version, writer, finished=True)
    except (saving.Conflict, ValidationError):
        messages.error(request, TOO_LATE)
        return redirect(address(submission))
    if form.errors:
        return _list(request, submission, form, status=422)
    following = parts.following(submission, KEY)
    return redirect(following.url if following else submission)


def _filled(submission, typed) -> ProjectsForm:
    return ProjectsForm(submission, KEY, {**ProjectsForm(submission, KEY).stored, **typed})


def _list(request, submission, form=None, status=200, **stopped):
    shown = lines(submission)
    carried = [line for line in shown if line.item]
    form = form or ProjectsForm(submission, KEY)
    context = {
        "submission": submission,
        "breadcrumbs": trail(submission),
        "form": form,
        "comments": told.at_part(form),
        "lines": shown,
        "earlier": submission.earlier(),
        "carried": carried,
        "answered": sum(not line.waits for line in carried),
        "counted": sum(line.counted for line in shown),
        "wrong": request.session.pop("wrong_end", None) if status == 200 else None,
        **stopped,
    }
    return render(request, "reports/entry/projects.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def carried(request, year, administration):
    """The verdict on a project that came along: besked=unchanged|changed|ended|waiting."""
    submission = own_submission(request.user, year, administration)
    back = _back(request, submission)
    if request.method != "POST":
        return redirect(back)  # whoever had to log in first comes back here with a GET
    if refusal := locked(request, submission):
        return refusal
    slug, verdict = chosen(request), request.POST.get("besked", "")
    if verdict not in Verdict.values:
        raise Http404("Beskedet finns inte.")
    try:
        with carry.writing(submission, request.user):
            return _answer(request, submission, slug, verdict, back)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(back)


def _answer(request, submission, slug, verdict, back):
    item = get_object_or_404(submission.carried, participation__project__slug=slug)
    if request.POST.get("sett") != item.verdict != verdict:
        messages.error(request, f"{item}: {TOO_LATE}")
    elif sentence := _give(submission, slug, verdict, request):
        request.session["wrong_end"] = {
            "slug": slug, "typed": request.POST.get("slut", "")[:40], "sentence": sentence,
        }  # fmt: skip
        return redirect(f"{back}#slut-{slug}")
    elif verdict == Verdict.CHANGED:
        return redirect(parts.address(submission, f"{KEY}/{slug}"))
    return redirect(f"{back}#projekt-{slug}")


def _back(request, submission):
    wanted = request.POST.get("tillbaka", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if safe and "#" not in wanted else address(submission)


def _give(submission, slug, verdict, request) -> str:
    """Store the verdict, with the end that belongs to it. The sentence to show if the end is wrong."""
    form = ProjectForm(submission, f"{KEY}/{slug}")
    writer = Writer(request.user, timezone.now(), page=WITH_VERDICT)
    with_end = _with_end(form, request.POST) if verdict == Verdict.ENDED else None
    if with_end and not with_end.is_valid():
        return _why_not(with_end)
    try:
        with transaction.atomic():
            if verdict == Verdict.WAITING:
                _take_back_end(form, writer)
            say(submission, slug, verdict, writer)
            # Only now: a project that waited would be taken for changed by its new end.
            if with_end:
                saving.save(with_end, with_end.version, writer)
    except saving.Conflict:
        messages.error(request, TOO_LATE)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return ""


def _why_not(form) -> str:
    """What is wrong with the end, or else with the project that it is to be written on."""
    if sentences := form.errors.get(end_field(form)):
        return " ".join(sentences)
    try:
        form.raise_errors()
    except ValidationError as error:
        return "Rätta först i projektets uppgifter. " + " ".join(error.messages)


def _with_end(form, data):
    """The project's form with the end that has to be written, or None if what is known is enough."""
    line = next(line for line in lines(form.submission) if line.project == form.project)
    typed = data.get("slut", "").strip()
    if typed or not line.end_is_near:
        return ended(form, typed, required=True)
    if line.end.planned and end_field(form) == "slutar":
        return ended(form, form.stored["slutar"])  # it was planned, and so it was
    return None


def _take_back_end(form, writer):
    """The end goes with its verdict, unless somebody has changed the project since."""
    last = form.part.savings.first() if form.part else None
    if last and last.page == WITH_VERDICT and last.version > 0:
        saving.restore(form, last.version - 1, writer)
