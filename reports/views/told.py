"""What stadskontoret has said that still waits, as the administration's pages show it."""

from reports.entry import parts
from reports.models import Comment


def at_part(form) -> list[Comment]:
    """Those of one part. One query."""
    return list(form.submission.comments.waiting().filter(key=form.key))


def of_submission(submission) -> list[Comment]:
    """All, in the order of the task list, each with its part's title, and its address where that can be
    written in. Two queries."""
    titles = dict(parts.keys(submission))
    order = list(titles)
    found = [item for item in submission.comments.waiting() if item.key in titles]
    for comment in found:
        comment.place = titles[comment.key]
        comment.url = parts.address(submission, comment.key) if submission.is_editable else ""
    return sorted(found, key=lambda item: (order.index(item.key), item.at))


def counted(administrations) -> list[tuple]:
    """(submission, how many comments wait) for the administrations' ids. One query."""
    found: dict = {}
    rows = Comment.objects.waiting().filter(submission__administration__in=administrations)
    for row in rows.select_related("submission__year", "submission__administration"):
        found.setdefault(row.submission, []).append(row)
    return sorted(
        ((submission, len(comments)) for submission, comments in found.items()),
        key=lambda item: -item[0].year.year,
    )
