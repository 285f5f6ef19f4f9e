"""Stadskontoret plans a year, opens it and changes it, without JavaScript."""

import pytest
from playwright.sync_api import expect

from malmo_intl.management.commands.make_demo_people import PASSWORD, email
from projects.models import GoalSet
from reports.models import ReportingYear
from tests.e2e.looks import complaints

pytestmark = [pytest.mark.browser, pytest.mark.anydb]


@pytest.fixture
def page(browser, site):
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def log_in(page, site):
    page.goto(f"{site}/konto/logga-in/")
    page.get_by_label("E-post").fill(email("stadskontoret"))
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in").click()


def test_a_year_is_planned_opened_and_changed_without_javascript(page, site):
    GoalSet.objects.create(name="KF-mål från 2024", first_year=2024)
    log_in(page, site)
    page.goto(f"{site}/redovisning/")
    page.get_by_role("link", name="Nytt år").click()
    page.get_by_label("Sista dag att lämna in").fill("14 mars 2025")
    page.get_by_role("button", name="Lägg till en fråga").click()
    page.get_by_label("Fråga, fråga 4").fill("Vad vill ni göra nästa år?")
    page.get_by_role("button", name="Flytta upp fråga 4").click()
    page.get_by_role("checkbox", name="Ta bort fråga 1").check()
    page.get_by_role("checkbox", name="Fritidsförvaltningen").uncheck()
    page.get_by_role("button", name="Planera året").click()
    expect(page.get_by_text("Redovisningsåret 2024 är planerat.")).to_be_visible()
    year = ReportingYear.objects.get(year=2024)
    assert [item.text[:10] for item in year.questions.all()] == [
        "Vilka kval", "Vad vill n", "Har det in",
    ]  # fmt: skip
    assert not year.submissions.filter(administration__name="Fritidsförvaltningen").exists()

    page.get_by_role("link", name="Öppna året").click()
    page.get_by_role("button", name="Öppna året och skicka mejlen").click()
    expect(page.get_by_text("Redovisningsåret 2024 är öppet.")).to_be_visible()
    page.get_by_label("Sista dag att lämna in").fill("2025-03-21")
    page.get_by_role("button", name="Spara inställningarna").click()
    expect(page.get_by_text("Inställningarna är sparade.")).to_be_visible()
    page.get_by_role("link", name="Tidplan", exact=True).click()
    expect(page.get_by_role("cell", name="21 mars 2025").first).to_be_visible()


def test_the_pages_are_accessible_and_fit_a_phone(visit):
    """Those of a year that is open; the others are among the pages of the known years."""
    GoalSet.objects.create(name="KF-mål från 2024", first_year=2024)
    visitor = visit("stadskontoret")
    visitor.goto("/redovisning/nytt/")
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Planera året").click()
    found = []
    for address in (
        "/redovisning/nytt/",
        *(f"/redovisning/2024/{it}/" for it in ("installningar", "tidplan", "oppna")),
    ):
        assert visitor.goto(address).status == 200
        for details in visitor.page.locator("details.plan-mail").all():
            details.locator("summary").click()
        found += complaints(visitor)
    assert found == []
