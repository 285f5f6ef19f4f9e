"""Data out: tables for those who log in, for who has a key, and the open ones for anyone."""

import csv
import io
import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rdflib import Graph
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

from funding.models import Payout
from malmo_intl.models import Event
from projects.models import GoalAllocation, Network, NetworkMembership
from reports.dataout.catalogue import LICENCE, VCARD
from reports.dataout.tables import TABLES
from reports.models import Activity, Dataset, PartnerCount, PublishedFigure
from tests import make
from tests.reports.views.conftest import PUBLISHED, SECRET, report

CANARY = "777123"


def rows(response):
    assert response.status_code == 200
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def fetch(client, person, key, suffix="csv"):
    if person:
        client.force_login(person)
    return client.get(f"/data/{key}.{suffix}")


@pytest.fixture
def told(published, under_way, miljo, esf):
    """Something of every kind, in the published year and in the one under way."""
    for year in (published, under_way):
        mine = year.submissions.get(administration=miljo)
        PartnerCount.objects.create(submission=mine, sector="public", count=year.year)
        Activity.objects.create(
            submission=mine, kind="fair", title=f"Mässa {year}", partner=SECRET, note=SECRET
        )
        network, _ = Network.objects.get_or_create(name="Eurocities")
        NetworkMembership.objects.create(network=network, administration=miljo, year=year.year)
    trees = make.project("Träd", funded_by=esf, starts_on=None)
    part = make.participation(trees, miljo, paid={2019: "1234.50"})
    part.payouts.update(published=True, comment=SECRET)
    GoalAllocation.objects.create(participation=part, goal=published.goal_set.goals.first())
    PublishedFigure.objects.create(year=2019, name="paid", value=5, source="Memo", note="=1+1")
    return published


@pytest.mark.parametrize("key", TABLES)
@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_every_table_is_given_with_its_columns(client, sam, told, key, suffix):
    response = fetch(client, sam, key, suffix)
    names = [column.name for column in TABLES[key].columns]
    if suffix == "csv":
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response.content.startswith(b"\xef\xbb\xbf")
        found = rows(response)
        assert list(found[0]) == names
    else:
        data = json.loads(response.content)
        assert [column["namn"] for column in data["kolumner"]] == names
        assert list(data["rader"][0]) == names
    assert response["Content-Disposition"] == f'attachment; filename="{key}.{suffix}"'
    assert response["Cache-Control"] == "private, no-store"


def test_every_column_says_what_it_is_on_the_page(client, rut, told):
    client.force_login(rut)
    page = client.get("/data/").content.decode()
    for table in TABLES.values():
        assert table.title in page
        for column in table.columns:
            assert f"<code>{column.name}</code>" in page
            assert column.meaning


def test_kronor_have_a_comma_in_csv_and_every_digit_in_json(client, sam, told):
    found = rows(fetch(client, sam, "utbetalningar"))
    assert "1234,50" in {row["belopp"] for row in found}
    data = json.loads(fetch(client, sam, "utbetalningar", "json").content, parse_float=Decimal)
    assert Decimal("1234.50") in {row["belopp"] for row in data["rader"]}


def test_zero_is_not_missing(client, sam, told):
    first, second, *_ = Payout.objects.filter(year=2020)
    Payout.objects.filter(pk=first.pk).update(amount=0)
    Payout.objects.filter(pk=second.pk).update(amount=None, pending=True)
    data = json.loads(fetch(client, sam, "utbetalningar", "json").content)
    found = {(row["belopp"], row["inte_utbetalt_an"]) for row in data["rader"]}
    assert {(0, False), (None, True)} <= found
    assert {"0,00", ""} <= {row["belopp"] for row in rows(fetch(client, sam, "utbetalningar"))}


def test_what_people_wrote_never_becomes_a_formula(client, sam, told):
    make.project("=HYPERLINK(1)", "farligt")
    assert "'=HYPERLINK(1)" in {row["namn"] for row in rows(fetch(client, sam, "projekt"))}
    assert "'=1+1" in {row["anmarkning"] for row in rows(fetch(client, sam, "publicerade-siffror"))}


