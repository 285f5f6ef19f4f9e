"""What we do together: projects and who takes part, goals, networks."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from simple_history.models import HistoricalRecords

from malmo_intl import formats
from malmo_intl.fields import SearchField
from malmo_intl.models import Administration, NaturalManager, NaturalModel, Precision


class GoalSetQuerySet(models.QuerySet):
    def valid_in(self, year: int):
        return self.get(
            Q(last_year=None) | Q(last_year__gte=year),
            first_year__lte=year,
        )


class GoalSet(NaturalModel):
    """The council's goals for a period. A goal belongs to its period, never only to its number."""

    name = models.CharField("målperiod", max_length=80, unique=True)
    first_year = models.PositiveSmallIntegerField("första år")
    last_year = models.PositiveSmallIntegerField("sista år", null=True, blank=True)
    source = models.TextField("källa", blank=True)
    history = HistoricalRecords()

    natural_fields = ("name",)
    objects = NaturalManager.from_queryset(GoalSetQuerySet)()

    class Meta:
        verbose_name = "målperiod"
        verbose_name_plural = "målperioder"
        ordering = ["first_year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_year=None) | Q(last_year__gte=F("first_year")),
                name="goal_set_ends_after_start",
                violation_error_message="Sista året kan inte vara före det första.",
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        # SQLite has no exclusion constraint, so overlap is refused here on both databases.
        others = GoalSet.objects.exclude(pk=self.pk).filter(
            Q(last_year=None) | Q(last_year__gte=self.first_year or 0)
        )
        if self.last_year:
            others = others.filter(first_year__lte=self.last_year)
        if self.first_year and others.exists():
            raise ValidationError(f"Perioden överlappar {others.first()}.")


class Goal(NaturalModel):
    """A goal of the council (KF-mål) within one goal set."""

    goal_set = models.ForeignKey(
        GoalSet, models.CASCADE, related_name="goals", verbose_name="målperiod"
    )
    number = models.PositiveSmallIntegerField("nummer", validators=[MinValueValidator(1)])
    name = models.CharField("KF-mål", max_length=120)

    natural_fields = ("goal_set__name", "number")

    class Meta:
        verbose_name = "KF-mål"
        verbose_name_plural = "KF-mål"
        ordering = ["goal_set", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal_set", "number"],
                name="goal_number_unique",
                violation_error_message="Målperioden har redan ett mål med det numret.",
            )
        ]

    def __str__(self):
        return f"{self.number}. {self.name}"


class Organisation(NaturalModel):
    """Someone outside the city: a project owner, a partner, a host."""

    name = models.CharField("organisation", max_length=200, unique=True)

    natural_fields = ("name",)

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ["name"]

    def __str__(self):
        return self.name


class ProjectQuerySet(models.QuerySet):
    def named(self, text: str):
        """Those whose name or alias contains `text`, whatever its case and dashes."""
        text = formats.normalise(text)
        return self.filter(
            Q(search__contains=text)
            | Q(pk__in=ProjectAlias.objects.filter(search__contains=text).values("project"))
        )

    def under_way(self, year: int):
        """Those whose own period touches `year`; an unknown start or end is open, not both."""
        return self.exclude(starts_on=None, ends_on=None).filter(
            Q(starts_on=None) | Q(starts_on__year__lte=year),
            Q(ends_on=None) | Q(ends_on__year__gte=year),
        )


