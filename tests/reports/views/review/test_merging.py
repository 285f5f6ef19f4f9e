"""Choose two, see what follows, make them one, take it back; the old address leads on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import Project
from reports.models import Merge
from tests import make

ADDRESS = "/redovisning/sammanfor/"
BOTH = f"{ADDRESS}?behall=grona-tak&ta-bort=grona-taken"


@pytest.fixture
def pair(miljo, kultur):
    kept = make.project("Gröna tak", "grona-tak", funded_by=make.fund())
    removed = make.project("Gröna taken", "grona-taken", funded_by=make.fund())
    make.participation(kept, miljo)
    make.participation(removed, kultur)
    return kept, removed


def get(client, person, address):
    client.force_login(person)
    return client.get(address).content.decode()


def test_what_is_alike_is_listed(client, pair, sam):
    assert "behall=grona-tak&amp;ta-bort=grona-taken" in get(client, sam, ADDRESS)


def test_the_preview_tells_what_follows(client, pair, sam):
    text = get(client, sam, BOTH)
    assert "Kulturförvaltningens medverkan följer med." in text
    assert "Gröna taken blir ett annat namn på Gröna tak." in text
    assert Project.objects.count() == 2
    assert not Merge.objects.exists()


def test_one_press_makes_them_one_and_the_old_address_leads_to_it(client, pair, sam, lena):
    client.force_login(sam)
    answer = client.post(BOTH, follow=True)
    assert "Gröna taken är nu en del av Gröna tak." in answer.content.decode()
    client.force_login(lena)
    assert client.get("/projekt/grona-taken/")["Location"] == "/projekt/grona-tak/"
    assert client.get("/projekt/nix/").status_code == 404


def test_pressing_twice_makes_one_merge(client, pair, sam):
    client.force_login(sam)
    client.post(BOTH)
    assert client.post(BOTH).status_code == 422
    assert Merge.objects.count() == 1


def test_it_is_taken_back_from_the_list(client, pair, sam):
    client.force_login(sam)
    client.post(BOTH)
    made = Merge.objects.get()
    answer = client.post(f"{ADDRESS}{made.pk}/ta-tillbaka/", follow=True)
    assert "Gröna taken är ett eget projekt igen." in answer.content.decode()
    assert client.get("/projekt/grona-taken/").status_code == 200
    again = client.post(f"{ADDRESS}{made.pk}/ta-tillbaka/", follow=True)
    assert "Det är redan taget tillbaka." in again.content.decode()


def test_what_stands_in_the_way_is_told_instead_of_a_button(client, pair, sam):
    pair[0].continues = pair[1]
    pair[0].save()
    text = get(client, sam, BOTH)
    assert "Projekten kan inte föras samman" in text
    assert ">För samman projekten<" not in text
    assert "fortsätter det andra" in client.post(BOTH, follow=True).content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?behall=grona-tak&ta-bort=", "Välj ett projekt."),
        ("?behall=grona-tak", "Välj ett projekt."),
        ("?behall=grona-tak&ta-bort=grona-tak", "Välj två olika projekt."),
        ("?behall=nix&ta-bort=grona-tak", "Projektet finns inte i registret."),
    ],
)
def test_a_choice_that_cannot_be_is_shown_again(client, pair, sam, query, sentence):
    client.force_login(sam)
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("person", ["rut", "mans", "lena", "olle", "siv"])
def test_for_others_there_is_no_such_page(client, request, pair, person):
    client.force_login(request.getfixturevalue(person))
    assert client.get(BOTH).status_code == client.post(BOTH).status_code == 404
    assert client.post(f"{ADDRESS}1/ta-tillbaka/").status_code == 404
    assert Project.objects.count() == 2


def test_the_number_of_queries_does_not_grow(client, pair, sam, miljo):
    client.force_login(sam)

    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    few = [queries(ADDRESS), queries(BOTH)]
    for number in range(12):
        make.participation(
            make.project(f"{chr(65 + number) * 7} tak", funded_by=make.fund()), miljo
        )
    assert [queries(ADDRESS), queries(BOTH)] == few
