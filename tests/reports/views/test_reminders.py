"""Reminders by hand: choose, write, look at exactly what goes to whom, send in one press."""

import datetime
import re

import pytest
from django.core import mail
from django.utils import timezone

from malmo_intl.models import Event, Role
from reports.models import Letter, ReportingYear, Submission
from tests import make
from tests.reports.views.test_queries import queries

ADDRESS = "/redovisning/2024/paminnelser/"
TYPED = {"till": ["mf"], "amne": "{år}: hör av dig", "text": "Hej {förvaltning} {länk}"}


@pytest.fixture
def year(db):
    made = make.year(2024)
    made.last_day = timezone.localdate() - datetime.timedelta(days=3)
    made.save()
    return made


@pytest.fixture
def draft(year, miljo, rut):
    return make.submission(year, miljo)


@pytest.fixture
def press(client, sam, django_capture_on_commit_callbacks):
    """press(gor, **fields) → the answer; what it commits is committed."""
    client.force_login(sam)

    def press(gor, follow=True, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(ADDRESS, {"gor": gor, **TYPED, **fields}, follow=follow)

    return press


def hidden(answer, name) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())[1]


@pytest.fixture
def send(press):
    """send() presses the button of a page that has been looked at; twice if told so."""

    def send(times=1, **fields):
        page = press("granska", **fields)
        seen = {"sett": hidden(page, "sett"), "sida": hidden(page, "sida")}
        return [press("skicka", **fields, **seen) for _ in range(times)][-1]

    return send


def get(client, person, query=""):
    client.force_login(person)
    return client.get(ADDRESS + query)


def chosen(answer):
    return answer.context["form"].initial["till"]


def test_the_years_own_text_is_there_to_begin_with(client, sam, draft, year):
    year.mail_texts.create(kind="after", subject="Nu {år}", body="Var god {förvaltning}")
    text = get(client, sam).content.decode()
    assert 'value="Nu {år}"' in text
    assert "Var god {förvaltning}" in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["mf"]),
        ("?till=sena", ["mf"]),
        ("?till=kulf", []),
        ("?till=mf", ["mf"]),
        ("?till=x", []),
    ],
)
def test_the_address_says_who_is_chosen(client, sam, draft, year, kultur, query, expected):
    make.submission(year, kultur, Submission.Status.SUBMITTED)
    assert chosen(get(client, sam, query)) == expected


def test_before_the_last_day_nobody_is_late_but_all_may_be_chosen(client, sam, draft, year):
    ReportingYear.objects.update(last_day=timezone.localdate())
    assert chosen(get(client, sam)) == []
    assert chosen(get(client, sam, "?till=alla")) == ["mf"]


def test_who_was_reminded_today_is_not_chosen_again_by_itself(client, sam, draft, send):
    send()
    answer = get(client, sam)
    assert chosen(answer) == []
    assert f"påmind {timezone.localdate()}" in answer.content.decode()
    assert chosen(get(client, sam, "?till=sena")) == ["mf"]


def test_the_preview_shows_exactly_what_goes_and_sends_nothing(press, draft, rut, sam):
    text = press("granska").content.decode()
    assert f"Rut ({rut.email})" in text
    assert f"Sam ({sam.email})" in text
    assert "2024: hör av dig" in text
    assert "Hej miljöförvaltningen http://testserver/redovisning/2024/mf/" in text
    assert "Skicka 1 påminnelse" in text
    assert not Letter.objects.exists()
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_one_press_sends_it_and_leaves_a_trail(send, draft, rut, sam):
    text = send().content.decode()
    assert "1 påminnelse är skickad." in text
    assert "Skickat" in text
    (sent,) = mail.outbox
    assert (sent.to, sent.reply_to) == ([rut.email], [sam.email])
    assert (sent.subject, sent.body) == (
        "2024: hör av dig",
        "Hej miljöförvaltningen http://testserver/redovisning/2024/mf/",
    )
    event = Event.objects.get(verb="påminde")
    assert (event.by, event.subject, event.administration) == (sam, draft, draft.administration)


def test_two_presses_of_one_page_send_once(send, draft):
    assert send(times=2).status_code == 200
    assert len(mail.outbox) == 1
    assert Event.objects.filter(verb="påminde").count() == 1


def test_a_new_page_sends_again(send, draft):
    send()
    send()
    assert len(mail.outbox) == 2


