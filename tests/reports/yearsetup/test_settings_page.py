"""Settings of a year: changed one save at a time, never over another's, fixed once published."""

import datetime

import pytest

from malmo_intl.models import Event
from reports.models import Answer, Part, Question, Submission
from reports.yearsetup.settings import SettingsForm
from tests import make
from tests.reports.yearsetup import pages

ADDRESS = "/redovisning/2025/installningar/"
pytestmark = pytest.mark.django_db


def settings(**changes):
    return pages.settings(2025, **changes)


@pytest.fixture
def desk(client, sam, planned):
    client.force_login(sam)
    return client


@pytest.fixture
def answered(under_way, miljo):
    """Miljö has begun, and answered the first question."""
    submission = under_way.submissions.get(administration=miljo)
    submission.start(by=None)
    question = under_way.questions.get(number=1)
    Answer.objects.create(submission=submission, question=question, text="<p>Mycket.</p>")
    Part.objects.create(submission=submission, key="fragor/1", version=1)
    return question


def latest(year):
    return Event.objects.about(year).first()


def test_dates_are_changed_with_one_event_that_says_what(desk, planned, sam):
    answer = desk.post(ADDRESS, settings(sista="2026-02-20"))
    assert answer["Location"] == ADDRESS
    planned.refresh_from_db()
    assert planned.last_day == datetime.date(2026, 2, 20)
    event = latest(planned)
    assert (event.verb, event.by) == ("ändrade inställningarna för", sam)
    assert event.comment == "Sista dag att lämna in: 2026-02-13 blev 2026-02-20."
    assert planned.history.first().history_user == sam


def test_saving_without_a_change_leaves_no_event(desk, planned):
    before = Event.objects.count()
    assert desk.post(ADDRESS, settings()).status_code == 302
    assert Event.objects.count() == before


def test_questions_of_a_planned_year_are_reworded_moved_added_and_removed(desk, planned):
    first, second = planned.questions.all()
    desk.post(
        ADDRESS,
        settings(
            **{
                f"fraga_{first.pk}_ordning": "2",
                f"fraga_{second.pk}_ordning": "1",
                f"fraga_{second.pk}_text": "Vad blev bättre för invånarna?",
                "fraga_ny1_text": "Något mer?",
            }
        ),
    )
    assert [(item.pk, item.number, item.text) for item in planned.questions.all()][:2] == [
        (second.pk, 1, "Vad blev bättre för invånarna?"),
        (first.pk, 2, "Vad har ni gjort?"),
    ]
    desk.post(ADDRESS, settings(**{f"fraga_{second.pk}_bort": "on"}))
    assert [item.text for item in planned.questions.all()] == ["Vad har ni gjort?", "Något mer?"]
    assert [item.number for item in planned.questions.all()] == [1, 2]
    assert "Borttagen fråga: Vad blev bättre för invånarna?" in latest(planned).comment


def test_an_answered_question_keeps_its_number_and_cannot_be_removed(desk, planned, answered):
    page = desk.get(ADDRESS).content.decode()
    assert "En förvaltning har börjat svara." in page
    answer = desk.post(ADDRESS, settings(**{f"fraga_{answered.pk}_bort": "on"}))
    assert answer.status_code == 422
    assert "Frågan kan inte tas bort" in answer.content.decode()
    # Neither by leaving it out, nor by giving another its place.
    data = {
        name: text for name, text in settings(fraga_ny1_text="Ny?").items()
        if not name.startswith(f"fraga-{answered.pk}-")
    }  # fmt: skip
    desk.post(ADDRESS, data)
    second = planned.questions.get(number=2)
    desk.post(ADDRESS, settings(**{f"fraga_{answered.pk}_ordning": "9"}))
    desk.post(ADDRESS, settings(**{f"fraga_{answered.pk}_text": "Vad har ni åstadkommit?"}))
    assert Answer.objects.get().question == answered
    assert [(item.pk, item.number) for item in planned.questions.all()][:2] == [
        (answered.pk, 1),
        (second.pk, 2),
    ]
    assert planned.questions.get(number=1).text == "Vad har ni åstadkommit?"


def test_in_an_open_year_an_unanswered_question_goes_and_a_new_one_comes_last(
    desk, planned, answered
):
    second = planned.questions.get(number=2)
    desk.post(ADDRESS, settings(**{f"fraga_{second.pk}_bort": "on", "fraga_ny1_text": "Ny fråga?"}))
    assert [(item.number, item.text) for item in planned.questions.all()] == [
        (1, "Vad har ni gjort?"),
        (3, "Ny fråga?"),
    ]


