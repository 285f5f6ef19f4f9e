"""The year: its goals, its questions, and the city's own text."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from malmo_intl import access
from malmo_intl.fields import RichTextField
from malmo_intl.models import NaturalManager, NaturalModel
from projects.models import GoalSet
from reports.models.states import Stateful


class ReportingYear(Stateful, NaturalModel):
    """A year that is reported, with its own goal set, questions and dates: data, never code."""

    class Status(models.TextChoices):
        PLANNED = "planned", "Planerad"
        OPEN = "open", "Öppen"
        CLOSED = "closed", "Stängd"
        PUBLISHED = "published", "Publicerad"
        CORRECTING = "correcting", "Rättas"

    MOVES = {
        Status.PLANNED: {Status.OPEN},
        Status.OPEN: {Status.CLOSED},
        Status.CLOSED: {Status.OPEN, Status.PUBLISHED},
        Status.PUBLISHED: {Status.CORRECTING},
        Status.CORRECTING: {Status.PUBLISHED},
    }
    # When the administrations may write: their drafts, or what is returned to be corrected.
    WRITABLE = {Status.OPEN, Status.CORRECTING}

    year = models.PositiveSmallIntegerField("redovisningsår", unique=True)
    goal_set = models.ForeignKey(
        GoalSet, models.PROTECT, related_name="years", verbose_name="målperiod"
    )
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.PLANNED)
    opens_on = models.DateField("öppnar", null=True, blank=True)
    last_day = models.DateField("sista dag att lämna in", null=True, blank=True)
    council_on = models.DateField("kommunfullmäktige beslutar", null=True, blank=True)
    source_note = models.TextField("källanmärkning", blank=True)
    history = HistoricalRecords()

    natural_fields = ("year",)

    class Meta:
        verbose_name = "redovisningsår"
        verbose_name_plural = "redovisningsår"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(opens_on=None) | Q(last_day__gte=F("opens_on")),
                name="year_last_day_after_opening",
                violation_error_message="Sista dagen kan inte vara innan året öppnar.",
            )
        ]

    def __str__(self):
        return str(self.year)

    def get_absolute_url(self):
        return reverse("year", args=[self.year])

    def open(self, by):
        self._move(self.Status.OPEN, by, "öppnade")

    @property
    def is_published(self):
        return self.status == self.Status.PUBLISHED

    def figures_visible_to(self, user) -> bool:
        """City-wide figures of a year under way belong to stadskontoret; published ones to all."""
        return self.is_published or access.sees_all(user)


class Question(NaturalModel):
    """A question of one year. It may continue a question of an earlier year."""

    year = models.ForeignKey(
        ReportingYear, models.CASCADE, related_name="questions", verbose_name="redovisningsår"
    )
    number = models.PositiveSmallIntegerField("nummer")
    text = models.CharField("fråga", max_length=300)
    lists_projects = models.BooleanField(
        "projekten redovisas här",
        default=False,
        help_text="Förvaltningens projekt listas under svaret på den här frågan.",
    )
    continues = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="continued_by",
        verbose_name="fortsätter frågan",
    )

    natural_fields = ("year__year", "number")

    class Meta:
        verbose_name = "fråga"
        verbose_name_plural = "frågor"
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                name="question_number_unique",
                violation_error_message="Året har redan en fråga med det numret.",
            )
        ]

    def __str__(self):
        return self.text

    def clean(self):
        if self.continues and self.continues.year.year >= self.year.year:
            raise ValidationError({"continues": "Välj en fråga från ett tidigare år."})


class CityTextQuerySet(models.QuerySet):
    def visible_to(self, user):
        if access.sees_all(user):
            return self
        return self.filter(year__status=ReportingYear.Status.PUBLISHED)


class CityText(NaturalModel):
    """Stadskontoret's summary in the consolidated report: of one question, or of the whole."""

    year = models.ForeignKey(ReportingYear, models.CASCADE, related_name="city_texts")
    question = models.OneToOneField(
        Question, models.CASCADE, null=True, blank=True, related_name="city_text"
    )
    text = RichTextField("text", blank=True)
    history = HistoricalRecords()

    natural_fields = ("year__year", "question__number")
    objects = NaturalManager.from_queryset(CityTextQuerySet)()

    class Meta:
        verbose_name = "stadens text"
        verbose_name_plural = "stadens texter"
        constraints = [
            models.UniqueConstraint(
                fields=["year"], condition=Q(question=None), name="city_text_one_summary"
            )
        ]

    def __str__(self):
        return f"{self.year}: {self.question or 'Sammanfattning'}"
