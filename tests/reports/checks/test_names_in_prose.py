"""Names in words against the rows."""

import pytest

from projects.models import Network
from reports.checks import names_in_prose
from tests import make


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("ThaiWISE", "I ThaiWISE arbetar vi mot våld."),
        ("Vägen in", "I projektet Vägen in har vi hjälpt trettio kvinnor."),
        ("Rebus", "Rebus-projektet sparar energi."),
    ],
)
def test_a_project_that_is_not_among_the_rows_is_asked_about(find, answer, name, sentence):
    make.project(name)
    answer(f"<p>{sentence}</p>")
    (found,) = find(names_in_prose)
    assert not found.is_error
    assert f"I svaret på fråga 1 nämns {name}, som inte finns bland era projekt." in found.sentence
    assert found.url.endswith("/fragor/1/#id_svar")


@pytest.mark.parametrize(
    "sentence",
    [
        "Vi hittade vägen in till nya metoder.",  # ordinary words
        "Vägen in var lång.",
        "Rebusar är roliga.",
    ],
)
def test_ordinary_words_are_no_projects(find, answer, sentence):
    make.project("Vägen in")
    make.project("Rebus")
    answer(f"<p>{sentence}</p>")
    assert find(names_in_prose) == []


def test_ones_own_project_may_be_named_also_when_it_has_ended(find, miljo, answer):
    old = make.project("ThaiWISE", starts_on="2018-01-01", ends_on="2019-01-01")
    make.participation(old, miljo)
    answer("<p>ThaiWISE avslutades.</p>")
    assert find(names_in_prose) == []


def test_a_longer_name_is_not_mistaken_for_a_shorter(find, miljo, answer):
    make.project("MalmöKraften", "forsta")
    again = make.project("MalmöKraften 2.0", "andra")
    make.participation(again, miljo)
    answer("<p>MalmöKraften 2.0 går bra.</p>")
    assert find(names_in_prose) == []


def test_a_network_of_the_same_name_is_no_project(find, answer):
    make.project("ThaiWISE")
    Network.objects.create(name="ThaiWISE")
    answer("<p>ThaiWISE träffas.</p>")
    assert find(names_in_prose) == []


def test_an_administration_that_is_not_in_the_project_is_asked_about(find, rebus, kultur, answer):
    answer("<p>Rebus drivs med kulturförvaltningen.</p>")
    (found,) = find(names_in_prose)
    assert "nämns kulturförvaltningen tillsammans med Rebus" in found.sentence


def test_one_that_is_in_the_project_or_far_from_its_name_is_not(find, rebus, kultur, answer):
    answer("<p>Vi talar ofta med kulturförvaltningen. Rebus går bra.</p>")
    assert find(names_in_prose) == []
    make.participation(rebus.project, kultur)
    answer("<p>Rebus drivs med kulturförvaltningen.</p>")
    assert find(names_in_prose) == []
