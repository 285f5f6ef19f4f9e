"""A question to both with one press, once, and seen by them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from malmo_intl.models import Event
from projects.models import Participation
from reports.models import Comment
from reports.views import reconciliation
from tests import make

ADDRESS = "/redovisning/2024/avstamning/"


@pytest.fixture
def silent_owner(handed_in, year, kultur):
    """Miljö owns a project that it says has ended; Kultur goes on."""
    make.submission(year, kultur)
    Participation.objects.update(ends_on="2023-12-31")
    row = Participation.objects.get()
    row.payouts.filter(year=2024).delete()
    return make.participation(row.project, kultur).project


def page(client, person, address=ADDRESS):
    client.force_login(person)
    return client.get(address).content.decode()


def ask(client, person, key="owner_silent:KULF+MF:grona-tak"):
    client.force_login(person)
    return client.post(ADDRESS, {"nyckel": key}, follow=True)


def test_one_press_asks_both_once(client, silent_owner, sam):
    assert "Fråga kulturförvaltningen och miljöförvaltningen" in page(client, sam)
    text = ask(client, sam).content.decode()
    assert "Frågan är ställd till kulturförvaltningen och miljöförvaltningen." in text
    assert "Frågan ställdes" in text
    assert ">Fråga " not in text
    ask(client, sam)
    assert Comment.objects.count() == Event.objects.filter(verb="frågade").count() == 2
    assert set(Comment.objects.values_list("key", "project__slug")) == {("projekt", "grona-tak")}


def test_both_see_it_on_the_start_page_and_at_their_projects(client, silent_owner, sam, rut, olle):
    ask(client, sam)
    for person, slug in ((rut, "mf"), (olle, "kulf")):
        assert "1 kommentar att åtgärda" in page(client, person, "/")
        assert "men inte av ägaren" in page(client, person, f"/redovisning/2024/{slug}/")
    assert "men inte av ägaren" in page(client, olle, "/redovisning/2024/kulf/projekt/")


def test_what_is_right_by_now_is_not_asked(client, silent_owner, sam):
    Participation.objects.update(ends_on=None)
    assert "stämmer nu" in ask(client, sam).content.decode()
    assert not Comment.objects.exists()
    assert "Allt stämmer" in page(client, sam)


def test_who_has_no_report_cannot_be_asked(client, silent_owner, year, sam):
    year.submissions.all().delete()
    assert "går inte att skicka någon fråga" in page(client, sam)
    assert "ingen redovisning för 2024" in ask(client, sam).content.decode()


def test_what_is_on_the_next_page_can_be_asked_there(
    client, silent_owner, year, sam, miljo, kultur, monkeypatch
):
    monkeypatch.setattr(reconciliation, "SHOWN", 1)
    other = make.project("Örat mot marken", "orat", funded_by=make.fund())
    make.participation(other, miljo, Participation.Role.OWNER, ends_on="2023-12-31")
    make.participation(other, kultur, paid={2024: 1})
    first, second = page(client, sam), page(client, sam, f"{ADDRESS}?sida=2")
    assert "2 uppgifter" in first
    assert "Uppgift 1–1 av 2" in first
    assert "Örat mot marken" not in first
    assert "Örat mot marken" in second
    sent = {"nyckel": "owner_silent:KULF+MF:orat"}
    answer = client.post(f"{ADDRESS}?sida=2", sent, follow=True)
    assert "Frågan ställdes" in answer.content.decode()
    assert answer.redirect_chain == [(f"{ADDRESS}?sida=2", 302)]


@pytest.mark.parametrize("person", ["rut", "mans", "lena", "olle", "siv"])
def test_for_others_there_is_no_such_page(client, request, silent_owner, person):
    client.force_login(request.getfixturevalue(person))
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS).status_code == 404


def test_the_number_of_queries_does_not_grow(client, silent_owner, sam, year, miljo):
    client.force_login(sam)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(ADDRESS).status_code == 200
        return len(captured)

    def fill(first, last):
        for number in range(first, last):
            unit = make.administration(f"F{number}", f"Förvaltning {number}", f"Nämnd {number}")
            make.submission(year, unit)
            project = make.project(f"{chr(65 + number) * 9}", funded_by=make.fund())
            make.participation(project, miljo, Participation.Role.OWNER, ends_on="2023-12-31")
            make.participation(project, unit, paid={2024: 1})

    fill(0, 3)
    few = queries()
    fill(3, 12)
    assert queries() == few <= 40
