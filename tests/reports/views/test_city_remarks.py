"""What in the city's texts does not agree with the rows is said beside them, also without JavaScript."""

import pytest

from projects.models import Participation
from reports.models import Submission
from tests import make

FIRST = "/redovisning/2024/stadens-text/fragor/1/"


@pytest.fixture
def year(miljo, kultur, office):
    """Miljö owns Rebus, which was paid 4 029 253 kronor."""
    made = make.year(2024)
    for unit in (miljo, kultur):
        make.submission(made, unit, Submission.Status.SUBMITTED)
    rebus = make.project("Rebusprojektet", funded_by=make.fund())
    rebus.aliases.create(name="Rebus")
    make.participation(rebus, miljo, Participation.Role.OWNER, paid={2024: 4_029_253})
    return made


@pytest.fixture
def write(client, sam, year):
    """write(text, person=sam) → the page after it was saved."""

    def write(text, person=sam):
        client.force_login(person)
        client.post(FIRST, {"text": text, "version": 0, "visade": "text", "gor": "spara"})
        return client.get(FIRST)

    return write


def test_a_wrong_sum_and_a_wrong_ascription_are_told(write):
    told = write(
        "<p>Sammanlagt betalades 5 000 000 kronor i EU-medel ut till förvaltningarna.</p>"
        "<p>Kulturförvaltningen har öppnat parken med Rebus.</p>"
    ).content.decode()
    assert (
        "Här står 5 000 000 kronor, men summan av utbetalda EU-medel 2024 är 4\u00a0029\u00a0253 kronor."
        in told
    )
    assert (
        "Här nämns kulturförvaltningen tillsammans med Rebusprojektet, men enligt projektregistret deltar "
        "miljöförvaltningen."
    ) in told


def test_what_is_right_or_ones_own_is_not(write):
    told = write(
        "<p>Sammanlagt betalades cirka 4 miljoner kronor i EU-medel ut till förvaltningarna.</p>"
        "<p>Miljöförvaltningen har öppnat parken med Rebus, för 17 barn.</p>"
    ).content.decode()
    assert "row-remark" not in told


def test_an_empty_text_asks_nothing(write):
    assert "row-remark" not in write("").content.decode()


def test_nobody_else_sees_the_page(write, rut):
    assert write("<p>Fel.</p>", rut).status_code == 404
