"""The city's decision on a published document: when kommunstyrelsen and kommunfullmäktige met, and the §."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from malmo_intl import access
from malmo_intl.inputs import KnownDateField, PlainTextField
from reports.models import CityDecision
from reports.views.decision import paragraph_number
from reports.views.published import asked_for

Body = CityDecision.Body


class CityDecisionForm(forms.Form):
    """A day and a § for each body. An empty day says that there is no decision, or that it was entered in error.

    What the page showed comes back with it, so that only what was changed there is saved: somebody else may have
    entered the other body's decision meanwhile.
    """

    def __init__(self, publication, today, data=None):
        super().__init__(data, auto_id="id_%s")
        self.publication, self.today = publication, today
        known = {decision.body: decision for decision in publication.decisions.all()}
        for body in Body:
            found = known.get(body)
            self.fields[f"dag-{body}"] = KnownDateField(
                label=f"{body.label}, dag", whole=True, required=False, help_text="Till exempel 2025-06-18.",
                initial=found and found.day.isoformat(), show_hidden_initial=True,
            )  # fmt: skip
            self.fields[f"paragraf-{body}"] = PlainTextField(
                label=f"{body.label}, paragraf", required=False, max_length=12, help_text="Till exempel 14.",
                initial=found and found.paragraph, show_hidden_initial=True,
            )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        for body in Body:
            typed = cleaned.get(f"dag-{body}")
            if typed and typed.day > self.today:
                self.add_error(
                    f"dag-{body}",
                    "Dagen har inte varit än. Skriv in beslutet när det är fattat.",
                )
            elif typed and typed.day.year < self.publication.year.year:
                self.add_error(
                    f"dag-{body}",
                    f"{body.label} kan inte besluta om {self.publication.year} före det året.",
                )
            try:
                cleaned[f"paragraf-{body}"] = paragraph_number(cleaned.get(f"paragraf-{body}", ""))
            except ValidationError as error:
                self.add_error(f"paragraf-{body}", error)
            if cleaned.get(f"paragraf-{body}") and not typed and f"dag-{body}" in cleaned:
                self.add_error(f"dag-{body}", "Ange dagen för beslutet, eller ta bort paragrafen.")
        board, council = (cleaned.get(f"dag-{body}") for body in (Body.BOARD, Body.COUNCIL))
        if board and council and council.day < board.day:
            self.add_error(
                f"dag-{Body.COUNCIL}",
                "Kommunfullmäktige beslutar efter kommunstyrelsen. Kontrollera dagarna.",
            )
        return cleaned

    @transaction.atomic
    def save(self, by):
        for body in Body:
            if not {f"dag-{body}", f"paragraf-{body}"} & set(self.changed_data):
                continue
            typed = self.cleaned_data[f"dag-{body}"]
            paragraph = self.cleaned_data[f"paragraf-{body}"]
            CityDecision.enter(self.publication, body, typed and typed.day, paragraph, by)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def city_decision(request, year, kind, version):
    found = asked_for(request.user, year, kind, version).light()
    publication = get_object_or_404(found)
    if not access.may_review(request.user):
        raise PermissionDenied
    form = CityDecisionForm(publication, timezone.localdate(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save(request.user)
        messages.success(request, "Besluten är sparade.")
        return redirect(publication)
    context = {
        "publication": publication,
        "form": form,
        "breadcrumbs": [(str(publication), publication.get_absolute_url())],
    }
    return render(
        request, "reports/city_decision.html", context, status=422 if form.is_bound else 200
    )
