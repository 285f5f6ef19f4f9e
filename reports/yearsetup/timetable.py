"""The year's schedule, from what is stored about it: the only queries behind `reports.schedule`."""

import datetime
from dataclasses import dataclass

from malmo_intl.formats import sort_key
from reports import schedule
from reports.models import Milestone, ReportingYear, Submission
from reports.yearsetup.plan import WORKDAYS, Pace, paces

Step = Milestone.Step
# As it reads in a sentence beside the others.
NAMES = {Step.OFFICE: "Inlämningen till stadskontoret"}


@dataclass(frozen=True)
class Own:
    """An administration's own days. `safe`: the last day to leave the report for preparation."""

    submission: Submission
    stops: list[schedule.Stop]
    safe: datetime.date | None

    @property
    def is_in(self) -> bool:
        """Nothing is left to do for the administration."""
        return self.submission.status in Submission.RECEIVED

    @property
    def problems(self) -> list[str]:
        return schedule.problems(self.stops)

    @property
    def board(self) -> schedule.Stop:
        return next(stop for stop in self.stops if stop.key == schedule.BOARD)


def stages(year: ReportingYear) -> list[schedule.Stage]:
    """The year's way, with the days that are decided. One query."""
    known = paces(year)
    fixed = {Step.OFFICE: year.last_day, Step.COUNCIL: year.council_on}
    found = []
    for step in Step:
        pace = known.get(step, Pace(WORKDAYS.get(step, 0)))
        day = fixed.get(step, pace.day)
        found.append(schedule.Stage(step.value, NAMES.get(step, step.label), pace.workdays, day))
    return found


def own(submission: Submission) -> Own:
    """One administration's days. One query, if the year is loaded."""
    return _own(submission, stages(submission.year))


def owns(way: list[schedule.Stage], submissions) -> list[Own]:
    """Each administration's, in Swedish order, in the `stages` of their year. One query, if the
    administrations come with the submissions."""
    ordered = sorted(submissions, key=lambda item: sort_key(item.administration.name))
    return [_own(item, way) for item in ordered]


def _own(submission, way) -> Own:
    stops = schedule.own(way, submission.board_on)
    return Own(submission, stops, schedule.last_safe_day(stops))