class Project(NaturalModel):
    """One undertaking, known by one name and any number of aliases.

    It is an EU project when a fund of the EU has granted it money (counting rule 2), which only the
    floor above knows.
    """

    class Kind(models.TextChoices):
        PROJECT = "project", "projekt"
        APPLICATION = "application", "ansökan"
        PROCESS = "process", "process eller plattform"
        INVESTMENT = "investment", "investering"

    name = models.CharField("projektnamn", max_length=300)
    slug = models.SlugField("adress", max_length=80, unique=True)
    search = SearchField(source="name")
    kind = models.CharField("slag", max_length=12, choices=Kind, default=Kind.PROJECT)
    aim = models.TextField("syfte", blank=True)
    diary_number = models.CharField("diarienummer", max_length=40, blank=True)
    link = models.URLField("webbplats", blank=True)
    starts_on = models.DateField("startar", null=True, blank=True)
    starts_precision = models.CharField(
        "startens noggrannhet", max_length=5, choices=Precision, default=Precision.DAY
    )
    ends_on = models.DateField("slutar", null=True, blank=True)
    ends_precision = models.CharField(
        "slutets noggrannhet", max_length=5, choices=Precision, default=Precision.DAY
    )
    ends_planned = models.BooleanField("slutet är planerat", default=False)
    external_owner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="owned_projects",
        verbose_name="extern projektägare",
        help_text="Lämnas tomt när en förvaltning äger projektet.",
    )
    continues = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name="fortsätter projektet",
    )
    source_note = models.TextField(
        "källanmärkning", blank=True, help_text="Val som gjorts när källor säger olika."
    )
    history = HistoricalRecords()

    natural_fields = ("slug",)
    objects = NaturalManager.from_queryset(ProjectQuerySet)()

    class Meta:
        verbose_name = "projekt"
        verbose_name_plural = "projekt"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="project_ends_after_start",
                violation_error_message="Slutdagen kan inte vara före startdagen.",
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("projects:detail", args=[self.slug])

    @property
    def starts(self):
        return formats.date_as_known(self.starts_on, self.starts_precision)

    @property
    def ends(self):
        return formats.date_as_known(self.ends_on, self.ends_precision)

    @property
    def period(self):
        """ "januari 2017 – februari 2019", in the precision known."""
        return formats.period(self.starts, self.ends, self.ends_planned)

    def period_of(self, starts_on, ends_on) -> str:
        """The period of a participation, from its own days where it has any; else the project's."""
        if not (starts_on or ends_on):
            return self.period
        starts = formats.date_as_known(starts_on, Precision.DAY) or self.starts
        ends = formats.date_as_known(ends_on, Precision.DAY) or self.ends
        return formats.period(starts, ends, not ends_on and self.ends_planned)

    def all_names(self) -> tuple[str, ...]:
        """Its own name first. Prefetch `aliases` where there are many."""
        return (self.name, *(alias.name for alias in self.aliases.all()))

    def predecessors(self) -> list["Project"]:
        """Those that it continues, the nearest first; each once, though two who saved at once made a circle."""
        found, earlier = [], self.continues
        while earlier and earlier not in (self, *found):
            found.append(earlier)
            earlier = earlier.continues
        return found

    def is_next_to(self, other) -> bool:
        """Whether one of the two continues the other."""
        return self.pk == other.continues_id or other.pk == self.continues_id


