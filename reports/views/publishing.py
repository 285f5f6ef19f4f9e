"""To publish a year, follow how it goes, and correct it: stadskontoret's page."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from malmo_intl import access
from malmo_intl.inputs import PlainTextField
from malmo_intl.sessions import keeps_what_was_typed
from reports import tasks
from reports.models import Comment, Publishing, ReportingYear, Submission
from reports.publishing import attempts, contents, correcting, files
from reports.views.published import documents_of

Status = ReportingYear.Status
CONFIRM = "Bekräfta att du har läst dokumenten."
DONE, CORRECTED = "Året är publicerat.", "Rättelsen är publicerad."
BEGUN = "Publiceringen har börjat."
GOING_ON = "Publiceringen pågår redan. Du ser här hur det går."


class PublishForm(forms.Form):
    """What must be said before a year is published."""

    klart = forms.BooleanField(
        label="Jag har läst dokumenten, och de ska publiceras",
        error_messages={"required": CONFIRM},
    )


class NewVersionForm(PublishForm):
    """The same, of a year that is being corrected."""

    skal = PlainTextField(
        label="Skäl till den nya versionen",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Skälet visas för alla, vid dokumenten och vid de siffror som ändras.",
        error_messages={"required": attempts.NO_REASON},
    )
    field_order = ["skal", "klart"]


class CorrectForm(forms.Form):
    skal = PlainTextField(
        label="Varför behöver det publicerade rättas?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Skriv vad som är fel. Skälet visas för alla när den nya versionen är publicerad.",
        error_messages={"required": "Skriv varför det publicerade behöver rättas."},
    )


@keeps_what_was_typed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publishing(request, year):
    if not access.may_review(request.user):
        raise Http404("Sidan finns inte.")
    found = get_object_or_404(ReportingYear.objects.select_related("goal_set"), year=year)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("gor"))
        if act is None:
            raise Http404("Knappen finns inte.")
        return act(request, found)
    return _page(request, found)


def _page(request, year, refused=None):
    """`refused`: a form that was not taken, to be shown again as it was typed."""
    last = Publishing.objects.filter(year=year).first()
    context = {
        "year": year,
        "breadcrumbs": [("Redovisningsår", reverse("years")), (str(year), year.get_absolute_url())],
        "attempt": last if last and last.status in Publishing.UNDER_WAY else None,
        "failed": last if last and last.status == Publishing.Status.FAILED else None,
        "is_silent": bool(last) and timezone.now() - last.beat_at > attempts.silent_after(),
        "published": documents_of(year),
        "refused": refused,
    }
    if not context["attempt"]:
        context |= _next(year, refused)
    return render(request, "reports/publishing.html", context, status=422 if refused else 200)


def _next(year, refused) -> dict:
    """What can be done with the year now: publish, correct, publish anew."""
    if year.status == Status.CLOSED:
        items = contents.contents(year).items
        wanted = [(item, 1) for item in items]
        form = refused or PublishForm(auto_id="id_%s")
        return {"wanted": wanted, "form": form, "files": _files(wanted), "gaps": gaps(year)}
    if year.status == Status.CORRECTING:
        correction = year.correction
        wanted = contents.changed(year, contents.contents(year).items)
        return {
            "correction": correction,
            "wanted": wanted,
            "files": _files(wanted),
            "unsettled": attempts.unsettled(year),
            "form": refused or NewVersionForm(initial={"skal": correction.reason}, auto_id="id_%s"),
        }
    return {"correct": refused or CorrectForm(auto_id="id_%s")}


def _files(wanted) -> int:
    return len(wanted) * len(files.FORMATS)


def gaps(year) -> list[str]:
    """What is missing, as sentences. It hinders nothing: the year may be published without it."""
    rows = list(year.submissions.select_related("administration").order_by("administration__name"))
    found = [
        f"{row.administration} har inte lämnat in. I dokumenten står att rapporteringen ej har inkommit."
        for row in rows
        if row.status not in Submission.RECEIVED
    ]
    found += [
        f"{row.administration} har lämnat in, men redovisningen är inte godkänd."
        for row in rows
        if row.status == Submission.Status.SUBMITTED
    ]
    if not year.memos.filter(administration=None).exists():
        found.append("Stadens tjänsteskrivelse är inte skriven. Den publiceras inte.")
    asked = Comment.objects.filter(
        submission__year=year, sent_at__isnull=False, resolved_at=None
    ).count()
    if asked:
        found.append(
            "En fråga eller kommentar till förvaltningarna är inte besvarad."
            if asked == 1
            else f"{asked} frågor och kommentarer till förvaltningarna är inte besvarade."
        )
    return found


# --- What can be done ------------------------------------------------------------------------------


def _publish(request, year):
    correcting_now = year.status == Status.CORRECTING
    form = (NewVersionForm if correcting_now else PublishForm)(request.POST, auto_id="id_%s")
    if not form.is_valid() and year.can_become(Status.PUBLISHED):
        return _page(request, year, form)
    try:
        attempt, is_new = attempts.ask(
            year, request.user, form.cleaned_data.get("skal", ""), timezone.now()
        )
    except ValidationError as error:
        return _refuse(request, year, error)
    if not is_new:
        messages.info(request, GOING_ON)
        return redirect(request.path)
    tasks.publish.enqueue(attempt.pk)
    attempt.refresh_from_db()
    if attempt.status == Publishing.Status.DONE:
        messages.success(request, CORRECTED if attempt.reason else DONE)
    elif attempt.status in Publishing.UNDER_WAY:
        messages.info(request, BEGUN)
    return redirect(request.path)


def _correct(request, year):
    form = CorrectForm(request.POST, auto_id="id_%s")
    if not form.is_valid():
        return _page(request, year, form) if year.is_published else redirect(request.path)
    try:
        correcting.start(year, request.user, form.cleaned_data["skal"])
    except ValidationError as error:
        return _refuse(request, year, error)
    messages.success(request, "Rättelsen har börjat. Alla andra ser fortfarande det publicerade.")
    return redirect(request.path)


def _stop(request, year):
    try:
        correcting.stop(year, request.user)
    except ValidationError as error:
        return _refuse(request, year, error)
    messages.success(request, "Rättelsen är avbruten. Det publicerade gäller som förut.")
    return redirect(request.path)


ACTS = {"publicera": _publish, "ratta": _correct, "avbryt": _stop}


def _refuse(request, year, error):
    for sentence in error.messages:
        messages.error(request, sentence)
    return redirect("publishing", year.year)
