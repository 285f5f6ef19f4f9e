"""What stadskontoret says of a submission, and what it does with the projects of several."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from malmo_intl.models import User
from projects.models import Project
from reports.models.submission import Answer, Submission
from reports.models.year import ReportingYear


class CommentQuerySet(models.QuerySet):
    def sent(self):
        """Those that the administration sees."""
        return self.filter(sent_at__isnull=False)

    def unsent(self):
        return self.filter(sent_at=None)

    def waiting(self):
        """Those that the administration has been told of and not yet dealt with."""
        return self.sent().filter(resolved_at=None)

    def resolve(self, by_name: str, at) -> int:
        """Say that those which wait have been dealt with. How many they were."""
        return self.waiting().update(resolved_at=at, resolved_by_name=by_name)


class Comment(models.Model):
    """A remark on a part of a submission. The administration sees it from `sent_at`, when the report is
    returned or the question is asked; it is dealt with at `resolved_at`."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="comments")
    key = models.CharField("del", max_length=100)
    project = models.ForeignKey(
        Project, models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    text = models.TextField("kommentar", max_length=2000)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField("av", max_length=120)
    at = models.DateTimeField("när", default=timezone.now)
    sent_at = models.DateTimeField("skickad", null=True)
    resolved_at = models.DateTimeField("åtgärdad", null=True)
    resolved_by_name = models.CharField("åtgärdad av", max_length=120, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = "kommentar"
        verbose_name_plural = "kommentarer"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="comment_has_text",
                violation_error_message="Skriv en kommentar.",
            )
        ]

    def __str__(self):
        return f"{self.submission}, {self.key}"

    @property
    def waits(self) -> bool:
        """The administration has been told of it, and it is not dealt with."""
        return self.sent_at is not None and self.resolved_at is None


class Merge(models.Model):
    """Two entries of the same project made one. `moved` says row by row what was changed, and holds what was
    removed, so that it can be taken back."""

    kept = models.ForeignKey(Project, models.PROTECT, related_name="merges")
    merged_name = models.CharField("sammanfört projekt", max_length=400)
    merged_slug = models.CharField("dess adress", max_length=400)
    moved = models.JSONField("vad som flyttades")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    by_name = models.CharField("av", max_length=120)
    at = models.DateTimeField("när", default=timezone.now)
    undone_at = models.DateTimeField("taget tillbaka", null=True)

    class Meta:
        verbose_name = "sammanförande"
        verbose_name_plural = "sammanföranden"
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.merged_name} → {self.kept}"


class Quotation(models.Model):
    """A passage of an administration's answer that was taken into the city's text. `key` is the part of the
    city's text. When the answer no longer holds the passage, its writer is told."""

    year = models.ForeignKey(ReportingYear, models.CASCADE, related_name="quotations")
    key = models.CharField("del", max_length=100)
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="quotations")
    passage = models.TextField("stycke")
    by_name = models.CharField("av", max_length=120)
    at = models.DateTimeField("när", default=timezone.now)

    class Meta:
        verbose_name = "citat"
        verbose_name_plural = "citat"
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "key", "answer", "passage"], name="quotation_once"
            )
        ]

    def __str__(self):
        return self.passage[:60]
