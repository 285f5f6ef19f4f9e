"""The projects of a case, and the register that they stand in."""

from dataclasses import replace

from malmo_intl.models import Administration
from projects.models import Project, ProjectAlias
from reports.checks.entries import entries, register
from reports.collect_parts import collect_parts
from reports.models import ReportingYear
from tests import make


def test_a_project_is_to_the_checks_what_it_is_to_the_documents(known_years):
    year = ReportingYear.objects.get(year=2019)
    units = set(Administration.objects.values_list("pk", flat=True))
    mine = [entry.fact for own in entries(units, year, register()).values() for entry in own]
    documents = {(part.project.slug, part.administration): part for part in collect_parts(year)}
    assert len(mine) == len(documents)
    for fact in mine:
        part = documents[fact.project.slug, fact.administration]
        # The checks tell of payouts from the first year on.
        assert fact == replace(part, payouts=part.payouts[::-1], shares=tuple(sorted(part.shares)))


def test_the_register_is_kept_until_something_in_it_changes(db):
    project = make.project("Rebus")
    before = register()
    assert register() is before
    Project.objects.filter(pk=project.pk).update(aim="Ett annat syfte.")
    assert register() is not before
    ProjectAlias.objects.create(project=project, name="Gamla Rebus")
    assert register().names == {project.pk: ("Rebus", "Gamla Rebus")}


def test_a_project_that_gets_another_name_is_likened_by_the_new_one(db):
    one, other = make.project("Sluta skjut"), make.project("Vägen in")
    assert register().twins(one.pk) == [register().by_number[one.pk]]
    Project.objects.filter(pk=other.pk).update(name="Sluta skjuta")
    assert {row.pk for row in register().twins(one.pk)} == {one.pk, other.pk}
