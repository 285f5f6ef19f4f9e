"""The city's decision: entered beside the frozen document, shown where people ask whether a file is decided."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from malmo_intl.models import Event
from reports.models import CityDecision
from tests.reports.views.test_published import (  # noqa: F401 - fixtures
    published,
    quick,
    text,
    year,
)

PAGE = "/publicerat/2024/stad/v1/"
ADDRESS = f"{PAGE}beslut/"
MET = {
    "dag-kommunstyrelsen": "2025-05-07",
    "paragraf-kommunstyrelsen": "87",
    "dag-kommunfullmaktige": "18 juni 2025",
    "paragraf-kommunfullmaktige": "§ 131",
}

pytestmark = pytest.mark.usefixtures("published")


def enter(client, person, **typed):
    """As a browser does: what the page showed goes along, unseen."""
    client.force_login(person)
    return client.post(ADDRESS, {**seen(client), **MET, **typed}, follow=True)


def seen(client):
    hidden = re.findall(r'<input type="hidden" name="initial-[^>]+>', text(client.get(ADDRESS)))
    return {
        re.search(r'name="([^"]+)', field)[1]: (re.search(r'value="([^"]*)', field) or ["", ""])[1]
        for field in hidden
    }


def entered():
    return [str(decision).replace("\u00a0", " ") for decision in CityDecision.objects.all()]


def test_it_is_entered_and_stands_on_the_documents_page(client, sam, olle):
    shown = text(enter(client, sam))
    assert "Beslut: Kommunstyrelsen 7 maj 2025, § 87." in shown
    assert "Ändra beslutet" in shown
    client.force_login(olle)
    shown = text(client.get(PAGE))
    assert "Beslut: Kommunfullmäktige 18 juni 2025, § 131." in shown
    assert ADDRESS not in shown


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"dag-kommunstyrelsen": "2023-05-07"}, "Kommunstyrelsen kan inte besluta om 2024 före det året."),
        ({"dag-kommunfullmaktige": "2025-05-06"}, "Kommunfullmäktige beslutar efter kommunstyrelsen."),
        ({"paragraf-kommunstyrelsen": "-3"}, "Skriv paragrafens nummer, till exempel 14."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_kept_in_the_fields(client, sam, typed, sentence):
    shown = text(enter(client, sam, **typed))
    assert sentence in shown
    assert f'value="{next(iter(typed.values()))}"' in shown
    assert entered() == []


def test_it_leaves_a_trail_and_the_second_time_none(client, sam):
    enter(client, sam)
    enter(client, sam)
    told = Event.objects.filter(verb="skrev in beslutet om").order_by("pk")
    assert [event.comment.replace("\u00a0", " ") for event in told] == [
        "Kommunstyrelsen 7 maj 2025, § 87",
        "Kommunfullmäktige 18 juni 2025, § 131",
    ]


def test_an_empty_day_takes_it_away(client, sam):
    enter(client, sam)
    emptied = dict.fromkeys(("dag-kommunstyrelsen", "paragraf-kommunstyrelsen"), "")
    enter(client, sam, **emptied)
    assert entered() == ["Kommunfullmäktige 18 juni 2025, § 131"]
    assert Event.objects.first().verb == "tog bort beslutet om"


def test_it_is_corrected_without_being_entered_twice(client, sam):
    enter(client, sam)
    enter(client, sam, **{"dag-kommunfullmaktige": "2025-06-19"})
    assert entered() == [
        "Kommunstyrelsen 7 maj 2025, § 87",
        "Kommunfullmäktige 19 juni 2025, § 131",
    ]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("i somras", "går inte att läsa som ett datum"),
        ("juni 2025", "Ange hela datumet"),
        ("2999-01-01", "Dagen har inte varit än."),
        ("", "Ange dagen för beslutet, eller ta bort paragrafen."),
    ],
)
def test_a_day_that_cannot_be_is_shown_again_and_nothing_is_saved(client, sam, day, sentence):
    answer = enter(client, sam, **{"dag-kommunfullmaktige": day})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert 'value="§ 131"' in text(answer)
    assert entered() == []


@pytest.mark.parametrize("person", ["rut", "olle", "lena", "siv"])
def test_only_stadskontoret_enters_it(client, request, person):
    assert enter(client, request.getfixturevalue(person)).status_code == 403
    assert entered() == []


def test_the_document_itself_is_as_it_was(client, sam):
    client.force_login(sam)
    before = client.get(f"{PAGE[:-1]}.json").content
    enter(client, sam)
    assert client.get(f"{PAGE[:-1]}.json").content == before


def test_who_tries_a_file_is_told_of_the_decision(client, sam, olle):
    enter(client, sam)
    client.force_login(olle)
    file = SimpleUploadedFile("stad.json", client.get(f"{PAGE[:-1]}.json").content)
    shown = text(client.post("/kontrollera/", {"file": file}))
    assert "Kommunstyrelsen 7 maj 2025, § 87; Kommunfullmäktige 18 juni 2025, § 131" in shown


def test_what_another_enters_meanwhile_is_kept(client, sam):
    client.force_login(sam)
    seen_first = seen(client)
    assert len(seen_first) == 4
    enter(client, sam, **{"dag-kommunfullmaktige": "", "paragraf-kommunfullmaktige": ""})
    mine = dict.fromkeys(MET, "") | {"dag-kommunfullmaktige": "2025-06-18"}
    client.post(ADDRESS, seen_first | mine)
    assert entered() == ["Kommunstyrelsen 7 maj 2025, § 87", "Kommunfullmäktige 18 juni 2025"]
