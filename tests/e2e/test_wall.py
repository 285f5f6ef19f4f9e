"""Stadskontoret sees who is late, and reminds them."""

import datetime

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from reports.models import ReportingYear
from tests.e2e.looks import look_over

pytestmark = [pytest.mark.browser, pytest.mark.anydb]


@pytest.fixture
def late(site, make_demo):
    """2024, three days after its last day."""
    make_demo("year")
    today = timezone.localdate()
    ReportingYear.objects.filter(year=2024).update(
        opens_on=today - datetime.timedelta(days=30), last_day=today - datetime.timedelta(days=3)
    )


def test_from_the_wall_to_a_reminder_that_is_sent(late, visit):
    mail.outbox.clear()
    sam = visit("stadskontoret")
    page = sam.page
    sam.goto("/")
    page.get_by_role("link", name="Läget del för del").click()
    frame = page.get_by_role("region", name="Läget per förvaltning och del")
    frame.focus()
    page.keyboard.press("ArrowRight")
    expect(frame).not_to_have_js_property("scrollLeft", 0)
    look_over(sam)
    page.get_by_label("Sena").check()
    page.get_by_role("button", name="Visa").click()
    expect(page.get_by_role("rowheader", name="Miljöförvaltningen")).to_be_visible()
    page.get_by_role("link", name="påminn", exact=True).click()
    expect(page.get_by_label("Miljöförvaltningen")).to_be_checked()
    look_over(sam)
    page.get_by_label("Text").fill("Hör av dig, {förvaltning}: {länk}")
    page.get_by_role("button", name="Granska innan du skickar").click()
    expect(page.get_by_text("Hör av dig, Miljöförvaltningen: http")).to_be_visible()
    look_over(sam)
    page.get_by_role("button", name="Skicka 2 påminnelser").click()
    expect(page.get_by_text("2 påminnelser är skickade.")).to_be_visible()
    look_over(sam)
    assert len(mail.outbox) == 2
