"""Who decided on the city's documents, entered when it is done."""

from django.db import models

from malmo_intl import formats
from malmo_intl.models import Event
from reports.models.publication import Publication


class CityDecision(models.Model):
    """A body's decision on a published document of the city: its day and its §.

    A publication is frozen, and often printed for the very meeting that decides on it; so the decision stands
    beside it, and may be corrected. The trail keeps what it was.
    """

    class Body(models.TextChoices):
        BOARD = "kommunstyrelsen", "Kommunstyrelsen"
        COUNCIL = "kommunfullmaktige", "Kommunfullmäktige"

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="decisions")
    body = models.CharField("instans", max_length=20, choices=Body)
    day = models.DateField("dag")
    paragraph = models.CharField("paragraf", max_length=12, blank=True)

    class Meta:
        verbose_name = "beslut om stadens dokument"
        verbose_name_plural = "beslut om stadens dokument"
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "body"],
                name="city_decision_body_once",
                violation_error_message="Instansens beslut är redan inskrivet.",
            )
        ]

    def __str__(self):
        return f"{self.get_body_display()} {formats.decision(self.day, self.paragraph)}"

    @classmethod
    def enter(cls, publication, body, day, paragraph, by):
        """What is known of `body`'s decision now; without `day` there is none. Nothing happens if it was known."""
        known = publication.decisions.filter(body=body).first()
        if day is None and known:
            known.delete()
            Event.objects.record("tog bort beslutet om", publication, by, comment=str(known))
        elif day and (known is None or (known.day, known.paragraph) != (day, paragraph)):
            found, _ = cls.objects.update_or_create(
                publication=publication, body=body, defaults={"day": day, "paragraph": paragraph}
            )
            Event.objects.record("skrev in beslutet om", publication, by, comment=str(found))
