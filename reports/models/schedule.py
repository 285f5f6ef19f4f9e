"""When what happens in a year, and the mails about it."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from malmo_intl.models import Administration, User
from reports.models.year import ReportingYear


class Milestone(models.Model):
    """A body that treats the year's matter on its way to kommunfullmäktige.

    Days are worked out backwards from `ReportingYear.council_on` (`reports.schedule`), unless one is fixed.
    """

    class Step(models.TextChoices):
        """In the order of the matter."""

        PREPARATION = "preparation", "Beredning"
        COMMITTEE = "committee", "Nämndens arbetsutskott"
        BOARD = "board", "Nämnden"
        OFFICE = "office", "Inlämnat till stadskontoret"
        CITY_COMMITTEE = "city_committee", "Kommunstyrelsens arbetsutskott"
        CITY_BOARD = "city_board", "Kommunstyrelsen"
        COUNCIL = "council", "Kommunfullmäktige"

    year = models.ForeignKey(ReportingYear, models.CASCADE, related_name="milestones")
    step = models.CharField("instans", max_length=14, choices=Step)
    workdays = models.PositiveSmallIntegerField(
        "arbetsdagar före nästa instans", default=10, help_text="Helger och röda dagar räknas inte."
    )
    day = models.DateField("bestämd dag", null=True, blank=True)

    class Meta:
        verbose_name = "steg mot kommunfullmäktige"
        verbose_name_plural = "steg mot kommunfullmäktige"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "step"],
                name="milestone_once",
                violation_error_message="Instansen finns redan.",
            )
        ]

    def __str__(self):
        return f"{self.year}: {self.get_step_display()}"


def clean_days(text):
    """Days as people write them: "14, 3"."""
    if not re.fullmatch(r"\s*(\d{1,3}(\s*,\s*\d{1,3})*)?\s*", text):
        raise ValidationError("Skriv antal dagar med komma emellan, till exempel 14, 3.")


class MailText(models.Model):
    """What a mail of the year says. Words in braces are filled in: `reports.letters.WORDS`.

    `days` is for reminders: how many days before or after the last day they go by themselves.
    """

    class Kind(models.TextChoices):
        OPENED = "opened", "Året har öppnat"
        BEFORE = "before", "Påminnelse före sista dagen"
        AFTER = "after", "Påminnelse efter sista dagen"
        RETURNED = "returned", "Åter för komplettering"
        APPROVED = "approved", "Godkänd"

    year = models.ForeignKey(ReportingYear, models.CASCADE, related_name="mail_texts")
    kind = models.CharField("mejl", max_length=8, choices=Kind)
    subject = models.CharField("ämne", max_length=150)
    body = models.TextField("text", max_length=4000)
    days = models.CharField(
        "går av sig själv så många dagar före eller efter",
        max_length=60,
        blank=True,
        validators=[clean_days],
    )

    class Meta:
        verbose_name = "mejltext"
        verbose_name_plural = "mejltexter"
        constraints = [
            models.UniqueConstraint(
                fields=["year", "kind"],
                name="mail_text_once",
                violation_error_message="Året har redan en text för det mejlet.",
            )
        ]

    def __str__(self):
        return f"{self.year}: {self.get_kind_display()}"

    @property
    def day_list(self) -> list[int]:
        return [int(number) for number in re.findall(r"\d+", self.days)]


class Letter(models.Model):
    """A mail about a submission, from when it is decided that it goes until the server has taken it.

    It is written in the transaction of the deed it tells of, and sent after it; what the server does not take
    is tried again by `manage.py remind`. `automatic_on` is the day of a reminder that goes by itself: at most
    one a day for each submission. `press` is the page that a person sent it from, so that a second press of
    the same button sends nothing. `attempts` is raised before an attempt, by one process only.
    """

    year = models.ForeignKey(ReportingYear, models.PROTECT, related_name="letters")
    administration = models.ForeignKey(
        Administration, models.PROTECT, null=True, related_name="letters"
    )
    kind = models.CharField("mejl", max_length=20)
    to = models.JSONField("till", default=list)
    reply_to = models.EmailField("svar till", blank=True)
    subject = models.CharField("ämne", max_length=250)
    body = models.TextField("text")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField("av", max_length=120)
    at = models.DateTimeField("när", default=timezone.now)
    automatic_on = models.DateField("gick av sig själv", null=True)
    press = models.CharField("sidan som skickade", max_length=32, blank=True)
    attempts = models.PositiveSmallIntegerField("försök", default=0)
    tried_at = models.DateTimeField("senaste försök", null=True)
    sent_at = models.DateTimeField("skickat", null=True)
    problem = models.CharField("fel", max_length=300, blank=True)

    class Meta:
        verbose_name = "mejl"
        verbose_name_plural = "mejl"
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "administration", "automatic_on"],
                condition=Q(automatic_on__isnull=False),
                name="letter_automatic_once_a_day",
            ),
            models.UniqueConstraint(
                fields=["press", "administration"],
                condition=~Q(press=""),
                name="letter_once_a_press",
            ),
        ]

    def __str__(self):
        return self.subject
