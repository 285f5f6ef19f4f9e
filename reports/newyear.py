"""A new year from the last one: data, never code."""

from django.db import transaction

from malmo_intl.models import Administration, Event
from projects.models import GoalSet
from reports.models import Question, ReportingYear, Submission


@transaction.atomic
def prepare(number: int, by=None, **dates) -> ReportingYear:
    """The year `number`, planned: the questions of the last year that had any, each continuing its
    own, the goals valid then, and one expected submission per administration (counting rule 10).

    `dates`: opens_on and last_day. Raises GoalSet.DoesNotExist when no goals are valid in the year.
    """
    last = (
        ReportingYear.objects.filter(year__lt=number, questions__isnull=False)
        .order_by("-year")
        .first()
    )
    year = ReportingYear.objects.create(
        year=number, goal_set=GoalSet.objects.valid_in(number), **dates
    )
    for question in last.questions.all() if last else ():
        Question.objects.create(
            year=year,
            number=question.number,
            text=question.text,
            lists_projects=question.lists_projects,
            continues=question,
        )
    for administration in Administration.objects.during(number):
        Submission.objects.create(year=year, administration=administration)
    Event.objects.record("förberedde", year, by)
    return year
