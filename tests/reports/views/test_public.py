"""The pages that need no log-in."""

import pytest
from django.db import DatabaseError, connection


@pytest.mark.parametrize("address", ["/tillganglighet/", "/halsa/"])
def test_it_is_open_to_all_and_only_read(client, db, address):
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 405


def test_accessibility_tells_of_faults_and_where_to_complain(client, db):
    page = client.get("/tillganglighet/").content.decode()
    assert "Brister som vi känner till" in page
    assert "digg.se" in page


def test_health_asks_the_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get("/halsa/").json() == {"status": "ok"}


def test_health_says_503_without_a_database(client, db, monkeypatch):
    def gone():
        raise DatabaseError("borta")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", gone)
        response = client.get("/halsa/")
    assert response.status_code == 503
    assert response.json() == {"status": "error"}
