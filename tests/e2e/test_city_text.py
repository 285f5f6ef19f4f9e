"""Stadskontoret writes the city's text: quotes an answer, and puts in a figure that stays true."""

import re

import pytest
from playwright.sync_api import expect

from malmo_intl.models import Role, User
from reports.models import Answer, CityText, Quotation, Submission
from tests import make
from tests.e2e.conftest import Visitor, session_of
from tests.e2e.looks import look_over
from tests.e2e.test_writing import is_saved

pytestmark = [pytest.mark.browser, pytest.mark.anydb]

TEXT = "/redovisning/2024/stadens-text/fragor/1/"
TRIP = "Vi reste till Lund med tolv kollegor i maj."
FILLED = '<data value="unika-projekt ord">{unika-projekt ord}</data>'


@pytest.fixture
def city(empty_site):
    miljo = make.administration("MF", "Miljöförvaltningen", "Miljönämnden")
    office = make.administration("STK", "Stadskontoret", "Kommunstyrelsen", leads_the_year=True)
    make.person("Sam", office, Role.CITY_OFFICE)
    year = make.year(2024, questions=("Vad har ni gjort?",))
    handed_in = make.submission(year, miljo, Submission.Status.SUBMITTED)
    Answer.objects.create(
        submission=handed_in, question=year.questions.get(), text=f"<p>{TRIP}</p>"
    )
    make.participation(make.project("Rebus", funded_by=make.fund()), miljo, paid={2024: 4711})
    return year


def test_an_answer_is_quoted_and_a_figure_is_put_in_without_a_word_typed(
    city, empty_site, new_context
):
    context = new_context(locale="sv-SE")
    context.add_cookies([session_of(User.objects.get(), empty_site)])
    visitor = Visitor(context.new_page(), empty_site)
    page = visitor.page
    visitor.goto(TEXT)
    page.locator("summary", has_text="Miljöförvaltningen").click()
    page.get_by_role("button", name=re.compile("^Citera")).click()
    expect(page.get_by_role("textbox", name="Stadens text")).to_have_text(TRIP)
    page.get_by_role("button", name="Infoga siffra").click()
    expect(page.locator("dialog [data-put]").first).to_be_visible()
    page.keyboard.type("unika bokstäver")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".ProseMirror data")).to_have_text("ett")
    page.keyboard.type(" projekt, {år} ")
    expect(page.locator(".ProseMirror data").last).to_have_text("2024")
    is_saved(page)
    year = '<data value="år">{år}</data>'
    assert CityText.objects.get().text == f"<p>{TRIP}{FILLED} projekt, {year} </p>"
    assert Quotation.objects.get().passage == TRIP
    expect(page.get_by_role("heading", name="Hämtat från")).to_be_visible()
    page.reload()
    expect(page.locator(".ProseMirror data")).to_have_text(["ett", "2024"])
    look_over(visitor)
