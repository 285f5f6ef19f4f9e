"""Old years and figures that came along with a copied text, and those that somebody has said are right."""

from dataclasses import dataclass

from reports.entry.form import signature
from reports.models import Submission, Waiver

CODE = "kopierat"
LONGEST = 200  # as long as a Waiver can hold


@dataclass(frozen=True)
class Leftover:
    """An old year or figure in the text of `field`; `is_kept` when somebody has said that it is right.

    A form with only one text leaves `field` empty.
    """

    text: str
    is_kept: bool
    field: str = ""

    @property
    def value(self) -> str:
        """What its button sends."""
        return f"{self.field}:{self.text}" if self.field else self.text

    @property
    def place(self) -> str:
        """Where on the page it stands."""
        return f"kvar-{self.field}" if self.field else "kvar"


def finding(about, token: str) -> str:
    """As `reports.checks.copied_text` calls it. `about`: the question's number, or the memo's field."""
    return f"{CODE}:{about}:{token}"[:LONGEST]


def kept(submission: Submission) -> set[str]:
    """The findings that somebody has said are right."""
    rows = submission.waivers.filter(finding__startswith=f"{CODE}:")
    return set(rows.values_list("finding", flat=True))


def keep(submission: Submission, found: str, by, at):
    """Say that the old figure is right this year too; saying it twice changes nothing."""
    Waiver.objects.get_or_create(
        submission=submission,
        finding=found,
        defaults={
            "reason": f"Stämmer även {submission.year}",
            "by": by,
            "by_name": signature(by),
            "at": at,
        },
    )


def take_back(submission: Submission, found: str):
    submission.waivers.filter(finding=found).delete()