def test_an_administration_is_added_and_one_that_has_not_begun_is_removed(desk, planned, kultur):
    new = make.administration("GYV", "Gymnasieförvaltningen", "Gymnasienämnden")
    data = settings(**{f"forvaltning_{new.pk}": "on", f"forvaltning_{kultur.pk}": None})
    desk.post(ADDRESS, data)
    expected = set(planned.submissions.values_list("administration__code", flat=True))
    assert expected == {"MF", "STK", "GYV"}
    comment = latest(planned).comment
    assert "Gymnasieförvaltningen tillagd." in comment
    assert "Kulturförvaltningen borttagen." in comment


def test_an_administration_that_has_begun_stays(desk, planned, answered, miljo):
    data = settings(**{f"forvaltning_{miljo.pk}": None})
    assert desk.post(ADDRESS, data).status_code == 302
    assert planned.submissions.filter(administration=miljo).exists()
    assert "Har börjat och kan inte tas bort." in desk.get(ADDRESS).content.decode()


def test_one_that_begins_while_it_is_removed_stays_and_nothing_is_saved(
    desk, under_way, kultur, monkeypatch
):
    data = settings(**{f"forvaltning_{kultur.pk}": None, "sista": "2026-02-20"})
    clean = SettingsForm.clean

    def begins_meanwhile(form):
        Submission.objects.filter(administration=kultur, year=under_way).update(status="draft")
        return clean(form)

    monkeypatch.setattr(SettingsForm, "clean", begins_meanwhile)
    answer = desk.post(ADDRESS, data)
    assert answer.status_code == 409
    assert "Kulturförvaltningen har börjat" in answer.content.decode()
    under_way.refresh_from_db()
    assert under_way.last_day == datetime.date(2026, 2, 13)


def test_a_question_that_is_answered_while_it_is_removed_stays(
    desk, answered, planned, miljo, monkeypatch
):
    second = planned.questions.get(number=2)
    data = settings(**{f"fraga_{second.pk}_bort": "on"})
    clean = SettingsForm.clean

    def answers_meanwhile(form):
        submission = planned.submissions.get(administration=miljo)
        Answer.objects.create(submission=submission, question=second, text="<p>Allt.</p>")
        return clean(form)

    monkeypatch.setattr(SettingsForm, "clean", answers_meanwhile)
    answer = desk.post(ADDRESS, data)
    assert answer.status_code == 409
    assert "Fråga 2: En förvaltning har börjat svara." in answer.content.decode()
    assert planned.questions.count() == 2


def test_mails_steps_and_board_days_are_kept(desk, planned, miljo):
    data = settings(
        **{
            "mejl_opened_amne": "Dags igen",
            "mejl_after_dagar": "2",
            f"namnd_{miljo.pk}": "28 januari 2026",
        }
    )
    data |= {"steg-city_board-dag": "2026-05-06", "steg-committee-dagar": "12"}
    desk.post(ADDRESS, data)
    assert planned.mail_texts.get(kind="opened").subject == "Dags igen"
    assert planned.mail_texts.get(kind="after").day_list == [2]
    assert planned.submissions.get(administration=miljo).board_on == datetime.date(2026, 1, 28)
    assert planned.milestones.get(step="city_board").day == datetime.date(2026, 5, 6)
    assert planned.milestones.get(step="committee").workdays == 12
    assert "Miljönämnden sammanträder: tomt blev 2026-01-28." in latest(planned).comment


def test_dates_that_cannot_hold_are_said_on_the_page(desk, planned):
    data = settings() | {"steg-city_board-dag": "2026-05-29"}
    desk.post(ADDRESS, data)
    assert "ligger efter kommunfullmäktige" in desk.get(ADDRESS).content.decode()


def test_the_second_of_two_is_told_what_the_first_changed_and_loses_nothing(desk, planned):
    theirs, mine = settings(sista="2026-02-20"), settings(kf="2026-05-29")
    mine["mejl-opened-amne"] = "Mitt ämne"
    desk.post(ADDRESS, theirs)
    answer = desk.post(ADDRESS, mine)
    content = answer.content.decode()
    assert answer.status_code == 409
    assert "Sam ändrade" in content
    assert "Sista dag att lämna in: 2026-02-20" in content
    form = answer.context["form"]
    assert form["sista"].value() == "2026-02-20"  # which I had not touched
    assert form["mejl-opened-amne"].value() == "Mitt ämne"
    planned.refresh_from_db()
    assert planned.council_on == datetime.date(2026, 5, 28)
    # Saved again, with what the page then held, it is all there.
    again = mine | {"sista": "2026-02-20", "sett": answer.context["seen"]}
    assert desk.post(ADDRESS, again).status_code == 302
    planned.refresh_from_db()
    assert (planned.last_day.day, planned.council_on.day) == (20, 29)


