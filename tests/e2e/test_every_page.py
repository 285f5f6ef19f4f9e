"""Every page as a person meets it: nothing serious for axe, wide and on a phone, light and dark; nothing
sideways on a phone; no report of the content security policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe

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
ENTRY_PAGES = [
    "/redovisning/2024/asf/",
    "/redovisning/2024/asf/parter/",
    "/redovisning/2024/asf/fragor/1/",
    "/redovisning/2024/asf/siffror/",
    "/redovisning/2024/asf/arbetsbok/",
    "/redovisning/2024/asf/svar-fran-fil/",
    "/redovisning/2024/asf/granska/",
]
OPEN_PAGES = ["/konto/logga-in/", "/tillganglighet/"]
PERSONS = ["lasare", "samordnare", "chef", "stadskontoret", "system"]
NARROW = [
    "scrollable-region-focusable",
    "target-size",
    "aria-hidden-focus",
    "link-name",
    "button-name",
]
GROUPS = 6  # so that the pages are shared between processes
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
SERIOUS = ("serious", "critical")
AXE = Axe().axe_script
COLOURS = ["color-contrast", "link-in-text-block"]  # what axe asks that light or dark can change


def faults(page, rules=None, without=()):
    """What axe finds that is serious: by all its rules, by `rules` only, or by all `without` some."""
    options = {"resultTypes": ["violations"], "preload": False} | (
        {"runOnly": rules} if rules else {}
    )
    options["rules"] = {rule: {"enabled": False} for rule in without}
    page.wait_for_load_state()  # a document on its way out has nothing for axe to look at
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [
        f"{page.url}: {fault['id']} {[node['target'] for node in fault['nodes'][:3]]}"
        for fault in found
        if fault["impact"] in SERIOUS
    ]


def sideways(page):
    """How many pixels the page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("group", range(GROUPS))
def test_every_page_is_accessible_keeps_the_policy_and_fits_a_phone(visit, group):
    """Light, dark, and on a phone, where tables scroll and axe asks whether the keyboard reaches them."""
    visitor = visit("stadskontoret")
    wide, found = {}, []
    for address in PAGES[group::GROUPS]:
        visitor.page.set_viewport_size(WIDE)
        visitor.page.emulate_media(color_scheme="light")
        assert visitor.goto(address).status < 500, address
        assert visitor.reports == [], address  # before axe, which makes reports of its own
        found += faults(visitor.page)
        visitor.page.emulate_media(color_scheme="dark")
        found += faults(visitor.page, COLOURS)
        visitor.page.set_viewport_size(PHONE)
        if sideways(visitor.page) > 0:
            wide[address] = sideways(visitor.page)
        found += faults(visitor.page, NARROW)
        visitor.reports.clear()
    assert found == []
    assert wide == {}


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
