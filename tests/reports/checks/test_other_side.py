"""Owner and partners tell of the same project."""

import datetime

import pytest

from funding.models import Payout
from projects.models import Participation
from reports.checks import other_side
from tests import make

OWNER = Participation.Role.OWNER
ENDED = datetime.date(2022, 12, 31)


@pytest.fixture
def project(db):
    return make.project("Rebus", starts_on="2019-01-01", ends_on="2025-12-31")


def test_the_partner_hears_that_the_owner_does_not_list_it(find, miljo, kultur, project):
    make.participation(project, kultur, OWNER, ends_on=ENDED)
    make.participation(project, miljo)
    (found,) = find(other_side)
    assert not found.is_error
    assert "Rebus ägs av kulturförvaltningen" in found.sentence
    assert found.url.endswith("/projekt/rebus/#medverkan")


def test_the_owner_hears_that_a_partner_goes_on(find, miljo, kultur, project):
    make.participation(project, miljo, OWNER, ends_on=ENDED)
    make.participation(project, kultur)
    (found,) = find(other_side)
    assert "Enligt perioden deltar kulturförvaltningen fortfarande." in found.sentence


def test_both_sides_in_the_year_are_fine(find, miljo, kultur, project):
    make.participation(project, kultur, OWNER)
    make.participation(project, miljo)
    assert find(other_side) == []


def test_a_partner_that_has_left_is_no_concern_of_the_owner(find, miljo, kultur, project):
    make.participation(project, miljo, OWNER)
    make.participation(project, kultur, ends_on=ENDED)
    assert find(other_side) == []


def test_money_that_comes_after_the_end_is_no_question(find, miljo, kultur, project):
    make.participation(project, kultur, OWNER, ends_on=ENDED)
    make.participation(project, miljo, ends_on=ENDED, paid={2024: 1000})
    assert find(other_side) == []


def test_another_administrations_draft_money_is_not_given_away(find, miljo, kultur, project):
    """Kultur's payout would say that it is in the year, but it is a draft."""
    make.participation(project, miljo, OWNER, ends_on=ENDED)
    theirs = make.participation(project, kultur, ends_on=ENDED, paid={2024: 4711})
    assert find(other_side) == []
    Payout.objects.filter(participation=theirs).update(published=True)
    assert len(find(other_side)) == 1
