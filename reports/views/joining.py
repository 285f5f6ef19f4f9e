"""A project for the year: found in the city's register or new, its owner, and leaving it again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from malmo_intl.sessions import keeps_what_was_typed
from projects.models import Participation, Project
from reports.entry import carry, ownership, parts, picking
from reports.entry.project import ProjectForm
from reports.entry.projects import KEY, ProjectsForm
from reports.entry.saving import Writer
from reports.views.entry_projects import address, chosen, locked
from reports.views.own import own_submission, trail


def _below(submission, entry=None):
    above = [*trail(submission), (ProjectsForm.heading, address(submission))]
    return [*above, (entry.heading, parts.address(submission, entry.key))] if entry else above


# --- Finding and adding --------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_search(request, year, administration):
    submission = own_submission(request.user, year, administration)
    if request.method == "POST":
        return locked(request, submission) or _join(request, submission)
    if not submission.is_editable:
        return redirect(submission)
    text = " ".join(request.GET.get("q", "")[: picking.LONGEST].split())
    found, total = picking.search(submission, text) if text else ([], 0)
    context = {
        "submission": submission,
        "breadcrumbs": _below(submission),
        "text": text,
        "found": found,
        "total": total,
    }
    return render(request, "reports/entry/projects_search.html", context)


def _join(request, submission):
    project = get_object_or_404(Project, slug=chosen(request))
    owner = request.POST.get("roll") == Participation.Role.OWNER
    role = Participation.Role.OWNER if owner else Participation.Role.PARTNER
    try:
        with carry.writing(submission, request.user):
            picking.join(submission, project, role, Writer(request.user, timezone.now()))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(address(submission, "project_search"))
    messages.success(request, f"Ni är med i {project}. Kontrollera uppgifterna.")
    return redirect(parts.address(submission, f"{KEY}/{project.slug}"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def project_new(request, year, administration):
    submission = own_submission(request.user, year, administration)
    if not submission.is_editable:
        return locked(request, submission) if request.method == "POST" else redirect(submission)
    if request.method != "POST":
        name = request.GET.get("namn", "")[: picking.LONGEST]
        return _new(request, ownership.NewProjectForm(submission, initial={"namn": name}))
    form = ownership.NewProjectForm(submission, request.POST)
    if not form.is_valid():
        return _new(request, form, 422)
    try:
        with carry.writing(submission, request.user):
            project = picking.add(
                submission, form.cleaned_data["namn"], form.role, form.external,
                Writer(request.user, timezone.now()),
            )  # fmt: skip
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _new(request, form, 422)
    messages.success(request, f"{project} är tillagt. Fyll i det ni vet.")
    return redirect(parts.address(submission, f"{KEY}/{project.slug}"))


def _new(request, form, status=200):
    context = {
        "form": form,
        "submission": form.submission,
        "breadcrumbs": _below(form.submission),
    }
    return render(request, "reports/entry/projects_new.html", context, status=status)


# --- Owner and leaving ---------------------------------------------------------------------------


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_owner(request, year, administration, slug):
    submission = own_submission(request.user, year, administration)
    entry = ProjectForm(submission, f"{KEY}/{slug}")
    if not entry.writes_shared:
        raise PermissionDenied
    if refusal := request.method == "POST" and locked(request, submission):
        return refusal
    form = ownership.OwnerForm(entry.participation, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with carry.writing(submission, request.user):
                form.save(request.user)
            messages.success(request, "Ägaren är sparad.")
            return redirect(parts.address(submission, entry.key))
        except ValidationError as error:
            form.add_error(None, error.messages)
    context = {
        "form": form,
        "entry": entry,
        "submission": submission,
        "breadcrumbs": _below(submission, entry),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/entry/projects_owner.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_leave(request, year, administration, slug):
    submission = own_submission(request.user, year, administration)
    entry = ProjectForm(submission, f"{KEY}/{slug}")
    if request.method == "POST":
        return locked(request, submission) or _leave(request, submission, entry)
    context = {
        "entry": entry,
        "why_not": ownership.why_not_leave(entry.participation),
        "submission": submission,
        "breadcrumbs": _below(submission, entry),
    }
    return render(request, "reports/entry/projects_leave.html", context)


def _leave(request, submission, entry):
    try:
        with carry.writing(submission, request.user):
            ownership.leave(entry.participation, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(parts.address(submission, entry.key))
    offer = {
        "sentence": f"Du tog bort medverkan i {entry.heading}.",
        "url": address(submission, "project_return", entry.project.slug),
    }
    messages.info(request, render_to_string("reports/entry/_projects_undo.html", offer, request))
    return redirect(address(submission))


@require_POST
def project_return(request, year, administration, slug):
    """Undo of `project_leave`."""
    submission = own_submission(request.user, year, administration)
    project = get_object_or_404(Project, slug=slug)
    if refusal := locked(request, submission):
        return refusal
    try:
        with carry.writing(submission, request.user):
            ownership.come_back(project, submission.administration, request.user)
            carry.items(submission)
        messages.success(request, f"Medverkan i {project} är tillbaka.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{address(submission)}#projekt-{slug}")
