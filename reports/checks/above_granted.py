"""The payouts of all years together are not above what was granted.

Paid and granted are two measures (counting rule 5): they are not added, only held against each other to
find a slip of the finger. Only the administration's own payouts, since others' drafts are secret.
"""

from decimal import Decimal

from funding.models import Grant
from malmo_intl.formats import number
from reports.checks.case import PAYOUTS, Case
from reports.rules import ZERO


def check(case: Case):
    for entry in case.entries:
        granted = _granted(entry.grants)
        paid = sum((entry.paid(row.year) or ZERO for row in entry.payouts), ZERO)
        if granted is None or paid <= granted or not entry.paid(case.year):
            continue
        yield case.warning(
            "mer-an-beviljat",
            f"{entry.name} har fått {number(paid)} kronor utbetalt sammanlagt, mer än de "
            f"{number(granted)} kronor som är beviljade. Stämmer båda beloppen?",
            PAYOUTS,
            f"belopp-{entry.pk}",
            f"{entry.project.slug}:{paid}",
        )


def _granted(grants) -> Decimal | None:
    """Kronor that all payers have granted at most, rounding allowed for; None if one does not say."""
    amounts = [_most(grant) for grant in grants if grant.status == Grant.Status.GRANTED]
    return sum(amounts, ZERO) if amounts and None not in amounts else None


def _most(grant) -> Decimal | None:
    if grant.amount_sek is not None:
        return grant.amount_sek + Decimal(grant.step) / 2 if grant.step > 1 else grant.amount_sek
    if grant.amount_eur is not None:
        return grant.amount_eur * grant.rate
    return None
