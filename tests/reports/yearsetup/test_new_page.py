"""Redovisning, nytt år: one form, filled in from the last year; a planned year, or nothing."""

import datetime

import pytest
from django.db import IntegrityError

from malmo_intl.models import Event
from reports import newyear
from reports.models import ReportingYear
from tests import make
from tests.reports.yearsetup import pages

ADDRESS = "/redovisning/nytt/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, sam, last):
    client.force_login(sam)
    return client


def made():
    return ReportingYear.objects.get(year=2025)


def test_the_page_is_filled_in_from_the_last_year(desk):
    content = desk.get(ADDRESS).content.decode()
    assert 'name="ar" value="2025"' in content
    for words in ("Vad har ni gjort?", "Miljöförvaltningen", "Nu kör vi", "2024, fråga 1"):
        assert words in content


def test_the_years_page_has_a_button_for_stadskontoret_alone(desk, client, rut):
    assert ADDRESS in desk.get("/redovisning/").content.decode()
    client.force_login(rut)
    assert ADDRESS not in client.get("/redovisning/").content.decode()


def test_saving_it_unchanged_makes_a_planned_year(desk, sam):
    answer = desk.post(ADDRESS, pages.new(2025))
    assert answer["Location"] == "/redovisning/2025/installningar/"
    year = made()
    assert year.status == ReportingYear.Status.PLANNED
    assert [item.continues.year.year for item in year.questions.all()] == [2024, 2024]
    assert year.submissions.count() == 3
    assert year.mail_texts.get(kind="opened").subject == "Nu kör vi"
    event = Event.objects.about(year).get()
    assert (event.verb, event.by) == ("förberedde", sam)


def test_all_that_is_typed_is_in_the_year(desk, kultur):
    typed = {
        "sista": "13 februari 2026",
        "fraga_ny1_text": "Vad gjorde ni utomlands?",
        "fraga_ny1_ordning": "2",
        "fraga_ny2_ordning": "1",
        "fraga_ny2_projekt": "on",
        "fraga_ny3_text": "Något mer?",
        f"forvaltning_{kultur.pk}": None,
        "mejl_before_dagar": "10, 2",
        "steg_board_dagar": "8",
        "steg_city_board_dag": "2026-05-06",
    }
    data = pages.new(2025, **typed)
    data["steg-city_board-dag"] = data.pop("steg-city-board-dag")
    desk.post(ADDRESS, data)
    year = made()
    assert year.last_day == datetime.date(2026, 2, 13)
    assert [
        (item.text, item.lists_projects, bool(item.continues)) for item in year.questions.all()
    ] == [
        ("Vad blev bättre?", True, True),
        ("Vad gjorde ni utomlands?", False, True),
        ("Något mer?", False, False),
    ]
    assert not year.submissions.filter(administration=kultur).exists()
    assert year.mail_texts.get(kind="before").day_list == [10, 2]
    steps = {item.step: item for item in year.milestones.all()}
    assert steps["board"].workdays == 8
    assert steps["city_board"].day == datetime.date(2026, 5, 6)


def test_a_removed_question_is_not_in_the_year(desk):
    desk.post(ADDRESS, pages.new(2025, fraga_ny1_bort="on"))
    assert [item.text for item in made().questions.all()] == ["Vad blev bättre?"]
    assert made().questions.get().number == 1


