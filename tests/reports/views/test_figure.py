"""One figure: its rule, its rows, and who may see it."""

import re

import pytest

from reports.models import PublishedFigure
from tests import make


def look(client, person, address):
    client.force_login(person)
    return client.get(address)


def text(answer):
    """What is read, with one kind of space."""
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", words.replace("\xa0", " "))


def test_a_figure_shows_its_value_its_rule_and_its_rows(client, sam, under_way):
    page = text(look(client, sam, "/redovisning/2020/siffror/utbetalt/"))
    assert "Utbetalda EU-medel 2020" in page
    assert "777 623" in page  # the whole
    assert "Gröna tak" in page
    assert "Noll är inte detsamma som att uppgift saknas." in page
    assert "Hela kronor." in page


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("forvaltning=MF", "777 123"),
        ("forvaltning=KULF", "500"),
        ("fond=ESF", "777 623"),
        ("forvaltning=KULF&fond=ESF", "500"),
    ],
)
def test_a_figure_can_be_cut(client, sam, under_way, query, value):
    answer = look(client, sam, f"/redovisning/2020/siffror/utbetalt/?{query}")
    assert answer.context["large"].value.replace("\xa0", " ") == value
    assert answer.context["table"].answer.total.value == int(value.replace(" ", ""))


@pytest.mark.parametrize("query", ["forvaltning=NIX", "fond=NIX", "mal=99", "mal=x"])
def test_a_cut_that_is_not_there_is_not_found(client, sam, under_way, query):
    assert look(client, sam, f"/redovisning/2020/siffror/utbetalt/?{query}").status_code == 404


def test_the_rows_can_be_sorted_in_swedish(client, sam, esf, miljo):
    year = make.year(2019, status="published")
    make.submission(year, miljo, "approved")
    for name, amount in (("Ärlan", 5), ("Åkern", 7), ("Zebra", 6)):
        made = make.project(name, f"p{amount}", funded_by=esf)
        make.participation(made, miljo, paid={2019: amount})

    def names(sort):
        answer = look(client, sam, f"/redovisning/2019/siffror/utbetalt/?sort={sort}")
        return [row.record.project for row in answer.context["table"].rows]

    assert names("project") == ["Zebra", "Åkern", "Ärlan"]
    assert names("-value") == ["Åkern", "Zebra", "Ärlan"]


def test_the_rows_can_be_taken_along(client, sam, under_way):
    answer = look(client, sam, "/redovisning/2020/siffror/utbetalt/?forvaltning=MF&format=csv")
    assert 'filename="utbetalt-2020.csv"' in answer["Content-Disposition"]
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Projekt;Förvaltning;Fond;KF-mål;Belopp, kr"
    assert rows[1].endswith(";777123,00") or rows[1].endswith(";777123")
    book = look(client, sam, "/redovisning/2020/siffror/utbetalt/?format=xlsx")
    assert book.content.startswith(b"PK")


def test_a_printed_figure_without_rows_says_so(client, rut):
    make.year(2023, status="published")
    PublishedFigure.objects.create(
        year=2023, name="visitors", value=1265, source="Rapporten", note="Så står det."
    )
    page = text(look(client, rut, "/redovisning/2023/siffror/besokare/"))
    assert "1 265" in page
    assert "Det finns inga rader bakom den i systemet." in page
    assert "Så står det." in page


def test_published_and_today_stand_together_with_the_reason(client, rut, published, miljo, esf):
    PublishedFigure.objects.create(
        year=2019, name="eu_projects", value=3, source="Rapporten", note="Alla har inget namn."
    )
    make.participation(make.project("Gröna tak", "grona-tak", funded_by=esf), miljo)
    page = text(look(client, rut, "/redovisning/2019/siffror/eu-projekt/"))
    assert "Publicerad siffra 3" in page
    assert "Räknat på raderna i dag 1" in page
    assert "Alla har inget namn." in page
    assert "2 av 3 har ingen rad i systemet." in page


# --- Who may see it ------------------------------------------------------------------------------


def test_before_it_is_published_each_sees_the_figure_of_its_own(client, olle, under_way):
    assert look(client, olle, "/redovisning/2020/siffror/utbetalt/").status_code == 404
    assert look(client, olle, "/redovisning/2020/siffror/utbetalt/?forvaltning=").status_code == 404
    assert (
        look(client, olle, "/redovisning/2020/siffror/utbetalt/?forvaltning=MF").status_code == 404
    )
    answer = look(client, olle, "/redovisning/2020/siffror/utbetalt/?forvaltning=KULF")
    assert "500" in text(answer)
    assert "777" not in text(answer)
    assert "Miljöförvaltningen" not in text(answer)
    asked = "/redovisning/2020/siffror/utbetalt/?forvaltning=KULF&format=csv"
    assert "777" not in look(client, olle, asked).content.decode()


def test_who_has_no_role_sees_only_what_is_published(client, db, published, under_way):
    nils = make.person("Nils")
    assert look(client, nils, "/redovisning/2019/siffror/utbetalt/").status_code == 200
    asked = "/redovisning/2020/siffror/utbetalt/?forvaltning=MF"
    assert look(client, nils, asked).status_code == 404


@pytest.mark.parametrize("name", ["nix", "utbetalda"])
def test_a_figure_that_is_not_there_is_not_found(client, sam, published, name):
    assert look(client, sam, f"/redovisning/2019/siffror/{name}/").status_code == 404


def test_a_figure_is_only_read(client, sam, published):
    client.force_login(sam)
    assert client.post("/redovisning/2019/siffror/utbetalt/").status_code == 405


@pytest.mark.parametrize("name", ["projektvarde", "minsta-budget", "storsta-budget"])
def test_a_figure_of_money_without_rows_has_its_page(client, sam, under_way, name):
    assert look(client, sam, f"/redovisning/2020/siffror/{name}/").status_code == 200
