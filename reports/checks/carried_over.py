"""What came along from last time has been confirmed, changed or ended by somebody."""

from reports.checks.case import Case
from reports.models import CarriedItem


def check(case: Case):
    for item in case.carried:
        if item.verdict == CarriedItem.Verdict.WAITING:
            part, field = _place(item)
            yield case.error(
                "fran-forra-aret",
                f"{item} följde med från förra gången. Säg hur det är i år.",
                part,
                field,
                item.pk,
            )


def _place(item) -> tuple[str, str]:
    if item.participation:
        return "projekt", f"#projekt-{item.participation.project.slug}"
    return "aktiviteter", f"natverk-{item.network.pk}"
