"""What stadskontoret has asked or remarked on is dealt with: the part is marked as done after it came.

A warning: a question may have been answered in another way.
"""

from django.utils import timezone

from reports.checks.case import Case


def check(case: Case):
    for comment in case.comments:
        task = case.task(comment.key)
        if task:
            day = timezone.localdate(comment.sent_at)
            yield case.warning(
                "kommentar",
                f"Stadskontorets kommentar till ”{task.title}” från {day.isoformat()} är inte åtgärdad. "
                "Markera delen som klar när den är det.",
                comment.key,
                about=comment.pk,
            )
