"""What was answered before: a question continues one of an earlier year, which may continue another."""

from collections.abc import Iterable, Iterator

from reports.models import Answer, Question


def earlier_answer(question: Question, administration) -> Answer | None:
    """The administration's latest answer with a text to a question that this one continues."""
    return earlier_answers([question], [administration.pk]).get((administration.pk, question.pk))


def earlier_answers(
    questions: Iterable[Question], administrations: Iterable[int]
) -> dict[tuple[int, int], Answer]:
    """(administration, question) → the latest answer with a text in the question's lineage, if any.

    Two queries, however many questions and years.
    """
    before = dict(
        Question.objects.exclude(continues=None).order_by().values_list("pk", "continues_id")
    )
    lineages = {question.pk: set(_lineage(question.pk, before)) for question in questions}
    rows = Answer.objects.filter(
        question__in=set().union(*lineages.values()),
        submission__administration__in=administrations,
    )
    found: dict[tuple[int, int], Answer] = {}
    for answer in (
        rows.exclude(text="").select_related("submission__year").order_by("submission__year__year")
    ):
        for question, lineage in lineages.items():
            if answer.question_id in lineage:
                found[answer.submission.administration_id, question] = answer
    return found


def _lineage(question: int, before: dict[int, int]) -> Iterator[int]:
    seen = {question}
    while (question := before.get(question)) is not None and question not in seen:
        seen.add(question)
        yield question
