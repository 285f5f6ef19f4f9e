"""The city's own texts of a year: to the entry of parts what a submission is for an administration."""

from dataclasses import dataclass

from django.urls import reverse

from reports.models import ReportingYear
from reports.models.review import Comment

SUMMARY, MEMO = "sammanfattning", "tjansteskrivelse"
QUESTION = "fragor/"


@dataclass(frozen=True)
class City:
    """The whole city in `year`. Its parts (`Part.year`) are written by stadskontoret."""

    year: ReportingYear
    administration: None = None

    def __str__(self):
        return f"Stadens text {self.year}"

    def get_absolute_url(self):
        return reverse("city_texts", args=[self.year.year])

    @property
    def parts(self):
        return self.year.parts

    @property
    def comments(self):
        """None: stadskontoret comments on the administrations' parts, and these are its own."""
        return Comment.objects.none()

    @property
    def has_been_published(self) -> bool:
        return self.year.status in (ReportingYear.Status.PUBLISHED, ReportingYear.Status.CORRECTING)

    @property
    def is_editable(self) -> bool:
        """Until the year is published, and again while it is corrected."""
        return not self.year.is_published
