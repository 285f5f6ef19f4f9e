"""What a check finds: one plain sentence, with the way to the very field."""

from dataclasses import dataclass
from enum import StrEnum

# As long as a Waiver can hold.
LONGEST_KEY = 200


class Severity(StrEnum):
    """An error blocks the hand-in; a warning asks, and may be answered with a reason."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """`key` is the same as long as the same thing is found, so that a reason given for it lasts; it
    holds the figures it speaks of, so that the reason no longer counts when they change. `part` is the
    key of the part where it is mended, or ""."""

    code: str
    severity: Severity
    sentence: str
    url: str
    key: str
    part: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR
