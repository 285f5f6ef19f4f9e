"""Figures of years before this system: added, changed, removed by stadskontoret; locked once the system has published."""

import pytest

from malmo_intl.models import Event
from reports.models import Publication, PublishedFigure
from tests import make

ADDRESS = "/tillbakablick/publicerade-siffror/"
FIELDS = {
    "year": "2017",
    "name": "paid",
    "value": "16 000 000",
    "qualifier": "ca",
    "step": "1000000",
    "administration": "",
    "goal": "",
    "source": "Stadens tjänsteskrivelse för 2017, sidan 3",
    "note": "",
    "seen": "",
}


@pytest.fixture
def desk(client, sam):
    client.force_login(sam)
    return client


def post(client, address=f"{ADDRESS}ny/", **fields):
    return client.post(address, FIELDS | fields)


@pytest.fixture
def known(db):
    return PublishedFigure.objects.create(year=2018, name="eu_projects", value=47, source="Memo")


def seen(client, figure):
    page = client.get(f"{ADDRESS}{figure.pk}/")
    return page.context["form"].initial["seen"]


def test_a_figure_is_written_in_with_its_exactness_and_its_trail(desk):
    assert post(desk).url == ADDRESS
    made = PublishedFigure.objects.get()
    assert (made.value, made.qualifier, made.step) == (16_000_000, "ca", 1_000_000)
    event = Event.objects.get()
    assert (event.verb, event.by_name) == ("skrev in en publicerad siffra", "Sam")
    assert "Stadens tjänsteskrivelse" in event.comment
    page = desk.get(ADDRESS).content.decode()
    assert "ca\u00a016\u00a0miljoner\u00a0kronor" in page
    assert "är sparad" in page


def test_a_figure_may_be_an_administrations_or_a_goals(desk, miljo):
    goal = make.goal_set(2017, 2018).goals.first()
    assert post(desk, administration=miljo.pk).status_code == 302
    assert post(desk, goal=goal.pk).status_code == 302
    assert PublishedFigure.objects.filter(administration=miljo).count() == 1
    assert Event.objects.filter(administration=miljo).count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"value": "16 mkr"}, "Menar du 16\u00a0000\u00a0000?"),
        ({"value": ""}, "Ange värde."),
        ({"value": "-5"}, "Beloppet kan inte vara negativt."),
        ({"name": "eu_projects", "value": "1,5"}, "Ett antal är ett helt tal."),
        ({"year": "17"}, "Skriv ett år med fyra siffror"),
        ({"source": " "}, "Ange källa."),
        ({"name": ""}, "Ange siffra."),
        ({"qualifier": "typ"}, "qualifier"),
    ],
)
def test_what_cannot_be_read_is_said_and_kept(desk, wrong, sentence):
    response = post(desk, **wrong)
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Fel: " in page
    assert sentence in page
    assert "sidan 3" in page or wrong.get("source")
    assert not PublishedFigure.objects.exists()
    assert not Event.objects.exists()


def test_the_same_figure_twice_is_refused(desk, known):
    response = post(desk, year="2018", name="eu_projects", value="48", step="1", qualifier="")
    assert response.status_code == 422
    assert "Siffran finns redan för året." in response.content.decode()


def test_an_administration_and_a_goal_at_once_is_refused(desk, miljo):
    goal = make.goal_set(2017, 2018).goals.first()
    page = post(desk, administration=miljo.pk, goal=goal.pk).content.decode()
    assert "Välj en förvaltning eller ett mål, inte båda." in page


def test_a_goal_of_other_years_is_refused(desk):
    goal = make.goal_set(2020).goals.first()
    assert "Målet gällde inte 2017." in post(desk, goal=goal.pk).content.decode()


def test_a_year_under_way_takes_no_published_figures(desk):
    make.year(2024)
    page = post(desk, year="2024").content.decode()
    assert "Året 2024 pågår." in page


def test_a_figure_is_changed_with_history(desk, known):
    address = f"{ADDRESS}{known.pk}/"
    fields = {"year": "2018", "name": "eu_projects", "value": "48", "qualifier": "", "step": "1"}
    assert post(desk, address, **fields, seen=seen(desk, known)).url == ADDRESS
    known.refresh_from_db()
    assert known.value == 48
    assert [row.value for row in known.history.order_by("history_id")] == [47, 48]
    assert Event.objects.get().verb == "ändrade en publicerad siffra"
    assert "Tidigare versioner" in desk.get(address).content.decode()


def test_two_who_change_at_once_lose_nothing(desk, known):
    address, before = f"{ADDRESS}{known.pk}/", seen(desk, known)
    fields = {"year": "2018", "name": "eu_projects", "qualifier": "", "step": "1", "seen": before}
    post(desk, address, **fields, value="48")
    response = post(desk, address, **fields, value="49")
    assert response.status_code == 422
    assert "Någon annan har ändrat siffran" in response.content.decode()
    assert 'value="49"' in response.content.decode()
    known.refresh_from_db()
    assert known.value == 48


def test_a_figure_is_removed_after_a_question_and_the_trail_remembers(desk, known):
    address = f"{ADDRESS}{known.pk}/ta-bort/"
    assert "Ta bort EU-projekt (medverkan) 2018?" in desk.get(address).content.decode()
    assert PublishedFigure.objects.exists()
    assert desk.post(address).url == ADDRESS
    assert not PublishedFigure.objects.exists()
    assert "47. Källa: Memo" in Event.objects.get().comment
    assert desk.post(address).status_code == 404


def test_what_the_system_has_published_is_locked(desk, known):
    year = make.year(2018, status="published")
    publication = Publication.objects.create(
        kind="samlad", year=year, data={}, sha256="0" * 64, published_by_name="Sam"
    )
    PublishedFigure.objects.update(publication=publication)
    for address in (f"{ADDRESS}{known.pk}/", f"{ADDRESS}{known.pk}/ta-bort/"):
        assert desk.get(address).url == ADDRESS
        assert desk.post(address, FIELDS).url == ADDRESS
    page = desk.get(ADDRESS).content.decode()
    assert "Rätta året i stället" in page
    assert "Låst" in page
    refused = post(desk, year="2018").content.decode()
    assert "Året 2018 är publicerat i systemet." in refused
    known.refresh_from_db()
    assert known.value == 47


def test_only_stadskontoret_may(client, rut, siv, known):
    addresses = ["", "ny/", f"{known.pk}/", f"{known.pk}/ta-bort/"]
    for person in (rut, siv):
        client.force_login(person)
        for address in addresses:
            assert client.get(ADDRESS + address).status_code == 403
        for address in addresses[1:]:
            assert client.post(ADDRESS + address, FIELDS).status_code == 403
    client.logout()
    assert client.get(ADDRESS).url == f"/konto/logga-in/?next={ADDRESS}"
    assert PublishedFigure.objects.count() == 1


def test_the_wrong_method_is_refused(desk, known):
    assert desk.post(ADDRESS).status_code == 405
    assert desk.delete(f"{ADDRESS}{known.pk}/").status_code == 405


def test_the_queries_do_not_grow(desk, miljo, django_assert_max_num_queries):
    goals = make.goal_set(2000, 2018)
    for year in range(2000, 2012):
        PublishedFigure.objects.create(
            year=year, name="paid", value=1, source="M", administration=miljo
        )
        PublishedFigure.objects.create(
            year=year, name="paid", value=1, source="M", goal=goals.goals.first()
        )
    with django_assert_max_num_queries(5):
        assert desk.get(ADDRESS).status_code == 200
