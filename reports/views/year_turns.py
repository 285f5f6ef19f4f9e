"""Opening a year, closing it and opening it again: a page that says what follows, and one button."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from malmo_intl.formats import sort_key
from malmo_intl.inputs import PlainTextField
from reports import letters
from reports.models import ReportingYear
from reports.views.year_settings import office_year, year_trail
from reports.yearsetup import readiness

Status = ReportingYear.Status
HEADINGS = {
    "open": "Öppna redovisningsåret {}",
    "close": "Stäng redovisningsåret {}",
    "reopen": "Öppna redovisningsåret {} igen",
}
ACCEPTED = ["GET", "HEAD", "POST"]


class ReasonForm(forms.Form):
    skal = PlainTextField(
        label="Skäl", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Sparas i årets händelser.",
        error_messages={"required": "Skriv varför året öppnas igen."},
    )  # fmt: skip


@never_cache
@require_http_methods(ACCEPTED)
def year_open(request, year):
    found = office_year(request.user, year)
    lacks = readiness.lacks(found)
    if request.method == "POST" and not lacks:
        return _try(request, found, _open, f"Redovisningsåret {found} är öppet.")
    submissions = _in_order(found.submissions)
    to = letters.receivers(submissions)
    context = {
        "lacks": lacks,
        "units": [item.administration for item in submissions],
        "without": [item.administration for item in submissions if not to[item.pk]],
        "others": ReportingYear.objects.filter(status=Status.OPEN).exclude(pk=found.pk),
        "mail": letters.text_of(found, letters.Kind.OPENED),
    }
    status = 409 if request.method == "POST" else 200
    return _page(request, found, "open", Status.PLANNED, status, **context)


def _open(request, year):
    year.open(request.user)

    def unsent(found):
        messages.warning(
            request,
            f"{len(found)} mejl gick inte att skicka nu. Systemet försöker igen av sig självt.",
        )

    site = letters.site_of(request)
    letters.year_opened(year, request.user, site, timezone.localdate(), unsent)


@never_cache
@require_http_methods(ACCEPTED)
def year_close(request, year):
    found = office_year(request.user, year)
    if request.method == "POST":
        return _try(request, found, _close, f"Redovisningsåret {found} är stängt.")
    missing = _in_order(found.missing())
    received = found.submissions.count() - len(missing)
    return _page(request, found, "close", Status.OPEN, missing=missing, received=received)


def _close(request, year):
    told = [int(pk) for pk in request.POST.getlist("saknas") if pk.isascii() and pk.isdecimal()]
    year.close(request.user, unreceived=told)


@never_cache
@require_http_methods(ACCEPTED)
def year_reopen(request, year):
    found = office_year(request.user, year)
    form = ReasonForm(request.POST if request.method == "POST" else None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        return _try(request, found, _reopen, f"Redovisningsåret {found} är öppet igen.")
    late = _in_order(found.submissions.filter(status="not_received"))
    status = 422 if form.errors else 200
    return _page(request, found, "reopen", Status.CLOSED, status, form=form, late=late)


def _reopen(request, year):
    year.reopen(request.user, request.POST["skal"])


def _try(request, year, deed, done):
    """The deed in one transaction; why it could not be done is said on the page of the settings."""
    try:
        with transaction.atomic():
            deed(request, year)
        messages.success(request, done)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("year_settings", year.year)


def _in_order(submissions):
    found = submissions.select_related("administration", "year")
    return sorted(found, key=lambda item: sort_key(item.administration.name))


def _page(request, year, turn, wanted, status=200, **context):
    """`wanted`: the state in which the turn can be taken."""
    context |= {
        "year": year,
        "heading": HEADINGS[turn].format(year),
        "possible": year.status == wanted,
        "breadcrumbs": year_trail(year),
    }
    return render(request, f"reports/year_settings/{turn}.html", context, status=status)
