"""The coordinator's year from what came along to the receipt, by keyboard only, with scripts and without."""

from datetime import date

import pytest
from playwright.sync_api import expect

from funding.models import Payout
from projects.models import NetworkMembership, Participation
from reports.models import Submission

pytestmark = pytest.mark.browser

KEPT = 5


@pytest.fixture
def ordinary_year(site, make_demo):
    """ASF has five projects under way in 2024 and two networks, and had no others."""
    kept = list(Participation.objects.filter(administration__code="ASF", payouts__year=2022))
    kept += Participation.objects.filter(administration__code="ASF", payouts=None)[
        : KEPT - len(kept)
    ]
    for row in kept:
        row.project.starts_on, row.project.ends_on = date(2022, 1, 1), date(2026, 12, 31)
        row.project.save()
    others = Participation.objects.filter(administration__code="ASF").exclude(
        pk__in=[row.pk for row in kept]
    )
    Payout.objects.filter(participation__in=others).delete()
    others.delete()
    networks = NetworkMembership.objects.filter(administration__code="ASF", year=2022)
    networks.exclude(pk__in=[row.pk for row in networks[:2]]).delete()
    make_demo("year")
    found = Submission.objects.get(year__year=2024, administration__code="ASF")
    # Read now: while the server writes, the test's own connection would be in its way.
    found.headings = [question.text for question in found.year.questions.all()]
    return found


class Reporter:
    """Someone who reports without a mouse, and who counts what they press."""

    def __init__(self, page, scripts):
        self.page, self.scripts, self.presses = page, scripts, 0

    def press(self, locator):
        self.presses += 1
        locator.press("Enter")

    def tick(self, locator):
        self.presses += 1
        locator.press("Space")

    def heading(self, text):
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def finish(self):
        self.press(self.page.get_by_role("button", name="Spara och markera som klar"))

    def write(self, text):
        if self.scripts:
            self.page.locator("[contenteditable=true]").press_sequentially(text)
        else:
            self.page.locator("textarea[name=svar]").fill(text)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_last_year_to_the_receipt(ordinary_year, visit, scripts):
    rut = Reporter(visit("samordnare", java_script_enabled=scripts).page, scripts)
    rut.press(rut.page.get_by_role("link", name="Öppna redovisningen"))
    rut.press(rut.page.get_by_role("link", name="Projekt och medverkan"))
    confirm_what_came_along(rut)

    rut.heading("Utbetalningar")
    for amount in rut.page.locator("[data-amount]").all():
        amount.fill("100 000")
    rut.finish()
    rut.heading("KF-mål")
    for share in rut.page.locator("[name^=andel-][name$='-1']").all():
        share.fill("100")
    rut.finish()
    rut.heading("Samverkansparter")
    rut.page.get_by_label("Offentlig").fill("17")
    rut.finish()
    rut.heading("Aktiviteter och nätverk")
    for choice in rut.page.get_by_label("Inte i år").all():
        rut.tick(choice)
    rut.tick(rut.page.get_by_label("Vi har inget att rapportera här"))
    rut.finish()
    for heading in ordinary_year.headings:
        rut.heading(heading)
        rut.write("Vi reste och lärde oss mycket.")
        rut.finish()
    rut.heading("Tjänsteskrivelse")
    rut.finish()

    rut.heading("Kontrollera och lämna in")
    rut.press(rut.page.get_by_role("button", name="Be ansvarig chef godkänna"))
    mona = Reporter(visit("chef", java_script_enabled=scripts).page, scripts)
    mona.press(mona.page.get_by_role("link", name="Läs och godkänn"))
    mona.press(mona.page.get_by_role("button", name="Godkänn för inlämning"))
    expect(mona.page.get_by_role("button", name="Lämna in till stadskontoret")).to_be_visible()
    rut.page.reload()
    rut.press(rut.page.get_by_role("button", name="Lämna in till stadskontoret"))
    rut.page.wait_for_url("**/redovisning/2024/asf/kvittens/")

    ordinary_year.refresh_from_db()
    assert ordinary_year.status == Submission.Status.SUBMITTED
    # What is asked for: under 25, with five projects. Typing is not counted, nor the log-in.
    assert rut.presses < 25, rut.presses


def confirm_what_came_along(rut):
    rut.heading("Projekt och medverkan")
    for verdict in ("Oförändrat", "Avslutat"):
        buttons = rut.page.get_by_role("button", name=verdict)
        for left in reversed(range(buttons.count())):
            rut.press(buttons.first)
            expect(buttons).to_have_count(left)
    rut.press(rut.page.get_by_role("button", name="Klart, fortsätt"))
