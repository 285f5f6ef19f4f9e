"""Two entries of one project: choose them, see what follows, make them one, take it back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from malmo_intl import access
from malmo_intl.formats import sort_key
from projects.models import Project
from reports import merging
from reports.models import Merge

SHOWN = 20


class ChoiceForm(forms.Form):
    """The address of each as it stands in the query: behall and ta-bort."""

    def __init__(self, data, projects):
        super().__init__(data, auto_id="id_%s")
        listed = [("", "Välj ett projekt"), *((item.slug, item.name) for item in projects)]
        for name, label in (
            ("behall", "Projekt som behålls"),
            ("ta-bort", "Projekt som går upp i det"),
        ):
            self.fields[name] = forms.ChoiceField(
                label=label, choices=listed,
                error_messages={
                    "required": "Välj ett projekt.",
                    "invalid_choice": "Projektet finns inte i registret. Välj ett annat.",
                },
            )  # fmt: skip

    def clean(self):
        chosen = super().clean()
        if chosen.get("behall") and chosen.get("behall") == chosen.get("ta-bort"):
            self.add_error("ta-bort", "Välj två olika projekt.")
        return chosen


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request):
    if not access.may_review(request.user):
        raise Http404("Sidan finns inte.")
    projects = list(Project.objects.select_related("external_owner").prefetch_related("aliases"))
    projects.sort(key=lambda item: sort_key(item.name))
    is_chosen = {"behall", "ta-bort"} & request.GET.keys()
    form = ChoiceForm(request.GET if is_chosen else None, projects)
    if not (is_chosen and form.is_valid()):
        return _choose(request, form, projects)
    by_slug = {item.slug: item for item in projects}
    pair = by_slug[form.cleaned_data["behall"]], by_slug[form.cleaned_data["ta-bort"]]
    return _merge(request, *pair) if request.method == "POST" else _preview(request, *pair)


def _choose(request, form, projects):
    context = {
        "form": form,
        "breadcrumbs": [("Projekt", reverse("projects:index"))],
        "suspects": merging.suspects(projects),
        "merges": Merge.objects.select_related("kept")[:SHOWN],
    }
    return render(request, "reports/merge.html", context, status=422 if form.errors else 200)


def _preview(request, kept, removed):
    told, problems = [], []
    try:
        told = merging.rehearse(kept, removed)
    except ValidationError as error:
        problems = error.messages
    context = {
        "kept": kept,
        "removed": removed,
        "told": told,
        "problems": problems,
        "waiting": merging.signed_off(kept, removed),
        "breadcrumbs": [
            ("Projekt", reverse("projects:index")),
            ("För samman projekt", reverse("merge")),
        ],
        "swapped": f"{reverse('merge')}?behall={removed.slug}&ta-bort={kept.slug}",
    }
    return render(request, "reports/merge_preview.html", context)


def _merge(request, kept, removed):
    name = removed.name
    try:
        merging.merge(kept, removed, request.user, timezone.now())
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect(request.get_full_path())
    messages.success(request, f"{name} är nu en del av {kept}.")
    return redirect(kept)


@require_POST
def merge_undo(request, number):
    if not access.may_review(request.user):
        raise Http404("Sidan finns inte.")
    made = get_object_or_404(Merge.objects.select_related("kept"), pk=number)
    try:
        merging.undo(made, request.user, timezone.now())
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    else:
        messages.success(request, f"{made.merged_name} är ett eget projekt igen.")
    return redirect("merge")
