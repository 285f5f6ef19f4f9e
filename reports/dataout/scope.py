"""How much somebody may read: a person, or anyone. What is outside is not there."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from funding.models import Payout
from malmo_intl import access
from malmo_intl.models import User
from projects.models import NetworkMembership, Participation, Project
from reports.models import PublishedFigure, ReportingYear, Submission

Status = ReportingYear.Status


@dataclass(frozen=True)
class Scope:
    """`user` None: whoever has a key, or anyone; published years only."""

    user: User | None = None

    @property
    def _sees_all(self) -> bool:
        return self.user is not None and access.sees_all(self.user)

    @property
    def _own(self) -> set[int]:
        return access.own_administrations(self.user) if self.user else set()

    @cached_property
    def _published(self) -> list[int]:
        years = ReportingYear.objects.filter(status=Status.PUBLISHED)
        return list(years.values_list("year", flat=True))

    def years(self) -> QuerySet[ReportingYear]:
        years = ReportingYear.objects.order_by("year")
        return years if self.user else years.filter(status=Status.PUBLISHED)

    def submissions(self) -> QuerySet[Submission]:
        """Whose state may be known."""
        if self.user:
            return Submission.objects.visible_to(self.user)
        return Submission.objects.filter(year__status=Status.PUBLISHED)

    def told(self) -> QuerySet[Submission]:
        """Whose contents may be read: what is handed in, and one's own also before."""
        if self._sees_all:
            return self.submissions()
        return self.submissions().filter(
            Q(status__in=Submission.RECEIVED, year__status=Status.PUBLISHED)
            | Q(administration__in=self._own)
        )

    def payouts(self) -> QuerySet[Payout]:
        if self.user:
            return Payout.objects.visible_to(self.user)
        return Payout.objects.filter(published=True, year__in=self._published)

    def participations(self) -> QuerySet[Participation]:
        """The register is for everyone who may log in; others read what belongs to a published year."""
        if self.user:
            return Participation.objects.all()
        found = Participation.objects.none()
        for year in self._published:
            found |= Participation.objects.belonging_to(year, self.payouts())
        return Participation.objects.filter(pk__in=found.values("pk"))

    def projects(self) -> QuerySet[Project]:
        if self.user:
            return Project.objects.all()
        return Project.objects.filter(pk__in=self.participations().values("project"))

    def memberships(self) -> QuerySet[NetworkMembership]:
        """Of published years, unless the administration's report of the year never came in."""
        if self._sees_all:
            return NetworkMembership.objects.all()
        silent = Submission.objects.filter(
            year__year=OuterRef("year"), administration=OuterRef("administration")
        ).exclude(status__in=Submission.RECEIVED)
        return NetworkMembership.objects.filter(
            Q(year__in=self._published) & ~Exists(silent) | Q(administration__in=self._own)
        )

    def figures(self) -> QuerySet[PublishedFigure]:
        """Of years that are published, in this system or before it."""
        if self._sees_all:
            return PublishedFigure.objects.all()
        hidden = ReportingYear.objects.exclude(status__in=ReportingYear.HAS_PUBLICATIONS)
        return PublishedFigure.objects.exclude(year__in=hidden.values("year"))
