"""An answer is written: by keyboard, pasted from Word, saved by itself, by two at once, and when the
session ends in the middle of it."""

import gzip
import re

import brotli
import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from malmo_intl.models import Role, User
from reports.models import Answer, ReportingYear, Submission
from tests import make
from tests.e2e.conftest import Visitor, session_of
from tests.e2e.looks import faults, look_over

pytestmark = [pytest.mark.browser, pytest.mark.anydb]

HEADERS = 350  # bytes of each answer
ANSWER = "/redovisning/2024/mf/fragor/1/"
# As Word 365 puts it on the clipboard, shortened.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri",sans-serif;} --></style></head>
<body lang=SV style='tab-interval:65.2pt'><!--StartFragment-->
<h1 style='margin-left:0cm'><span style='font-size:20.0pt'>Årets arbete<o:p></o:p></span></h1>
<p class=MsoNormal style='margin-bottom:8pt' onclick="alert(1)">Vi fick <b style='mso-bidi-font-weight:normal'>4&nbsp;029&nbsp;253&nbsp;kronor</b>&nbsp;och
var&nbsp; <span style='font-style:italic'>glada</span>.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>Första punkten<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span></span><![endif]>Under den<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;
</span></span><![endif]>Andra punkten<o:p></o:p></p>
<p class=MsoNormal>Mellan listorna.</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span><![endif]>Ett</p>
<h2>Tabell</h2>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='mso-yfti-irow:0'>
<td width=200 style='width:150pt'><p class=MsoNormal>Projekt</p></td><td><p class=MsoNormal>Kronor</p></td></tr>
<tr><td colspan=2><p class=MsoNormal>Yalla</p></td></tr></table>
<p class=MsoNormal><a href="javascript:alert(1)">Ond</a> <a href="https://malmo.se/">God</a>
<img src="file:///C:/bild.png" onerror="alert(2)"></p><!--EndFragment--></body></html>"""
PASTE = """(field, html) => {
    const held = new DataTransfer();
    held.setData("text/html", html);
    field.focus();
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: held, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def city(empty_site):
    """Miljö answered in 2022, and has a draft for 2024. Rut and Måns report for it."""
    miljo = make.administration("MF", "Miljöförvaltningen", "Miljönämnden")
    for name, role in (("Rut", Role.COORDINATOR), ("Mans", Role.MANAGER)):
        make.person(name, miljo, role)
    before = make.year(2022, status=ReportingYear.Status.PUBLISHED)
    now = make.year(2024, questions=("Vad har ni gjort?", "Vad har ni lärt er?"))
    now.questions.filter(number=1).update(continues=before.questions.get())
    told = make.submission(before, miljo, Submission.Status.APPROVED)
    text = "<p>Under 2022 fick vi 4&nbsp;029&nbsp;253 kronor och tog emot 80 gäster.</p>"
    Answer.objects.create(submission=told, question=before.questions.get(), text=text)
    return make.submission(now, miljo)


@pytest.fixture
def write(city, empty_site, new_context):
    """write("Rut", **options) → a visitor at the answer's page, logged in."""

    def open_page(who="Rut", address=ANSWER, **options):
        context = new_context(locale="sv-SE", **options)
        context.add_cookies([session_of(User.objects.get(name=who), empty_site)])
        visitor = Visitor(context.new_page(), empty_site)
        visitor.goto(address)
        return visitor

    return open_page


def editor(page):
    return page.get_by_role("textbox", name="Svar")


def tool(page, name):
    return page.get_by_role("button", name=name, exact=True)


def is_saved(page):
    expect(page.locator("form[data-entry]")).not_to_have_attribute("data-unsaved", "")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Sparat \d\d\.\d\d\."))


def stored():
    answer = Answer.objects.filter(submission__year__year=2024).first()
    return answer.text if answer else ""


# --- Writing -----------------------------------------------------------------------------------------


def test_what_is_typed_is_saved_by_itself_and_is_there_after_a_reload(write):
    visitor = write()
    page = visitor.page
    editor(page).click()
    page.keyboard.type("Vi har lärt oss mycket.")
    is_saved(page)
    assert stored() == "<p>Vi har lärt oss mycket.</p>"
    expect(page.locator("[data-words]")).to_have_text("5")
    page.keyboard.type(" Och mer.")
    expect(page.locator("input[name=version]")).to_have_value("2")
    page.reload()
    expect(editor(page)).to_have_text("Vi har lärt oss mycket. Och mer.")
    assert visitor.reports == []


def test_what_is_typed_before_the_editor_has_come_is_not_lost(write):
    visitor = write(address="/tillganglighet/")
    page, held = visitor.page, []
    page.route(re.compile(r"/js/prose/editor\."), lambda route: held.append(route))
    page.goto(visitor.site + ANSWER, wait_until="commit")
    area = page.locator("textarea[name=svar]")
    area.press_sequentially("Tidigt **skrivet**.")
    held[0].continue_()
    is_saved(page)
    assert stored() == "<p>Tidigt <strong>skrivet</strong>.</p>"
    expect(area).to_be_focused()
    page.keyboard.type(" Och mer.")
    expect(page.locator("input[name=version]")).to_have_value("2")
    page.unroute_all()
    page.reload()
    expect(editor(page)).to_have_text("Tidigt skrivet. Och mer.")


def test_who_waits_in_the_field_for_the_editor_is_in_the_editor(write):
    visitor = write(address="/tillganglighet/")
    page, held = visitor.page, []
    page.route(re.compile(r"/js/prose/editor\."), lambda route: held.append(route))
    page.goto(visitor.site + ANSWER, wait_until="commit")
    page.locator("textarea[name=svar]").focus()
    held[0].continue_()
    expect(editor(page)).to_be_focused()


def test_the_tools_are_reached_and_left_by_keyboard(write):
    page = write().page
    editor(page).click()
    page.keyboard.type("Rubrik")
    page.keyboard.press("Alt+F10")
    expect(tool(page, "Fetstil")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(tool(page, "Underrubrik")).to_be_focused()
    page.keyboard.press("Enter")
    expect(editor(page)).to_be_focused()
    expect(tool(page, "Underrubrik")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+F10")
    expect(tool(page, "Underrubrik")).to_be_focused()
    page.keyboard.press("End")
    expect(tool(page, "Gör om")).to_be_focused()
    page.keyboard.press("Escape")
    expect(editor(page)).to_be_focused()
    page.keyboard.type("Text")
    is_saved(page)
    assert stored() == "<h3>Rubrik</h3><p>Text</p>"


def test_a_table_is_made_and_changed_and_taken_away(write):
    page = write().page
    editor(page).click()
    expect(tool(page, "Lägg till rad")).to_have_attribute("aria-disabled", "true")
    tool(page, "Infoga tabell").click()
    page.keyboard.type("Projekt")
    tool(page, "Ta bort kolumn").click()
    tool(page, "Lägg till rad").click()
    expect(editor(page).locator("tr")).to_have_count(4)
    expect(editor(page).locator("th")).to_have_count(2)
    tool(page, "Ta bort tabell").click()
    expect(editor(page).locator("table")).to_have_count(0)
    tool(page, "Ångra").click()
    expect(editor(page).locator("table")).to_have_count(1)


def test_a_link_is_made_in_a_dialog_that_refuses_what_is_no_address(write):
    visitor = write()
    page = visitor.page
    editor(page).click()
    page.keyboard.type("Läs ")
    tool(page, "Länk").click()
    dialog = page.get_by_role("dialog", name="Lägg in en länk")
    dialog.get_by_label("Adress").fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("Skriv en hel adress")
    assert faults(page) == []
    dialog.get_by_label("Adress").fill("malmo.se/eu")
    dialog.get_by_label("Text som visas").fill("mer")
    page.keyboard.press("Enter")
    expect(editor(page)).to_be_focused()
    is_saved(page)
    assert stored() == '<p>Läs <a href="https://malmo.se/eu">mer</a></p>'


def test_a_text_from_word_keeps_its_lists_and_tables_and_loses_its_styles(write):
    visitor = write()
    page = visitor.page
    editor(page).evaluate(PASTE, WORD)
    is_saved(page)
    assert stored() == (
        "<h3>Årets arbete</h3>"
        "<p>Vi fick <strong>4&nbsp;029&nbsp;253&nbsp;kronor</strong> och var <em>glada</em>.</p>"
        "<ul><li>Första punkten<ul><li>Under den</li></ul></li><li>Andra punkten</li></ul>"
        "<p>Mellan listorna.</p><ol><li>Ett</li></ol><h4>Tabell</h4>"
        "<table><thead><tr><th>Projekt</th><th>Kronor</th></tr></thead>"
        "<tbody><tr><td>Yalla</td><td></td></tr></tbody></table>"
        '<p>Ond <a href="https://malmo.se/">God</a></p>'
    )
    assert visitor.reports == []


def test_last_years_answer_is_copied_and_its_old_figures_marked_until_they_are_dealt_with(write):
    page = write().page
    editor(page).click()
    page.keyboard.type("Nytt.")
    page.get_by_role("button", name="Kopiera hit svaret från 2022").click()
    expect(editor(page)).to_contain_text("Nytt.Under 2022 fick vi")
    marks = page.locator("[data-leftover]")
    expect(marks).to_have_text(["2022", "4 029 253 kronor", "80 gäster"])
    page.get_by_role("button", name="Behåll, det stämmer – 80 gäster").click()
    expect(marks).to_have_text(["2022", "4 029 253 kronor"])
    editor(page).get_by_text("Under 2022").click()
    page.keyboard.press("Control+End")
    for _ in range(len(" fick vi 4 029 253 kronor och tog emot 80 gäster.")):
        page.keyboard.press("Backspace")
    expect(marks).to_have_text(["2022"])


def test_the_page_is_accessible_with_its_editor_open_and_in_error(write):
    visitor = write()
    page = visitor.page
    page.get_by_role("button", name="Kopiera hit svaret från 2022").click()
    editor(page).click()
    page.keyboard.type("Text")
    tool(page, "Infoga tabell").click()
    look_over(visitor)
    page.get_by_label("Vi har inget att rapportera här").check()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Här finns uppgifter")
    page.get_by_role("link", name=re.compile("Vi har inget")).click()
    expect(page.get_by_label("Vi har inget att rapportera här")).to_be_focused()
    look_over(visitor)


def test_without_scripts_an_answer_is_text_with_marks(write):
    page = write(java_script_enabled=False).page
    editor(page).fill("Ett stycke\n\n- en punkt\n- en till")
    page.get_by_role("button", name="Spara", exact=True).click()
    assert stored() == "<p>Ett stycke</p><ul><li>en punkt</li><li>en till</li></ul>"
    expect(editor(page)).to_have_value("Ett stycke\n\n- en punkt\n- en till")
    page.get_by_role("button", name="Kopiera hit svaret från 2022").click()
    page.get_by_role("button", name="Behåll, det stämmer – 2022").click()
    expect(page.locator("[data-leftover]")).to_have_count(2)


# --- Saving ------------------------------------------------------------------------------------------


def log_in(page):
    page.get_by_label("E-post").fill("rut@exempel.malmo.se")
    page.get_by_label("Lösenord").fill(make.PASSWORD)
    page.get_by_role("button", name="Logga in").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_session_that_ends_does_not_cost_the_text(write, scripts):
    page = write(java_script_enabled=scripts).page
    editor(page).fill("Det jag skrev")
    Session.objects.all().delete()
    page.get_by_role("button", name="Spara", exact=True).click()
    log_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Du är inloggad igen")
    assert faults(page) == [] if scripts else True
    page.get_by_role("button", name="Spara det du skrev").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vad har ni gjort?")
    assert stored() == "<p>Det jag skrev</p>"
    expect(page.get_by_text("Det finns text som inte hann sparas")).to_have_count(0)


def test_who_is_logged_out_while_writing_logs_in_beside_and_goes_on(write):
    page = write().page
    Session.objects.all().delete()
    editor(page).click()
    page.keyboard.type("Det jag skrev")
    state = page.locator("[data-saved]")
    expect(state).to_contain_text("Du är utloggad")
    assert stored() == ""
    with page.context.expect_page() as opened:
        state.get_by_role("link").click()
    log_in(opened.value)
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Vad har ni gjort?")
    page.bring_to_front()
    is_saved(page)
    assert stored() == "<p>Det jag skrev</p>"


def test_what_could_not_be_sent_is_kept_in_the_browser_and_offered(write):
    page = write().page
    page.context.set_offline(True)
    editor(page).click()
    page.keyboard.type("Skrivet på tåget")
    expect(page.locator("[data-saved]")).to_contain_text("Det gick inte att spara")
    page.once("dialog", lambda dialog: dialog.accept())
    page.close(run_before_unload=True)
    other = page.context.new_page()
    page.context.set_offline(False)
    other.goto(page.url)
    expect(other.get_by_text("Det finns text som inte hann sparas")).to_be_visible()
    expect(editor(other)).to_have_text("")
    other.get_by_role("button", name="Ta tillbaka").click()
    expect(editor(other)).to_have_text("Skrivet på tåget")
    is_saved(other)
    other.reload()
    expect(other.get_by_text("Det finns text som inte hann sparas")).to_have_count(0)


def test_leaving_what_is_not_saved_warns_and_leaving_what_is_does_not(write):
    page = write().page
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    editor(page).click()
    page.keyboard.type("x")
    page.reload()
    assert asked == ["beforeunload"]
    editor(page).click()
    page.keyboard.type("y")
    is_saved(page)
    page.reload()
    assert asked == ["beforeunload"]


def test_two_at_once_the_second_sees_who_and_what_and_takes_both(write):
    rut, mans = write("Rut").page, write("Mans").page
    editor(mans).click()
    mans.keyboard.type("Månssons text")
    is_saved(mans)
    editor(rut).click()
    rut.keyboard.type("Ruts text")
    expect(rut.locator("[data-saved]")).to_contain_text("Mans sparade den här delen")
    rut.get_by_role("button", name="Visa skillnaden").click()
    expect(rut.get_by_role("heading", level=1)).to_have_text("Två skrev samtidigt")
    expect(rut.get_by_role("heading", name="Mans skrev").locator("..")).to_contain_text("Månssons")
    assert faults(rut) == []
    rut.get_by_label("Ta båda").check()
    rut.get_by_role("button", name="Spara så här").click()
    assert stored() == "<p>Månssons text</p><p>Ruts text</p>"
    expect(rut.get_by_text("Det finns text som inte hann sparas")).to_have_count(0)


def test_what_somebody_else_saves_in_another_field_comes_into_the_page(write):
    address = "/redovisning/2024/mf/parter/"
    rut, mans = write("Rut", address).page, write("Mans", address).page
    mans.get_by_label("Privat").fill("5")
    is_saved(mans)
    rut.get_by_label("Offentlig").fill("7")
    expect(rut.locator("[data-saved]")).to_contain_text("Mans sparade samtidigt")
    expect(rut.get_by_label("Privat")).to_have_value("5")
    rut.get_by_label("Offentlig").fill("8")
    expect(rut.locator("input[name=version]")).to_have_value("3")
    counts = Submission.objects.get(year__year=2024).partner_counts
    assert dict(counts.values_list("sector", "count")) == {"public": 8, "private": 5}


def test_a_number_that_cannot_be_read_is_said_quietly_and_saved_when_it_is_mended(write):
    page = write(address="/redovisning/2024/mf/parter/").page
    page.get_by_label("Offentlig").fill("många")
    expect(page.locator("[data-saved]")).to_contain_text(
        "Inte sparat än. Offentlig: ”många” går inte"
    )
    page.get_by_label("Offentlig").fill("12")
    is_saved(page)


# --- The weight --------------------------------------------------------------------------------------


def test_the_page_with_the_editor_weighs_less_than_250_kilobytes(write):
    """As it is sent where it runs for real: WhiteNoise has compressed the files, and gzip does the page."""
    page = write().page
    sizes = {}

    def weigh(response):
        body = response.body()
        is_file = "/static/" in response.url and not response.url.endswith(".woff2")
        if not response.url.endswith(".woff2"):
            body = brotli.compress(body) if is_file else gzip.compress(body)
        sizes[response.url] = len(body) + HEADERS

    page.on("response", weigh)
    page.reload(wait_until="networkidle")
    assert any(address.endswith("editor.js") for address in sizes)
    assert sum(sizes.values()) < 250_000, sizes
