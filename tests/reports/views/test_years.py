"""All years, and one year."""

import re

import pytest

from reports.models import PublishedFigure, ReportingYear
from tests import make


def look(client, person, address):
    client.force_login(person)
    return client.get(address)


def test_the_list_has_the_newest_year_first(client, rut, published, under_way):
    rows = look(client, rut, "/redovisning/").context["rows"]
    assert [year.year for year, _, _ in rows] == [2020, 2019]


def test_the_list_shows_nothing_of_others_while_a_year_is_open(client, olle, published, under_way):
    page = look(client, olle, "/redovisning/").content.decode()
    assert "1 av 2" in page  # 2019
    assert "0 av 2" not in page  # 2020
    assert "Visas när året är publicerat" in page


def test_the_list_shows_all_to_the_city_office(client, sam, published, under_way):
    page = look(client, sam, "/redovisning/").content.decode()
    assert "0 av 2" in page


def test_the_list_says_when_there_are_no_years(client, rut):
    assert "Det finns inga redovisningsår än" in look(client, rut, "/redovisning/").content.decode()


def test_a_published_year_is_for_everyone(client, db, published):
    response = look(client, make.person("Nils"), "/redovisning/2019/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "1 av 2 förvaltningar har lämnat in." in page
    assert "/redovisning/2019/mf/" in page
    assert "Samlad redovisning 2019" in page


def test_a_year_under_way_shows_only_the_own_figures(client, olle, under_way):
    page = look(client, olle, "/redovisning/2020/").content.decode()
    assert "500" in page
    assert "777" not in page
    assert "Miljöförvaltningen" not in page
    assert "visas när stadskontoret har publicerat året" in page


def test_a_year_under_way_shows_nothing_to_who_has_no_role(client, under_way):
    page = look(client, make.person("Nils"), "/redovisning/2020/").content.decode()
    assert "förvaltningen</a>" not in page
    assert "visas när stadskontoret har publicerat året" in page


def test_a_year_that_is_corrected_leads_to_what_is_published(client, olle, published):
    ReportingYear.objects.filter(year=2019).update(status="correcting")
    page = look(client, olle, "/redovisning/2019/").content.decode()
    assert "Året rättas just nu." in page
    assert "när stadskontoret har publicerat" not in page


def test_the_city_office_sees_the_whole_year_under_way(client, sam, under_way):
    page = look(client, sam, "/redovisning/2020/").content.decode()
    assert "Utbetalda EU-medel per förvaltning" in page
    assert "777\xa0123" in page
    assert "Miljöförvaltningen får mest" in page
    assert 'href="/redovisning/2020/siffror/utbetalt/?forvaltning=MF"' in page
    assert 'href="/redovisning/2020/siffror/utbetalt/?fond=ESF"' in page
    assert 'href="/redovisning/2020/siffror/utbetalt/?mal=0"' in page  # nobody has told of goals


def test_a_year_under_way_says_that_its_figures_will_change(client, sam, under_way, published):
    assert "Året är inte klart." in look(client, sam, "/redovisning/2020/").content.decode()
    assert "Året är inte klart." not in look(client, sam, "/redovisning/2019/").content.decode()


def test_what_is_on_the_page_stands_in_order_and_can_be_gone_to(client, sam, under_way):
    page = look(client, sam, "/redovisning/2020/").content.decode()
    headings = re.findall(r'<h2 id="([-a-z]+)">', page)
    assert headings == [
        "pa-sidan", "siffror-per-forvaltning", "siffror-per-fond", "siffror-per-mal",
        "siffror-per-roll", "bryggan", "avstamning", "datakvalitet", "redovisningar", "dokument",
    ]  # fmt: skip
    assert [key for key in headings[1:] if f'href="#{key}"' not in page] == []


def test_every_chart_is_a_picture_with_words_and_has_its_table(client, sam, under_way):
    page = look(client, sam, "/redovisning/2020/").content.decode()
    charts = re.findall(r'<svg role="img" aria-labelledby="([-\w]+)-text"', page)
    assert "diagram-medel-per-forvaltning" in charts
    for key in charts:
        assert re.search(rf'<title id="{key}-text">[^<]+ Tabellen har samma värden.</title>', page)
    assert page.count("Visa som tabell") == len(charts)


def test_the_two_counts_are_explained(client, sam, under_way):
    page = look(client, sam, "/redovisning/2020/").content.decode()
    assert "Unika EU-projekt" in page
    assert "Medverkan och unika projekt är två olika tal." in page


def test_a_year_of_published_figures_says_so_and_from_where(client, rut):
    make.year(2023, status="published")
    PublishedFigure.objects.create(year=2023, name="eu_projects", value=54, source="Stadens memo")
    page = look(client, rut, "/redovisning/2023/").content.decode()
    assert "bara publicerade siffror" in page
    assert "Stadens memo" in page
    assert "54" in page


@pytest.mark.parametrize("address", ["/redovisning/2031/", f"/redovisning/{'9' * 30}/"])
def test_a_year_that_is_not_there_is_not_found(client, rut, address):
    assert look(client, rut, address).status_code == 404


@pytest.mark.parametrize("address", ["/redovisning/", "/redovisning/2019/"])
def test_the_pages_are_only_read_and_only_after_log_in(client, rut, published, address):
    assert client.get(address).url == f"/konto/logga-in/?next={address}"
    client.force_login(rut)
    assert client.post(address).status_code == 405