class ProjectAlias(NaturalModel):
    """Another name that the project goes by."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="aliases")
    name = models.CharField("annat namn", max_length=300)
    search = SearchField(source="name")

    natural_fields = ("project__slug", "name")

    class Meta:
        verbose_name = "annat projektnamn"
        verbose_name_plural = "andra projektnamn"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name"],
                name="project_alias_unique",
                violation_error_message="Projektet har redan det namnet.",
            )
        ]

    def __str__(self):
        return self.name


class ParticipationQuerySet(models.QuerySet):
    def belonging_to(self, year: int, payouts):
        """Counting rule 3: under way in `year`, or with a row for it among `payouts` (of 0 kronor: only where no
        period is known).

        `payouts` is handed down by the floor that knows money: those that the asker may see. The own
        period goes before the project's; a side that neither knows is open, but not both.
        """
        dated = self.alias(
            starts=Coalesce("starts_on", "project__starts_on"),
            ends=Coalesce("ends_on", "project__ends_on"),
        )
        undated = Q(starts=None, ends=None)
        under_way = (
            ~undated
            & (Q(starts=None) | Q(starts__year__lte=year))
            & (Q(ends=None) | Q(ends__year__gte=year))
        )
        told = payouts.filter(year=year)
        paid = Q(pk__in=told.exclude(amount=0).values("participation"))
        return dated.filter(under_way | paid | undated & Q(pk__in=told.values("participation")))


class Participation(NaturalModel):
    """An administration in a project, as its owner or as a partner. One owner at most."""

    class Role(models.TextChoices):
        OWNER = "owner", "projektägare"
        PARTNER = "partner", "projektpart"

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="participations", verbose_name="projekt"
    )
    administration = models.ForeignKey(
        Administration,
        models.PROTECT,
        related_name="participations",
        verbose_name="förvaltning",
    )
    role = models.CharField("roll", max_length=7, choices=Role)
    starts_on = models.DateField(
        "deltar från", null=True, blank=True, help_text="Tomt: hela projekttiden."
    )
    ends_on = models.DateField("deltar till", null=True, blank=True)
    contribution = models.TextField("förvaltningens del", blank=True)
    source_note = models.TextField("källanmärkning", blank=True)
    history = HistoricalRecords()

    natural_fields = ("project__slug", "administration__code")
    objects = NaturalManager.from_queryset(ParticipationQuerySet)()

    class Meta:
        verbose_name = "medverkan"
        verbose_name_plural = "medverkan"
        ordering = ["project", "role", "administration"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "administration"],
                name="participation_once",
                violation_error_message="Förvaltningen medverkar redan i projektet.",
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(role="owner"),
                name="participation_single_owner",
                violation_error_message="Projektet har redan en ägare.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")),
                name="participation_ends_after_start",
                violation_error_message="Slutdagen kan inte vara före startdagen.",
            ),
        ]

    def __str__(self):
        return f"{self.administration.code}: {self.project}"

    def clean(self):
        if self.role == self.Role.OWNER and self.project_id and self.project.external_owner_id:
            raise ValidationError(
                {"role": f"Projektet ägs av {self.project.external_owner}. Ta bort den först."}
            )


class GoalAllocation(NaturalModel):
    """How much of a participation serves a goal: per cent, above 0 and at most 100 together."""

    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="allocations", verbose_name="medverkan"
    )
    goal = models.ForeignKey(
        Goal, models.PROTECT, related_name="allocations", verbose_name="KF-mål"
    )
    share = models.DecimalField(
        "andel i procent",
        max_digits=5,
        decimal_places=2,
        default=Decimal(100),
        validators=[MinValueValidator(Decimal("0.01")), MaxValueValidator(100)],
    )
    history = HistoricalRecords()

    natural_fields = (
        "participation__project__slug",
        "participation__administration__code",
        "goal__goal_set__name",
        "goal__number",
    )

    class Meta:
        verbose_name = "fördelning på mål"
        verbose_name_plural = "fördelning på mål"
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "goal"],
                name="allocation_once",
                violation_error_message="Målet finns redan i fördelningen.",
            ),
            models.CheckConstraint(
                condition=Q(share__gt=0, share__lte=100),
                name="allocation_share_in_range",
                violation_error_message="Andelen ska vara mer än 0 och högst 100 procent.",
            ),
        ]

    def __str__(self):
        return f"{self.participation} → {self.goal}: {formats.percent(self.share)}"

    def clean(self):
        if not (self.participation_id and self.goal_id and self.share):
            return
        others = GoalAllocation.objects.filter(
            participation=self.participation_id, goal__goal_set=self.goal.goal_set_id
        ).exclude(pk=self.pk)
        if sum((other.share for other in others), self.share) > 100:
            raise ValidationError({"share": "Andelarna blir tillsammans mer än 100 procent."})


class Measure(NaturalModel):
    """A figure that a project aimed at or reached: "120 avslutade individer"."""

    class Kind(models.TextChoices):
        TARGET = "target", "mål"
        RESULT = "result", "resultat"

    project = models.ForeignKey(Project, models.CASCADE, related_name="measures")
    kind = models.CharField("slag", max_length=6, choices=Kind)
    what = models.CharField("vad", max_length=200)
    value = models.DecimalField("värde", max_digits=12, decimal_places=2)
    unit = models.CharField("enhet", max_length=60, blank=True)
    qualifier = models.CharField("noggrannhet", max_length=20, blank=True)
    as_of = models.DateField("läget den", null=True, blank=True)

    natural_fields = ("project__slug", "kind", "what")

    class Meta:
        verbose_name = "mål eller resultat"
        verbose_name_plural = "mål och resultat"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind", "what"],
                name="measure_unique",
                violation_error_message="Måttet finns redan.",
            )
        ]

    def __str__(self):
        return self.what


class Network(NaturalModel):
    """A lasting body where cities meet: Eurocities, ICLEI …"""

    name = models.CharField("nätverk", max_length=120, unique=True)
    kind = models.CharField("slag", max_length=60, blank=True)

    natural_fields = ("name",)

    class Meta:
        verbose_name = "nätverk"
        verbose_name_plural = "nätverk"
        ordering = ["name"]

    def __str__(self):
        return self.name


class NetworkMembership(NaturalModel):
    """An administration's part in a network in one year."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="members")
    administration = models.ForeignKey(
        Administration, models.PROTECT, related_name="networks", verbose_name="förvaltning"
    )
    year = models.PositiveSmallIntegerField("år")
    role = models.CharField("uppdrag", max_length=200, blank=True)
    history = HistoricalRecords()

    natural_fields = ("network__name", "administration__code", "year")

    class Meta:
        verbose_name = "medlemskap i nätverk"
        verbose_name_plural = "medlemskap i nätverk"
        ordering = ["-year", "network"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "administration", "year"],
                name="network_membership_once",
                violation_error_message="Förvaltningen är redan med i nätverket det året.",
            )
        ]

    def __str__(self):
        return f"{self.administration.code} i {self.network} {self.year}"
