"""Utbetalningar and KF-mål at a real keyboard: a pasted column, the running sum, all to one goal."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as some
from playwright.sync_api import expect

from funding.models import Payout
from malmo_intl.inputs import KronorField, PercentField
from malmo_intl.models import Administration
from projects.models import GoalAllocation, Participation
from reports import rules
from tests import make
from tests.e2e.looks import faults, look_over

pytestmark = [pytest.mark.browser, pytest.mark.anydb]

NAMES = ["Arbetskraft", "Botildenborg", "Krami", "Ärlig start"]
PASTE = """(field, text) => {
    const held = new DataTransfer();
    held.setData("text/plain", text);
    const paste = { clipboardData: held, bubbles: true, cancelable: true };
    field.dispatchEvent(new ClipboardEvent("paste", paste));
}"""


@pytest.fixture
def year(site, make_demo):
    """2024 is open, and the coordinator's administration has four projects under way and no others."""
    make_demo("year")
    asf = Administration.objects.get(code="ASF")
    Payout.objects.filter(participation__administration=asf).delete()
    GoalAllocation.objects.filter(participation__administration=asf).delete()
    Participation.objects.filter(administration=asf).delete()
    for number, name in enumerate(NAMES):
        make.participation(make.project(f"{name} 24", slug=f"prov-{number}"), asf)
    return asf


@pytest.fixture
def payouts(year, visit):
    """payouts(**options) → a visitor at the page of the payouts."""

    def open_page(address="utbetalningar", **options):
        visitor = visit("samordnare", **options)
        visitor.goto(f"/redovisning/2024/asf/{address}/")
        return visitor

    return open_page


def amounts(page):
    return [field.input_value() for field in page.locator("[data-amount]").all()]


def save(page):
    page.get_by_role("button", name="Spara", exact=True).last.click()
    expect(page.get_by_text(re.compile("Sparat")).first).to_be_visible()


def test_a_column_from_excel_fills_the_rows_downward(payouts):
    visitor = payouts()
    page = visitor.page
    column = "Projekt\tUtbetalt 2024\r\nB\t4 029 253\r\nK\t\r\nÄ\t1,5 mkr\r\nX\t99\r\n"
    page.get_by_label("Botildenborg 24: utbetalt").evaluate(PASTE, column)
    assert amounts(page) == ["", "4 029 253", "", "1,5 mkr"]
    told = page.locator("[data-pasted] [role=status]")
    expect(told).to_contain_text("2 rader fylldes i.")
    expect(told).to_contain_text("Fick inte plats: 99.")
    expect(page.locator("[data-total]")).to_have_text(re.compile(r"^4.029.253$"))
    expect(page.locator("[data-unreadable]")).to_contain_text("Räknat utan Ärlig start 24")
    page.get_by_role("button", name=re.compile("Använd 1.500.000")).click()
    expect(page.locator("[data-total]")).to_have_text(re.compile(r"^5.529.253$"))
    assert faults(page) == []
    page.get_by_role("button", name="Ångra inklistringen").click()
    assert amounts(page) == ["", "", "", ""]


def test_what_cannot_be_read_is_pasted_nowhere(payouts):
    page = payouts().page
    field = page.get_by_label("Krami 24: utbetalt")
    field.fill("7")
    field.evaluate(PASTE, "ett\r\ntvå")
    assert amounts(page) == ["", "", "7", ""]
    expect(page.locator("[data-pasted]")).to_contain_text("Inget fylldes i")


def test_the_sum_counts_what_somebody_else_wrote_meanwhile(payouts):
    mine, theirs = payouts(), payouts()
    theirs.page.get_by_label("Krami 24: utbetalt").fill("20")
    save(theirs.page)
    mine.page.get_by_label("Botildenborg 24: utbetalt").fill("3")
    expect(mine.page.get_by_label("Krami 24: utbetalt")).to_have_value("20")
    expect(mine.page.locator("[data-total]")).to_have_text("23")


