"""The board's decision: its day and §, recorded once the report is handed in."""

import datetime

import pytest

from malmo_intl.models import Event
from reports.models import Memo, ReportingYear, Submission
from reports.models.submission import Verb

ADDRESS = "/redovisning/2024/mf/beslut/"
DAY = {"dag": "2025-02-20", "paragraf": "§ 14"}


def post(client, person, **typed):
    client.force_login(person)
    return client.post(ADDRESS, {**DAY, **typed}, follow=True)


@pytest.mark.parametrize("person", ["rut", "mans", "sam"])
def test_it_is_recorded_and_shown(client, request, handed_in, person):
    text = post(client, request.getfixturevalue(person)).content.decode().replace("\u00a0", " ")
    assert "Miljönämnden beslutade 20 februari 2025, § 14." in text
    event = Event.objects.about(handed_in).get()
    assert (event.verb, event.comment) == ("skrev in nämndens beslut", "2025-02-20, § 14")


def test_the_form_stands_on_the_reports_page(client, handed_in, rut, lena):
    client.force_login(rut)
    assert "Skriv in nämndens beslut" in client.get("/redovisning/2024/mf/").content.decode()
    client.force_login(lena)
    assert "Skriv in nämndens beslut" not in client.get("/redovisning/2024/mf/").content.decode()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Ange vilken dag nämnden beslutade."),
        ("i går", "går inte att läsa som ett datum"),
        ("2025-02", "Ange hela datumet"),
        ("2999-01-01", "Dagen har inte varit än."),
        ("2023-12-31", "Nämnden kan inte besluta om 2024 före det året."),
        ("2025-01-01", "före tjänsteskrivelsens datum, 30 januari 2025"),
    ],
)
def test_a_day_that_cannot_be_is_shown_again_with_what_is_wrong(
    client, handed_in, rut, day, sentence
):
    Memo.objects.filter(year=handed_in.year).update(dated=datetime.date(2025, 1, 30))
    answer = post(client, rut, dag=day)
    text = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 422
    assert sentence in text
    assert "<title>Fel: " in text
    assert 'value="§ 14"' in text
    assert not Event.objects.exists()


@pytest.mark.parametrize("paragraph", ["-3", "9999999", "§ x"])
def test_a_paragraph_that_is_no_number_is_refused(client, handed_in, rut, paragraph):
    answer = post(client, rut, paragraf=paragraph)
    assert answer.status_code == 422
    assert "Skriv paragrafens nummer" in answer.content.decode()
    assert not Event.objects.exists()


@pytest.mark.parametrize(("person", "code"), [("lena", 403), ("olle", 404), ("siv", 404)])
def test_others_may_not(client, request, handed_in, person, code):
    client.force_login(request.getfixturevalue(person))
    assert client.get(ADDRESS).status_code == code
    assert client.post(ADDRESS, DAY).status_code == code


def test_a_draft_has_no_decision(client, handed_in, rut):
    Submission.objects.update(status="draft")
    assert "när redovisningen är inlämnad" in post(client, rut).content.decode()
    assert not Event.objects.exists()


def test_nor_is_one_changed_in_a_published_year(client, handed_in, year, rut):
    ReportingYear.objects.filter(pk=year.pk).update(status="published")
    assert "när året rättas" in post(client, rut).content.decode()
    assert not Event.objects.exists()


def test_what_somebody_recorded_since_the_page_was_opened_is_told_once(client, handed_in, rut, sam):
    opened = {"initial-dag": "", "initial-paragraf": ""}
    post(client, sam, **opened, dag="2025-02-19")
    answer = post(client, rut, **opened)
    text = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 422
    assert "Någon annan skrev in 19 februari 2025, § 14 medan du hade sidan öppen." in text
    assert 'value="2025-02-20"' in text
    handed_in.refresh_from_db()
    assert handed_in.decided_on == datetime.date(2025, 2, 19)
    shown = {name: answer.context["form"].data[name] for name in opened}
    assert post(client, rut, **shown).status_code == 200
    handed_in.refresh_from_db()
    assert handed_in.decided_on == datetime.date(2025, 2, 20)


def test_the_same_decision_by_two_persons_is_no_quarrel(client, handed_in, rut, sam):
    opened = {"initial-dag": "", "initial-paragraf": ""}
    for person in (rut, sam):
        assert post(client, person, **opened).status_code == 200
    assert Event.objects.about(handed_in).count() == 1


def test_the_second_of_two_persons_is_told(handed_in, rut):
    other = Submission.objects.get(pk=handed_in.pk)
    handed_in.decide(rut, datetime.date(2025, 2, 20), "14")
    with pytest.raises(Exception, match="Någon annan hann före"):
        other.decide(rut, datetime.date(2025, 2, 21))


def test_the_receipt_shows_it(client, handed_in, rut):
    Event.objects.record(Verb.SUBMITTED, handed_in, rut, administration=handed_in.administration)
    handed_in.decide(rut, datetime.date(2025, 2, 20), "14")
    client.force_login(rut)
    text = client.get("/redovisning/2024/mf/kvittens/").content.decode().replace("\u00a0", " ")
    assert "Nämndens beslut" in text
    assert "20 februari 2025, § 14" in text
