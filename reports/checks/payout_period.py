"""Money comes while a project runs or soon after. Otherwise we ask; both do happen."""

from reports.checks.case import PAYOUTS, Case

YEARS_AFTER = 2


def check(case: Case):
    for entry in case.entries:
        if not entry.paid(case.year):
            continue
        starts = entry.row.starts_on or entry.project.starts_on
        ends = entry.row.ends_on or entry.project.ends_on
        if starts and case.year < starts.year:
            why = f"började först {starts.year}"
        elif ends and case.year > ends.year + YEARS_AFTER:
            why = f"slutade redan {ends.year}"
        else:
            continue
        yield case.warning(
            "utbetalt-utanfor-tiden",
            f"{entry.name} {why}, men fick pengar {case.year}. Stämmer det?",
            PAYOUTS,
            f"belopp-{entry.pk}",
            f"{entry.project.slug}:{why[-4:]}",
        )
