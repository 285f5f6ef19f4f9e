"""The city's own texts of a year: the list of them, and each with the administrations' answers beside."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from malmo_intl import access
from malmo_intl.sessions import keeps_what_was_typed
from reports import city_meter
from reports.city import City
from reports.entry import city_parts
from reports.models import ReportingYear
from reports.views import entry, versions
from reports.views.own import Desk


class CityDesk(Desk):
    """Where the city's texts are written."""

    submission: City

    @property
    def year(self) -> ReportingYear:
        return self.submission.year

    def form(self, key, data=None):
        form_class = city_parts.form_class(key)
        return form_class(self.submission, key, data)

    def trail(self, key):
        return [
            ("Redovisningsår", reverse("years")),
            (str(self.year), self.year.get_absolute_url()),
            ("Stadens text", self.submission.get_absolute_url()),
        ]

    def address(self, key):
        return city_parts.address(self.submission, key)

    def history(self, key):
        return reverse("city_text_history", args=[self.year.year, key])

    def restore(self, key, version):
        return reverse("city_text_restore", args=[self.year.year, key, version])

    def following(self, key):
        return city_parts.following(self.submission, key)

    def hold(self):
        """Holds the year until the save is done, so that nobody can publish half-way through it."""
        self.year.status = ReportingYear.objects.select_for_update().get(pk=self.year.pk).status
        if not self.submission.is_editable:
            raise ValidationError(
                f"Redovisningsåret {self.year} är publicerat, och stadens texter går inte att ändra. "
                "Det du skrev är inte sparat, men finns kvar här så att du kan kopiera det."
            )

    def begin(self, user):
        """The city's texts need no beginning."""


def city_desk(user, year: int) -> CityDesk:
    """The desk of stadskontoret; for anyone else there is none."""
    if not access.may_review(user):
        raise Http404
    found = get_object_or_404(ReportingYear.objects.select_related("goal_set"), year=year)
    return CityDesk(City(found))


@never_cache
@require_safe
def city_texts(request, year):
    desk = city_desk(request.user, year)
    listed = city_parts.written(desk.submission)
    finished = sum(item.is_finished for item in listed)
    context = {
        "year": desk.year,
        "city": desk.submission,
        "texts": listed,
        "progress": f"{finished} av {len(listed)} texter klara",
        "meter": city_meter.measure(desk.year, "", "", ()),
        "breadcrumbs": desk.trail("")[:2],
    }
    return render(request, "reports/city/texts.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def city_text(request, year, key):
    return entry.write(request, city_desk(request.user, year), key)


@never_cache
@require_safe
def city_text_history(request, year, key):
    return versions.history(request, city_desk(request.user, year), key)


@require_POST
def city_text_restore(request, year, key, version):
    return versions.restore(request, city_desk(request.user, year), key, version)
