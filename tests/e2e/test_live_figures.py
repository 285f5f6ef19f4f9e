"""By keyboard: a figure that follows the rows, a typed number that becomes one, and one that is the author's."""

import re

import pytest
from playwright.sync_api import expect

from malmo_intl.models import Role, User
from reports.models import Answer, Question, Submission
from tests import make
from tests.e2e.conftest import Visitor, session_of
from tests.e2e.looks import faults, look_over
from tests.e2e.test_writing import is_saved

pytestmark = [pytest.mark.browser, pytest.mark.anydb]


@pytest.fixture
def visitor(empty_site, new_context):
    """Rut at the answer of Miljö, which was paid 4 029 253 kronor for Rebus."""
    miljo = make.administration("MF", "Miljöförvaltningen", "Miljönämnden")
    make.person("Rut", miljo, Role.COORDINATOR)
    make.submission(make.year(2024, questions=("Vad har ni gjort?",)), miljo)
    make.participation(make.project("Rebus", funded_by=make.fund()), miljo, paid={2024: 4_029_253})
    context = new_context(locale="sv-SE")
    context.add_cookies([session_of(User.objects.get(), empty_site)])
    visitor = Visitor(context.new_page(), empty_site)
    visitor.goto("/redovisning/2024/mf/fragor/1/")
    return visitor


def test_figures_are_put_in_and_numbers_are_settled_without_a_mouse(visitor):
    page = visitor.page
    text = page.get_by_role("textbox", name="Svar")
    text.focus()
    page.keyboard.press("Alt+F10")
    page.get_by_role("button", name="Infoga siffra").press("Enter")
    top = page.get_by_role("dialog").bounding_box()["y"]
    page.keyboard.type("zzzz")
    found = page.locator("[data-found]")
    expect(found).to_have_text(
        "Ingen siffra passar ”zzzz”. Sök på ett projekt, ett mål eller en fond."
    )
    assert found.bounding_box()["width"] > 100
    assert faults(page) == []
    page.keyboard.press("Control+a")
    page.keyboard.type("rebus tusental")
    expect(found).to_have_text("1 siffra")
    assert page.get_by_role("dialog").bounding_box()["y"] == top
    assert faults(page) == []
    for key in ("Enter", "Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    figure = page.locator(".ProseMirror data")
    expect(figure).to_have_text("4\u00a0029\u00a0tkr")

    page.keyboard.type(" kom till {förvaltning} i år: 4 029 253 kronor, nej 4 029 000 kronor.")
    expect(figure.last).to_have_text("miljöförvaltningen")
    wrong = page.locator(".number-contradicts")
    expect(wrong).to_have_text("4 029 000 kronor")
    told = page.locator(".number-readings")
    expect(told.get_by_role("status")).to_contain_text("4\u00a0029\u00a0253")
    told.locator("summary").press("Enter")
    look_over(visitor)

    text.focus()
    page.keyboard.press("Control+End")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Alt+Enter")
    expect(wrong).to_have_count(0)
    told.get_by_role("button", name="Låt det följa uppgifterna").press("Enter")
    expect(figure).to_have_text(
        ["4\u00a0029\u00a0tkr", "miljöförvaltningen", "4\u00a0029\u00a0253\u00a0kronor", "4 029 000 kronor"]
    )  # fmt: skip
    is_saved(page)
    assert Answer.objects.get().text == (
        '<p><data value="utbetalt/rebus tkr">{utbetalt/rebus tkr}</data> kom till '
        '<data value="förvaltning">{förvaltning}</data> i år: '
        '<data value="utbetalt">{utbetalt}</data>, nej <data value="eget">4 029 000 kronor</data>.</p>'
    )
    page.reload()
    expect(figure.first).to_have_text("4\u00a0029\u00a0tkr")
    assert visitor.reports == []


def test_a_figure_that_is_typed_before_the_list_has_come_is_one_when_it_comes(visitor):
    page, held = visitor.page, []
    page.route(re.compile(r"/siffror\.json$"), lambda route: held.append(route))
    page.get_by_role("textbox", name="Svar").click()
    page.keyboard.type("Vi fick {utbetalt} i {år}.")
    figure = page.locator(".ProseMirror data")
    expect(figure).to_have_count(0)
    held[0].continue_()
    expect(figure).to_have_text(["4\u00a0029\u00a0253\u00a0kronor", "2024"])


def test_a_figure_that_is_none_is_red_at_once_and_what_is_written_beside_it_is_saved(visitor):
    gone = '<p>Vi fick <data value="utbetalt/borta">{utbetalt/borta}</data>.</p>'
    Answer.objects.create(
        submission=Submission.objects.get(), question=Question.objects.get(), text=gone
    )
    page = visitor.page
    page.reload()
    marked, told = page.locator("data.figure-gone"), page.locator(".number-contradictions li")
    expect(marked).to_have_text("{utbetalt/borta}")
    expect(told).to_contain_text(["Siffran {utbetalt/borta} finns inte: projektet ”borta”"])
    assert marked.evaluate("it => getComputedStyle(it, '::after').content") == '" gäller inte"'
    assert faults(page) == []

    text = page.get_by_role("textbox", name="Svar")
    text.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Mer text, {eget: 99} sidor.")
    expect(page.locator("data[value=eget]")).to_have_text("99")
    is_saved(page)
    own = '<data value="eget">99</data>'
    assert Answer.objects.get().text == gone.replace(".</p>", f". Mer text, {own} sidor.</p>")

    page.keyboard.type(" Och {xyz}, {Utbetlat} av {utbetalt}")
    expect(marked).to_have_text(["{utbetalt/borta}", "{xyz}", "{utbetlat}"])
    state = page.locator("[data-saved]")
    expect(state).to_contain_text("Siffran {xyz} finns inte.")
    expect(state).to_contain_text("Menar du {utbetalt}?")
    expect(told).to_have_count(3)
    for _ in range(3 + len(" av ") + len(" , ")):
        page.keyboard.press("Backspace")
    expect(told).to_have_count(1)
    is_saved(page)
    assert visitor.reports == []


def test_marks_that_are_pasted_become_figures_and_numbers_that_nothing_is_known_of_are_said_to_be_so(
    visitor,
):
    page = visitor.page
    page.get_by_role("textbox", name="Svar").click()
    page.keyboard.insert_text("Vi fick {utbetalt}, bytte {eget: 12} lampor och åt 37 kakor.")
    expect(page.locator(".ProseMirror data")).to_have_text(
        ["4\u00a0029\u00a0253\u00a0kronor", "12"]
    )
    summary = page.locator(".number-readings summary")
    expect(summary).to_have_text("Tal i texten (2, 1 inte jämförda)")
    summary.press("Enter")
    expect(page.locator(".number-groups")).to_contain_text("Inte jämförda")
