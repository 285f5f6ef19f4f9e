"""Of a project that others than the EU pay for too a payout says whose it is: else all counts as the EU's."""

from reports.checks.case import PAYOUTS, Case
from reports.rules import fund_of


def check(case: Case):
    for entry in case.entries:
        payers = {grant.fund.is_eu for grant in entry.grants}
        if len(payers) > 1 and entry.paid(case.year) and fund_of(entry.fact, case.year) is None:
            yield case.warning(
                "fond-ej-vald",
                f"{entry.name} har pengar både från EU och från andra. Välj vilken fond utbetalningen "
                f"{case.year} kom från. Annars räknas den som EU-medel.",
                PAYOUTS,
                f"fond-{entry.pk}",
                entry.project.slug,
            )
