"""Whose turn it is with a submission, by the trail: who asked, signed off, sent back, handed in, and when."""

from collections.abc import Iterable
from dataclasses import dataclass

from malmo_intl.models import Event
from reports.models import Submission
from reports.models.submission import Verb

SUM = "Kontrollsumma"  # stands before the checksum in the comment of a sign-off or a hand-in
SENT_BACK = {Verb.DECLINED, Verb.RETURNED, Verb.REOPENED_APPROVED}


@dataclass(frozen=True)
class Turns:
    """`events`: the submission's, newest first."""

    events: tuple[Event, ...] = ()

    def last(self, verb: Verb) -> Event | None:
        return next((event for event in self.events if event.verb == verb), None)

    @property
    def sent_back(self) -> Event | None:
        """The latest turn, if it was to send the report back with a comment that still waits."""
        latest = self.events[0] if self.events else None
        return latest if latest and latest.verb in SENT_BACK else None

    @property
    def asked(self) -> Event | None:
        return self.last(Verb.ASKED)

    @property
    def signed(self) -> Event | None:
        return self.last(Verb.SIGNED)

    @property
    def handed_in(self) -> Event | None:
        return self.last(Verb.SUBMITTED)


def turns(
    submissions: Iterable[Submission], verbs: Iterable[Verb] = tuple(Verb)
) -> dict[int, Turns]:
    """The turns of each, by its number, or those of `verbs` only. One query."""
    found: dict[int, list[Event]] = {submission.pk: [] for submission in submissions}
    events = Event.objects.filter(
        # By name: the cache of content types would make a page's number of queries differ.
        subject_type__app_label="reports",
        subject_type__model="submission",
        subject_id__in=found,
        verb__in=list(verbs),
    ).select_related("by")
    for event in events:
        found[event.subject_id].append(event)
    return {pk: Turns(tuple(mine)) for pk, mine in found.items()}


def turns_of(submission: Submission) -> Turns:
    return turns([submission])[submission.pk]


def sum_in(event: Event | None) -> str:
    """The checksum that the trail holds of a sign-off or a hand-in, or ""."""
    label, _, hexadecimal = event.comment.partition(" ") if event else ("", "", "")
    return hexadecimal if label == SUM else ""
