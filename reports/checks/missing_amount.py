"""Every EU project says what was paid in the year: an amount, 0, or that it has not come yet (rule 4)."""

from reports.checks.case import PAYOUTS, Case
from reports.rules import is_eu_project


def check(case: Case):
    if case.has_nothing(PAYOUTS):
        return
    for entry in case.entries:
        row = entry.payout(case.year)
        if row is None and is_eu_project(entry.fact):
            yield case.error(
                "belopp-saknas",
                f"{entry.name} saknar uppgift om utbetalning {case.year}. "
                "Ange belopp, 0 eller inte utbetalt än.",
                PAYOUTS,
                f"belopp-{entry.pk}",
                entry.project.slug,
            )
