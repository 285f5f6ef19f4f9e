"""From the log-in to a document, by keyboard and mouse, with and without scripts."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.anydb]


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_log_in_to_the_documents_of_the_year(visit, scripts):
    visitor = visit(java_script_enabled=scripts)
    visitor.log_in("samordnare")
    page = visitor.page
    page.get_by_role("link", name="Redovisningsår", exact=True).click()
    page.get_by_role("link", name="2019").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2019")
    visitor.goto("/dokument/2019/forvaltning/asf/")
    expect(page.locator("#utbetalningar")).to_contain_text(re.compile(r"4.029.253"))
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("Excel")).first.click()
    assert download.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_register_is_searched_sorted_and_downloaded(visit, scripts):
    visitor = visit("lasare", java_script_enabled=scripts)
    page = visitor.page
    visitor.goto("/projekt/")
    page.get_by_label("Projektets namn").fill("botildenborg")
    page.get_by_role("button", name="Visa").click()
    rows = page.locator("table tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Växtplats Botildenborg")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("CSV")).click()
    assert "Växtplats Botildenborg" in download.value.path().read_text(encoding="utf-8-sig")


def test_the_skip_link_is_first_and_leads_past_the_head(visit):
    visitor = visit("lasare")
    visitor.page.keyboard.press("Tab")
    focused = visitor.page.locator(":focus")
    expect(focused).to_have_attribute("href", re.compile("^#"))
    expect(focused).to_be_visible()


def test_who_logs_out_sees_nothing_more(visit):
    visitor = visit("lasare")
    visitor.page.get_by_role("button", name="Logga ut").click()
    visitor.goto("/redovisning/")
    expect(visitor.page).to_have_url(re.compile("/konto/logga-in/"))
