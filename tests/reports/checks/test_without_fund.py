"""A project has a fund."""

from projects.models import Participation, Project
from reports.checks import without_fund
from tests import make


def test_a_project_without_a_fund_is_asked_about(find, miljo):
    make.participation(make.project("Rebus"), miljo, Participation.Role.OWNER)
    (found,) = find(without_fund)
    assert not found.is_error
    assert "Rebus har ingen fond" in found.sentence
    assert found.url == "/redovisning/2024/mf/projekt/rebus/#finansiering"


def test_a_project_with_a_fund_is_fine(find, rebus):
    assert find(without_fund) == []


def test_the_partner_is_not_asked_for_what_the_owner_writes(find, miljo, kultur):
    project = make.project("Rebus")
    make.participation(project, kultur, Participation.Role.OWNER)
    make.participation(project, miljo)
    assert find(without_fund) == []


def test_a_process_needs_no_fund(find, miljo):
    make.participation(make.project("Plattformen", kind=Project.Kind.PROCESS), miljo)
    assert find(without_fund) == []
