"""The year's projects at a keyboard, with JavaScript and without: confirm, find, choose."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from malmo_intl.models import Administration
from projects.models import Participation
from reports.models import Submission
from tests import make
from tests.e2e.looks import complaints, sideways

pytestmark = [pytest.mark.browser, pytest.mark.anydb]

LIST = "/redovisning/2024/asf/projekt/"
PAGES = [
    LIST,
    f"{LIST}lagg-till/",
    f"{LIST}lagg-till/?q=malmö krafen",
    f"{LIST}lagg-till/?q=finnsinte",
    f"{LIST}nytt/?namn=Malmökraft",
    f"{LIST}vagen-in/",
    f"{LIST}malmokraften-2-0/",
    f"{LIST}vagen-in/agare/",
    f"{LIST}vagen-in/ta-bort/",
    f"{LIST}versioner/",
]


@pytest.fixture
def report(site, make_demo):
    """ASF's 2024, not begun: the projects of 2022, and one of their own that goes on."""
    make_demo("year")
    unit = Administration.objects.get(code="ASF")
    trees = make.project("Gröna tak", "grona-tak", starts_on=datetime.date(2022, 1, 1))
    make.participation(trees, unit, Participation.Role.OWNER)
    return Submission.objects.get(year__year=2024, administration=unit)


@pytest.fixture
def page(report, visit, scripts):
    visitor = visit("samordnare", java_script_enabled=scripts)
    visitor.goto(LIST)
    return visitor.page


@pytest.fixture
def scripts():
    return True


both = pytest.mark.parametrize("scripts", [True, False])


def tab_to(page, name, role="button"):
    """Press Tab until the focus is on what is called `name`."""
    wanted = page.get_by_role(role, name=name, exact=True)
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab never came to {name}")


@both
def test_each_is_confirmed_by_one_key_and_the_focus_stays_at_its_row(page, report):
    tab_to(page, "Avslutat AVEC")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 av 14 bekräftade")).to_be_visible()
    row = page.locator("#projekt-avec")
    expect(row).to_be_focused()
    expect(row).to_contain_text("Avslutat")
    tab_to(page, "Ångra AVEC")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="0 av 14 bekräftade")).to_be_visible()
    expect(row).to_be_focused()
    tab_to(page, "Avslutat AVEC")
    tab_to(page, "Oförändrat Gröna tak")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="1 av 14 bekräftade")).to_be_visible()
    assert report.carried.get(verdict="unchanged").participation.project.slug == "grona-tak"


@both
def test_an_end_that_is_not_known_is_asked_for_in_its_place(page, report):
    row = page.locator("#projekt-grona-tak")
    row.locator("summary").focus()
    page.keyboard.press("Enter")
    field = row.get_by_label("När tog projektet slut?")
    field.fill("i somras")
    field.press("Enter")
    expect(row).to_contain_text("går inte att läsa som ett datum")
    expect(field).to_have_value("i somras")
    expect(field).to_be_focused()
    field.fill("juni 2024")
    field.press("Enter")
    expect(row).to_contain_text("Januari 2022 – juni 2024".replace("Januari", "1 januari"))
    expect(page.get_by_role("heading", name="1 av 14 bekräftade")).to_be_visible()
    tab_to(page, "Ångra Gröna tak")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Från 1 januari 2022")


@both
def test_what_is_left_is_named_and_leads_there(page):
    page.get_by_role("button", name="Klart, fortsätt").click()
    errors = page.get_by_role("alert")
    expect(errors).to_be_focused()
    errors.get_by_role("link", name="Gröna tak").click()
    expect(page.locator("#projekt-grona-tak")).to_be_focused()


@both
def test_all_confirmed_leads_on_to_the_next_part(page):
    for _ in range(14):
        waiting = page.locator(".is-waiting")
        left = waiting.count()
        waiting.first.get_by_role("button", name=re.compile("^(Avslutat|Oförändrat)")).first.click()
        expect(waiting).to_have_count(left - 1)
    expect(page.get_by_role("heading", name="14 av 14 bekräftade")).to_be_visible()
    page.get_by_role("button", name="Klart, fortsätt").click()
    expect(page).to_have_url(re.compile("/utbetalningar/$"))


@both
def test_a_project_is_found_though_misspelt_and_chosen_by_keyboard(page, report, scripts):
    page.get_by_role("link", name="Lägg till projekt").click()
    expect(page.get_by_label("Projektets namn")).to_be_focused()
    page.keyboard.type("vextplats rosengård")
    if not scripts:
        page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("projekt liknar ”vextplats rosengård”.")
    if scripts:
        expect(page.get_by_label("Projektets namn")).to_be_focused()
    tab_to(page, "Vi är part i Växtplats Rosengård")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/projekt/vaxtplats-rosengard/$"))
    page.get_by_label("Projektet startar").fill("2024")
    page.get_by_role("button", name="Spara och markera som klar").click()
    expect(page).to_have_url(re.compile("/projekt/$"))
    expect(page.locator("#projekt-vaxtplats-rosengard")).to_contain_text("Från 2024")


@both
def test_a_new_one_is_added_after_a_search_and_taken_away_again(page):
    page.get_by_role("link", name="Lägg till projekt").click()
    page.get_by_label("Projektets namn").fill("Grön logistik")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Lägg till ett nytt projekt").click()
    expect(page.get_by_label("Projektets namn")).to_have_value("Grön logistik")
    page.get_by_label(re.compile("Vi, arbetsmarknads")).check()
    page.get_by_role("button", name="Lägg till projektet").click()
    expect(page).to_have_url(re.compile("/projekt/gron-logistik/$"))
    page.get_by_role("link", name="Ta bort vår medverkan").click()
    page.get_by_role("button", name="Ta bort vår medverkan").click()
    expect(page.get_by_text("Du tog bort medverkan i Grön logistik.")).to_be_visible()
    expect(page.locator("#projekt-gron-logistik")).to_have_count(0)
    page.get_by_role("button", name="Ångra", exact=True).click()
    expect(page.locator("#projekt-gron-logistik")).to_be_visible()


def test_every_page_and_state_is_accessible_and_fits_a_phone(report, visit):
    visitor = visit("samordnare")
    page, found = visitor.page, []

    def look():
        nonlocal found
        found += complaints(visitor)

    for address in PAGES:
        visitor.goto(address)
        look()
    visitor.goto(LIST)
    page.get_by_role("button", name="Klart, fortsätt").click()
    expect(page.locator(".errors")).to_be_visible()
    look()
    page.locator("#projekt-grona-tak summary").click()
    page.locator("#projekt-grona-tak input[name=slut]").press("Enter")
    expect(page.locator("#projekt-grona-tak .field-error")).to_be_visible()
    look()
    page.get_by_role("button", name="Avslutat AVEC").click()
    expect(page.get_by_role("button", name="Ångra AVEC")).to_be_visible()
    look()
    for address in (f"{LIST}nytt/?namn=Malmökraft", f"{LIST}vagen-in/agare/"):
        visitor.goto(address)
        page.get_by_label("En organisation utanför staden").check()
        page.locator("main form button[type=submit]").last.click()
        expect(page.locator(".errors")).to_be_visible()
        look()
    assert found == []


def test_every_page_fits_a_narrow_window(report, visit):
    """Between a phone and a table: where columns are at their tightest."""
    visitor = visit("samordnare", viewport={"width": 640, "height": 640})
    wide = {}
    for address in PAGES:
        visitor.goto(address)
        wide[address] = sideways(visitor.page)
    assert {address: pixels for address, pixels in wide.items() if pixels > 0} == {}
