"""What a planned year needs before it is opened."""

from reports.models import ReportingYear


def lacks(year: ReportingYear) -> list[str]:
    """Sentences; empty when the year can be opened. Two queries."""
    found = []
    if year.last_day is None:
        found.append("Sista dag att lämna in saknas.")
    elif year.opens_on and year.last_day < year.opens_on:
        found.append("Sista dagen att lämna in ligger före dagen då året öppnar.")
    if not year.questions.exists():
        found.append("Året har inga frågor.")
    if not year.submissions.exists():
        found.append("Ingen förvaltning är med.")
    return found
