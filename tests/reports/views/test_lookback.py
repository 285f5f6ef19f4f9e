"""All years side by side, a figure over time, and answers through the years."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.models import Answer, PublishedFigure, Question, Submission
from tests import make
from tests.reports.views.conftest import PUBLISHED, SECRET, report

ADDRESS = "/tillbakablick/"


def look(client, person, address=ADDRESS):
    client.force_login(person)
    return client.get(address)


def values(response):
    return {item.point.year: item.text for item in response.context["drawn"]}


@pytest.fixture
def printed(db):
    def of(year, value, name="eu_projects", **fields):
        fields.setdefault("source", "Stadens tjänsteskrivelse")
        return PublishedFigure.objects.create(year=year, name=name, value=value, **fields)

    return of


def test_a_figure_is_followed_over_every_year(client, rut, published, printed):
    printed(2017, 40)
    printed(2019, 51, note="Enligt redovisningen.")
    response = look(client, rut)
    assert values(response) == {2017: "40", 2018: "uppgift saknas", 2019: "51"}
    page = response.content.decode()
    assert "gick från 40 (2017) till 51 (2019). Uppgift saknas för 2018." in page
    assert "Enligt redovisningen." in page
    assert "Året finns inte i systemet." in page


def test_the_figure_can_be_chosen_and_the_approximate_stays_so(client, rut, printed):
    printed(2019, 25_000_000, "paid", qualifier="ca", step=1_000_000)
    page = look(client, rut, f"{ADDRESS}?siffra=paid").content.decode()
    assert "ca\u00a025\u00a0miljoner\u00a0kronor" in page
    assert "Publicerad, ungefärlig" in page


def test_the_breaks_are_marked_and_said(client, rut, printed):
    make.goal_set(2019, 2019)
    make.goal_set(2020)
    printed(2019, 51)
    printed(2021, 47)
    page = look(client, rut).content.decode()
    assert 'class="is-break"' in page
    assert "2020: Nya mål: Mål från 2020 ersätter Mål från 2019." in page


def test_a_year_under_way_is_stadskontorets(client, sam, rut, published, under_way, printed):
    printed(2019, 51)
    assert values(look(client, sam)) == {2019: "51", 2020: "2"}
    assert "Preliminär" in look(client, sam).content.decode()
    assert values(look(client, rut)) == {2019: "51"}


def test_an_administration_follows_its_own_also_while_the_year_is_open(
    client, rut, olle, published, under_way
):
    mine = look(client, rut, f"{ADDRESS}?siffra=paid&forvaltning=MF")
    assert values(mine)[2020] == "777\u00a0123\u00a0kr"
    others = look(client, olle, f"{ADDRESS}?siffra=paid&forvaltning=MF")
    assert 2020 not in values(others)
    assert "777" not in others.content.decode()


def test_what_came_in_late_or_never_is_said(client, rut, published):
    page = look(client, rut, f"{ADDRESS}?siffra=partners&forvaltning=KULF").content.decode()
    assert "Uppgift saknas för alla år" in page


def test_a_figure_of_the_whole_city_is_not_an_administrations(client, rut, published):
    page = look(client, rut, f"{ADDRESS}?siffra=visitors&forvaltning=MF").content.decode()
    assert "Siffran finns bara för hela staden" in page


def test_a_choice_that_does_not_exist_is_said(client, rut):
    page = look(client, rut, f"{ADDRESS}?siffra=nix").content.decode()
    assert "<title>Fel: Tillbakablick" in page
    assert "Rätta det här först" in page


def test_without_years_there_is_still_a_page(client, rut):
    assert "Uppgift saknas för alla år" in look(client, rut).content.decode()


def test_a_year_that_is_corrected_shows_what_was_published(client, sam, rut, published, printed):
    printed(2019, 51)
    type(published).objects.update(status="correcting")
    assert values(look(client, rut)) == {2019: "51"}
    assert values(look(client, sam)) == {2019: "51"}


def test_the_queries_do_not_grow(client, sam, esf):
    client.force_login(sam)

    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    def fill(first, last):
        for number in range(first, last):
            unit = make.administration(f"F{number}", f"Förvaltning {number}", f"Nämnd {number}")
            report(year, unit, "approved", "<p>Svar.</p>")
            make.participation(make.project(f"P{number}", funded_by=esf), unit, paid={2019: 1})

    year = make.year(2019, status=PUBLISHED)
    fill(0, 3)
    question = year.questions.first().pk
    pages = [ADDRESS, f"{ADDRESS}?forvaltning=F0", f"{ADDRESS}fragor/f0/{question}/"]
    few = [queries(page) for page in pages]
    fill(3, 12)
    for number in range(2013, 2018):
        make.year(number, status=PUBLISHED)
    assert [queries(page) for page in pages] == few
    assert max(few) <= 40


# --- Answers through the years -----------------------------------------------------------------------


@pytest.fixture
def followed(published, under_way):
    """2020's question continues 2019's."""
    last, first = under_way.questions.get(), published.questions.get()
    Question.objects.filter(pk=last.pk).update(continues=first, text="Vad gjorde ni 2020?")
    return f"{ADDRESS}fragor/mf/{first.pk}/"


def test_answers_to_a_question_are_read_through_the_years(client, rut, followed):
    page = look(client, rut, followed).content.decode()
    assert page.index(SECRET) < page.index("Vi planterade träd.")
    assert "<h1>Vad gjorde ni 2020?</h1>" in page
    assert "Frågan löd: Vad har ni gjort?" in page


def test_another_administrations_draft_is_not_read(client, olle, followed):
    page = look(client, olle, followed).content.decode()
    assert "Vi planterade träd." in page
    assert SECRET not in page
    assert "2020" not in page.split("<main")[1].split("</main")[0].replace("/2020", "")


def test_a_draft_in_a_published_year_that_never_came_in_is_not_read(client, olle, miljo, published):
    mine = published.submissions.get(administration=miljo)
    Submission.objects.filter(pk=mine.pk).update(status="draft")
    question = published.questions.get()
    page = look(client, olle, f"{ADDRESS}fragor/mf/{question.pk}/").content.decode()
    assert "träd" not in page
    assert "Redovisningen har inte kommit in." in page


def test_nothing_to_report_and_empty_are_told_apart(client, rut, published, miljo):
    question = published.questions.get()
    address = f"{ADDRESS}fragor/mf/{question.pk}/"
    Answer.objects.update(text="")
    assert "Frågan är inte besvarad." in look(client, rut, address).content.decode()
    Answer.objects.update(nothing_to_report=True, signed_by="Rut", reason="Inga projekt.")
    assert "Inget att rapportera. Inga projekt." in look(client, rut, address).content.decode()


@pytest.mark.parametrize("address", ["fragor/nix/1/", "fragor/mf/999999/"])
def test_a_question_that_is_not_there_is_not_found(client, rut, address):
    assert look(client, rut, ADDRESS + address).status_code == 404


def test_an_administration_links_to_its_questions(client, rut, followed):
    page = look(client, rut, f"{ADDRESS}?forvaltning=MF").content.decode()
    assert "Vad gjorde ni 2020?</a>" in page
    assert "2019, 2020" in page


def test_only_reading(client, rut):
    client.force_login(rut)
    assert client.post(ADDRESS).status_code == 405
    client.logout()
    assert client.get(ADDRESS).url == f"/konto/logga-in/?next={ADDRESS}"