def test_the_sum_follows_what_is_typed_and_is_the_same_when_saved(payouts):
    page = payouts().page
    page.get_by_label("Arbetskraft 24: utbetalt").fill("1 000,50")
    page.get_by_label("Krami 24: utbetalt").fill("−1")
    page.get_by_label("Krami 24: kommentar").fill("Återkrav.")
    page.get_by_label("Inte utbetalt än för Botildenborg 24").check()
    total = page.locator("[data-total]")
    expect(total).to_have_text(re.compile(r"^1.000$"))
    expect(page.locator("[data-missing]")).to_contain_text("1")
    expect(page.locator("[data-waiting-rows]")).to_contain_text("1")
    page.get_by_label("Krami 24: kommentar").blur()
    page.get_by_label("Arbetskraft 24: utbetalt").press("Enter")  # saves, and marks nothing as done
    expect(page.get_by_text(re.compile("Sparat")).first).to_be_visible()
    page.reload()
    expect(total).to_have_text(re.compile(r"^1.000$"))
    assert Payout.objects.filter(year=2024).count() == 3


@pytest.mark.parametrize("scripts", [True, False])
def test_all_to_one_goal_with_one_click(payouts, year, scripts):
    for part in Participation.objects.filter(administration=year):
        Payout.objects.create(participation=part, year=2024, amount=1000)
    page = payouts("mal", java_script_enabled=scripts).page
    line = page.locator("tbody tr", has_text="Krami 24")
    line.get_by_label("mål 1.").fill("30")
    if scripts:
        expect(line).to_contain_text(re.compile("30.%\\s*fördelat"))
        expect(line).to_contain_text(re.compile("300.kr"))
    line.get_by_role("button", name="Allt till mål 2 för Krami 24").click()
    if not scripts:
        expect(page).to_have_url(re.compile(r"/mal/#rad-\d+$"))
    expect(line.get_by_label("mål 1.")).to_have_value("")
    expect(line.get_by_label("mål 2.")).to_have_value("100")
    expect(line).to_contain_text(re.compile("1.000.kr"))
    expect(line).to_contain_text(re.compile("100.%\\s*fördelat"))
    save(page)
    kept = GoalAllocation.objects.filter(goal__goal_set__first_year=2024)
    assert [(row.goal.number, row.share) for row in kept] == [(2, 100)]


def test_the_tables_are_accessible_also_with_errors(payouts):
    visitor = payouts()
    page = visitor.page
    for address in ("utbetalningar", "mal"):
        visitor.goto(f"/redovisning/2024/asf/{address}/")
        look_over(visitor)
        page.locator("input[inputmode=decimal]").first.fill("1,5 mkr")
        page.get_by_role("button", name="Spara", exact=True).last.click()
        expect(page).to_have_title(re.compile("^Fel: "))
        expect(page.locator(".errors")).to_be_focused()
        look_over(visitor)


typed = some.one_of(
    some.text("0123456789 \u00a0\u2009\u202f,.-−+%kr", max_size=20),
    some.text(some.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    some.from_regex(r"\A-?[0-9]{1,14}(,[0-9]{1,2})?( kr)?\Z"),
)
READ = """async ({ address, texts, paid, shares }) => {
    const { readKronor, readShare, split } = await import(address);
    const said = (value) => (value === undefined ? "" : value === null ? "nej" : String(value));
    const parts = split(BigInt(paid), new Map(shares.map(([goal, share]) => [goal, BigInt(share)])));
    return {
        kronor: texts.map((text) => said(readKronor(text))),
        shares: texts.map((text) => said(readShare(text))),
        parts: [...parts].map(([goal, kronor]) => [goal, String(kronor)]),
    };
}"""


def on_the_server(field, text):
    """Hundredths as text, "" for nothing, "nej" for what is refused."""
    try:
        value = field.clean(text)
    except ValidationError:
        return "nej"
    return "" if value is None else str(int(value * 100))


def test_the_script_reads_and_splits_as_the_server_does(payouts):
    page = payouts().page
    address = page.locator("script[src*=amounts]").get_attribute("src")
    kronor, share = KronorField(required=False, negative=True), PercentField(required=False)

    @given(
        some.lists(typed, max_size=100),
        some.integers(-(10**12), 10**12),
        some.lists(some.integers(1, 2500), max_size=4),
    )
    @settings(max_examples=40, deadline=None)
    def same(texts, paid, given):
        shares = list(enumerate(given, start=1))
        asked = {"address": address, "texts": texts, "paid": str(paid), "shares": shares}
        read = page.evaluate(READ, asked)
        assert read["kronor"] == [on_the_server(kronor, text) for text in texts]
        # A share of nothing is nothing.
        assert [text or "0" for text in read["shares"]] == [
            on_the_server(share, text) or "0" for text in texts
        ]
        parts = rules.split(Decimal(paid), [(goal, Decimal(part) / 100) for goal, part in shares])
        assert {goal: int(part) for goal, part in read["parts"]} == parts

    same()
