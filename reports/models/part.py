"""How far the parts of a submission have come, what they held, and what came along from last year."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from projects.models import Network, Participation
from reports.models.submission import Submission
from reports.models.year import ReportingYear

NOT_BEGUN = "Ej påbörjad"


class Part(models.Model):
    """A part of a submission, or of the city's own texts of a year: its state and its version. No row:
    nobody has begun it.

    Every save raises `version` by one, and only if it is still the one that the writer saw.
    """

    class Status(models.TextChoices):
        STARTED = "started", "Påbörjad"
        DONE = "done", "Klar"
        NOTHING = "nothing", "Inget att rapportera"
        INCOMPLETE = "incomplete", "Behöver kompletteras"

    FINISHED = {Status.DONE, Status.NOTHING}

    submission = models.ForeignKey(Submission, models.CASCADE, null=True, related_name="parts")
    year = models.ForeignKey(ReportingYear, models.CASCADE, null=True, related_name="parts")
    key = models.CharField("del", max_length=100)
    status = models.CharField("läge", max_length=10, choices=Status, default=Status.STARTED)
    version = models.PositiveIntegerField(default=0)
    reason = models.CharField("skäl", max_length=300, blank=True)
    signed_by = models.CharField("intygat av", max_length=120, blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    saved_at = models.DateTimeField("sparad", null=True)

    class Meta:
        verbose_name = "del"
        verbose_name_plural = "delar"
        constraints = [
            models.UniqueConstraint(fields=["submission", "key"], name="part_once"),
            models.UniqueConstraint(fields=["year", "key"], name="part_of_the_city_once"),
            models.CheckConstraint(
                condition=Q(submission=None, year__isnull=False)
                | Q(submission__isnull=False, year=None),
                name="part_of_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(status="nothing") | ~Q(signed_by=""),
                name="part_nothing_is_signed",
                violation_error_message="Ange vem som intygar att det inte finns något att rapportera.",
            ),
        ]

    def __str__(self):
        return f"{self.submission or self.year}: {self.key}"

    @property
    def is_finished(self):
        return self.status in self.FINISHED


class Saving(models.Model):
    """What a part held after one save: field by field, as text. Only ever added to."""

    class How(models.TextChoices):
        SAVED = "saved", "sparade"
        AUTO = "auto", "sparades automatiskt"
        MERGED = "merged", "sparade samman med någon annans ändringar"
        RESTORED = "restored", "tog tillbaka en tidigare version"
        COPIED = "copied", "hämtade från förra året"
        IMPORTED = "imported", "läste in från en fil"

    part = models.ForeignKey(Part, models.CASCADE, related_name="savings")
    version = models.PositiveIntegerField()
    values = models.JSONField()
    labels = models.JSONField(default=dict)
    how = models.CharField(max_length=8, choices=How, default=How.SAVED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()
    # The page that sent it, as it was opened, and the names that its new rows got.
    page = models.CharField(max_length=32, blank=True)
    renamed = models.JSONField(default=dict)

    class Meta:
        verbose_name = "sparad version"
        verbose_name_plural = "sparade versioner"
        ordering = ["part", "-version"]
        constraints = [models.UniqueConstraint(fields=["part", "version"], name="saving_once")]

    def __str__(self):
        return f"{self.part}, version {self.version}"


class CarriedItem(models.Model):
    """Something from last year that must be confirmed: a participation or a network."""

    class Verdict(models.TextChoices):
        WAITING = "waiting", "Väntar på svar"
        UNCHANGED = "unchanged", "Oförändrat"
        CHANGED = "changed", "Ändrat"
        ENDED = "ended", "Avslutat"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="carried")
    participation = models.ForeignKey(
        Participation, models.CASCADE, null=True, related_name="carried"
    )
    network = models.ForeignKey(Network, models.CASCADE, null=True, related_name="carried")
    verdict = models.CharField("besked", max_length=9, choices=Verdict, default=Verdict.WAITING)

    class Meta:
        verbose_name = "uppgift från förra året"
        verbose_name_plural = "uppgifter från förra året"
        constraints = [
            models.CheckConstraint(
                condition=Q(participation=None, network__isnull=False)
                | Q(participation__isnull=False, network=None),
                name="carried_is_one_thing",
            ),
            models.UniqueConstraint(
                fields=["submission", "participation"], name="carried_participation_once"
            ),
            models.UniqueConstraint(fields=["submission", "network"], name="carried_network_once"),
        ]

    def __str__(self):
        return str(self.participation.project if self.participation else self.network)


class Waiver(models.Model):
    """A warning that the administration stands by, with its reason; stadskontoret sees it."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="waivers")
    finding = models.CharField("varning", max_length=200)
    reason = models.CharField("skäl", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField("av", max_length=120)
    at = models.DateTimeField("när")

    class Meta:
        verbose_name = "undantag"
        verbose_name_plural = "undantag"
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "finding"],
                name="waiver_once",
                violation_error_message="Varningen har redan ett skäl.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="waiver_has_reason",
                violation_error_message="Skriv varför uppgiften stämmer.",
            ),
        ]

    def __str__(self):
        return self.finding
