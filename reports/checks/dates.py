"""A board does not decide on a memo that is not written yet."""

from reports.checks.case import MEMO, Case


def check(case: Case):
    memo = case.memo
    if memo is None or memo.dated is None:
        return
    planned = [(step.day, step.body) for step in memo.schedule.all()]
    if case.submission.decided_on:
        planned.append((case.submission.decided_on, "nämndens beslut"))
    early = sorted(step for step in planned if step[0] < memo.dated)
    if early:
        day, body = early[0]
        yield case.error(
            "beslut-fore-datum",
            f"Tjänsteskrivelsen är daterad {memo.dated.isoformat()}, men {body} har datumet {day.isoformat()}. "
            "Ändra datumet eller beslutsplaneringen.",
            MEMO,
            "datum" if day != case.submission.decided_on else "beslutsdatum",
        )
