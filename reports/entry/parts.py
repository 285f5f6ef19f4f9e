"""Which parts a submission has, in which order, and how far each has come."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from reports.entry.activities import ActivitiesForm
from reports.entry.answer import AnswerForm
from reports.entry.form import PartForm
from reports.entry.goals import GoalsForm
from reports.entry.memo import MemoForm
from reports.entry.partners import PartnersForm
from reports.entry.payouts import PayoutsForm
from reports.entry.project import ProjectForm
from reports.entry.projects import ProjectsForm
from reports.models import Part, Submission
from reports.models.part import NOT_BEGUN

FORMS: dict[str, type[PartForm]] = {
    "projekt": ProjectsForm,
    "utbetalningar": PayoutsForm,
    "mal": GoalsForm,
    "parter": PartnersForm,
    "aktiviteter": ActivitiesForm,
    "tjansteskrivelse": MemoForm,
}
LAST = "Kontrollera och lämna in"
PATTERNS: dict[str, type[PartForm]] = {
    r"fragor/\d{1,3}": AnswerForm,
    r"projekt/[-\w]{1,80}": ProjectForm,
}


@dataclass(frozen=True)
class Task:
    """A part on the task list."""

    key: str
    title: str
    url: str
    word: str
    part: Part | None = None

    @property
    def is_finished(self) -> bool:
        return bool(self.part and self.part.is_finished)

    @property
    def note(self) -> str:
        """Who saved last, and when."""
        if not (self.part and self.part.saved_by):
            return ""
        return f"{self.part.saved_by.name}, {timezone.localtime(self.part.saved_at):%Y-%m-%d %H.%M}"


def form_class(key: str) -> type[PartForm] | None:
    """The form behind an address below the submission's, or None if there is none such."""
    if key in FORMS:
        return FORMS[key]
    return next((made for pattern, made in PATTERNS.items() if re.fullmatch(pattern, key)), None)


def keys(submission: Submission) -> list[tuple[str, str]]:
    """(key, title) of every part, in the order of the task list."""
    questions = submission.year.questions.all()
    return [
        *((key, FORMS[key].heading) for key in FORMS if key != "tjansteskrivelse"),
        *((f"fragor/{question.number}", question.text) for question in questions),
        ("tjansteskrivelse", MemoForm.heading),
    ]


def address(submission: Submission, key: str) -> str:
    return reverse("part", args=[submission.year.year, submission.administration.slug, key])


def tasks(submission: Submission) -> list[Task]:
    """The task list. Two queries."""
    return tasks_of(submission, submission.parts.select_related("saved_by"))


def tasks_of(submission: Submission, begun: Iterable[Part]) -> list[Task]:
    """The task list from the parts that somebody has begun."""
    begun = {part.key: part for part in begun}
    return [
        Task(
            key,
            title,
            address(submission, key),
            begun[key].get_status_display() if key in begun else NOT_BEGUN,
            begun.get(key),
        )
        for key, title in keys(submission)
    ]


def last_task(submission: Submission) -> Task:
    """What is done when all parts are finished: it has no form, so it is no part itself."""
    url = reverse("check", args=[submission.year.year, submission.administration.slug])
    asked = submission.sign_off_asked_at is not None
    return Task("granska", LAST, url, Part.Status.STARTED.label if asked else NOT_BEGUN)


def progress(listed: list[Task]) -> str:
    """ "3 av 8 delar klara" """
    return f"{sum(task.is_finished for task in listed)} av {len(listed)} delar klara"


def following(submission: Submission, key: str) -> Task:
    """The first unfinished part after `key`, or the first unfinished at all, or the check."""
    listed = tasks(submission)
    if key.startswith("projekt/"):
        return listed[0]  # back to the list that the project stands on
    at = next((index for index, task in enumerate(listed) if task.key == key), -1)
    after = [*listed[at + 1 :], *listed[: max(at, 0)]]
    return next((task for task in after if not task.is_finished), last_task(submission))
