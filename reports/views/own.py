"""The submission that somebody writes in, and its parts, as the views that write in it find them."""

import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from malmo_intl import access
from reports.entry import carry, parts
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


class Desk:
    """Where the parts of a submission are written: their forms, their addresses, what a save sees to."""

    def __init__(self, submission: Submission):
        self.submission = submission

    def form(self, key, data=None) -> PartForm:
        return part_form(self.submission, key, data)

    def trail(self, key) -> list[tuple[str, str]]:
        return trail(self.submission, key)

    def address(self, key) -> str:
        return parts.address(self.submission, key)

    def _place(self, key):
        return [self.submission.year.year, self.submission.administration.slug, key]

    def history(self, key) -> str:
        return reverse("part_history", args=self._place(key))

    def restore(self, key, version) -> str:
        return reverse("part_restore", args=[*self._place(key), version])

    def following(self, key) -> str:
        """Where the writer goes on when the part `key` is finished."""
        return parts.following(self.submission, key).url

    def hold(self):
        """Holds what is written in until the save is done. Raises ValidationError if it is handed in already."""
        carry.hold(
            self.submission,
            "Det du skrev är inte sparat, men finns kvar här så att du kan kopiera det.",
        )

    def begin(self, user):
        """The first save begins the report."""
        if self.submission.status == Submission.Status.NOT_STARTED:
            carry.begin(self.submission, user)


def clock(at: datetime.datetime) -> str:
    return f"{timezone.localtime(at):%H.%M}"
