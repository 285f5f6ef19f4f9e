"""Pick before type: the city's projects that a typed name may mean, and joining one of them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Prefetch
from django.utils.text import slugify

from funding.models import Fund, Grant
from malmo_intl import formats
from malmo_intl.models import Event
from projects.likeness import Candidate, alike
from projects.models import Organisation, Participation, Project, ProjectAlias
from reports.entry import carry
from reports.entry.project import KEY, ProjectForm
from reports.entry.projects import ADDED, OWNER, owner_of
from reports.entry.saving import Writer, save
from reports.models import Submission

SHOWN = 10
LONGEST = 300
JOINED = "lade till sin medverkan i"
# Addresses below projekt/ that are pages of their own.
RESERVED = {"besked", "lagg-till", "nytt", "versioner"}


@dataclass(frozen=True)
class Found:
    """A project of the register that may be meant."""

    project: Project
    also: str  # the other name that was matched, or ""
    score: float
    own: Participation | None
    owner: str
    has_owner: bool

    @property
    def units(self) -> str:
        codes = sorted(part.administration.code for part in self.project.participations.all())
        return formats.join_words(codes)

    @property
    def funds(self) -> str:
        return formats.join_words(grant.fund.code for grant in self.project.grants.all())


def search(submission: Submission, text: str) -> tuple[list[Found], int]:
    """What `text` may mean, the likeliest first and SHOWN at most; and how many there are in all.

    A word that is the short name of a fund ("rebus esf") puts the projects of that fund first.
    Eight queries at most, however large the register.
    """
    codes = {code.casefold(): code for code in Fund.objects.values_list("code", flat=True)}
    words = text[:LONGEST].split()
    funds = {codes[word.casefold()] for word in words if word.casefold() in codes}
    name = " ".join(word for word in words if word.casefold() not in codes) or text[:LONGEST]
    matches = alike(name, _register(funds), funds, submission.year.year)
    shown = matches[:SHOWN]
    projects = _with_facts().in_bulk([match.candidate.key for match in shown])
    unit = submission.administration
    return [_found(projects[match.candidate.key], match, unit) for match in shown], len(matches)


def _register(funds) -> Iterator[Candidate]:
    """Every project of the city, as values: a whole register of rows would be slow to make.

    The funds are looked up only among those that are asked for.
    """
    names, codes = defaultdict(list), defaultdict(set)
    for project, name in ProjectAlias.objects.values_list("project", "name"):
        names[project].append(name)
    if funds:
        paid = Grant.objects.filter(fund__code__in=funds).values_list("project", "fund__code")
        for project, code in paid:
            codes[project].add(code)
    for pk, name, starts, ends in Project.objects.values_list("pk", "name", "starts_on", "ends_on"):
        years = (starts and starts.year, ends and ends.year)
        yield Candidate(pk, (name, *names[pk]), frozenset(codes[pk]), years)


def _with_facts():
    return Project.objects.select_related("external_owner").prefetch_related(
        Prefetch("grants", Grant.objects.select_related("fund").order_by("pk")),
        Prefetch("participations", Participation.objects.select_related("administration")),
    )


def _found(project, match, unit) -> Found:
    parts = project.participations.all()
    return Found(
        project,
        match.name if match.name != project.name else "",
        match.score,
        next((part for part in parts if part.administration_id == unit.pk), None),
        owner_of(project),
        bool(project.external_owner or any(part.role == OWNER for part in parts)),
    )


@transaction.atomic
def join(submission: Submission, project: Project, role: str, writer: Writer) -> Participation:
    """Add the administration's participation. Raises ValidationError, with the constraint's words, if
    it takes part already or the project has an owner."""
    part = Participation(project=project, administration=submission.administration, role=role)
    part.full_clean()
    try:
        with transaction.atomic():
            part.save()
    except IntegrityError as error:
        raise ValidationError("Någon annan hann före. Läs in sidan på nytt.") from error
    Event.objects.record(JOINED, project, writer.by, administration=submission.administration)
    _begin_form(submission, project, writer)
    return part


def _begin_form(submission, project, writer):
    """The project stands on the year's list from now on, whatever its period."""
    empty = ProjectForm(submission, f"{KEY}{project.slug}")
    form = ProjectForm(submission, empty.key, empty.stored)
    if not form.is_valid():
        form.raise_errors()
    save(form, form.version, writer)
    carry.unfinish(submission, "projekt")


@transaction.atomic
def add(submission: Submission, name: str, role: str, external: str, writer: Writer) -> Project:
    """A new project in the register, with the administration in it. `external`: the owner outside the
    city, or "" if there is none."""
    project = Project(name=name, slug=free_slug(name))
    if external:
        project.external_owner = organisation(external)
    project.full_clean()
    project.save()
    Event.objects.record(ADDED, project, writer.by, administration=submission.administration)
    join(submission, project, role, writer)
    return project


def free_slug(name: str) -> str:
    """From the name; with a number after it if another project has that address."""
    longest = Project._meta.get_field("slug").max_length
    spread = name.replace("ø", "ö").replace("æ", "ä")
    base = slugify(re.sub(r"[./]", "-", spread))[: longest - 4].strip("-") or "projekt"
    taken = set(Project.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= RESERVED
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)


def organisation(name: str) -> Organisation:
    """The one of that name, however its letters and dashes are written, or a new one."""
    wanted = formats.normalise(name)
    known = {formats.normalise(each.name): each for each in Organisation.objects.all()}
    return known.get(wanted) or Organisation.objects.create(name=name)