def test_what_changed_after_the_preview_is_shown_again_and_not_sent(press, draft, miljo):
    page = press("granska")
    seen = {"sett": hidden(page, "sett"), "sida": hidden(page, "sida")}
    make.person("Ronja", miljo, Role.COORDINATOR)
    answer = press("skicka", **seen)
    assert answer.status_code == 409
    assert "Något har ändrats sedan du granskade" in answer.content.decode()
    assert mail.outbox == []


def test_who_has_handed_in_meanwhile_is_said_and_nothing_goes(press, draft, year, kultur, olle):
    make.submission(year, kultur)
    page = press("granska", till=["mf", "kulf"])
    seen = {"sett": hidden(page, "sett"), "sida": hidden(page, "sida")}
    Submission.objects.filter(pk=draft.pk).update(status="submitted")
    answer = press("skicka", till=["mf", "kulf"], **seen)
    assert answer.status_code == 422
    assert "har lämnat in sedan du öppnade sidan" in answer.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("fields", "sentence", "place"),
    [
        ({"till": []}, "Välj minst en förvaltning.", "#id_till"),
        ({"amne": " "}, "Skriv ett ämne.", "#id_amne"),
        ({"text": ""}, "Skriv vad mejlet ska säga.", "#id_text"),
        ({"text": "Hej {namn}"}, "{namn} finns inte.", "#id_text"),
        ({"amne": "Hej {kommentarer}"}, "{kommentarer} finns inte i det här mejlet.", "#id_amne"),
    ],
)
@pytest.mark.parametrize("gor", ["granska", "skicka"])
def test_what_is_wrong_is_said_and_what_was_typed_stays(press, draft, gor, fields, sentence, place):
    answer = press(gor, **{"amne": "Mitt ämne", **fields})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Fel: Påminnelser 2024" in text
    assert sentence in text
    assert f'href="{place}' in text
    assert fields.get("amne", "Mitt ämne") in text
    assert mail.outbox == []


def test_change_goes_back_with_what_was_typed(press, draft):
    answer = press("andra", text="Nästan färdig {år}")
    assert answer.status_code == 200
    assert "Nästan färdig {år}" in answer.content.decode()


def test_an_administration_with_nobody_is_named_and_gets_none(press, year, draft, kultur):
    make.submission(year, kultur)
    text = press("granska", till=["mf", "kulf"]).content.decode()
    assert "<li>Kulturförvaltningen</li>" in text
    assert "Skicka 1 påminnelse" in text


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_down_is_said_and_stands_in_the_log(send, draft, no_server):
    text = send().content.decode()
    assert "1 påminnelse kunde inte skickas nu." in text
    assert "Försöker igen" in text
    assert "ConnectionRefusedError" in text
    assert Event.objects.filter(verb="påminde").count() == 1


def test_a_year_that_is_not_open_shows_only_the_log(client, sam, draft, year, press):
    ReportingYear.objects.update(status="closed")
    assert "Året är inte öppet" in get(client, sam).content.decode()
    assert press("granska").status_code == 422
    assert press("skicka").status_code == 422
    assert mail.outbox == []


def test_a_press_of_nothing_goes_back(press, draft):
    assert press("nix", follow=False).status_code == 302


def test_only_stadskontoret_reminds(client, draft, rut, mans, lena, siv):
    for person in (rut, mans, lena, siv):
        client.force_login(person)
        assert client.post(ADDRESS, {"gor": "skicka", **TYPED}).status_code == 404
    assert client.put(ADDRESS).status_code == 405


def test_the_log_holds_all_letters_of_the_year_and_turns_pages(client, sam, draft, year):
    for number in range(51):
        Letter.objects.create(
            year=year, administration=draft.administration, kind="receipt", to=["a@b.se"],
            subject=f"Brev {number}", body="<b>Hej</b>", by_name="Rut",
        )  # fmt: skip
    text = get(client, sam).content.decode()
    assert text.count("Kvittens<") == 50
    assert "Sida 1 av 2" in text
    assert "&lt;b&gt;Hej" in text
    assert get(client, sam, "?sida=2").content.decode().count("Kvittens<") == 1


def test_the_number_of_queries_does_not_grow(client, sam, year):
    client.force_login(sam)

    def fill(first, last):
        for number in range(first, last):
            unit = make.administration(f"F{number}", f"Förvaltning {number}", "Nämnden")
            make.person(f"P{number}", unit, Role.COORDINATOR)
            make.submission(year, unit)
            Letter.objects.create(
                year=year, administration=unit, kind="after", to=["a@b.se"], subject="Hej",
                body="Hej", by_name="Sam",
            )  # fmt: skip

    fill(0, 3)
    few = queries(client, ADDRESS)
    fill(3, 12)
    assert queries(client, ADDRESS) == few
    assert few <= 20