def test_another_administrations_draft_is_in_no_table(client, olle, rut, sam, told):
    def all_of(person):
        found = [fetch(client, person, key, suffix) for key in TABLES for suffix in ("csv", "json")]
        return "".join(response.content.decode() for response in found)

    assert CANARY in all_of(rut)
    assert CANARY in all_of(sam)
    strangers = all_of(olle)
    assert CANARY not in strangers
    assert "Mässa 2020" not in strangers
    assert "Mässa 2019" in strangers
    assert {row["antal"] for row in rows(fetch(client, olle, "parter"))} == {"2019"}
    assert {row["ar"] for row in rows(fetch(client, olle, "natverk"))} == {"2019"}
    assert {(row["ar"], row["forvaltning"]) for row in rows(fetch(client, olle, "svar"))} == {
        ("2019", "MF"),
        ("2019", "KULF"),
        ("2020", "KULF"),
    }


def test_the_answers_states_are_those_of_the_counting_rule(client, sam, told):
    found = {
        (row["ar"], row["forvaltning"]): row["lage"] for row in rows(fetch(client, sam, "svar"))
    }
    assert found == {
        ("2019", "MF"): "Besvarad",
        ("2019", "KULF"): "Ej inkommen",
        ("2020", "MF"): "Ännu inte inlämnad",
        ("2020", "KULF"): "Ännu inte inlämnad",
    }


def test_a_report_that_never_came_in_is_in_no_table(client, olle, told):
    told.submissions.update(status="not_received")
    for key in ("parter", "aktiviteter", "natverk"):
        assert rows(fetch(client, olle, key)) == []


def test_the_queries_do_not_grow(client, sam, esf):
    def queries():
        found = {}
        for key in TABLES:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(f"/data/{key}.json").status_code == 200
            found[key] = len(captured)
        return found

    def fill(first, last):
        for number in range(first, last):
            unit = make.administration(f"F{number}", f"Förvaltning {number}", f"Nämnd {number}")
            report(year, unit, "approved", "<p>Svar.</p>")
            make.participation(make.project(f"P{number}", funded_by=esf), unit, paid={2019: 1})

    client.force_login(sam)
    year = make.year(2019, status=PUBLISHED)
    fill(0, 3)
    few = queries()
    fill(3, 12)
    assert queries() == few


# --- Open data ---------------------------------------------------------------------------------------


def opens(client, sam, *keys):
    client.force_login(sam)
    for key in keys:
        assert client.post(f"/data/{key}/oppen/", {"oppen": "ja"}).status_code == 302
    client.logout()


def test_nothing_is_open_before_stadskontoret_says_so(client, told):
    for key in TABLES:
        assert client.get(f"/oppna-data/{key}.csv").status_code == 404
    assert client.get("/oppna-data/dcat.rdf").status_code == 404
    assert "Inga tabeller är öppna än" in client.get("/oppna-data/").content.decode()


def test_an_open_table_is_for_anyone_with_published_years_and_no_free_text(client, sam, told):
    opens(client, sam, *TABLES)
    everything = ""
    for key in TABLES:
        response = client.get(f"/oppna-data/{key}.csv")
        everything += response.content.decode()
        assert response["Access-Control-Allow-Origin"] == "*"
        assert response["Cache-Control"] == "public, max-age=300"
        assert "ar" not in rows(response)[0] or {row["ar"] for row in rows(response)} == {"2019"}
        assert json.loads(client.get(f"/oppna-data/{key}.json").content)["rader"]
    assert "1234,50" in everything
    for hidden in (CANARY, SECRET, "Rut", "Sam", "Mässa 2019"):
        assert hidden not in everything, hidden
    assert "grona-tak" in everything  # starts in 2019 by its own period
    assert client.get("/oppna-data/nix.csv").status_code == 404


def test_a_project_of_a_year_under_way_is_not_open(client, sam, miljo, told):
    late = make.project("Senare", starts_on=None)
    make.participation(late, miljo, paid={2020: 1})
    opens(client, sam, "projekt", "medverkan", "finansiering")
    for key in ("projekt", "medverkan", "finansiering"):
        assert "senare" not in client.get(f"/oppna-data/{key}.csv").content.decode()


def test_a_year_that_is_corrected_is_not_open(client, sam, told):
    opens(client, sam, "utbetalningar", "parter")
    type(told).objects.update(status="correcting")
    assert rows(client.get("/oppna-data/utbetalningar.csv")) == []
    assert rows(client.get("/oppna-data/parter.csv")) == []


