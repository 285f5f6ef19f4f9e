"""Which year is a participation of? The query word and the counting rule must say the same."""

import datetime
import random
from itertools import product

import pytest

from funding.models import Payout
from projects.models import Participation, Project
from reports.facts import Part, PayoutFact, ProjectFact
from reports.rules import belongs_to
from tests import make

YEARS = range(2015, 2023)


def some_period(chance):
    """A start and an end, each known or not, in order."""
    days = sorted(
        datetime.date(chance.randint(2016, 2021), *chance.choice([(1, 1), (6, 15), (12, 31)]))
        for _ in range(2)
    )
    return {
        "starts_on": days[0] if chance.random() < 0.6 else None,
        "ends_on": days[1] if chance.random() < 0.6 else None,
    }


def as_fact(part):
    project = part.project
    return Part(
        project=ProjectFact(
            project.slug, project.name, starts_on=project.starts_on, ends_on=project.ends_on
        ),
        administration=part.administration.code,
        starts_on=part.starts_on,
        ends_on=part.ends_on,
        payouts=tuple(PayoutFact(row.year, row.amount) for row in part.payouts.all()),
    )


def test_the_query_word_says_what_the_counting_rule_says(miljo):
    chance = random.Random(3)  # noqa: S311
    for number in range(250):
        project = make.project(f"Projekt {number}", **some_period(chance))
        paid = {chance.choice(YEARS): chance.choice([0, 100])} if chance.random() < 0.3 else {}
        part = make.participation(project, miljo, paid=paid, **some_period(chance))
        if chance.random() < 0.1:
            Payout.objects.create(participation=part, year=2023, pending=True)
    facts = {part.pk: as_fact(part) for part in Participation.objects.prefetch_related("payouts")}
    for year in [*YEARS, 2023]:
        found = set(
            Participation.objects.belonging_to(year, Payout.objects.all()).values_list(
                "pk", flat=True
            )
        )
        assert found == {pk for pk, fact in facts.items() if belongs_to(fact, year)}


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(a, b) for a, b in product([None, 2018, 2020], repeat=2) if (a, b) != (2020, 2018)],
)
def test_a_project_is_under_way_in_its_own_period(db, starts, ends):
    days = [datetime.date(year, 7, 1) if year else None for year in (starts, ends)]
    make.project("Vi", starts_on=days[0], ends_on=days[1])
    expected = bool(starts or ends) and (starts or 0) <= 2019 <= (ends or 9999)
    assert Project.objects.under_way(2019).exists() is expected


def test_a_draft_payout_of_others_does_not_put_a_project_in_a_year(miljo, olle, rut):
    project = make.project("Gammalt", ends_on=datetime.date(2019, 12, 31))
    make.participation(project, miljo, paid={2024: 5})
    word = Participation.objects.belonging_to
    assert word(2024, Payout.objects.visible_to(rut)).exists()
    assert not word(2024, Payout.objects.visible_to(olle)).exists()
