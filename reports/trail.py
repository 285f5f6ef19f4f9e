"""The trail (händelser): who did what when. Only read here; written by the deeds themselves.

Stadskontoret reads everything; the people of an administration read what concerns their administration.
"""

import re

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone

from funding.models import Payout
from malmo_intl import access
from malmo_intl.formats import sort_key
from malmo_intl.models import Administration, Event
from projects.models import Participation, Project
from reports.models import (
    Answer,
    CityText,
    Letter,
    Memo,
    Milestone,
    Publication,
    PublishedFigure,
    Publishing,
    Question,
    ReportingYear,
    Submission,
)

# What an event may be about that belongs to a year, and how its year is reached.
OF_A_YEAR = {
    ReportingYear: "year",
    Submission: "year__year",
    Answer: "submission__year__year",
    CityText: "year__year",
    Letter: "year__year",
    Memo: "year__year",
    Milestone: "year__year",
    Payout: "year",
    Publication: "year__year",
    PublishedFigure: "year",
    Publishing: "year__year",
    Question: "year__year",
}
OF_A_PROJECT = {Project: "slug", Participation: "project__slug"}
_SUBJECT = re.compile(
    r"ar-(?P<year>\d{4})(?:-(?P<administration>[-\w]+))?|projekt-(?P<slug>[-\w]+)"
)
_DATE = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


def visible_to(user) -> QuerySet[Event]:
    """The events that `user` may read, newest first."""
    if access.sees_all(user):
        return Event.objects.all()
    return Event.objects.filter(administration__in=access.own_administrations(user))


def of_year(year: int) -> QuerySet[Event]:
    """Every event about the year or something that belongs to it, oldest first."""
    return Event.objects.filter(_among(OF_A_YEAR, year)).order_by("at", "pk")


def with_subjects(events: QuerySet[Event]) -> QuerySet[Event]:
    """With what they are about, where that has a page: three queries more, however many the events are."""
    pages = [
        Submission.objects.select_related("year", "administration"),
        Project.objects.all(),
        ReportingYear.objects.all(),
    ]
    return events.select_related("administration").prefetch_related(
        GenericPrefetch("subject", pages)
    )


def _among(paths: dict, value) -> Q:
    """Events about a row of one of the models, whose path leads to `value`."""
    found = Q()
    for model, kind in ContentType.objects.get_for_models(*paths).items():
        rows = model._default_manager.filter(**{paths[model]: value}).order_by().values("pk")
        found |= Q(subject_type=kind, subject_id__in=rows)
    return found


class TrailFilter(django_filters.FilterSet):
    """The chosen events as `qs`: of a subject, a year, an administration, a person, a period."""

    amne = django_filters.CharFilter(
        method="of_subject", label="Gäller", max_length=120, widget=forms.HiddenInput
    )
    year = django_filters.ChoiceFilter(
        method="of_year", label="Redovisningsår", choices=(), empty_label="Alla"
    )
    administration = django_filters.ChoiceFilter(
        field_name="administration__code", label="Förvaltning", choices=(), empty_label="Alla"
    )
    person = django_filters.ChoiceFilter(
        field_name="by_id", label="Vem", choices=(), empty_label="Alla"
    )
    since = django_filters.DateFilter(
        field_name="at", lookup_expr="date__gte", label="Från och med", **_DATE
    )
    until = django_filters.DateFilter(
        field_name="at", lookup_expr="date__lte", label="Till och med", **_DATE
    )

    class Meta:
        model = Event
        fields = []

    def __init__(self, data: QueryDict, user):
        everything = visible_to(user)
        super().__init__(data, everything)
        units = Administration.objects.all()
        if not access.sees_all(user):
            units = units.filter(pk__in=access.own_administrations(user))
        people = everything.order_by().exclude(by=None).values_list("by_id", "by__name").distinct()
        years = ReportingYear.objects.order_by("-year").values_list("year", flat=True)
        for name, choices in {
            "year": [(str(year), str(year)) for year in years],
            "administration": _by_name(units.values_list("code", "name")),
            "person": _by_name((str(pk), name) for pk, name in people),
        }.items():
            self.filters[name].extra["choices"] = choices

    @property
    def chosen(self) -> dict:
        """The questions that were answered, by name."""
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def of_year(self, events, name, value):
        return events.filter(_among(OF_A_YEAR, int(value)))

    def of_subject(self, events, name, value):
        match = _SUBJECT.fullmatch(value)
        if not match:
            return events.none()
        if match["slug"]:
            return events.filter(_among(OF_A_PROJECT, match["slug"]))
        events = self.of_year(events, name, match["year"])
        unit = match["administration"]
        return events.filter(administration__slug=unit) if unit else events

    @property
    def subject_words(self) -> str:
        """What the chosen `amne` is, in words; empty when none is chosen or it is not known."""
        match = _SUBJECT.fullmatch(self.chosen.get("amne", ""))
        if not match:
            return ""
        if match["slug"]:
            return str(Project.objects.filter(slug=match["slug"]).first() or "")
        unit = match["administration"]
        words = Administration.objects.filter(slug=unit).first() if unit else "Redovisningsåret"
        return f"{words} {match['year']}" if words else ""


def _by_name(pairs):
    return sorted(pairs, key=lambda pair: sort_key(pair[1]))


def _address(record):
    """The page of what the event is about; None where there is none any more."""
    subject = record.subject
    return subject.get_absolute_url() if hasattr(subject, "get_absolute_url") else None


class TrailTable(tables.Table):
    caption = "Händelser"

    at = tables.Column("När", attrs={"td": {"class": "nowrap"}})
    by_name = tables.Column("Vem")
    verb = tables.Column("Vad")
    subject_name = tables.Column("Gäller", linkify=_address)
    administration = tables.Column("Förvaltning", accessor="administration__code", default="")
    comment = tables.Column("Kommentar", default="")

    class Meta:
        orderable = False
        empty_text = "Inga händelser."

    def render_at(self, value):
        return timezone.localtime(value).strftime("%Y-%m-%d %H.%M")

    def value_at(self, value):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
