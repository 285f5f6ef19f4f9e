"""Every page as a person meets it (`looks`)."""

import pytest

from tests.e2e.looks import complaints, faults

pytestmark = [pytest.mark.browser, pytest.mark.anydb]

PAGES = [
    "/",
    "/redovisning/",
    "/redovisning/2019/",
    "/redovisning/2019/stadens-text/",
    "/redovisning/2022/",
    "/redovisning/2023/",
    "/redovisning/2019/laget/",
    "/redovisning/2019/paminnelser/",
    "/redovisning/2019/installningar/",
    "/redovisning/2019/tidplan/",
    "/redovisning/2019/siffror/utbetalt/",
    "/redovisning/2019/asf/",
    "/redovisning/2019/hvof/",
    "/redovisning/2022/asf/",
    "/redovisning/2022/asf/granskning/",
    "/redovisning/2023/avstamning/",
    "/redovisning/sammanfor/",
    "/redovisning/sammanfor/?behall=malmokraften-2-0&ta-bort=malmokraften",
    "/projekt/",
    "/projekt/?q=finnsinte",
    "/projekt/sluta-skjut-gvi/",
    "/projekt/malmokraften-2-0/",
    "/projekt/thaiwise/",
    "/dokument/",
    "/dokument/2019/samlad/",
    "/dokument/2023/stad/",
    "/dokument/2023/siffror/",
    "/dokument/2024/samlad/fran-word/",
    "/dokument/2019/forvaltning/asf/",
    "/dokument/2019/projekt/asf/malmokraften-2-0/",
    "/tillbakablick/",
    "/tillbakablick/?siffra=paid&forvaltning=ASF",
    "/tillbakablick/fragor/asf/1/",
    "/tillbakablick/publicerade-siffror/",
    "/tillbakablick/publicerade-siffror/ny/",
    "/sok/?q=projekt",
    "/sok/?q=xyzzy",
    "/data/",
    "/data/nycklar/",
    "/oppna-data/",
    "/handelser/",
    "/konto/losenord/",
    "/tillganglighet/",
    "/finns/inte/",
]
OPEN_PAGES = ["/konto/logga-in/", "/tillganglighet/"]
PERSONS = ["lasare", "samordnare", "chef", "stadskontoret", "system"]
GROUPS = 6  # so that the pages are shared between processes


@pytest.mark.parametrize("group", range(GROUPS))
def test_every_page_is_accessible_keeps_the_policy_and_fits_a_phone(visit, group):
    visitor = visit("stadskontoret")
    found = []
    for address in PAGES[group::GROUPS]:
        assert visitor.goto(address).status < 500, address
        found += complaints(visitor)
    assert found == []


def test_everyones_start_page_is_accessible(visit):
    found = []
    for person in PERSONS:
        visitor = visit(person)
        assert visitor.reports == [], person
        found += [f"{person}: {fault}" for fault in faults(visitor.page)]
    assert found == []


def test_the_pages_before_the_log_in_are_accessible(visit):
    visitor = visit()
    for address in OPEN_PAGES:
        visitor.goto(address)
        assert visitor.reports == []
        assert faults(visitor.page) == []


def test_a_refused_log_in_says_why_and_keeps_the_address(visit):
    visitor = visit()
    visitor.goto("/konto/logga-in/")
    visitor.page.get_by_label("E-post").fill("fel@exempel.malmo.se")
    visitor.page.get_by_label("Lösenord").fill("fel")
    visitor.page.get_by_role("button", name="Logga in").click()
    assert visitor.page.get_by_label("E-post").input_value() == "fel@exempel.malmo.se"
    assert visitor.page.title().startswith("Fel: ")
    assert faults(visitor.page) == []