def test_the_same_field_typed_by_two_keeps_what_i_typed_until_i_save_again(desk, planned):
    theirs, mine = settings(sista="2026-02-20"), settings(sista="2026-02-27")
    desk.post(ADDRESS, theirs)
    answer = desk.post(ADDRESS, mine)
    assert answer.status_code == 409
    assert answer.context["form"]["sista"].value() == "2026-02-27"


def test_a_question_that_another_removed_comes_back_only_if_i_changed_it(desk, planned):
    second = planned.questions.get(number=2)
    mine = settings(kf="2026-05-29")
    desk.post(ADDRESS, settings(**{f"fraga_{second.pk}_bort": "on"}))
    answer = desk.post(ADDRESS, mine)
    assert "En fråga är borttagen" in answer.content.decode()
    kept = {name: answer.context["form"][name].value() for name in answer.context["form"].fields}
    again = {name: text for name, text in kept.items() if text}
    desk.post(ADDRESS, again | {"sett": answer.context["seen"]})
    assert planned.questions.count() == 1


@pytest.mark.parametrize("seen", ["", "nonsens", "[1]", "{}", '{"sista": 3}'])
def test_a_page_that_has_seen_nothing_changes_nothing(desk, planned, seen):
    answer = desk.post(ADDRESS, settings(sista="2026-02-20") | {"sett": seen})
    assert answer.status_code == 409
    planned.refresh_from_db()
    assert planned.last_day.day == 13


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(desk, planned):
    data = settings(sista="igår", mejl_opened_text="Mitt {ord}")
    answer = desk.post(ADDRESS, data)
    assert answer.status_code == 422
    content = answer.content.decode()
    assert "<title>Fel: Inställningar 2025" in content
    assert 'value="igår"' in content
    assert "Mitt {ord}" in content


def test_a_button_adds_a_row_and_saves_nothing(desk, planned):
    answer = desk.post(ADDRESS, settings(sista="2026-02-20") | {"lagg-till": "fraga"})
    assert answer.status_code == 200
    assert "ny1" in [row.id for row in answer.context["form"].questions]
    planned.refresh_from_db()
    assert planned.last_day.day == 13


def test_goals_are_chosen_only_while_the_year_is_planned(desk, planned, under_way):
    other = make.goal_set(2030)
    desk.post(ADDRESS, settings(malperiod=str(other.pk)))
    under_way.refresh_from_db()
    assert under_way.goal_set != other


def test_a_published_year_is_read_and_not_changed(desk, last):
    address = "/redovisning/2024/installningar/"
    page = desk.get(address).content.decode()
    assert "inställningarna ligger fast" in page
    assert 'name="sett"' not in page
    answer = desk.post(address, pages.settings(2024, sista="2026-02-20"))
    assert answer.status_code == 409
    last.refresh_from_db()
    assert last.last_day is None


def test_only_stadskontoret_has_the_page(client, planned, rut, mans, lena, siv):
    for person in (rut, mans, lena, siv):
        client.force_login(person)
        assert client.get(ADDRESS).status_code == 404
        assert client.post(ADDRESS, settings(sista="2026-02-20")).status_code == 404
    planned.refresh_from_db()
    assert planned.last_day.day == 13


def test_a_year_that_is_not_there_is_not_found(desk):
    assert desk.get("/redovisning/1999/installningar/").status_code == 404
    assert desk.put(ADDRESS).status_code == 405


def test_the_queries_are_as_many_for_few_administrations_as_for_many(
    desk, planned, django_assert_max_num_queries
):
    desk.get(ADDRESS)
    with django_assert_max_num_queries(100) as few:
        desk.get(ADDRESS)
    for number in range(9):
        unit = make.administration(f"X{number}", f"Förvaltning {number}", f"Nämnd {number}")
        make.submission(planned, unit)
        Question.objects.create(year=planned, number=10 + number, text=f"Fråga {number}?")
    with django_assert_max_num_queries(len(few)):
        desk.get(ADDRESS)
