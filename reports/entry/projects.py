"""Projekt och medverkan: the list of the year's projects, and what the administration says of each."""

import datetime
from dataclasses import dataclass

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q

from funding.models import Grant, Payout
from malmo_intl import formats
from malmo_intl.models import Event
from projects.models import Participation
from reports.entry import carry, saving
from reports.entry.carry import Verdict
from reports.entry.form import PartForm
from reports.models import CarriedItem, Submission

KEY = "projekt"
VERDICT = "besked-"
# The verb of the event that says which administration put a project into the register.
ADDED = "lade till projektet"
OWNER = Participation.Role.OWNER
# As the history of the part says it; what waits says nothing.
WORDS = {Verdict.WAITING: "", **{each: each.label for each in Verdict if each != Verdict.WAITING}}
VERDICTS = {word: verdict for verdict, word in WORDS.items()}


@dataclass(frozen=True)
class End:
    """The last day that is known of a participation: its own, or else the project's."""

    day: datetime.date
    planned: bool = False


@dataclass(frozen=True)
class Line:
    """A participation on the list, with what is asked about it."""

    participation: Participation
    year: int
    item: CarriedItem | None
    counted: bool  # it belongs to the year (counting rule 3)
    last_payout: Payout | None

    @property
    def project(self):
        return self.participation.project

    @property
    def anchor(self) -> str:
        return f"projekt-{self.project.slug}"

    @property
    def verdict(self) -> str:
        return self.item.verdict if self.item else ""

    @property
    def waits(self) -> bool:
        return self.verdict == Verdict.WAITING

    @property
    def owner(self) -> str:
        return owner_of(self.project)

    @property
    def is_owned(self) -> bool:
        """By us."""
        return self.participation.role == OWNER

    @property
    def funds(self) -> str:
        return formats.join_words(grant.fund.code for grant in self.project.grants.all())

    @property
    def period(self) -> str:
        """Our own where there is one, else the project's."""
        return self.project.period_of(self.participation.starts_on, self.participation.ends_on)

    @property
    def has_period(self) -> bool:
        part = self.participation
        sides = (part.starts_on, part.ends_on, self.project.starts_on, self.project.ends_on)
        return any(sides)

    @property
    def end(self) -> End | None:
        return known_end(self.participation)

    @property
    def is_over(self) -> bool:
        """It ended before the year, so that it can hardly go on unchanged."""
        return bool(self.end and self.end.day.year < self.year)

    @property
    def end_is_near(self) -> bool:
        """The known end is within or before the year: no date has to be asked for."""
        return bool(self.end and self.end.day.year <= self.year)


def known_end(part: Participation) -> End | None:
    if part.ends_on:
        return End(part.ends_on)
    project = part.project
    if project.ends_on:
        return End(project.ends_on, project.ends_planned)
    return None


def owner_of(project) -> str:
    """Whoever owns it, here or outside, or that nobody is known to. Asks nothing if prefetched."""
    for part in project.participations.all():
        if part.role == OWNER:
            return part.administration.name
    return project.external_owner.name if project.external_owner else formats.MISSING


def writes_shared(part: Participation, submission) -> bool:
    """Whether the administration writes the facts that all share of the project.

    The owner does. Where nobody is known to own it, each who takes part may; where the owner is outside
    the city stadskontoret does, but whoever put it into the register this year fills it in first.
    """
    project = part.project
    owners = [each for each in project.participations.all() if each.role == OWNER]
    if owners or project.external_owner is None:
        return owners in ([], [part])
    carried = CarriedItem.objects.filter(submission=submission, participation=part)
    added = Event.objects.about(project).filter(verb=ADDED, administration=part.administration_id)
    return added.exists() and not carried.exists()


