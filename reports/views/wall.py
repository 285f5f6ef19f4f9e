"""The wall of a year, for stadskontoret."""

from dataclasses import replace

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from malmo_intl import access
from reports.models import ReportingYear, Submission
from reports.wall import Wall
from reports.wall import wall as built


class WallFilter(forms.Form):
    """What is shown of the wall. A value that is not known chooses nothing."""

    lage = forms.ChoiceField(
        label="Läge", required=False, choices=[("", "Alla"), *Submission.Status.choices]
    )
    obesvarad = forms.ChoiceField(label="Har inte svarat på", required=False)
    sena = forms.BooleanField(label="Sena", required=False)
    varningar = forms.BooleanField(label="Fel eller varningar", required=False)

    def __init__(self, data, shown: Wall):
        super().__init__(data, auto_id="id_%s")
        questions = [column for column in shown.columns if column.about]
        self.fields["obesvarad"].choices = [
            ("", "Alla"),
            *((column.key, f"{column.title}: {column.about}") for column in questions),
        ]
        self.full_clean()

    def keep(self, row) -> bool:
        chosen = self.cleaned_data
        return (
            (not chosen.get("lage") or row.submission.status == chosen["lage"])
            and not (chosen.get("obesvarad") and row.answered(chosen["obesvarad"]))
            and (not chosen.get("sena") or row.is_late)
            and (not chosen.get("varningar") or bool(row.errors or row.warnings))
        )


@require_safe
def wall(request, year):
    if not access.may_review(request.user):
        raise Http404("Sidan finns inte.")
    found = get_object_or_404(ReportingYear.objects.select_related("goal_set"), year=year)
    whole = built(found, timezone.localdate())
    form = WallFilter(request.GET, whole)
    context = {
        "year": found,
        "whole": whole,
        "wall": replace(whole, rows=tuple(filter(form.keep, whole.rows))),
        "filter": {"form": form},
        "breadcrumbs": [
            ("Redovisningsår", reverse("years")),
            (str(found), found.get_absolute_url()),
        ],
    }
    return render(request, "reports/wall.html", context)
