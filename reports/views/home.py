"""The start page: for each of a person's roles, what waits and what there is to read."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from malmo_intl import access
from malmo_intl.models import Administration, Role
from reports.models import ReportingYear
from reports.views import parts, told
from reports.views.shelf import shelf
from reports.views.waiting import waiting as waits

Status = ReportingYear.Status
DOCUMENTS_SHOWN = 6


@require_safe
def home(request):
    user = request.user
    own = access.own_administrations(user)
    context = {
        "own": own_reports(user, own) if own else None,
        "office": office(user) if access.sees_all(user) else None,
        "system": user.is_staff or access.has_role(user, Role.SYSTEM),
        "known": bool(access.roles(user)) or user.is_staff,
    }
    return render(request, "reports/home.html", context)


def own_reports(user, own) -> dict:
    """For someone in an administration: what waits, then what there is to read."""
    submissions = parts.submissions_of(user, administration__in=own)
    started = [item for item in submissions if item.year.status != Status.PLANNED]
    waiting = [
        item
        for item in started
        if is_under_way(item) and access.may_report_for(user, item.administration)
    ]
    today = timezone.localdate()
    readable = [
        item for item in shelf(user) if not item.administration or item.administration.pk in own
    ]
    return {
        "administrations": Administration.objects.filter(pk__in=own),
        "several": len(own) > 1,
        "comments": told.counted(own),
        "waiting": [
            (item, time_left(item.submission.year.last_day, today)) for item in waits(user, waiting)
        ],
        "submissions": [item for item in newest_first(started) if item not in waiting],
        "documents": readable[:DOCUMENTS_SHOWN],
    }


def is_under_way(submission) -> bool:
    """There may be something to do: the year is open, or is being corrected and this is not handed in."""
    if submission.year.status == Status.CORRECTING:
        return submission.is_editable or submission.is_signed
    return submission.year.status == Status.OPEN


def newest_first(submissions) -> list:
    return sorted(submissions, key=lambda item: -item.year.year)


def office(user) -> dict:
    """For stadskontoret: the year under way, or the latest; how far it has come."""
    years = ReportingYear.objects.select_related("goal_set").exclude(status=Status.PLANNED)
    year = years.filter(status=Status.OPEN).first() or years.first()
    if year is None:
        return {"year": None}
    submissions = parts.submissions_of(user, year=year)
    return {
        "year": year,
        "time_left": time_left(year.last_day, timezone.localdate()),
        "figures": parts.large(parts.city_rollup(year), parts.CITY_FIGURES),
        "submissions": submissions,
        "received": parts.handed_in(submissions),
        "documents": [item for item in shelf(user, year=year.year) if not item.administration],
    }


def time_left(last_day, today) -> str:
    """ "12 dagar kvar", "i dag", "passerad"; empty when no last day is set."""
    if last_day is None:
        return ""
    days = (last_day - today).days
    if days < 0:
        return "passerad"
    if days == 0:
        return "i dag"
    return "1 dag kvar" if days == 1 else f"{days} dagar kvar"
