"""The page of a figure in a published year: what was frozen in each version, beside the rows of today."""

import re

import pytest
from django.test import override_settings

from funding.models import Payout
from reports.document import from_data
from reports.documents import build
from reports.models import Publication
from reports.publishing import contents, correcting
from tests import make
from tests.reports.publishing.conftest import (  # noqa: F401 - fixtures
    publish,
    quick,
    year,
)

ADDRESS = "/redovisning/2024/siffror/utbetalt/"


@pytest.fixture
def published(year, sam, quick):  # noqa: F811
    publish(year, sam)
    return year


def page(client, person, address=ADDRESS):
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_published_figure_shows_what_was_frozen(client, published):
    said = page(client, make.person("Nils"))
    assert "Fryst när dokumenten publicerades" in said
    assert "Årets siffror 2024, version 1" in said
    assert "Hela kronor." in said  # its rounding


def test_after_a_correction_both_versions_stand_with_the_reason(client, published, sam):
    correcting.start(published, sam, "Ett belopp var fel.")
    Payout.objects.update(amount=5000)
    publish(published, sam, "Ett belopp var fel.")
    said = page(client, sam)
    first, second = said.index("version 1"), said.index("version 2")
    assert "4 711" in said[first:second]
    assert re.search(r"5 000\s.{0,20}Ett belopp var fel\.", said[second:])


@pytest.mark.parametrize(
    "cut", ["?forvaltning=MF", "?mal=1", "?fond=ESF", "?forvaltning=MF&projekt=rebus"]
)
def test_a_part_of_it_has_its_frozen_values_too(client, published, olle, cut):
    answer = page(client, olle, ADDRESS + cut)
    assert "Fryst när dokumenten publicerades" in answer


def test_before_it_is_published_nothing_is_frozen(client, sam, year):  # noqa: F811
    assert "Fryst" not in page(client, sam)


def test_every_figure_of_a_published_document_leads_to_a_page_that_its_reader_may_see(
    client, published
):
    client.force_login(make.person("Nils"))
    for row in Publication.objects.filter(kind__in=("siffror", "forvaltning", "samlad")):
        document = from_data(row.data)
        found = {item.address for item in document.figures} - {""}
        for grid in document.grids():
            found |= {path for line in (*grid.addresses, grid.total_addresses) for path in line}
        for path in found - {""}:
            assert client.get(path).status_code == 200, path


# --- Where its links lead --------------------------------------------------------------------------


@override_settings(SITE_URL="https://intl.malmo.se/")
def test_what_is_published_knows_where_its_links_lead(year, sam, quick):  # noqa: F811
    assert build("siffror", 2024).site == "https://intl.malmo.se"
    publish(year, sam)
    assert {row.data["site"] for row in Publication.objects.all()} == {"https://intl.malmo.se"}


def test_that_the_system_moves_is_no_reason_for_new_versions(published, sam):
    correcting.start(published, sam, "Prov.")
    published.refresh_from_db()
    with override_settings(SITE_URL="https://ny.malmo.se"):
        assert contents.changed(published, contents.contents(published).items) == []
        correcting.stop(published, sam)


# --- While it is being corrected -------------------------------------------------------------------


@pytest.fixture
def correcting_now(published, sam):
    correcting.start(published, sam, "Ett belopp var fel.")
    Payout.objects.filter(year=published.year).update(amount=777_123)
    return published


@pytest.mark.parametrize("cut", ["", "?forvaltning=MF", "?fond=ESF"])
def test_others_see_what_is_published_and_not_what_it_is_corrected_to(client, correcting_now, cut):
    said = page(client, make.person("Nils"), ADDRESS + cut)
    assert "2024 rättas just nu." in said
    assert "4 711" in said.replace("\u00a0", " ")
    assert not re.search(r"777.?123", said)
    assert "Raderna bakom siffran" not in said


def test_what_was_never_published_is_not_there_for_others(client, correcting_now):
    client.force_login(make.person("Nils"))
    assert client.get(f"{ADDRESS}?fond=-").status_code == 404


def test_its_own_administration_sees_its_rows(client, correcting_now, rut):
    assert re.search(r"777.?123", page(client, rut, f"{ADDRESS}?forvaltning=MF"))


def test_the_year_after_does_not_tell_what_the_year_is_corrected_to(client, correcting_now):
    after = make.year(2025, status="published")
    for submission in correcting_now.submissions.all():
        make.submission(after, submission.administration, "approved")
    paid = Payout.objects.get(year=correcting_now.year)
    Payout.objects.create(participation=paid.participation, fund=paid.fund, year=2025, amount=10)
    nils = make.person("Nils")
    for address in ("/redovisning/2025/", "/dokument/2025/siffror/"):
        assert not re.search(r"777.?123", page(client, nils, address))
