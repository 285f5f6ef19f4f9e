"""A new year from the last one, and the settings of a year: for stadskontoret."""

from itertools import zip_longest

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from js_asset import Media

from malmo_intl import access
from malmo_intl.models import Event
from malmo_intl.sessions import keeps_what_was_typed
from reports import newyear, schedule
from reports.entry.rows import SCRIPT
from reports.models import ReportingYear
from reports.views.own import clock
from reports.yearsetup import saving, timetable
from reports.yearsetup.new import NewYearForm, following
from reports.yearsetup.settings import SEEN, SettingsForm

SCRIPTS = Media(js=[SCRIPT])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def year_new(request):
    _office_only(request.user)
    number = following(timezone.localdate())
    if request.method != "POST":
        return _new_page(request, NewYearForm(number))
    form = NewYearForm(number, request.POST)
    if form.is_redrawn:
        return _new_page(request, form)
    if not form.is_valid():
        return _new_page(request, form, 422)
    try:
        year = newyear.create(form.plan(), request.user)
    except IntegrityError:  # somebody made the same year meanwhile
        form.add_error("ar", f"Redovisningsåret {form.year} finns redan.")
        return _new_page(request, form, 422)
    messages.success(request, f"Redovisningsåret {year} är planerat. Öppna det när det är dags.")
    return redirect("year_settings", year.year)


def _new_page(request, form, status=200):
    context = {"heading": "Nytt redovisningsår", "breadcrumbs": years_trail(), "is_new": True}
    return _page(request, form, status, **context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def year_settings(request, year):
    found = office_year(request.user, year)
    if request.method != "POST":
        form = SettingsForm(found)
        if form.is_fixed:
            return _fixed_page(request, form)
        return _settings_page(request, form)
    try:
        with transaction.atomic():
            held = ReportingYear.objects.select_for_update(no_key=True).get(pk=found.pk)
            return _save(request, SettingsForm(held, request.POST))
    except ValidationError as error:
        problem = " ".join(error.messages)
    except IntegrityError:  # somebody began what was being removed
        problem = "Någon hann ändra samma sak, så inget är sparat. Läs igenom och spara igen."
    form = SettingsForm(office_year(request.user, year), request.POST)
    return _settings_page(request, form, 409, problem=problem)


def _save(request, form):
    """Within the transaction that holds the year."""
    if form.is_fixed:
        problem = (
            "Året är publicerat, så det du skrev är inte sparat. Det står kvar här att kopiera."
        )
        return _settings_page(request, form, 409, problem=problem)
    if form.is_redrawn:
        return _settings_page(request, form, seen=request.POST.get(SEEN, ""))
    changed = form.changed_since(request.POST.get(SEEN, ""))
    if changed:
        return _settings_page(
            request, form.joined(), 409, problem=_who(form.reporting_year),
            differences=form.differences(changed),
        )  # fmt: skip
    if not form.is_valid():
        return _settings_page(request, form, 422)
    comment = saving.save(form, request.user)
    if comment:
        messages.success(request, "Inställningarna är sparade.")
    else:
        messages.info(request, "Inget var ändrat.")
    return redirect("year_settings", form.year)


def _who(year) -> str:
    latest = Event.objects.about(year).first()
    who = f"{latest.by_name} ändrade {clock(latest.at)}" if latest else "Någon ändrade"
    return f"{who}, medan du skrev. Det du skrev är inte sparat än."


def _settings_page(request, form, status=200, seen=None, **more):
    stops = schedule.backwards(timetable.stages(form.reporting_year))
    context = {
        "heading": f"Inställningar {form.year}",
        "year": form.reporting_year,
        "breadcrumbs": year_trail(form.reporting_year),
        "stops": stops,
        "schedule_problems": schedule.problems(stops),
        "seen": form.seen() if seen is None else seen,
    }
    return _page(request, form, status, **context, **more)


def _page(request, form, status, **context):
    lines = form.step_lines()
    steps = zip_longest(lines, context.get("stops", ())[: len(lines)])
    context |= {"form": form, "steps": list(steps), "media": SCRIPTS.with_nonce(request.csp_nonce)}
    return render(request, "reports/year_settings/form.html", context, status=status)


def _fixed_page(request, form):
    context = {
        "year": form.reporting_year,
        "form": form,
        "breadcrumbs": year_trail(form.reporting_year),
    }
    return render(request, "reports/year_settings/fixed.html", context)


# --- For all pages of stadskontoret's year ---------------------------------------------------------


def _office_only(user):
    if not access.may_review(user):
        raise Http404("Sidan finns inte.")


def office_year(user, year: int) -> ReportingYear:
    """The year, for stadskontoret; 404 when there is none, and for all others."""
    found = get_object_or_404(ReportingYear.objects.select_related("goal_set"), year=year)
    _office_only(user)
    return found


def years_trail():
    return [("Redovisningsår", reverse("years"))]


def year_trail(year):
    return [*years_trail(), (str(year), year.get_absolute_url())]