def test_opening_and_closing_leave_their_trail_once(client, sam, told):
    opens(client, sam, "projekt", "projekt")
    assert Dataset.objects.get().opened_by_name == "Sam"
    client.force_login(sam)
    client.post("/data/projekt/oppen/", {"oppen": "nej"})
    client.post("/data/projekt/oppen/", {"oppen": "nej"})
    assert not Dataset.objects.exists()
    verbs = list(Event.objects.order_by("pk").values_list("verb", "subject_name"))
    assert verbs == [("öppnade datamängden", "projekt"), ("stängde datamängden", "projekt")]
    assert client.get("/oppna-data/projekt.csv").status_code == 404


def test_only_stadskontoret_opens(client, rut, siv):
    for person in (rut, siv):
        client.force_login(person)
        assert client.post("/data/projekt/oppen/", {"oppen": "ja"}).status_code == 403
    assert not Dataset.objects.exists()


def test_a_table_that_is_not_there_is_not_found(client, sam):
    client.force_login(sam)
    assert client.post("/data/nix/oppen/", {"oppen": "ja"}).status_code == 404
    assert client.get("/data/nix.csv").status_code == 404


# --- The catalogue -----------------------------------------------------------------------------------

# Cardinality 1..n in DCAT-AP-SE 3.0.1.
MANDATORY = {
    DCAT.Catalog: {
        DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCTERMS.license, DCAT.dataset
    },
    FOAF.Agent: {FOAF.name, DCTERMS.type},
    DCAT.Dataset: {DCTERMS.title, DCTERMS.description, DCTERMS.publisher},
    DCAT.Distribution: {DCAT.accessURL, DCTERMS.license},
    VCARD.Organization: {VCARD.fn, VCARD.hasEmail},
}  # fmt: skip


@pytest.fixture
def graph(client, sam, told):
    opens(client, sam, "projekt", "utbetalningar")
    response = client.get("/oppna-data/dcat.rdf")
    assert response["Content-Type"] == "application/rdf+xml; charset=utf-8"
    return Graph().parse(data=response.content, format="xml")


@pytest.mark.parametrize("kind", MANDATORY)
def test_the_catalogue_has_every_mandatory_property(graph, kind):
    found = list(graph.subjects(RDF.type, kind))
    assert found
    for subject in found:
        missing = [name for name in MANDATORY[kind] if graph.value(subject, name) is None]
        assert missing == [], subject


def test_the_catalogue_has_the_open_tables_and_no_others(graph, client):
    titles = {
        str(graph.value(item, DCTERMS.title)) for item in graph.subjects(RDF.type, DCAT.Dataset)
    }
    assert titles <= {
        "Internationella projekt",
        "International projects",
        "Utbetalda medel",
        "Payouts",
    }
    assert len(titles) == 2
    for distribution in graph.subjects(RDF.type, DCAT.Distribution):
        assert graph.value(distribution, DCTERMS.license) == LICENCE
        file = str(graph.value(distribution, DCAT.downloadURL))
        assert file.startswith("http://testserver/oppna-data/")
        assert client.get(file.removeprefix("http://testserver")).status_code == 200


def test_every_link_within_the_catalogue_leads_somewhere(graph):
    catalog = graph.value(predicate=RDF.type, object=DCAT.Catalog)
    assert set(graph.objects(catalog, DCAT.dataset)) == set(graph.subjects(RDF.type, DCAT.Dataset))
    for name in (DCTERMS.publisher, DCAT.contactPoint, DCAT.distribution):
        for target in graph.objects(predicate=name):
            assert graph.value(target, RDF.type) is not None


def test_the_contact_is_a_function_and_never_a_person(graph):
    text = graph.serialize(format="turtle")
    assert "mailto:internationell-redovisning@malmo.se" in text
    for person in ("Sam", "Rut"):
        assert person not in text


def test_the_catalogue_uses_the_address_that_people_use(client, sam, settings, told):
    opens(client, sam, "projekt")
    settings.SITE_URL = "https://redovisning.example"
    assert b"https://redovisning.example/oppna-data/projekt.csv" in (
        client.get("/oppna-data/dcat.rdf").content
    )
