"""A total that has changed by more than half since last year may be right, or a digit too many."""

from decimal import Decimal

from malmo_intl.formats import number
from reports.checks.case import PARTNERS, PAYOUTS, Case
from reports.rules import ZERO

SHARE = Decimal("0.5")
# Smaller differences are large shares of small numbers, and say nothing.
LEAST_KRONOR, LEAST_PARTNERS = 50_000, 5


def check(case: Case):
    yield from _money(case)
    yield from _partners(case)


def _money(case):
    now, before = (_total(case, year) for year in (case.year, case.year - 1))
    if now is not None and before is not None and _is_large(now, before, LEAST_KRONOR):
        last = next(entry for entry in case.entries if entry.paid(case.year) is not None)
        yield case.warning(
            "stor-andring-belopp",
            f"Utbetalningarna är {number(now)} kronor, mot {number(before)} kronor {case.year - 1}. "
            "Det är mer än 50 procents skillnad. Stämmer det?",
            PAYOUTS,
            f"belopp-{last.pk}",
            now,
        )


def _total(case, year) -> Decimal | None:
    known = [paid for entry in case.every if (paid := entry.paid(year)) is not None]
    return sum(known, ZERO) if known else None


def _partners(case):
    now, before = sum(case.partners.values()), sum(case.earlier_partners.values())
    if case.partners and case.earlier_partners and _is_large(now, before, LEAST_PARTNERS):
        yield case.warning(
            "stor-andring-parter",
            f"Samverkansparterna är {number(now)}, mot {number(before)} {case.year - 1}. "
            "Det är mer än 50 procents skillnad. Stämmer det?",
            PARTNERS,
            f"parter-{next(iter(case.partners))}",
            now,
        )


def _is_large(now, before, least) -> bool:
    return abs(now - before) > before * SHARE and abs(now - before) >= least
