"""Stadskontoret publishes a year and corrects it, in a real browser: nothing serious for axe, nothing sideways on
a phone, light and dark, and no report of the content security policy."""

import pytest

from funding.models import Payout
from reports.models import ReportingYear
from reports.publishing import files
from tests.e2e.looks import look_over

pytestmark = [pytest.mark.browser, pytest.mark.anydb]
ADDRESS = "/redovisning/2022/publicering/"


@pytest.fixture
def quick(monkeypatch):
    def make_quickly(document, suffix):
        return files.Made(suffix, f"{document.identity} v{document.version} {suffix}".encode())

    monkeypatch.setattr(files, "make", make_quickly)


def open_all(visitor):
    visitor.page.evaluate(
        "document.querySelectorAll('details').forEach(item => { item.open = true })"
    )
    look_over(visitor)


def test_a_year_is_published_and_corrected(visit, quick):
    ReportingYear.objects.filter(year=2022).update(status="closed")
    visitor = visit("stadskontoret")
    page = visitor.page
    visitor.goto(ADDRESS)
    open_all(visitor)
    page.get_by_role("button", name="Publicera 2022").click()
    page.get_by_role("alert").get_by_role("link").click()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_text("Året är publicerat.").wait_for()
    open_all(visitor)

    page.get_by_label("Varför behöver det publicerade rättas?").fill("Ett belopp var fel")
    page.get_by_role("button", name="Börja rätta").click()
    page.get_by_text("Inget skiljer sig från det publicerade än").wait_for()
    payout = Payout.objects.filter(year=2022, amount__gt=0).first()
    Payout.objects.filter(pk=payout.pk).update(amount=payout.amount + 1)
    visitor.goto(ADDRESS)
    open_all(visitor)
    page.get_by_label("Jag har läst dokumenten").check()
    page.get_by_role("button", name="Publicera rättelsen").click()
    page.get_by_role("link", name="Samlad redovisning 2022, version 2", exact=True).click()
    page.get_by_text("Skäl till den nya versionen: Ett belopp var fel").wait_for()
    open_all(visitor)

    page.get_by_role("link", name="Skriv in kommunstyrelsens").click()
    page.get_by_label("Kommunfullmäktige, paragraf").fill("131")
    page.keyboard.press("Enter")
    page.get_by_text("Ange dagen för beslutet").first.wait_for()
    open_all(visitor)
    page.get_by_label("Kommunfullmäktige, dag").fill("2023-06-21")
    page.get_by_role("button", name="Spara besluten").click()
    page.get_by_text("Beslut: Kommunfullmäktige 21 juni 2023, § 131.").wait_for()
