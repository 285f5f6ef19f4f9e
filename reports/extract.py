"""What an administration hands in, as plain data with a checksum.

It holds what the administration itself answers for: its part in each project, money, goals, partners,
activities, networks, answers, memo, and the reasons it has given. The shared facts of a project are in it
only where the administration owns the project: what others write is not signed here.
"""

import datetime
import hashlib
import json
from decimal import Decimal

from reports.checks.case import Case
from reports.checks.entries import Entry

# Raised when the data gets another shape: checksums of different forms say nothing of each other.
FORM = 1


def extract(case: Case) -> dict:
    """The data of the case. Two queries beside the case's own."""
    submission = case.submission
    return {
        "form": FORM,
        "administration": case.administration.code,
        "year": case.year,
        "parts": {
            task.key: _fields(task.part, "status", "reason", "signed_by")
            for task in case.tasks
            if task.part
        },
        "projects": [_project(entry, case.year) for entry in case.entries],
        "partners": case.partners,
        "activities": [
            _fields(
                row, "position", "kind", "title", "happened_on", "precision", "place", "partner",
                "people", "people_qualifier", "note",
            )
            for row in submission.activities.order_by("position")
        ],
        "networks": {row.network.name: row.role for row in case.memberships},
        "answers": {
            str(number): _fields(answer, "text", "nothing_to_report", "reason", "signed_by")
            for number, answer in case.answers.items()
        },
        "memo": _memo(case.memo) if case.memo else None,
        "reasons": {row.finding: row.reason for row in submission.waivers.all()},
    }  # fmt: skip


def _fields(row, *names) -> dict:
    return {name: getattr(row, name) for name in names}


def _project(entry: Entry, year: int) -> dict:
    payout = entry.payout(year)
    own = {
        "project": entry.project.slug,
        **_fields(entry.row, "role", "starts_on", "ends_on", "contribution"),
        "payout": payout and _fields(payout, "amount", "pending", "comment"),
        "shares": {str(goal): share for goal, share in entry.shares().items()},
    }
    return own | {"shared": _shared(entry)} if entry.is_owner else own


def _shared(entry: Entry) -> dict:
    return {
        **_fields(
            entry.project, "name", "kind", "aim", "diary_number", "link", "starts_on",
            "starts_precision", "ends_on", "ends_precision", "ends_planned",
        ),
        "grants": {
            grant.fund.code: _fields(
                grant, "status", "budget_sek", "amount_sek", "amount_eur", "rate", "qualifier",
                "step", "comment",
            )
            for grant in entry.grants
        },
    }  # fmt: skip


def _memo(memo) -> dict:
    return {
        **_fields(
            memo, "title", "diary_number", "dated", "reference_name", "reference_title",
            "reference_email", "reference_phone", "summary", "decision_lead",
        ),
        "lines": [_fields(row, "list", "position", "text", "detail") for row in memo.lines.all()],
        "schedule": {step.body: step.day for step in memo.schedule.all()},
        "sections": {section.key: section.text for section in memo.sections.all()},
    }  # fmt: skip


def as_bytes(data: dict) -> bytes:
    """The same bytes for the same data: sorted names, dates and decimals as text."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1, default=_as_text)
    return f"{text}\n".encode()


def _as_text(value) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in the extract.")


def checksum(case: Case) -> str:
    """sha256 of the extract's bytes, in hexadecimal."""
    return hashlib.sha256(as_bytes(extract(case))).hexdigest()
