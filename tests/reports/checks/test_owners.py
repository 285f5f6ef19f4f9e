"""One owner, neither two nor none."""

from projects.models import Organisation, Participation, Project
from reports.checks import owners
from tests import make


def test_an_owner_here_and_one_outside_are_one_too_many(find, rebus):
    rebus.project.external_owner = Organisation.objects.create(name="Region Skåne")
    rebus.project.save()
    (found,) = find(owners)
    assert found.is_error
    assert "har två ägare: miljöförvaltningen och Region Skåne" in found.sentence
    assert found.url == "/redovisning/2024/mf/projekt/rebus/#medverkan"


def test_a_project_that_nobody_owns_is_asked_about(find, miljo):
    make.participation(make.project("Rebus"), miljo)
    (found,) = find(owners)
    assert not found.is_error
    assert "Rebus har ingen ägare" in found.sentence


def test_one_owner_is_fine_here_or_outside(find, rebus, miljo):
    outside = Organisation.objects.create(name="Region Skåne")
    make.participation(make.project("Utifrån", external_owner=outside), miljo)
    assert find(owners) == []


def test_an_application_has_no_owner_yet(find, miljo):
    make.participation(make.project("Ansökan", kind=Project.Kind.APPLICATION), miljo)
    assert find(owners) == []


def test_another_administrations_project_has_its_owner(find, miljo, kultur):
    project = make.project("Rebus")
    make.participation(project, kultur, Participation.Role.OWNER)
    make.participation(project, miljo)
    assert find(owners) == []
