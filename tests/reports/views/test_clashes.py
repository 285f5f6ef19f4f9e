"""Two versions of one text: what the page where one is chosen calls them."""

import pytest

from malmo_intl.models import Role
from tests import make

PAGE = "/redovisning/2024/stadens-text/sammanfattning/"


def write(client, person, text, window):
    client.force_login(person)
    return client.post(PAGE, {"text": text, "version": "0", "sida": window * 32})


@pytest.fixture
def year(db):
    return make.year(2024)


def test_anothers_text_is_told_as_theirs(client, year, sam, office):
    write(client, sam, "<p>Sams.</p>", "a")
    sara = make.person("Sara", office, Role.CITY_OFFICE)
    page = write(client, sara, "<p>Saras.</p>", "b").content.decode()
    assert "<h1>Två skrev samtidigt</h1>" in page
    assert "Ta Sams" in page


def test_ones_own_text_in_another_window_is_told_as_ones_own(client, year, sam):
    write(client, sam, "<p>Det ena.</p>", "a")
    page = write(client, sam, "<p>Det andra.</p>", "b").content.decode()
    assert "<h1>Två egna versioner</h1>" in page
    assert "innan du ändrade" in page
    assert "Ta det från det andra fönstret" in page
