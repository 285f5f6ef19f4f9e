"""Text copied from last year has no old years or old figures left."""

from reports.checks.case import Case
from reports.entry import leftovers


def check(case: Case):
    for number, answer in case.answers.items():
        earlier = case.earlier_answers.get(number)
        if earlier is None:
            continue
        for token in leftovers.find(answer.text, earlier.text, case.year):
            yield case.warning(
                "kopierat",
                f"I svaret på fråga {number} står ”{token}” kvar från {earlier.submission.year}. "
                "Stämmer det även i år?",
                f"fragor/{number}",
                "svar",
                f"{number}:{token}",
            )
