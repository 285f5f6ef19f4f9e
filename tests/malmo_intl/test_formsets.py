"""Rows beneath their parent say a constraint's own words before the database refuses."""

import pytest
from django.forms import inlineformset_factory

from malmo_intl.formsets import CheckedInlineFormSet
from projects.models import Participation, Project, ProjectAlias
from tests import make


def posted(prefix, rows, initial=0):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def aliases(project, rows, initial=0):
    factory = inlineformset_factory(
        Project, ProjectAlias, formset=CheckedInlineFormSet, fields=["name"]
    )
    return factory(posted("aliases", rows, initial), instance=project)


def participations(project, rows, initial=0):
    factory = inlineformset_factory(
        Project, Participation, formset=CheckedInlineFormSet, fields=["administration", "role"]
    )
    return factory(posted("participations", rows, initial), instance=project)


@pytest.fixture
def project(db):
    return make.project("Projektet")


def test_different_rows_are_saved(project):
    formset = aliases(project, [{"name": "A"}, {"name": "B"}])
    assert formset.is_valid()
    formset.save()
    assert project.aliases.count() == 2


@pytest.mark.parametrize("saved", [True, False])
def test_two_equal_rows_are_refused_in_words(project, saved):
    parent = project if saved else Project(name="Nytt", slug="nytt")
    formset = aliases(parent, [{"name": "A"}, {"name": "A"}])
    assert not formset.is_valid()
    assert formset.forms[1].non_field_errors() == ["Projektet har redan det namnet."]


def test_a_row_that_somebody_else_has_saved_is_refused_in_words(project):
    ProjectAlias.objects.create(project=project, name="A")
    formset = aliases(project, [{"name": "A"}])
    assert not formset.is_valid()
    assert "Projektet har redan det namnet." in str(formset.forms[0].errors)


def test_a_saved_row_may_be_saved_again_unchanged(project):
    alias = ProjectAlias.objects.create(project=project, name="A")
    assert aliases(project, [{"id": alias.pk, "name": "A"}], initial=1).is_valid()


def test_the_same_name_is_free_for_another_project(project):
    ProjectAlias.objects.create(project=make.project("Ett annat"), name="A")
    assert aliases(project, [{"name": "A"}]).is_valid()


def test_a_row_that_is_removed_is_not_a_twin(project):
    formset = aliases(project, [{"name": "A", "DELETE": "on"}, {"name": "A"}])
    assert formset.is_valid()


def test_two_owners_are_refused_and_two_partners_are_not(project, miljo, kultur):
    def rows(role):
        return [{"administration": unit.pk, "role": role} for unit in (miljo, kultur)]

    assert participations(project, rows("partner")).is_valid()
    refused = participations(project, rows("owner"))
    assert not refused.is_valid()
    assert "Projektet har redan en ägare." in str(refused.forms[1].errors)


def test_empty_rows_are_left_alone(project):
    assert aliases(project, [{"name": ""}, {"name": ""}]).is_valid()
