"""From the last part to the receipt: the coordinator and the manager, each at a browser of their own."""

import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from malmo_intl.models import Administration, User
from projects.models import Participation
from reports.entry import parts
from reports.models import Answer, Part, Submission
from tests import make
from tests.e2e.looks import PHONE, look_over

pytestmark = [pytest.mark.browser, pytest.mark.anydb]

CHECK = "/redovisning/2024/asf/granska/"
RECEIPT = "/redovisning/2024/asf/kvittens/"


@pytest.fixture
def report(site, make_demo):
    """ASF's 2024: one project paid 4 711 kronor, every part done, and a project named that is not theirs."""
    make_demo("year")
    unit = Administration.objects.get(code="ASF")
    submission = Submission.objects.get(year__year=2024, administration=unit)
    rut = User.objects.get(email="samordnare@exempel.malmo.se")
    submission.start(rut)
    trees = make.project("Gröna tak", "grona-tak", funded_by=make.fund("LIFE", "Life"))
    row = make.participation(trees, unit, Participation.Role.OWNER, paid={2024: 4711})
    row.allocations.create(goal=submission.year.goal_set.goals.first(), share=100)
    for question in submission.year.questions.all():
        Answer.objects.create(
            submission=submission, question=question, text="<p>Vi planterade.</p>"
        )
    submission.answers.filter(question__number=1).update(
        text="<p>I projektet Rebus är vi åhörare.</p>"
    )
    for task in parts.tasks(submission):
        Part.objects.create(
            submission=submission,
            key=task.key,
            status="done",
            saved_by=rut,
            saved_at=timezone.now(),
        )
    return submission


@pytest.mark.parametrize(
    "options",
    [{}, {"java_script_enabled": False, "viewport": PHONE}],
    ids=["wide", "on a phone without scripts"],
)
def test_the_coordinator_asks_the_manager_signs_and_it_is_handed_in(report, visit, options):
    check_each = (lambda visitor: None) if options else look_over
    rut = visit("samordnare", **options)
    rut.page.get_by_role("link", name="Kontrollera och lämna in").click()
    expect(rut.page.get_by_role("heading", level=1)).to_have_text("Kontrollera och lämna in")
    check_each(rut)

    # A warning is answered; first without a word, which leads to the field.
    finding = rut.page.locator(".finding", has_text="nämns Rebus")
    finding.locator("summary").click()
    finding.get_by_role("button", name="Spara skälet").click()
    expect(rut.page).to_have_title(re.compile("^Fel: "))
    check_each(rut)
    rut.page.locator(".errors a").click()
    expect(rut.page.locator(":focus")).to_have_attribute("name", "skal")
    rut.page.locator(":focus").fill("Vi är åhörare.")
    rut.page.keyboard.press("Enter")
    expect(finding).to_contain_text("Vi är åhörare.")
    rut.page.get_by_role("button", name="Be ansvarig chef godkänna").click()
    expect(rut.page.get_by_text("Nu väntar redovisningen på chefen")).to_be_visible()
    check_each(rut)

    # The manager wants something changed, and says what.
    mona = visit("chef", **options)
    expect(mona.page.get_by_role("heading", name="Väntar på dig")).to_be_visible()
    check_each(mona)
    mona.page.get_by_role("link", name="Läs och godkänn").click()
    mona.page.locator("summary", has_text="Skicka tillbaka").click()
    mona.page.get_by_label("Vad som ska ändras").fill("Skriv mer om Malmö.")
    check_each(mona)
    mona.page.get_by_role("button", name="Skicka tillbaka", exact=True).click()
    expect(mona.page.locator(".ds-alert", has_text="Skriv mer om Malmö.")).to_be_visible()
    rut.goto("/redovisning/2024/asf/")
    expect(rut.page.locator(".ds-alert", has_text="Skriv mer om Malmö.")).to_be_visible()
    check_each(rut)

    # Asked again, signed, handed in.
    rut.goto(CHECK)
    rut.page.get_by_role("button", name="Be ansvarig chef godkänna").click()
    mona.goto(CHECK)
    mona.page.get_by_role("button", name="Godkänn för inlämning").click()
    expect(mona.page.get_by_role("button", name="Lämna in till stadskontoret")).to_be_visible()
    check_each(mona)
    rut.goto(CHECK)
    rut.page.get_by_role("button", name="Lämna in till stadskontoret").click()
    expect(rut.page).to_have_url(re.compile(f"{RECEIPT}$"))
    expect(rut.page.get_by_text("Redovisningen är inlämnad till stadskontoret.")).to_be_visible()
    expect(rut.page.get_by_text("Vi är åhörare.")).to_be_visible()
    expect(rut.page.locator("article")).to_contain_text(re.compile("4.711.kr"))
    check_each(rut)
    report.refresh_from_db()
    assert report.status == Submission.Status.SUBMITTED
    assert [letter.to for letter in mail.outbox][-1] == [
        "samordnare@exempel.malmo.se",
        "chef@exempel.malmo.se",
    ]


def test_a_finding_leads_to_its_field_by_keyboard(report, visit):
    Participation.objects.get(project__slug="grona-tak").payouts.all().delete()
    rut = visit("samordnare")
    rut.goto(CHECK)
    link = rut.page.get_by_role("link", name=re.compile("Gröna tak saknar uppgift om utbetalning"))
    link.focus()
    rut.page.keyboard.press("Enter")
    expect(rut.page).to_have_url(re.compile(r"/utbetalningar/#id_belopp-\d+$"))
    expect(rut.page.locator(":focus")).to_have_attribute("name", re.compile("belopp-"))


def test_a_report_with_errors_is_accessible_and_has_no_button_that_fails(report, visit):
    Part.objects.filter(submission=report).delete()
    rut = visit("samordnare")
    rut.goto(CHECK)
    expect(rut.page.get_by_role("link", name="Gå till det första felet")).to_be_visible()
    assert rut.page.locator("button[name=gor]", has_text="chef").count() == 0
    look_over(rut)
