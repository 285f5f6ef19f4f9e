"""Every live figure in the texts still exists: a project may have gone from the year since it was put in."""

from reports import live_faults, prose
from reports.checks.case import Case
from reports.checks.numbers_in_prose import known_in


def check(case: Case):
    marked = [(text, marks) for text in case.texts if (marks := prose.marks(text.html))]
    if not marked:
        return
    live = known_in(case).live
    for text, marks in marked:
        for mark, sentence in live_faults.faults(text.html, live, stood=marks).items():
            yield case.error(
                "siffra-i-text",
                f"I {text.name}: {sentence}",
                text.part,
                text.field,
                f"{text.part}:{text.field}:{mark}",
            )
