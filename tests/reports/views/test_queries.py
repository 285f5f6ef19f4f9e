"""The pages ask the database as often for thirty administrations as for three."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from malmo_intl.models import Administration
from reports.models import Memo
from tests import make
from tests.reports.views.conftest import PUBLISHED, report

PAGES = [
    "/",
    "/redovisning/",
    "/redovisning/2019/",
    "/redovisning/2019/siffror/utbetalt/",
    "/redovisning/2019/siffror/eu-projekt/?forvaltning=F0",
    "/redovisning/2019/f0/",
    "/dokument/",
    "/dokument/2019/siffror/",
]


def fill(year, esf, first, last):
    for number in range(first, last):
        unit = make.administration(f"F{number}", f"Förvaltning {number}", f"Nämnd {number}")
        report(year, unit, "approved", "<p>Svar.</p>")
        make.memo(year, unit)
        made = make.project(f"Projekt {number}", funded_by=esf)
        make.participation(made, unit, paid={2019: 1000 + number})
        make.participation(make.project(f"Del {number}", funded_by=esf), unit)


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("person", ["sam", "rut"])
def test_the_number_of_queries_does_not_grow(client, request, esf, person):
    client.force_login(request.getfixturevalue(person))
    year = make.year(2019, status=PUBLISHED)
    fill(year, esf, 0, 3)
    few = {address: queries(client, address) for address in PAGES}
    fill(year, esf, 3, 30)
    assert {address: queries(client, address) for address in PAGES} == few
    assert max(few.values()) <= 32
    assert Memo.objects.count() == 30
    assert Administration.objects.count() >= 30


def test_the_list_of_years_does_not_ask_more_for_more_years(client, sam, esf):
    client.force_login(sam)
    fill(make.year(2019, status=PUBLISHED), esf, 0, 3)
    few = queries(client, "/redovisning/")
    for number in range(2020, 2030):
        make.year(number, status=PUBLISHED)
    assert queries(client, "/redovisning/") <= few
