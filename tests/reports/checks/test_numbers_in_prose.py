"""Sums and counts in words against the figures."""

import pytest

from funding.models import Grant, Payout
from projects.models import Participation
from reports.checks import numbers_in_prose
from tests import make


@pytest.fixture
def money(miljo, rebus):
    """Rebus 4 000 000 and Vägen in 29 253: together 4 029 253 kronor."""
    Payout.objects.create(participation=rebus, year=2024, amount=4_000_000)
    other = make.project("Vägen in", funded_by=make.fund())
    make.participation(other, miljo, paid={2024: 29_253})


@pytest.mark.parametrize(
    "sentence",
    [
        "EU-medel om 4 092 253 kronor betalades ut.",  # two digits changed places
        "Summan är 4 029 235 SEK.",
        "Det blev 4 030 000 kr.",  # rounded, but not said to be
        "Under 2024 betalades 5 100 000 kronor i EU-medel ut till förvaltningen.",
    ],
)
def test_a_sum_that_is_not_the_years_is_asked_about(find, money, answer, sentence):
    answer(f"<p>{sentence}</p>")
    (found,) = find(numbers_in_prose)
    assert not found.is_error
    assert "summan av utbetalda EU-medel 2024 är 4\u00a0029\u00a0253 kronor" in found.sentence
    assert found.url.endswith("/fragor/1/#id_svar")


def test_a_projects_sum_is_compared_with_its_own(find, money, answer):
    answer("<p>För Vägen in betalades 50 000 kronor ut.</p>")
    (found,) = find(numbers_in_prose)
    assert "utbetalningen till Vägen in 2024 är 29\u00a0253 kronor" in found.sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "EU-medel om 4&nbsp;029&nbsp;253 kronor betalades ut.",
        "Rebus fick 4 000 000 kr.",
        "Cirka 4 030 000 kronor betalades ut i EU-medel till förvaltningen.",
        "Drygt 4 000 001 kronor.",
        "Hyran kostade 12 500 kronor.",
        "Under 2019 betalades 4 092 253 kronor ut.",
        "Telefon 040-34 10 00.",
        "Över 1 265 personer kom.",
    ],
)
def test_right_rough_and_other_sums_are_left_alone(find, money, answer, sentence):
    answer(f"<p>{sentence}</p>")
    assert find(numbers_in_prose) == []


def test_what_was_granted_may_be_told(find, rebus, answer):
    Payout.objects.create(participation=rebus, year=2024, amount=4_000_000)
    Grant.objects.filter(project=rebus.project).update(amount_sek=4_000_100)
    answer("<p>Rebus har beviljats 4 000 100 kronor.</p>")
    assert find(numbers_in_prose) == []


@pytest.fixture
def projects(miljo, kultur):
    """Two that Miljö owns, of which one is without EU money, and one that it is partner in."""
    for name, fund in (("Ett", make.fund()), ("Två", None)):
        make.participation(make.project(name, funded_by=fund), miljo, Participation.Role.OWNER)
    other = make.project("Tre", funded_by=make.fund())
    make.participation(other, kultur, Participation.Role.OWNER)
    make.participation(other, miljo)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (
            "Förvaltningen äger åtta projekt.",
            "står ”åtta projekt”, men enligt uppgifterna äger ni två",
        ),
        ("Vi är part i 4 EU-projekt.", "är ni part i ett"),
        ("Vi är sammanlagt med i totalt nio projekt.", "är ni med i tre"),
        ("Förvaltningen fick EU-medel för tolv projekt.", "har pengar betalats ut till noll"),
        (
            "Miljöförvaltningen har varit projektägare för fem EU-finansierade projekt.",
            "äger ni ett",
        ),
    ],
)
def test_a_wrong_count_of_projects_is_asked_about(find, projects, answer, sentence, words):
    answer(f"<p>{sentence}</p>")
    (found,) = find(numbers_in_prose)
    assert words in found.sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Förvaltningen äger två projekt.",
        "Förvaltningen ägde ett pågående EU-projekt.",
        "Vi är part i ett projekt.",
        "Förvaltningen har varit part i flera projekt.",
        "Under 2019 ägde förvaltningen åtta projekt.",
        "Region Skåne äger åtta projekt.",
        "Vi har varit med i fyra projekt om kultur.",
    ],
)
def test_right_counts_and_those_of_others_are_left_alone(find, projects, answer, sentence):
    answer(f"<p>{sentence}</p>")
    assert find(numbers_in_prose) == []


def test_a_number_that_the_author_answers_for_and_a_live_one_are_left_alone(find, money, answer):
    answer(
        '<p>EU-medel om <data value="eget">4 092 253 kronor</data> betalades ut, och '
        '<data value="utbetalt">{utbetalt}</data> till oss.</p>'
    )
    assert find(numbers_in_prose) == []


def test_a_project_with_0_kronor_is_no_project_that_was_paid(find, miljo, money, answer):
    other = make.project("Trygga gator", funded_by=make.fund())
    make.participation(other, miljo, paid={2024: 0})
    answer("<p>EU-medel om 4 029 253 kronor betalades ut, fördelat på tre projekt.</p>")
    (found,) = find(numbers_in_prose)
    assert found.sentence == (
        "I svaret på fråga 1 står ”tre projekt”, men enligt uppgifterna har pengar betalats ut till två projekt "
        "2024. Trygga gator har 0 kronor."
    )


def test_counts_in_different_answers_that_do_not_add_up_are_asked_about_once(
    find, projects, answer
):
    answer("<p>Förvaltningen äger två projekt. Vi är part i ett projekt, och i 1 projekt till.</p>")
    answer("<p>Vi är part i ett av dem. Förvaltningen är part i 1 projekt.</p>")
    answer(
        "<p>Förvaltningen äger två projekt och är part i 1 projekt. Sammanlagt 2 projekt.</p>",
        number=2,
    )
    (found,) = find(numbers_in_prose)
    assert found.code == "delar-i-text"
    assert "två projekt som ägare och ett som part" in found.sentence
    assert found.url.endswith("/fragor/2/#id_svar")


def test_what_a_project_has_reached_is_compared_with_its_result(find, rebus, answer):
    rebus.project.measures.create(kind="result", what="Deltagare", value=479, unit="personer")
    answer("<p>I Rebus har 497 deltagare varit med.</p>")
    (found,) = find(numbers_in_prose)
    assert "står ”497 deltagare”, men i uppgifterna står 479" in found.sentence
    answer("<p>I Rebus har 479 deltagare varit med.</p>")
    assert find(numbers_in_prose) == []


def test_a_text_that_is_the_same_is_read_anew_when_a_figure_changes(find, money, answer):
    answer("<p>EU-medel om 4 029 253 kronor betalades ut.</p>")
    assert find(numbers_in_prose) == []
    Payout.objects.filter(amount=4_000_000).update(amount=5_000_000)
    (found,) = find(numbers_in_prose)
    assert "5 029 253" in found.sentence.replace("\xa0", " ")
