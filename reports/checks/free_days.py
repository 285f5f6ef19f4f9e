"""No board meets on a weekend or a holiday."""

from reports.checks.case import MEMO, Case
from reports.entry import workdays


def check(case: Case):
    for day, body, field in _planned(case):
        if word := workdays.warning(day):
            yield case.warning(
                "ledig-dag",
                f"Enligt tjänsteskrivelsen behandlar {body} ärendet {day.isoformat()}. {word}",
                MEMO,
                field,
                f"{body}:{day.isoformat()}",
            )


def _planned(case):
    if case.memo:
        for step in case.memo.schedule.all():
            yield step.day, step.body, f"steg-{step.pk}-datum"
    if case.submission.decided_on:
        yield case.submission.decided_on, "nämnden", "beslutsdatum"
