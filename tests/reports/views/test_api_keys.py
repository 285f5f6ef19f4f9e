"""Keys for programs: made and revoked by stadskontoret, shown once, opening only what is published."""

import datetime
import logging
import re

import pytest
from django.utils import timezone

from malmo_intl.models import Event
from reports.models import ApiKey
from tests.reports.views.test_data import told

__all__ = ["told"]
ADDRESS = "/data/nycklar/"
TABLE = "/data/utbetalningar.csv"


def make_key(client, sam, name="Power BI"):
    client.force_login(sam)
    page = client.post(ADDRESS, {"name": name}).content.decode()
    client.logout()
    return re.search(r'<code class="secret">([\w-]{40,})</code>', page)[1]


def test_a_key_is_shown_once_and_kept_as_its_sum(client, sam):
    secret = make_key(client, sam)
    key = ApiKey.objects.get()
    assert secret not in str(vars(key))
    assert len(key.sha256) == 64
    client.force_login(sam)
    page = client.get(ADDRESS)
    assert secret not in page.content.decode()
    assert "Power BI" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert Event.objects.get().verb == "skapade nyckeln"
    assert secret not in Event.objects.get().comment


def test_a_key_reads_what_is_published_and_nothing_else(client, sam, told):
    secret = make_key(client, sam)
    for response in (
        client.get(TABLE, headers={"Authorization": f"Bearer {secret}"}),
        client.get(TABLE, {"nyckel": secret}),
    ):
        assert response.status_code == 200
        assert "1234,50" in response.content.decode()
        assert "777123" not in response.content.decode()
    for address in ("/", "/data/", "/redovisning/", ADDRESS):
        assert client.get(address, {"nyckel": secret}).status_code == 302


def test_a_key_of_somebody_who_sees_more_gives_no_more(client, sam, told):
    secret = make_key(client, sam)
    client.force_login(sam)
    page = client.get(TABLE, headers={"Authorization": f"Bearer {secret}"}).content.decode()
    assert "777123" not in page


@pytest.mark.parametrize("secret", ["fel", "", "å" * 50, "x" * 5000])
def test_a_wrong_key_is_refused_with_a_sentence(client, sam, told, secret):
    make_key(client, sam)
    response = client.get(TABLE, {"nyckel": secret})
    assert response.status_code == 401
    assert response.content.decode() == "Nyckeln gäller inte. Be stadskontoret om en ny."


def test_a_revoked_key_opens_nothing_and_is_revoked_once(client, sam, told):
    secret, key = make_key(client, sam), ApiKey.objects.get()
    client.force_login(sam)
    for _ in range(2):
        client.post(f"{ADDRESS}{key.pk}/aterkalla/")
    client.logout()
    assert client.get(TABLE, {"nyckel": secret}).status_code == 401
    assert Event.objects.filter(verb="återkallade nyckeln").count() == 1


def test_that_it_was_used_is_noted_once_a_day(client, sam, told, django_assert_num_queries):
    secret = make_key(client, sam)
    client.get(TABLE, {"nyckel": secret})
    assert ApiKey.objects.get().used_on == timezone.localdate()
    with django_assert_num_queries(3):  # the key, the years, the rows
        client.get(TABLE, {"nyckel": secret})
    ApiKey.objects.update(used_on=datetime.date(2020, 1, 1))
    client.get(TABLE, {"nyckel": secret})
    assert ApiKey.objects.get().used_on == timezone.localdate()


def test_a_key_is_never_logged(client, sam, told, caplog):
    secret = make_key(client, sam)
    with caplog.at_level(logging.DEBUG):
        client.get(TABLE, {"nyckel": secret})
        client.get(TABLE, {"nyckel": f"{secret}x"})
        client.get("/data/nix.csv", {"nyckel": secret})
    said = "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert secret not in said


def test_a_name_is_needed_and_only_one_key_has_it(client, sam):
    client.force_login(sam)
    response = client.post(ADDRESS, {"name": "  "})
    assert response.status_code == 422
    assert "<title>Fel: " in response.content.decode()
    client.post(ADDRESS, {"name": "Power BI"})
    again = client.post(ADDRESS, {"name": "power bi"})
    assert again.status_code == 422
    assert "Det finns redan en nyckel med det namnet" in again.content.decode()
    assert 'value="power bi"' in again.content.decode()
    assert ApiKey.objects.count() == 1


def test_only_stadskontoret_has_keys(client, sam, rut, siv):
    make_key(client, sam)
    key = ApiKey.objects.get()
    for person in (rut, siv):
        client.force_login(person)
        assert client.get(ADDRESS).status_code == 403
        assert client.post(ADDRESS, {"name": "x"}).status_code == 403
        assert client.post(f"{ADDRESS}{key.pk}/aterkalla/").status_code == 403
    assert ApiKey.objects.get().revoked_at is None


def test_the_wrong_method_is_refused(client, sam):
    client.force_login(sam)
    assert client.delete(ADDRESS).status_code == 405
    assert client.get(f"{ADDRESS}1/aterkalla/").status_code == 405
    assert client.post(TABLE).status_code == 405
