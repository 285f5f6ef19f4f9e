"""Rows at a real keyboard, with JavaScript and without; and the memo as it will be."""

import re

import pytest
from playwright.sync_api import expect

from reports.models import Activity, Memo, Submission
from tests.e2e.looks import look_over

pytestmark = [pytest.mark.browser, pytest.mark.anydb]

ACTIVITIES, MEMO = "aktiviteter", "tjansteskrivelse"
ADD = re.compile("^Lägg till (en|ett) ")
WITHOUT_SCRIPT = {"java_script_enabled": False}


@pytest.fixture
def year(site, make_demo):
    make_demo("year")
    return Submission.objects.get(year__year=2024, administration__code="ASF")


@pytest.fixture
def part(year, visit):
    """part(key, **options) → a page with that part, opened by the coordinator."""

    def open_part(key, **options):
        visitor = visit("samordnare", **options)
        visitor.goto(f"/redovisning/2024/asf/{key}/")
        return visitor

    return open_part


def titles(submission):
    return [item.title for item in submission.activities.order_by("position")]


def fill(page, number, title):
    row = page.locator("[data-row]:visible").nth(number - 1)
    row.get_by_label("Slag").select_option("Jobbmässa")
    row.get_by_label("Vad,").fill(title)


def save(page):
    page.get_by_role("button", name="Spara", exact=True).last.click()
    expect(page.get_by_role("button", name=ADD).first).to_be_visible()
    expect(page.get_by_text(re.compile(r"^Sparat \d\d\.\d\d")).first).to_be_visible()


def saved_by_itself(page, version=1):
    """Until the page stands on `version` or a later one."""
    expect(page.locator('[name="version"]')).to_have_value(re.compile(f"^[{version}-9]$"))


def test_rows_are_added_moved_and_removed_without_a_page_load(part, year):
    visitor = part(ACTIVITIES)
    page = visitor.page
    page.evaluate("window.same = true")
    fill(page, 1, "Mässan i Lund")
    add = page.get_by_role("button", name="Lägg till en aktivitet")
    add.focus()
    page.keyboard.press("Enter")
    expect(page.locator('[name="aktivitet-ny2-slag"]')).to_be_focused()
    fill(page, 2, "Mässan i Ystad")
    saved_by_itself(page)
    page.get_by_role("button", name="Flytta upp aktivitet 2").click()
    expect(page.locator("[data-row]:visible").first.get_by_label("Vad,")).to_have_value("Mässan i Ystad")  # fmt: skip
    expect(page.get_by_role("group", name="Aktivitet 1")).to_be_visible()
    saved_by_itself(page, 2)
    assert titles(year) == ["Mässan i Ystad", "Mässan i Lund"]
    page.get_by_role("button", name="Ta bort aktivitet 1").click()
    undo = page.get_by_role("button", name="Ångra")
    expect(undo).to_be_focused()
    expect(page.get_by_text("Borttagen: aktivitet ”Mässan i Ystad”.")).to_be_visible()
    saved_by_itself(page, 3)
    assert titles(year) == ["Mässan i Lund"]
    undo.click()
    saved_by_itself(page, 4)
    assert titles(year) == ["Mässan i Ystad", "Mässan i Lund"]
    assert page.evaluate("window.same")
    assert visitor.reports == []


def test_rows_are_added_moved_and_removed_without_javascript(part, year):
    page = part(ACTIVITIES, **WITHOUT_SCRIPT).page
    fill(page, 1, "Mässan i Lund")
    page.get_by_role("button", name="Lägg till en aktivitet").click()
    expect(page.locator('[name="aktivitet-ny2-slag"]')).to_be_focused()
    assert Activity.objects.filter(submission=year).count() == 0
    fill(page, 2, "Mässan i Ystad")
    page.get_by_role("button", name="Flytta upp aktivitet 2").click()
    save(page)
    assert titles(year) == ["Mässan i Ystad", "Mässan i Lund"]
    page.get_by_label("Ta bort aktivitet 1").check()
    save(page)
    assert titles(year) == ["Mässan i Lund"]
    expect(page.get_by_text("Du tog bort aktiviteten ”Mässan i Ystad”.")).to_be_visible()
    page.get_by_role("button", name="Ångra").click()
    expect(page.locator("[data-row]").nth(1)).to_be_visible()
    assert titles(year) == ["Mässan i Ystad", "Mässan i Lund"]


def test_a_name_in_a_new_row_is_saved_once_however_often_one_writes(part, year):
    page = part(ACTIVITIES).page
    page.get_by_role("button", name="Lägg till ett nätverk").click()
    for version, letters in enumerate(("Sharing", " Cities"), start=1):
        page.keyboard.type(letters)
        saved_by_itself(page, version)
    names = [row.network.name for row in year.administration.networks.filter(year=2024)]
    assert names == ["Sharing Cities"]


@pytest.mark.parametrize("options", [{}, WITHOUT_SCRIPT])
def test_a_memo_is_made_from_last_years_and_seen_as_it_will_be(part, year, options):
    page = part(MEMO, **options).page
    expect(page.get_by_label("Ärendemening")).to_have_value("Redovisning av internationellt arbete 2024")  # fmt: skip
    page.get_by_role("button", name="Hämta beslutspunkterna från 2022").click()
    page.get_by_role("button", name="Hämta instanserna från 2022").click()
    for number, day in enumerate(("2025-03-06", "2025-03-20", "2025-04-18")):
        page.get_by_label("Datum, steg").nth(number).fill(day)
    save(page)
    expect(page.get_by_text("18 april 2025 är långfredagen. Kontrollera datumet.")).to_be_visible()
    memo = Memo.objects.get(year__year=2024)
    assert (memo.lines.filter(list="decision").count(), memo.schedule.count()) == (2, 3)
    page.get_by_role("link", name="Förhandsgranska").click()
    expect(page.get_by_text("Utkast", exact=True).first).to_be_visible()
    document = page.get_by_role("main").inner_text().replace("\u00a0", " ")
    assert "Arbetsmarknads- och socialnämnden godkänner redovisningen." in document
    assert "18 april 2025" in document or "2025-04-18" in document


def test_the_preview_is_there_from_the_first_save(part, year):
    page = part(ACTIVITIES, **WITHOUT_SCRIPT).page
    save(page)
    page.goto(page.url.replace(f"{ACTIVITIES}/", ""))
    page.get_by_role("link", name="Förhandsgranska").click()
    expect(page.get_by_text("Beslutspunkterna är inte skrivna.")).to_be_visible()


@pytest.mark.parametrize("key", [ACTIVITIES, MEMO])
def test_the_part_is_accessible_with_its_errors_too(part, key):
    visitor = part(key)
    page = visitor.page
    page.get_by_role("button", name=ADD).first.click()
    look_over(visitor)
    if key == ACTIVITIES:
        page.get_by_label("När, aktivitet 1").fill("i maj")
        page.get_by_role("button", name="Ta bort aktivitet 2").click()
    else:
        page.get_by_label("Ärendemening").fill("")
        page.get_by_label("Instans, steg 1").fill("Nämnden")
    look_over(visitor)
    page.get_by_role("button", name="Spara", exact=True).last.click()
    expect(page.get_by_role("alert")).to_be_focused()
    look_over(visitor)
    field = page.get_by_role("alert").get_by_role("link").first
    field.click()
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"
