"""A new year from the last one: data, never code."""

from dataclasses import replace

from django.db import transaction

from malmo_intl.models import Event
from projects.models import GoalSet
from reports.models import MailText, Milestone, Question, ReportingYear, Submission
from reports.yearsetup.plan import Plan, proposed


def prepare(number: int, by=None, **dates) -> ReportingYear:
    """The year `number`, planned as the last one proposes: its questions, each continuing its own, the
    goals valid then, one expected submission per administration (counting rule 10), mails and steps.

    `dates`: opens_on, last_day and council_on. Raises GoalSet.DoesNotExist when no goals are valid in
    the year.
    """
    plan = replace(proposed(number), **dates)
    if plan.goal_set is None:
        raise GoalSet.DoesNotExist(f"No goals are valid in {number}.")
    return create(plan, by)


@transaction.atomic
def create(plan: Plan, by) -> ReportingYear:
    """The year that `plan` says, with all that belongs to it and one Event; or nothing.

    Raises IntegrityError when the year exists already.
    """
    year = ReportingYear(
        year=plan.year,
        goal_set=plan.goal_set,
        opens_on=plan.opens_on,
        last_day=plan.last_day,
        council_on=plan.council_on,
    )
    year._history_user = by
    year.save()
    for number, asked in enumerate(plan.questions, start=1):
        Question.objects.create(
            year=year,
            number=number,
            text=asked.text,
            lists_projects=asked.lists_projects,
            continues_id=asked.continues_id,
        )
    for administration, board_on in plan.boards.items():
        Submission.objects.create(year=year, administration_id=administration, board_on=board_on)
    for kind, mail in plan.mails.items():
        MailText.objects.create(
            year=year, kind=kind, subject=mail.subject, body=mail.body, days=mail.days
        )
    for step, pace in plan.paces.items():
        Milestone.objects.create(year=year, step=step, workdays=pace.workdays, day=pace.day)
    Event.objects.record("förberedde", year, by)
    return year