class ProjectsForm(PartForm):
    """A field per project that came along from last year: the verdict, or nothing while it waits.

    So each verdict is a save of this part, with its history, and can be taken back. Field names go by
    the project's slug: besked-malmokraften-2-0.
    """

    heading = "Projekt och medverkan"
    lead = "Vilka projekt har förvaltningen varit med i under året?"
    left_as_is = (
        "Tar du tillbaka en tidigare version kommer beskeden tillbaka som de var. Ett slutdatum som sattes "
        "tillsammans med ett besked står kvar; det ändrar du i projektet."
    )

    def read(self):
        return {self.name_of(item): WORDS[item.verdict] for item in self.items}

    def lay_out(self):
        choices = [(word, word) for word in VERDICTS]
        return {
            self.name_of(item): forms.ChoiceField(label=str(item), choices=choices, required=False)
            for item in self.items
        }

    @property
    def items(self) -> list[CarriedItem]:
        if not hasattr(self, "_items"):
            found = self.submission.carried.filter(network=None)
            self._items = list(
                found.select_related("participation__project").order_by("participation")
            )
        return self._items

    @staticmethod
    def name_of(item) -> str:
        return f"{VERDICT}{item.participation.project.slug}"

    def write(self, by):
        for item in self.items:
            item.submission = self.submission
            verdict = VERDICTS[self.cleaned_data[self.name_of(item)]]
            if not carry.answer(item, verdict, item.verdict, by):
                raise ValidationError(f"{item}: någon annan hann svara. Läs in sidan på nytt.")

    def has_content(self):
        return any(line.counted for line in lines(self.submission))


def waits(submission: Submission, slug: str) -> bool:
    """Whether the project came along and nobody has said anything of it yet."""
    return submission.carried.filter(
        participation__project__slug=slug, verdict=Verdict.WAITING
    ).exists()


def say(submission: Submission, slug: str, verdict: str, writer: saving.Writer):
    """Give the project that came along its verdict. Raises Conflict if somebody just gave another."""
    before = ProjectsForm(submission, KEY)
    values = {**before.stored, f"{VERDICT}{slug}": WORDS[verdict]}
    form = ProjectsForm(submission, KEY, values)
    if not form.is_valid():
        form.raise_errors()
    saving.save(form, before.version, writer)
    if verdict == Verdict.WAITING:
        carry.unfinish(submission, KEY)


def lines(submission: Submission) -> list[Line]:
    """The projects of the administration for the year, in Swedish order. Eight queries, however many.

    They are those that belong to the year, those that came along, those that the administration has
    touched in this report, and those that no period is known for and that therefore belong nowhere.
    """
    year = submission.year.year
    own = Participation.objects.filter(administration=submission.administration)
    payouts = Payout.objects.filter(participation__administration=submission.administration)
    counted = set(own.belonging_to(year, payouts).values_list("pk", flat=True))
    items = _items(submission)
    undated = Q(starts_on=None, ends_on=None, project__starts_on=None, project__ends_on=None)
    shown = own.filter(
        Q(pk__in=counted | items.keys()) | Q(project__slug__in=_touched(submission)) | undated
    )
    last = {row.participation_id: row for row in payouts.filter(year__lt=year).order_by("year")}
    found = [
        Line(part, year, items.get(part.pk), part.pk in counted, last.get(part.pk))
        for part in with_facts(shown)
    ]
    return sorted(found, key=lambda line: formats.sort_key(line.project.name))


def _items(submission) -> dict[int, CarriedItem]:
    """By participation. Before the report is begun: what would come along."""
    if submission.status != Submission.Status.NOT_STARTED:
        items = submission.carried.filter(network=None)
    else:
        coming = carry.participations(submission).values_list("pk", flat=True)
        items = [CarriedItem(submission=submission, participation_id=pk) for pk in coming]
    return {item.participation_id: item for item in items}


def _touched(submission) -> list[str]:
    keys = submission.parts.filter(key__startswith=f"{KEY}/").values_list("key", flat=True)
    return [key.removeprefix(f"{KEY}/") for key in keys]


def with_facts(participations):
    """With the projects, and what `owner_of` and `Line.funds` read."""
    return participations.select_related("project__external_owner").prefetch_related(
        Prefetch("project__grants", Grant.objects.select_related("fund").order_by("pk")),
        Prefetch("project__participations", Participation.objects.select_related("administration")),
    )