@pytest.mark.parametrize(
    ("pressed", "order"),
    [("fraga", [1, 2, 3]), ("fraga-ny2-upp", [2, 1])],
)
def test_a_button_redraws_the_rows_without_saving(desk, pressed, order):
    answer = desk.post(ADDRESS, pages.new(2025, fraga_ny1_text="Ändrad") | {"lagg-till": pressed})
    assert answer.status_code == 200
    rows = [row.id for row in answer.context["form"].questions]
    assert rows == [f"ny{number}" for number in order]
    assert "Ändrad" in answer.content.decode()
    assert not ReportingYear.objects.filter(year=2025).exists()


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(desk):
    wrong = {
        "sista": "2026-01-01",
        "oppnar": "2026-01-07",
        "kf": "2025-12-01",
        "fraga_ny1_text": None,
        "fraga_ny1_projekt": "on",
        "fraga_ny2_projekt": "on",
        "mejl_opened_text": "Hej {förvaltningen}! Mitt eget ord.",
        "mejl_before_dagar": "snart",
        "steg_board_dagar": "många",
    }
    answer = desk.post(ADDRESS, pages.new(2025, **wrong))
    content = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Fel: Nytt redovisningsår" in content
    for sentence in (
        "Sista dagen kan inte vara innan året öppnar.",
        "Kommunfullmäktige kan inte besluta innan redovisningarna är inne.",
        "Skriv frågan, eller ta bort den.",
        "Projekten kan bara redovisas under en fråga.",
        "{förvaltningen} finns inte.",
        "Skriv antal dagar med komma emellan",
        "går inte att läsa som ett antal",
        "Mitt eget ord.",
    ):
        assert sentence in content
    assert not ReportingYear.objects.filter(year=2025).exists()


def test_a_year_that_exists_is_refused(desk):
    answer = desk.post(ADDRESS, pages.new(2024))
    assert answer.status_code == 422
    content = answer.content.decode()
    assert "Redovisningsåret 2024 finns redan." in content
    assert "tillgängliga alternativ" not in content


def test_the_same_year_made_by_two_at_once_is_made_once(desk, monkeypatch):
    def too_late(plan, by):
        raise IntegrityError("unique")

    monkeypatch.setattr(newyear, "create", too_late)
    answer = desk.post(ADDRESS, pages.new(2025))
    assert answer.status_code == 422
    assert "finns redan" in answer.content.decode()


def test_another_year_shows_its_own_administrations_before_anything_is_saved(desk, kultur):
    kultur.ends_on = datetime.date(2025, 12, 31)
    kultur.save()
    answer = desk.post(ADDRESS, pages.new(2025, ar="2026", fraga_ny1_text="Min fråga"))
    assert answer.status_code == 422
    content = answer.content.decode()
    assert "Nu visas målperioden och förvaltningarna för 2026" in content
    assert "Min fråga" in content
    assert "Kulturförvaltningen" not in content
    again = pages.new(2026) | {"fraga-ny1-text": "Min fråga"}
    assert desk.post(ADDRESS, again).status_code == 302


def test_the_button_fetches_what_holds_in_the_year(desk):
    answer = desk.post(ADDRESS, pages.new(2025, ar="2026") | {"lagg-till": "ar"})
    assert answer.status_code == 200
    assert not answer.context["form"].errors
    assert answer.context["form"].year == 2026


def test_goals_of_another_period_are_refused(desk, last):
    last.goal_set.last_year = 2024
    last.goal_set.save()
    answer = desk.post(ADDRESS, pages.new(2025, malperiod=str(last.goal_set.pk)))
    assert "gäller inte 2025" in answer.content.decode()
    assert "Ingen målperiod gäller 2025 än" in desk.get(ADDRESS).content.decode()


def test_only_stadskontoret_makes_years(client, last, rut, mans, lena, siv):
    for person in (rut, mans, lena, siv):
        client.force_login(person)
        assert client.get(ADDRESS).status_code == 404
        assert client.post(ADDRESS, {"ar": "2025"}).status_code == 404
    assert not ReportingYear.objects.filter(year=2025).exists()


def test_other_methods_are_refused(desk):
    assert desk.put(ADDRESS).status_code == 405


def test_the_first_year_of_all_is_this_one(client, sam):
    client.force_login(sam)
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert not list(answer.context["form"].questions)


def test_the_queries_are_as_many_for_few_administrations_as_for_many(
    desk, django_assert_max_num_queries
):
    desk.get(ADDRESS)
    with django_assert_max_num_queries(100) as few:
        desk.get(ADDRESS)
    for number in range(9):
        make.administration(f"X{number}", f"Förvaltning {number}", f"Nämnd {number}")
    with django_assert_max_num_queries(len(few)):
        desk.get(ADDRESS)
