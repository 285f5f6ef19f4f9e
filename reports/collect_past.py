"""Asks the database for what is known of all years. Three queries, however many the years are."""

import datetime

from malmo_intl.models import Administration
from projects.models import GoalSet
from reports.development import Past, Reorganisation
from reports.facts import PublishedFact
from reports.models import PublishedFigure


def collect_past() -> Past:
    """The city's printed figures of every year, and what parts the years."""
    rows = PublishedFigure.objects.filter(administration=None, goal=None)
    return Past(
        published=tuple(
            PublishedFact(
                row.year,
                row.name,
                row.amount,
                source=row.source,
                note=row.note,
                in_system=row.publication_id is not None,
            )
            for row in rows
        ),
        goal_sets=tuple(GoalSet.objects.order_by("first_year").values_list("first_year", "name")),
        reorganisations=tuple(_reorganisations()),
    )


def _reorganisations():
    for name, starts_on, ends_on in Administration.objects.values_list(
        "name", "starts_on", "ends_on"
    ):
        if starts_on:
            yield Reorganisation(starts_on.year, name, began=True)
        if ends_on:
            gone = ends_on + datetime.timedelta(days=1)
            yield Reorganisation(gone.year, name, began=False)
