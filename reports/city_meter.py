"""Who and what the city's texts have not mentioned yet. A help for the writer: no text must name them all.

The number of queries is the same for any number of administrations, projects and answers.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from funding.models import Payout
from malmo_intl import prose
from malmo_intl.formats import sort_key
from malmo_intl.models import Administration
from projects.models import Participation, Project
from reports import naming
from reports.models import Answer, CityText, Memo, ReportingYear


@dataclass(frozen=True)
class Count:
    """How many of them are named, and which are not, in Swedish order."""

    named: int
    of: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Meter:
    """`here`: in the text at hand; `anywhere`: in all the city's texts. `answered`: projects that the answers
    to the question speak of; those that the text leaves out matter most."""

    administrations_here: Count
    administrations_anywhere: Count
    projects_here: Count
    projects_anywhere: Count
    answered: Count


def measure(year: ReportingYear, key: str, html: str, answers: Iterable[Answer]) -> Meter:
    """Of the text `html` of the part `key`, as it stands in front of the writer, and the stored others."""
    administrations = sorted(
        Administration.objects.filter(submissions__year=year), key=lambda item: sort_key(item.name)
    )
    projects = sorted(_projects(year), key=lambda item: sort_key(item.name))
    here = prose.plain(html)
    anywhere = "\n".join([here, *map(prose.plain, _others(year, key))])
    told = "\n".join(prose.plain(answer.text) for answer in answers)
    units, undertakings = naming.administrations(administrations), _names(projects)
    named_here = set(naming.found(undertakings, here))
    in_answers = set(naming.found(undertakings, told))
    return Meter(
        _count(administrations, naming.found(units, here)),
        _count(administrations, naming.found(units, anywhere)),
        _count(projects, named_here),
        _count(projects, naming.found(undertakings, anywhere)),
        _count([item for item in projects if item.pk in in_answers], named_here),
    )


def _count(items, named) -> Count:
    missing = tuple(item.name for item in items if item.pk not in named)
    return Count(len(items) - len(missing), len(items), missing)


def _projects(year):
    """The year's, each once (counting rules 1 and 3)."""
    belonging = Participation.objects.belonging_to(year.year, Payout.objects.all())
    found = Project.objects.filter(pk__in=belonging.values("project"))
    return found.prefetch_related("aliases")


def _names(projects) -> naming.Names:
    return naming.longest_first(
        (name, project.pk)
        for project in projects
        for name in (
            project.name,
            project.diary_number,
            *(alias.name for alias in project.aliases.all()),
        )
    )


def _others(year, key) -> list[str]:
    """The city's other texts of the year, as they are stored."""
    texts = CityText.objects.filter(year=year).select_related("question")
    found = [text.text for text in texts if part_key(text) != key]
    memo = Memo.objects.filter(year=year, administration=None).prefetch_related("sections").first()
    if memo and key != "tjansteskrivelse":
        found += [memo.summary, *(section.text for section in memo.sections.all())]
    return found


def part_key(text: CityText) -> str:
    return f"fragor/{text.question.number}" if text.question else "sammanfattning"
