"""Who did what when: filtered, paged, taken along as CSV, and never changed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from malmo_intl.models import Event, Role, User
from reports.models import Memo
from tests import make

ADDRESS = "/handelser/"


def look(client, person, query=""):
    client.force_login(person)
    return client.get(f"{ADDRESS}{query}")


def shown(response):
    return [
        (event.by_name, event.verb) for event in response.context["table"].page.object_list.data
    ]


@pytest.fixture
def deeds(miljo, kultur, rut, olle, sam):
    """One deed by each: Rut's report, Olle's project, Sam's year."""
    year, rebus = make.year(2024), make.project("Rebus")
    Event.objects.record(
        "lämnade in", make.submission(year, miljo), rut, administration=miljo, comment="Klart."
    )
    Event.objects.record("lade in", rebus, olle, administration=kultur, comment="hemligt-kultur")
    Event.objects.record("öppnade", year, sam)
    return year


def test_stadskontoret_reads_all_with_ways_to_the_pages(client, sam, deeds):
    page = look(client, sam).content.decode()
    assert "3 händelser" in page
    assert '<a href="/redovisning/2024/mf/">MF 2024</a>' in page
    assert '<a href="/projekt/rebus/">Rebus</a>' in page
    assert '<a href="/redovisning/2024/">2024</a>' in page
    assert "Klart." in page


def test_an_administration_reads_its_own_only(client, rut, deeds):
    page = look(client, rut).content.decode()
    assert "1 händelse<" in page
    assert "lämnade in" in page
    assert "hemligt-kultur" not in page
    assert "Olle" not in page
    assert "hemligt-kultur" not in look(client, rut, "?format=csv").content.decode()


def test_who_has_no_role_reads_nothing(client, deeds):
    page = look(client, make.person("Nils")).content.decode()
    assert "Inga händelser passar in" in page
    assert "lämnade in" not in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?amne=ar-2024-mf", {"Rut"}),
        ("?amne=ar-2024", {"Rut", "Sam"}),
        ("?amne=projekt-rebus", {"Olle"}),
        ("?amne=projekt-nix", set()),
        ("?amne=nonsens", set()),
        ("?year=2024", {"Rut", "Sam"}),
        ("?administration=KULF", {"Olle"}),
        ("?since=2000-01-01&until=2000-02-01", set()),
    ],
)
def test_the_trail_can_be_narrowed(client, sam, deeds, query, names):
    assert {name for name, _ in shown(look(client, sam, query))} == names


def test_a_person_can_be_chosen(client, sam, rut, deeds):
    assert shown(look(client, sam, f"?person={rut.pk}")) == [("Rut", "lämnade in")]


def test_a_day_is_whole(client, sam, deeds):
    today = timezone.localdate().isoformat()
    assert len(shown(look(client, sam, f"?since={today}&until={today}"))) == 3


def test_the_page_says_what_it_is_about(client, sam, deeds):
    assert "<h1>Händelser: Miljöförvaltningen 2024</h1>" in (
        look(client, sam, "?amne=ar-2024-mf").content.decode()
    )


def test_a_choice_that_cannot_be_read_is_said(client, sam, deeds):
    page = look(client, sam, "?since=igar").content.decode()
    assert "<title>Fel: Händelser" in page
    assert 'value="igar"' in page


def test_the_file_has_every_row_and_no_formulas(client, sam, miljo, deeds):
    Event.objects.record("skrev", miljo, sam, comment="=1+1")
    made = look(client, sam, "?format=csv")
    text = made.content.decode("utf-8-sig")
    assert made["Content-Type"] == "text/csv; charset=utf-8"
    assert text.splitlines()[0] == "När;Vem;Vad;Gäller;Förvaltning;Kommentar"
    assert len(text.splitlines()) == 5
    assert ";'=1+1" in text


def test_many_events_are_turned_page_by_page(client, sam, deeds):
    for number in range(60):
        Event.objects.record(f"gjorde {number}", deeds, sam)
    assert "Rad 1–50 av 63" in look(client, sam).content.decode()
    assert "Rad 51–63 av 63" in look(client, sam, "?page=2").content.decode()
    assert "Rad 51–63 av 63" in look(client, sam, "?page=99").content.decode()


def test_the_queries_do_not_grow(client, sam, miljo, deeds):
    client.force_login(sam)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{ADDRESS}?year=2024").status_code == 200
        return len(captured)

    queries()  # what kinds of things there are is asked once
    few = queries()
    for number in range(12):
        unit = make.administration(f"F{number}", f"Förvaltning {number}", f"Nämnd {number}")
        person = make.person(f"Person{number}", unit, Role.COORDINATOR)
        about = make.submission(deeds, unit)
        Event.objects.record("lämnade in", about, person, administration=unit)
        Event.objects.record("lade in", make.project(f"P{number}"), person, administration=unit)
    assert queries() == few


def test_an_event_is_never_changed_or_removed(deeds):
    event = Event.objects.first()
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    for change in (
        lambda: Event.objects.update(verb="något annat"),
        lambda: Event.objects.filter(pk=event.pk).delete(),
        lambda: Event.objects.all().delete(),
        lambda: Event.objects.bulk_update([event], ["verb"]),
        lambda: Event.objects.update_or_create(defaults={"verb": "x"}, pk=event.pk),
    ):
        with pytest.raises(TypeError):
            change()
    assert Event.objects.count() == 3


def test_who_is_removed_leaves_the_name(rut, deeds):
    User.objects.filter(pk=rut.pk).delete()
    assert Event.objects.get(verb="lämnade in").by_name == "Rut"


def test_a_memo_belongs_to_its_year(client, sam, miljo, deeds):
    memo = make.memo(deeds, miljo)
    assert isinstance(memo, Memo)
    Event.objects.record("skrev", memo, sam, administration=miljo)
    assert ("Sam", "skrev") in shown(look(client, sam, "?amne=ar-2024-mf"))


def test_only_reading(client, sam):
    client.force_login(sam)
    assert client.post(ADDRESS).status_code == 405
    client.logout()
    assert client.get(ADDRESS).url == f"/konto/logga-in/?next={ADDRESS}"
