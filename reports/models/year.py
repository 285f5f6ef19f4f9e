"""The year: its goals, its questions, and the city's own text."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from malmo_intl import access
from malmo_intl.fields import RichTextField
from malmo_intl.models import Event, NaturalManager, NaturalModel
from projects.models import GoalSet
from reports.models.states import Stateful


@dataclass(frozen=True)
class Correction:
    """Why a published year is being corrected, and the checksum of its documents when that began."""

    reason: str
    checksum: str


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
    # Others than stadskontoret read the publications of these; of the second, nothing but them.
    HAS_PUBLICATIONS = {Status.PUBLISHED, Status.CORRECTING}
    PUBLISHED_VERB, CORRECTS_VERB = "publicerade", "började rätta"
    SUM = "\nKontrollsumma "  # stands between the reason of a correction and the checksum

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
        """Let the administrations begin. A year that is closed is reopened instead."""
        if self.status != self.Status.PLANNED:
            raise ValidationError(f"{self} är {self.get_status_display().lower()}.")
        self._move(self.Status.OPEN, by, "öppnade")

    def close(self, by, unreceived=None) -> list:
        """No more hand-ins: who has not handed in is "Ej inkommen", all in one transaction. Those.

        `unreceived`: ids of the submissions that whoever closes was told of; when they are no longer
        those that are missing, nothing is done. Raises ValidationError.
        """
        with transaction.atomic():
            # The year before its submissions, as in all deeds that hold both.
            held = type(self).objects.select_for_update(no_key=True).get(pk=self.pk)
            if held.status == self.Status.CLOSED:
                raise ValidationError("Året är redan stängt.")
            missing = list(
                self.missing().select_for_update(of=("self",)).select_related("administration")
            )
            if unreceived is not None and {item.pk for item in missing} != set(unreceived):
                raise ValidationError(
                    "Det har ändrats vilka redovisningar som saknas. Läs listan igen."
                )
            self._move(self.Status.CLOSED, by, "stängde")
            for submission in missing:
                submission.mark_not_received(by)
        return missing

    def missing(self):
        """The submissions that would be "Ej inkommen" if the year closed now."""
        model = self.submissions.model
        never = [item for item, to in model.MOVES.items() if model.Status.NOT_RECEIVED in to]
        return self.submissions.filter(status__in=never)

    def reopen(self, by, reason):
        """Take hand-ins again. Who was "Ej inkommen" is where it was before the year closed."""
        if self.status != self.Status.CLOSED:
            raise ValidationError(f"{self} är {self.get_status_display().lower()}.")
        if not reason.strip():
            raise ValidationError("Skriv varför året öppnas igen.")
        with transaction.atomic():
            self._move(self.Status.OPEN, by, "öppnade igen", reason)
            model = self.submissions.model
            late = self.submissions.filter(status=model.Status.NOT_RECEIVED)
            for submission in late.select_related("administration"):
                submission.take_up_again(by)

    def publish(self, by, comment=""):
        """Show the year to all. Called by the publishing, in the transaction that stores its documents."""
        self._move(self.Status.PUBLISHED, by, self.PUBLISHED_VERB, comment)

    def start_correction(self, by, reason, checksum):
        """Open what is published for a new version. `checksum`: of the documents as they are now."""
        if not reason.strip():
            raise ValidationError("Skriv varför det publicerade behöver rättas.")
        comment = f"{reason.strip()}{self.SUM}{checksum}"
        self._move(self.Status.CORRECTING, by, self.CORRECTS_VERB, comment)

    def stop_correction(self, by):
        """Give a correction up; called where it is made sure that nothing has changed since it began."""
        if self.status != self.Status.CORRECTING:
            raise ValidationError(f"{self} rättas inte.")
        self._move(self.Status.PUBLISHED, by, "avbröt rättelsen av")

    @property
    def correction(self) -> Correction | None:
        """The correction under way, or None. One query, and only of a year that is being corrected."""
        if self.status != self.Status.CORRECTING:
            return None
        events = Event.objects.filter(
            # By name: the cache of content types would make a page's number of queries differ.
            subject_type__app_label="reports",
            subject_type__model="reportingyear",
            subject_id=self.pk,
            verb=self.CORRECTS_VERB,
        )
        begun = events.first()
        reason, _, checksum = begun.comment.partition(self.SUM) if begun else ("", "", "")
        return Correction(reason, checksum)

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
