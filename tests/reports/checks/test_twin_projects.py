"""One project under two names."""

import pytest

from projects.models import ProjectAlias
from reports.checks import twin_projects
from tests import make


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        ("Växtplats Botildenborg", "Växtplats Botildenberg"),
        ("Digital Schools of Europe (DSoE)", "Digital Schools of Europe"),
    ],
)
def test_names_that_are_nearly_the_same_are_asked_about(find, miljo, mine, other):
    make.participation(make.project(mine, "mitt"), miljo)
    make.project(other, "annat")
    (found,) = find(twin_projects)
    assert not found.is_error
    assert f"{mine} liknar {other}" in found.sentence
    assert found.key == "samma-projekt:mitt:annat"
    assert found.url.endswith("/projekt/mitt/#om")


def test_two_of_ones_own_are_asked_about_once(find, miljo):
    for name, slug in (("Växtplats Botildenborg", "a"), ("Växtplats Botildenberg", "b")):
        make.participation(make.project(name, slug), miljo)
    assert len(find(twin_projects)) == 1


@pytest.mark.parametrize(
    ("mine", "other"),
    [
        ("Malmökraften", "Malmökraften 2.0"),
        ("Fossilbränslefria kommuner 1", "Fossilbränslefria kommuner 2"),
        ("Växtplats Botildenborg", "Växtplats Rosengård"),
        ("Malmö växer", "Malmö innovationsarena"),
    ],
)
def test_other_numbers_and_other_places_are_other_projects(find, miljo, mine, other):
    make.participation(make.project(mine, "mitt"), miljo)
    make.project(other, "annat")
    assert find(twin_projects) == []


def test_one_that_continues_the_other_is_another(find, miljo):
    first = make.project("Växtplats Botildenborg", "forsta")
    again = make.project("Växtplats Botildenborg", "andra", continues=first)
    make.participation(again, miljo)
    assert find(twin_projects) == []


def test_one_that_ended_before_the_other_began_is_another(find, miljo):
    make.project("Rebus energi", "forsta", starts_on="2015-01-01", ends_on="2018-01-01")
    make.participation(make.project("Rebus energi", "andra", starts_on="2023-01-01"), miljo)
    assert find(twin_projects) == []


def test_an_alias_that_both_have_been_given_says_nothing(find, miljo):
    one, two = make.project("Första delen", "a"), make.project("Andra delen", "b")
    for project in (one, two):
        ProjectAlias.objects.create(project=project, name="Fossilbränslefria kommuner")
    make.participation(one, miljo)
    assert find(twin_projects) == []
