"""Stadskontoret's whole year with three administrations, in the browser without scripts: planned, opened, one
report handed in, one returned and mended, one that never comes; the city's text, publication, correction."""

import datetime
import re

import pytest
from playwright.sync_api import expect

from malmo_intl.models import Role, User
from reports.models import Publication, ReportingYear
from tests import make
from tests.e2e.conftest import Visitor, session_of

pytestmark = pytest.mark.browser

UNITS = {
    "MF": ("Miljöförvaltningen", "Miljönämnden", "Mona"),
    "KULF": ("Kulturförvaltningen", "Kulturnämnden", "Kim"),
    "FRIF": ("Fritidsförvaltningen", "Fritidsnämnden", "Fia"),
}
LATE = "Rapportering har ej inkommit"


@pytest.fixture
def people(empty_site, new_context):
    """Each at a browser of their own. Whoever reports for an administration also signs off there."""
    goals = make.goal_set(2023)
    make.year(2023, goals=goals, status=ReportingYear.Status.PUBLISHED)
    office = make.administration(
        "STK", "Stadskontoret", "Kommunstyrelsen",
        leads_the_year=True, ends_on=datetime.date(2023, 12, 31),
    )  # fmt: skip
    make.person("Sam", office, Role.CITY_OFFICE)
    for code, (name, board, person) in UNITS.items():
        unit = make.administration(code, name, board)
        make.person(person, unit, Role.MANAGER)
        project = make.project(f"Projekt {person}", funded_by=make.fund())
        make.participation(project, unit, role="owner", paid={2023: 1000})
    found = {}
    for user in User.objects.all():
        context = new_context(locale="sv-SE", java_script_enabled=False)
        context.add_cookies([session_of(user, empty_site)])
        found[user.name] = Visitor(context.new_page(), empty_site)
    return found


def press(visitor, name):
    visitor.page.get_by_role("button", name=name).click()


def told(visitor, sentence):
    expect(visitor.page.get_by_text(sentence).first).to_be_visible()


def report(visitor, slug, amount, answer):
    """Fill in every part and hand in."""
    place = f"/redovisning/2024/{slug}/"
    visitor.goto(f"{place}projekt/")
    press(visitor, re.compile("^Oförändrat"))
    press(visitor, "Klart, fortsätt")
    visitor.page.locator("[data-amount]").fill(amount)
    press(visitor, "Spara och markera som klar")
    visitor.page.locator("[name^=andel-][name$='-1']").fill("100")
    press(visitor, "Spara och markera som klar")
    for _ in ("parter", "aktiviteter"):
        visitor.page.get_by_label("Vi har inget att rapportera här").check()
        press(visitor, "Spara och markera som klar")
    write(visitor, answer)
    press(visitor, "Spara och markera som klar")
    hand_in(visitor, slug)


def write(visitor, text):
    visitor.page.locator("textarea[name=svar], textarea[name=text]").fill(text)
    press(visitor, "Spara och markera som klar")


def hand_in(visitor, slug):
    visitor.goto(f"/redovisning/2024/{slug}/granska/")
    press(visitor, "Godkänn för inlämning")
    press(visitor, "Lämna in till stadskontoret")
    visitor.page.wait_for_url("**/kvittens/")


def approve(sam, slug):
    sam.goto(f"/redovisning/2024/{slug}/granskning/")
    press(sam, "Börja granska")
    press(sam, "Godkänn redovisningen")
    told(sam, "Godkänd")


def publish(sam, button, reason=""):
    sam.goto("/redovisning/2024/publicering/")
    if reason:
        sam.page.get_by_label("Skäl till den nya versionen").fill(reason)
    sam.page.get_by_role("checkbox").check()
    press(sam, button)


def test_from_the_plan_to_the_correction(people):
    sam, mona, kim = people["Sam"], people["Mona"], people["Kim"]

    sam.goto("/redovisning/")
    sam.page.get_by_role("link", name="Nytt år").click()
    sam.page.get_by_label("Sista dag att lämna in").fill("14 mars 2025")
    press(sam, "Planera året")
    sam.page.get_by_role("link", name="Öppna året").click()
    press(sam, "Öppna året")

    report(mona, "mf", "250 000", "Vi reste till Lund och lärde oss mycket.")
    report(kim, "kulf", "50 000", "Kort.")
    approve(sam, "mf")

    sam.goto("/redovisning/2024/kulf/granskning/")
    press(sam, "Börja granska")
    part = sam.page.locator("#fragor-1")
    part.locator("summary", has_text="Kommentera").click()
    part.get_by_label("Kommentar").fill("Berätta vad ni gjorde.")
    part.get_by_role("button", name="Spara kommentaren").click()
    press(sam, "Skicka tillbaka med 1 kommentar")
    kim.goto("/redovisning/2024/kulf/fragor/1/")
    told(kim, "Berätta vad ni gjorde.")
    write(kim, "Vi tog emot gäster från Gdańsk.")
    hand_in(kim, "kulf")
    approve(sam, "kulf")

    sam.goto("/redovisning/2024/stadens-text/fragor/1/")
    write(sam, "Staden reste och tog emot.")
    sam.goto("/redovisning/2024/stadens-text/tjansteskrivelse/")
    press(sam, "Spara och markera som klar")

    sam.goto("/redovisning/2024/stang/")
    told(sam, "Fritidsförvaltningen")
    press(sam, "Stäng året")
    publish(sam, "Publicera 2024")

    fia = people["Fia"]
    fia.goto("/publicerat/2024/samlad/v1/")
    text = fia.page.locator("main").inner_text()
    assert text.count(LATE) == 1
    assert "Vi tog emot gäster från Gdańsk." in text
    assert "Staden reste och tog emot." in text
    assert "300\u00a0000" in text
    first = Publication.objects.get(kind="samlad").files.get(format="pdf").sha256

    correct_the_amount(sam, mona)
    fia.goto("/publicerat/2024/samlad/v2/")
    text = fia.page.locator("main").inner_text()
    assert "310\u00a0000" in text
    assert "300\u00a0000" in text  # what was published stands beside, with the reason
    assert "En utbetalning saknades." in text
    old, new = Publication.objects.filter(kind="samlad").order_by("version")
    assert old.files.get(format="pdf").sha256 == first
    assert new.reason == "En utbetalning saknades."
    assert ReportingYear.objects.get(year=2024).is_published


def correct_the_amount(sam, mona):
    """Miljö was paid 10 000 more."""
    sam.goto("/redovisning/2024/publicering/")
    sam.page.locator("summary", has_text="Börja en rättelse").click()
    sam.page.get_by_label("Varför behöver det publicerade rättas?").fill("En utbetalning saknades.")
    press(sam, "Börja rätta")
    sam.goto("/redovisning/2024/mf/granskning/")
    sam.page.get_by_label("Skäl").fill("En utbetalning saknades.")
    press(sam, "Öppna igen")
    mona.goto("/redovisning/2024/mf/utbetalningar/")
    mona.page.locator("[data-amount]").fill("260 000")
    press(mona, "Spara och markera som klar")
    hand_in(mona, "mf")
    approve(sam, "mf")
    publish(sam, "Publicera rättelsen", "En utbetalning saknades.")
