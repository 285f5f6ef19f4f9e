"""Every part is finished: done, or certified as nothing to report."""

from malmo_intl import richtext
from reports.checks.case import Case
from reports.models import Part
from reports.models.part import NOT_BEGUN


def check(case: Case):
    for task in case.tasks:
        if task.is_finished:
            continue
        if task.word == NOT_BEGUN:
            sentence = f"Delen ”{task.title}” är inte påbörjad."
        elif task.part.status == Part.Status.INCOMPLETE:
            sentence = f"Delen ”{task.title}” behöver kompletteras."
        else:
            sentence = f"Delen ”{task.title}” är påbörjad men inte markerad som klar."
        yield case.error("obesvarad", sentence, task.key, about=task.key)
    yield from _empty_answers(case)


def _empty_answers(case):
    """A question that is marked as done though nobody has written anything."""
    for question in case.questions:
        key, answer = f"fragor/{question.number}", case.answers.get(question.number)
        task = case.task(key)
        if not (task and task.part and task.part.status == Part.Status.DONE):
            continue
        if answer is None or not answer.nothing_to_report and richtext.is_blank(answer.text):
            yield case.error(
                "tomt-svar",
                f"Fråga {question.number} är markerad som klar men har inget svar.",
                key,
                "svar",
                question.number,
            )
