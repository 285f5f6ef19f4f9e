"""A year that two write in at the same time, to the receipt; and a part walked through by Tab alone."""

import re
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from funding.models import Grant, Payout
from malmo_intl.models import Role, User
from projects.models import Participation
from reports.models import Activity, Submission
from tests import make
from tests.e2e.conftest import Visitor, session_of

pytestmark = pytest.mark.browser

YEAR = "/redovisning/2024/mf/"
TABS = 250  # more than any part has stops


@pytest.fixture
def draft(empty_site):
    """Miljö owns two projects, and has put one activity into its draft for 2024."""
    miljo = make.administration("MF", "Miljöförvaltningen", "Miljönämnden")
    for name, role in (("Rut", Role.COORDINATOR), ("Mans", Role.MANAGER)):
        make.person(name, miljo, role)
    for name in ("Rebus", "Wisdome"):
        project = make.project(
            name, name[:5].lower(), starts_on=date(2023, 1, 1), ends_on=date(2026, 12, 31)
        )
        money = {"amount_sek": Decimal(900_000), "budget_sek": Decimal(1_000_000)}
        Grant.objects.create(project=project, fund=make.fund(), **money)
        make.participation(project, miljo, Participation.Role.OWNER)
    made = make.submission(make.year(2024), miljo)
    Activity.objects.create(submission=made, kind="conference", title="Nordic City Lab", position=1)
    return made


@pytest.fixture
def pages(draft, empty_site, new_context):
    """open_at("Rut", "mal/") → her browser there; each has one of their own."""
    opened = {}

    def open_at(who, part):
        if who not in opened:
            context = new_context(locale="sv-SE")
            context.add_cookies([session_of(User.objects.get(name=who), empty_site)])
            opened[who] = Visitor(context.new_page(), empty_site)
        opened[who].goto(YEAR + part)
        return opened[who].page

    return open_at


def both(pages, part):
    return pages("Rut", part), pages("Mans", part)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).press("Enter")


def is_saved(page):
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Sparat"))
    expect(page.locator("form[data-entry]")).not_to_have_attribute("data-unsaved", "")


def test_two_who_write_in_everything_at_once_lose_nothing_and_hand_in(pages, draft):
    they_save_the_same_answer(pages)
    they_fill_in_a_payout_each(pages)
    one_changes_what_the_other_removes(pages)
    they_share_what_is_left(pages)
    they_hand_in(pages)
    draft.refresh_from_db()
    assert draft.status == Submission.Status.SUBMITTED
    assert {"Rut var i Lund.", "Måns var i Turku."} <= set(
        re.findall(r"(\w+ var i \w+\.)", draft.answers.get().text)
    )
    assert sorted(Payout.objects.values_list("amount", flat=True)) == [200_000, 300_000]
    assert draft.activities.get().title == "Nordic City Lab, Turku"


def they_save_the_same_answer(pages):
    rut, mans = both(pages, "fragor/1/")
    rut.get_by_role("textbox", name="Svar").press_sequentially("Rut var i Lund.")
    is_saved(rut)
    mans.get_by_role("textbox", name="Svar").press_sequentially("Måns var i Turku.")
    mans.get_by_role("button", name="Visa skillnaden").press("Enter")
    expect(mans.get_by_role("heading", level=1)).to_have_text("Två skrev samtidigt")
    expect(mans.get_by_label("Ta båda, efter varandra")).to_be_checked()
    press(mans, "Spara så här")
    expect(mans.get_by_role("textbox", name="Svar")).to_contain_text("Rut var i Lund.")
    press(mans, "Spara och markera som klar")


def they_fill_in_a_payout_each(pages):
    rut, mans = both(pages, "utbetalningar/")
    for page, row, amount in ((rut, 0, "200 000"), (mans, 1, "300 000")):
        page.locator("[data-amount]").nth(row).fill(amount)
    is_saved(rut)
    expect(mans.locator("[data-saved]")).to_contain_text("sammanförda")
    press(mans, "Spara och markera som klar")


def one_changes_what_the_other_removes(pages):
    rut, mans = both(pages, "aktiviteter/")
    rut.get_by_role("button", name="Ta bort aktivitet 1").press("Enter")
    is_saved(rut)
    mans.locator("[name$=-vad]").first.fill("Nordic City Lab, Turku")
    mans.get_by_role("button", name="Visa skillnaden").press("Enter")
    expect(mans.get_by_role("heading", name="Rut tog bort raden")).to_be_visible()
    expect(mans.get_by_label("Behåll raden, som jag skrev")).to_be_checked()
    press(mans, "Spara så här")
    press(mans, "Spara och markera som klar")


def they_share_what_is_left(pages):
    rut, mans = both(pages, "tjansteskrivelse/")
    press(mans, "Spara och markera som klar")
    rut, mans = pages("Rut", "projekt/"), pages("Mans", "mal/")
    press(rut, "Klart, fortsätt")
    for share in mans.locator("[name^=andel-][name$='-1']").all():
        share.fill("100")
    press(mans, "Spara och markera som klar")
    rut = pages("Rut", "parter/")
    rut.get_by_label("Offentlig").fill("17")
    press(rut, "Spara och markera som klar")


def they_hand_in(pages):
    rut = pages("Rut", "granska/")
    press(rut, "Be ansvarig chef godkänna")
    mans = pages("Mans", "granska/")
    press(mans, "Godkänn för inlämning")
    expect(mans.get_by_role("button", name="Lämna in till stadskontoret")).to_be_visible()
    rut.reload()
    press(rut, "Lämna in till stadskontoret")
    rut.wait_for_url(f"**{YEAR}kvittens/")


# --- By Tab alone ------------------------------------------------------------------------------------

STOP = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return null;
    const box = here.getBoundingClientRect();
    const isSeen = (element) => [undefined, "::before", "::after"].some((pseudo) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element, pseudo);
        return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
    });
    const at = (x, y) => document.elementFromPoint(x, y);
    const top = at(box.left + box.width / 2, Math.max(box.top, 0) + Math.min(box.height / 2, 12));
    return {
        name: here.getAttribute("name") || here.id || here.textContent.trim().slice(0, 40),
        isMarked: [here, here.parentElement, here.closest(".prose-editor") ?? here].some(isSeen),
        isUncovered: !top || here.contains(top) || top.contains(here) || top.closest("label")?.control === here,
        isWithin: box.bottom > 0 && box.top < innerHeight,
        place: [...document.querySelectorAll("*")].indexOf(here),
    };
}"""


def test_a_whole_part_is_walked_through_by_tab_alone(pages, draft):
    page = pages("Rut", "tjansteskrivelse/")
    expect(page.locator(".prose-editor").first).to_be_visible()
    stops = []
    for _ in range(TABS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:  # out of the page
            break
        stops.append(stop)
    else:
        pytest.fail(f"Tab never leaves the page: {[stop['name'] for stop in stops[-5:]]}")
    names = [stop["name"] for stop in stops]
    assert {"rubrik", "id_sammanfattning", "ansvarig-ny1-text", "paragraf", "gor"} <= {*names}
    for fault in ("isMarked", "isUncovered", "isWithin"):
        assert [stop["name"] for stop in stops if not stop[fault]] == [], fault
    places = [stop["place"] for stop in stops]
    assert places == sorted(places)
