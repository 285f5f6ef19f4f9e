"""The year's schedule: a page, and a calendar file. Each administration's days are its own and
stadskontoret's."""

import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from malmo_intl import access, formats
from malmo_intl.models import Event
from reports import schedule as way
from reports.calendar import Day, calendar
from reports.models import ReportingYear
from reports.views.year_settings import year_trail
from reports.yearsetup import timetable


@require_safe
def schedule(request, year):
    found = get_object_or_404(ReportingYear, year=year)
    stops, owns = _days(request.user, found)
    leads = access.may_review(request.user)
    context = {
        "year": found,
        "leads": leads,
        "breadcrumbs": year_trail(found),
        "stops": stops if leads or not owns else shared(stops),
        "owns": owns,
        "is_known": any(stop.day for stop in stops),
        "several": len(owns) > 1,
        "problems": way.problems(stops),
        "today": timezone.localdate(),
        "calendar_url": reverse("calendar", args=[found.year]),
    }
    return render(request, "reports/schedule.html", context)


@require_safe
def year_calendar(request, year):
    found = get_object_or_404(ReportingYear, year=year)
    days = calendar_days(found, *_days(request.user, found))
    latest = Event.objects.about(found).first()
    stamp = latest.at if latest else datetime.datetime(found.year, 1, 1, tzinfo=datetime.UTC)
    answer = HttpResponse(
        calendar(f"Internationell redovisning {found}", days, stamp),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = f'attachment; filename="internationell-redovisning-{found}.ics"'
    return answer


def _days(user, year):
    """The year's stops, and the own days of the administrations whose drafts the user may read."""
    submissions = year.submissions.select_related("administration", "year")
    if not access.sees_all(user):
        submissions = submissions.filter(administration__in=access.own_administrations(user))
    stages = timetable.stages(year)
    return way.backwards(stages), timetable.owns(stages, submissions)


def shared(stops):
    """Those that are the same for all: what comes before the hand-in is each administration's own."""
    keys = [stop.key for stop in stops]
    return stops[keys.index(way.OFFICE) :]


def calendar_days(year, stops, owns):
    """What the calendar holds: the city's days, and each administration's own."""
    key = f"{year}"
    if year.opens_on:
        yield Day(f"{key}-opens", year.opens_on, f"Redovisningen {year} öppnar")
    titles = {
        way.OFFICE: f"Sista dag att lämna in redovisningen {year}",
        way.COUNCIL: f"Kommunfullmäktige: internationell redovisning {year}",
    }
    for stop in shared(stops):
        if stop.day:
            title = titles.get(stop.key, f"{stop.name}: internationell redovisning {year}")
            yield Day(f"{key}-{stop.key}", stop.day, title, _note(stop))
    for its in owns:
        yield from _own_days(year, its)


def _own_days(year, its):
    unit = its.submission.administration
    names = {
        way.PREPARATION: f"Sista trygga dag: {formats.in_sentence(unit.genitive)} redovisning {year} till beredning",
        way.COMMITTEE: f"{formats.genitive(unit.board_name)} arbetsutskott: internationell redovisning {year}",
        way.BOARD: f"{unit.board_name}: internationell redovisning {year}",
    }
    for stop in its.stops:
        if stop.day and stop.key in names:
            yield Day(f"{year}-{stop.key}-{unit.slug}", stop.day, names[stop.key], _note(stop))


def _note(stop) -> str:
    return (
        ""
        if stop.is_fixed
        else f"Uträknat till {formats.long_date(stop.day)}. Ingen dag är bestämd än."
    )
