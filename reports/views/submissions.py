"""One administration's report of one year, to read."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from malmo_intl import access
from reports import prose, tables
from reports.collect import collect
from reports.compose import grids
from reports.entry import parts as entry_parts
from reports.live import Live
from reports.models import Submission
from reports.rollup import roll_up
from reports.rules import AnswerState, answer_state
from reports.views import decision, parts, told
from reports.views.home import time_left
from reports.views.shelf import shelf
from reports.views.waiting import has_receipt, waiting
from reports.yearsetup import timetable


@dataclass(frozen=True)
class Reply:
    """A question with the administration's answer, or why there is none. `html` is people's prose."""

    question: str
    html: str = ""
    remark: str = ""


@require_safe
def submission(request, year, administration):
    found = get_object_or_404(
        Submission.objects.visible_to(request.user).select_related(
            "year__goal_set", "administration"
        ),
        year__year=year,
        administration__slug=administration,
    )
    context = {
        "submission": found,
        "breadcrumbs": [
            ("Redovisningsår", reverse("years")),
            (str(year), found.year.get_absolute_url()),
        ],
        "documents": [
            item
            for item in shelf(request.user, year=year)
            if item.administration == found.administration
        ],
    }
    if found.is_editable and access.may_report_for(request.user, found.administration):
        context |= entering(request.user, found)
        return render(request, "reports/submission_tasks.html", context)
    context |= reading(request.user, found) | on_its_way(request.user, found)
    return render(request, "reports/submission.html", context)


def on_its_way(user, submission) -> dict:
    """The next step for those who report, and the receipt for all who may read drafts."""
    unit = submission.administration
    inside = access.sees_all(user) or unit.pk in access.own_administrations(user)
    known = has_receipt(submission) if inside else False
    more = deciding(user, submission) if inside else {}
    if access.may_report_for(user, unit) and (submission.is_signed or known):
        return {"waits": waiting(user, [submission])[0], **more}
    return {"has_receipt": known, **more}


def deciding(user, submission) -> dict:
    """What stadskontoret has said, and its way to the review; the form for the board's decision, for who may
    record it."""
    form = None
    if decision.may_decide(user, submission):
        form = decision.empty_form(submission, timezone.localdate())
    return {
        "comments": told.of_submission(submission),
        "decision_form": form,
        "may_review": access.may_review(user),
    }


def entering(user, submission) -> dict:
    """The parts to enter, with the one that waits first marked, and what others have said of them."""
    tasks, last = entry_parts.tasks(submission), entry_parts.last_task(submission)
    return {
        "tasks": [*tasks, last],
        "comments": told.of_submission(submission),
        "waits": waiting(user, [submission])[0],
        "progress": entry_parts.progress(tasks),
        "waiting": next((task.key for task in tasks if not task.is_finished), last.key),
        "time_left": time_left(submission.year.last_day, timezone.localdate()),
        "own_days": timetable.own(submission),
        "today": timezone.localdate(),
    }


def _says_something(rollup) -> bool:
    """Whether there is anything to count: a report that was begun today does not have 0 EU projects."""
    return bool(rollup.parts or rollup.partners or rollup.figure("eu_projects").published)


def reading(user, submission) -> dict:
    """Figures, tables and answers; nothing for who may not read what is not handed in."""
    unit = submission.administration
    inside = access.sees_all(user) or unit.pk in access.own_administrations(user)
    facts = collect(submission.year, drafts_of=unit if inside else None)
    fact = facts.submission(unit.code)
    if not fact.received or submission.status == Submission.Status.NOT_STARTED:
        return {"received": False}
    rollup = roll_up(parts.with_drafts(facts), unit.code)
    urls = {
        part.project.name: reverse("projects:detail", args=[part.project.slug])
        for part in rollup.parts
    }
    projects = tables.without(grids.projects(rollup, rollup.parts), "forvaltning")
    return {
        "received": True,
        "figures": parts.large(rollup, parts.OWN_FIGURES) if _says_something(rollup) else [],
        "payouts": tables.table(grids.payouts(rollup, unit.code), urls),
        "by_goal": tables.table(grids.by_goal(rollup)) if rollup.paid_parts else None,
        "partners": tables.table(grids.partners(rollup)),
        "projects": tables.table(projects, urls),
        "replies": list(replies(facts, prose.fill_answers(fact, Live(rollup)))),
        "activities": tables.table(grids.activities(rollup, [fact])) if fact.activities else None,
        "networks": fact.networks,
    }


def replies(facts, fact):
    for question in facts.questions:
        answer = fact.answer(question.number)
        state = answer_state(fact, answer)
        if state is AnswerState.ANSWERED:
            yield Reply(question.text, html=answer.text)
        elif state is AnswerState.NOTHING:
            yield Reply(question.text, remark=f"Inget att rapportera. {answer.reason}".strip())
        else:
            yield Reply(question.text, remark="Frågan är inte besvarad.")
