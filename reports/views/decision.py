"""The board's decision on what was handed in: its day and its §."""

import datetime
import re

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from malmo_intl import access, formats
from malmo_intl.inputs import KnownDateField, PlainTextField
from reports.models import Memo, ReportingYear, Submission


def paragraph_number(typed: str) -> str:
    """ "§ 14" → "14"; "" stays. Raises ValidationError if it is no number, with or without a letter."""
    number = typed.lstrip("§ ").strip()
    if number and not re.fullmatch(r"[0-9]{1,5} ?[a-zA-Z]?", number):
        raise ValidationError("Skriv paragrafens nummer, till exempel 14.")
    return number


class DecisionForm(forms.Form):
    """What is recorded is `initial`. What the page showed comes back with it, so that nobody writes over what
    somebody else has recorded meanwhile without knowing."""

    dag = KnownDateField(
        label="Dag för beslutet", whole=True, help_text="Till exempel 2025-02-20.",
        error_messages={"required": "Ange vilken dag nämnden beslutade."}, show_hidden_initial=True,
    )  # fmt: skip
    paragraf = PlainTextField(
        label="Paragraf", required=False, max_length=12, help_text="Till exempel 14.",
        show_hidden_initial=True,
    )  # fmt: skip

    def __init__(self, *args, year, today, dated=None, **options):
        """`year`: the number of the year reported on. `dated`: the day of the memo that the board decided on, when
        it has one."""
        super().__init__(*args, auto_id="id_%s", **options)
        self.year, self.today, self.dated = year, today, dated

    def clean_dag(self):
        day = self.cleaned_data["dag"].day
        if day > self.today:
            raise ValidationError("Dagen har inte varit än. Skriv in beslutet när det är fattat.")
        if day.year < self.year:
            raise ValidationError(f"Nämnden kan inte besluta om {self.year} före det året.")
        if self.dated and day < self.dated:
            raise ValidationError(
                f"Nämnden kan inte besluta före tjänsteskrivelsens datum, {formats.long_date(self.dated)}."
            )
        return day

    def clean_paragraf(self):
        return paragraph_number(self.cleaned_data["paragraf"])

    def clean(self):
        cleaned = super().clean()
        recorded = {name: self.initial.get(name, "") for name in self.fields}
        shown = {
            name: self.data.get(self.add_initial_prefix(name), recorded[name]) for name in recorded
        }
        wanted = {"dag": f"{cleaned.get('dag', '')}", "paragraf": cleaned.get("paragraf", "")}
        if not recorded["dag"] or recorded in (shown, wanted):
            return cleaned
        # The page knows of it from now on.
        seen = {self.add_initial_prefix(name): value for name, value in recorded.items()}
        self.data = {**self.data.dict(), **seen}
        now = formats.decision(datetime.date.fromisoformat(recorded["dag"]), recorded["paragraf"])
        raise ValidationError(
            f"Någon annan skrev in {now} medan du hade sidan öppen. Spara igen om det är ditt som ska gälla."
        )


def may_decide(user, submission) -> bool:
    """Its own coordinators and managers, and stadskontoret, once it is handed in."""
    people = access.may_report_for(user, submission.administration) or access.may_review(user)
    return people and submission.status in Submission.RECEIVED and not submission.year.is_published


def empty_form(submission, today) -> DecisionForm:
    """With what is recorded."""
    return _form(submission, today, initial=_recorded(submission))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request, year, administration):
    submission = get_object_or_404(
        Submission.objects.visible_to(request.user).select_related("year", "administration"),
        year__year=year,
        administration__slug=administration,
    )
    if not may_decide(request.user, submission):
        return _refuse(request, submission)
    if request.method != "POST":
        return _page(request, submission, empty_form(submission, timezone.localdate()))
    form = _form(submission, timezone.localdate(), request.POST, initial=_recorded(submission))
    if not form.is_valid():
        return _page(request, submission, form, 422)
    try:
        submission.decide(request.user, form.cleaned_data["dag"], form.cleaned_data["paragraf"])
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, submission, form, 422)
    messages.success(request, "Nämndens beslut är inskrivet.")
    return redirect(submission)


def _refuse(request, submission):
    """403 for who may never; else a word about when it can be done."""
    user = request.user
    if not (access.may_report_for(user, submission.administration) or access.may_review(user)):
        raise PermissionDenied
    if submission.year.status == ReportingYear.Status.PUBLISHED:
        messages.error(request, "Året är publicerat. Beslutet kan ändras när året rättas.")
    else:
        messages.error(request, "Beslutet skrivs in när redovisningen är inlämnad.")
    return redirect(submission)


def _form(submission, today, data=None, **options):
    dated = Memo.objects.filter(
        year=submission.year, administration=submission.administration, project=None
    ).values_list("dated", flat=True)
    return DecisionForm(
        data, year=submission.year.year, today=today, dated=dated.first(), **options
    )


def _recorded(submission) -> dict:
    if submission.decided_on is None:
        return {}
    return {
        "dag": submission.decided_on.isoformat(),
        "paragraf": submission.decision_paragraph,
    }


def _page(request, submission, form, status=200):
    context = {
        "submission": submission,
        "form": form,
        "breadcrumbs": [
            (str(submission.year), submission.year.get_absolute_url()),
            (submission.administration.name, submission.get_absolute_url()),
        ],
    }
    return render(request, "reports/decision.html", context, status=status)
