"""The shares of the goals are 100 per cent together: more is wrong, less is shown as "Utan mål" (rule 6)."""

from malmo_intl.formats import percent
from reports.checks.case import GOALS, Case
from reports.rules import ZERO


def check(case: Case):
    goals = case.submission.year.goal_set.goals.all()
    first = min((goal.number for goal in goals), default=1)
    for entry in case.entries:
        shares = entry.shares()
        total = sum(shares.values(), ZERO)
        if total > 100:
            sentence = (
                f"Andelarna för {entry.name} är {percent(total)} tillsammans. Högst 100 % går."
            )
            yield case.error(
                "mal-over-100", sentence, GOALS, f"andel-{entry.pk}-{first}", entry.project.slug
            )
        elif total < 100 and (total or _needs_goal(case, entry)):
            sentence = (
                f"{percent(100 - total)} av {entry.name} har inget KF-mål och visas som ”Utan mål”."
            )
            about = f"{entry.project.slug}:{total}"
            yield case.warning("mal-under-100", sentence, GOALS, f"andel-{entry.pk}-{first}", about)


def _needs_goal(case, entry) -> bool:
    """Money was paid, so that the table by goal would have a line for it."""
    return bool(entry.paid(case.year)) and not case.has_nothing(GOALS)
