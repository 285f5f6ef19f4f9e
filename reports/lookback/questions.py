"""A question through the years, and what an administration has answered to it."""

from dataclasses import dataclass, replace

from malmo_intl import access
from reports.facts import AnswerFact, SubmissionFact
from reports.models import Answer, Question, Submission
from reports.rules import AnswerState, answer_state
from reports.shown import Shown

NOTHING_YET = {Submission.Status.NOT_STARTED, Submission.Status.NOT_RECEIVED}


@dataclass(frozen=True)
class Reply:
    """What was asked in a year, and the answer; `html` is people's prose, `remark` says why there is none."""

    submission: Submission
    question: Question
    html: str = ""
    remark: str = ""


def readable(user):
    """The submissions whose answers `user` may read: own and stadskontoret's also before they are handed in."""
    found = Submission.objects.visible_to(user)
    if access.sees_all(user):
        return found
    return found.filter(status__in=Submission.RECEIVED) | found.filter(
        administration__in=access.own_administrations(user)
    )


def lineages() -> list[list[Question]]:
    """Every question with those that continue it, newest first; the newest lineage first. One query."""
    questions = list(Question.objects.select_related("year").order_by("-year__year", "number"))
    known = {question.pk: question for question in questions}
    roots: dict[int, list[Question]] = {}
    for question in questions:
        root = question
        while root.continues_id in known:
            root = known[root.continues_id]
        roots.setdefault(root.pk, []).append(question)
    return list(roots.values())


def lineage_of(question_id: int) -> list[Question]:
    """The lineage that the question is in, newest first; empty when there is no such question."""
    return next(
        (found for found in lineages() if any(item.pk == question_id for item in found)), []
    )


def replies(user, administration, lineage) -> list[Reply]:
    """What the administration answered, newest year first: only of submissions that `user` may see. Two queries."""
    submissions = {
        item.year_id: item
        for item in Submission.objects.visible_to(user)
        .filter(administration=administration, year__in=[item.year_id for item in lineage])
        .select_related("year", "administration")
    }
    open_to_user = set(
        readable(user).filter(administration=administration).values_list("pk", flat=True)
    )
    answers = {
        answer.question_id: answer
        for answer in Answer.objects.filter(submission__in=open_to_user, question__in=lineage)
    }
    found, shown = [], Shown()
    for question in lineage:
        submission = submissions.get(question.year_id)
        if submission:
            is_told = submission.pk in open_to_user and submission.status not in NOTHING_YET
            reply = _reply(submission, question, answers.get(question.pk), is_told)
            html = shown.text(reply.html, submission.year.year, administration)
            found.append(replace(reply, html=html))
    return found


def _reply(submission, question, answer, is_told) -> Reply:
    fact = answer and AnswerFact(
        question.number, answer.text, answer.nothing_to_report, answer.reason
    )
    state = answer_state(SubmissionFact(submission.administration.code, is_told), fact)
    if state is AnswerState.ANSWERED:
        return Reply(submission, question, html=answer.text)
    if state is AnswerState.NOTHING:
        remark = f"Inget att rapportera. {answer.reason}".strip()
    elif state is AnswerState.NOT_RECEIVED:
        missing = submission.status == Submission.Status.NOT_RECEIVED
        ended = missing or submission.year.is_published
        remark = f"Redovisningen {'har inte kommit in' if ended else 'är inte inlämnad än'}."
    else:
        remark = "Frågan är inte besvarad."
    return Reply(submission, question, remark=remark)
