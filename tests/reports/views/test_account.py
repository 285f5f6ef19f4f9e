"""Logging in and out, and a new password."""

import pytest

from tests.make import PASSWORD

LOGIN = "/konto/logga-in/"


def test_who_logs_in_comes_to_the_page_asked_for(client, rut):
    answer = client.post(LOGIN, {"username": rut.email, "password": PASSWORD, "next": "/dokument/"})
    assert answer.url == "/dokument/"


def test_the_address_is_known_whatever_its_letter_case(client, rut):
    assert client.post(LOGIN, {"username": rut.email.upper(), "password": PASSWORD}).url == "/"


def test_a_wrong_password_is_refused_with_a_plain_sentence(client, rut):
    page = client.post(LOGIN, {"username": rut.email, "password": "fel"}).content.decode()
    assert "hör inte ihop" in page
    assert "<title>Fel: Logga in" in page


def test_who_may_no_longer_log_in_is_refused(client, rut):
    rut.is_active = False
    rut.save()
    assert client.post(LOGIN, {"username": rut.email, "password": PASSWORD}).status_code == 200


def test_another_site_is_never_the_next_page(client, rut):
    answer = client.post(
        LOGIN, {"username": rut.email, "password": PASSWORD, "next": "https://ond.example/"}
    )
    assert answer.url == "/"


def test_logging_out_is_a_button_not_a_link(client, rut):
    client.force_login(rut)
    assert client.get("/konto/logga-ut/").status_code == 405
    assert client.post("/konto/logga-ut/").url == LOGIN
    assert client.get("/").status_code == 302


def test_a_new_password_counts_at_once(client, rut):
    client.force_login(rut)
    new = "ett-annat-langt-losenord"
    answer = client.post(
        "/konto/losenord/",
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
    )
    assert answer.url == "/konto/losenord/klart/"
    assert "Lösenordet är bytt" in client.get(answer.url).content.decode()
    rut.refresh_from_db()
    assert rut.check_password(new)


@pytest.mark.parametrize("address", ["/konto/losenord/", "/konto/losenord/klart/"])
def test_the_password_is_behind_the_log_in(client, db, address):
    assert client.get(address).url == f"{LOGIN}?next={address}"


def test_what_a_new_password_must_be_is_one_plain_sentence(client, rut):
    client.force_login(rut)
    page = client.get("/konto/losenord/").content.decode()
    assert "Minst 12 tecken." in page
    assert "<li>Ditt" not in page
    refused = client.post(
        "/konto/losenord/",
        {"old_password": PASSWORD, "new_password1": "kort", "new_password2": "kort"},
    )
    assert "minst 12 tecken" in refused.content.decode()
