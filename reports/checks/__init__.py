"""The checks before a report is handed in: one rule, one small module, one plain sentence.

Errors block, warnings ask. To add a check, add a module with `check(case)` and name it in CHECKS. Few and
true: a check that cries wolf teaches people to look away.
"""

from reports.checks import (
    above_granted,
    carried_over,
    copied_text,
    dates,
    free_days,
    goal_shares,
    gone_figures,
    large_change,
    missing_amount,
    names_in_prose,
    numbers_in_prose,
    open_comments,
    other_side,
    owners,
    payout_fund,
    payout_period,
    repeated_text,
    template_text,
    twin_projects,
    unanswered,
    without_fund,
)
from reports.checks.building import build, build_all
from reports.checks.case import Case
from reports.checks.finding import Finding, Severity

CHECKS = (
    unanswered.check,
    open_comments.check,
    carried_over.check,
    without_fund.check,
    owners.check,
    twin_projects.check,
    other_side.check,
    missing_amount.check,
    payout_fund.check,
    payout_period.check,
    above_granted.check,
    large_change.check,
    goal_shares.check,
    numbers_in_prose.check,
    gone_figures.check,
    names_in_prose.check,
    copied_text.check,
    repeated_text.check,
    template_text.check,
    dates.check,
    free_days.check,
)

__all__ = ["CHECKS", "Case", "Finding", "Severity", "build", "build_all", "errors", "run"]


def run(case: Case) -> list[Finding]:
    """What all checks find, each thing once: errors first, then in the order of the task list."""
    order = {task.key: place for place, task in enumerate(case.tasks)}

    def place(finding):
        kind = finding.part.partition("/")[0]  # a project stands with the projects
        return order.get(finding.part, order.get(kind, len(order)))

    found = {finding.key: finding for check in CHECKS for finding in check(case)}
    return sorted(found.values(), key=lambda item: (not item.is_error, place(item)))


def errors(findings) -> list[Finding]:
    return [finding for finding in findings if finding.is_error]
