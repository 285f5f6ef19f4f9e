"""Who is logged out while writing gets the text back after the log-in, and nobody else gets anything."""

import json
import re
from html import unescape

import pytest
from django.test import Client

from malmo_intl.sessions import MOST, Kept
from reports.models import Answer
from tests import make

LOGIN = "/konto/logga-in/"
ANSWER = "/redovisning/2024/mf/fragor/1/"


@pytest.fixture
def draft(miljo):
    return make.submission(make.year(2024), miljo)


def hidden(answer) -> list[tuple[str, str]]:
    found = re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', answer.content.decode())
    return [(unescape(name), unescape(value)) for name, value in found]


def log_in(client, answer, who, password=make.PASSWORD):
    kept = dict(hidden(answer))
    return client.post(LOGIN, kept | {"username": who.email, "password": password})


def test_the_text_goes_with_the_log_in_and_is_saved_after_it(client, rut, draft):
    typed = {"version": "0", "sida": "s", "svar": '<p>"Å" & <strong>så</strong></p>', "gor": "klar"}
    asked = client.post(ANSWER, typed)
    assert asked.status_code == 401
    assert "Du blev utloggad medan du skrev" in asked.content.decode()
    back = log_in(client, asked, rut)
    assert "Du är inloggad igen" in back.content.decode()
    again = {name: value for name, value in hidden(back) if name != "csrfmiddlewaretoken"}
    assert again == typed
    assert client.post(ANSWER, again).status_code == 302
    assert draft.answers.get().text == '<p>"Å" &amp; <strong>så</strong></p>'


def test_a_wrong_password_does_not_cost_the_text(client, rut, draft):
    asked = client.post(ANSWER, {"version": "0", "svar": "<p>Kvar</p>"})
    refused = log_in(client, asked, rut, "fel")
    assert "hör inte ihop" in refused.content.decode()
    assert "Kvar" in log_in(client, refused, rut).content.decode()


def test_the_pages_own_script_is_told_in_its_own_words(client, draft):
    told = client.post(
        ANSWER, {"svar": "x", "gor": "autospara"}, headers={"Accept": "application/json"}
    )
    assert told.status_code == 401
    assert told.json()["log_in"] == f"{LOGIN}?next={ANSWER}"


def test_nothing_is_saved_before_the_log_in(client, draft):
    client.post(ANSWER, {"version": "0", "svar": "<p>x</p>"})
    assert not Answer.objects.exists()


@pytest.mark.parametrize(("person", "status"), [("olle", 404), ("lena", 403), ("sam", 403)])
def test_who_logs_in_as_somebody_else_saves_nothing_there_but_sees_the_text(
    client, draft, person, status, request
):
    asked = client.post(ANSWER, {"version": "0", "svar": "<p>Hej på dig</p>"})
    back = log_in(client, asked, request.getfixturevalue(person))
    assert "<p>Hej på dig</p>" in back.content.decode()
    again = dict(hidden(back))
    assert client.post(ANSWER, again).status_code == status
    assert not Answer.objects.exists()


def test_what_was_written_is_escaped_all_the_way(client, rut, draft):
    evil = '"><script>alert(1)</script> x'
    asked = client.post(ANSWER, {"version": "0", "svar": evil, evil: "x y"})
    assert "<script>alert" not in asked.content.decode()
    assert "<script>alert" not in log_in(client, asked, rut).content.decode()


def test_the_token_is_new_and_the_post_must_have_had_one(rut, draft):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(ANSWER, {"svar": "x"}).status_code == 403
    page = strict.get(LOGIN)
    token = dict(hidden(page))["csrfmiddlewaretoken"]
    asked = strict.post(ANSWER, {"version": "0", "svar": "<p>x</p>", "csrfmiddlewaretoken": token})
    assert asked.status_code == 401
    back = log_in(strict, asked, rut)
    fields = [value for name, value in hidden(back) if name == "csrfmiddlewaretoken"]
    assert token not in fields
    assert strict.post(ANSWER, dict(hidden(back))).status_code == 302


def test_too_much_is_not_carried_and_that_is_said(client, draft, settings):
    asked = client.post(ANSWER, {"svar": "x" * (MOST + 1)})
    assert "är för stort för att följa med" in asked.content.decode()
    assert "skickades" not in dict(hidden(asked))


@pytest.mark.parametrize(
    "address",
    [
        "https://ond.example/",
        "//ond.example/",
        "/konto/losenord/",
        "/finns/inte/",
        "javascript:x",
        "",
    ],
)
def test_only_an_address_of_ours_is_gone_back_to(client, rut, address):
    kept = json.dumps([address, [["svar", "x"]]])
    answer = client.post(
        LOGIN, {"username": rut.email, "password": make.PASSWORD, "skickades": kept}
    )
    assert answer.url == "/"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "[]",
        "{}",
        "null",
        "[1, 2]",
        '["/a/", 3]',
        '["/a/", [["b"]]]',
        '["/a/", [["b", 1]]]',
    ],
)
def test_what_is_not_ours_is_not_read(text):
    assert Kept.read(text) is None


def test_other_posts_are_sent_to_the_log_in_as_ever(client, draft):
    assert client.post("/redovisning/2024/mf/borja/").status_code == 302
    assert client.get(ANSWER).url == f"{LOGIN}?next={ANSWER}"


# --- A token that has grown old --------------------------------------------------------------------------


def test_a_page_from_before_a_new_log_in_can_be_sent_again(rut, draft):
    strict = Client(enforce_csrf_checks=True, headers={"Origin": "http://testserver"})
    strict.force_login(rut)
    strict.get(ANSWER)
    old = {"version": "0", "svar": "<p>Kvar här</p>", "csrfmiddlewaretoken": "x" * 64}
    answer = strict.post(ANSWER, old)
    assert answer.status_code == 403
    assert "Sidan hade blivit för gammal" in answer.content.decode()
    assert strict.post(ANSWER, dict(hidden(answer))).status_code == 302
    assert draft.answers.get().text == "<p>Kvar här</p>"


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://ond.example"}, {"Origin": "null"}])
def test_a_post_from_elsewhere_is_refused_and_not_shown(rut, draft, headers):
    strict = Client(enforce_csrf_checks=True, headers=headers)
    strict.force_login(rut)
    answer = strict.post(ANSWER, {"version": "0", "svar": "<p>Falskt</p>"})
    assert answer.status_code == 403
    assert "Falskt" not in answer.content.decode()
