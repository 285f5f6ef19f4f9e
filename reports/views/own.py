"""The submission that somebody writes in, and its parts, as the views that write in it find them."""

import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from malmo_intl import access
from reports.entry import parts
from reports.entry.form import PartForm
from reports.models import Submission


def own_submission(user, year: int, administration: str) -> Submission:
    """The submission, if `user` may report for its administration; else 404, or 403 for a reader."""
    found = get_object_or_404(
        Submission.objects.visible_to(user).select_related("year__goal_set", "administration"),
        year__year=year,
        administration__slug=administration,
    )
    if not access.may_report_for(user, found.administration):
        raise PermissionDenied
    return found


def part_form(submission: Submission, key: str, data=None) -> PartForm:
    """The form of the part, or 404."""
    form_class = parts.form_class(key)
    if form_class is None:
        raise Http404("Delen finns inte.")
    return form_class(submission, key, data)


def trail(submission, key="") -> list[tuple[str, str]]:
    """What stands above the part `key`: a single project stands below the list of them."""
    above = [
        (str(submission.year), submission.year.get_absolute_url()),
        (submission.administration.name, submission.get_absolute_url()),
    ]
    if key.startswith("projekt/"):
        above.append((parts.FORMS["projekt"].heading, parts.address(submission, "projekt")))
    return above


def clock(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%H.%M}"
