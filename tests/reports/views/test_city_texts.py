"""The city's own texts: stadskontoret writes them, with the administrations' answers beside."""

import re
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from malmo_intl.models import Event, Role
from reports import quoting
from reports.models import (
    Answer,
    CityText,
    Memo,
    Part,
    Quotation,
    ReportingYear,
    Saving,
    Submission,
)
from tests import make

LIST = "/redovisning/2024/stadens-text/"
FIRST = f"{LIST}fragor/1/"
MEMO = f"{LIST}tjansteskrivelse/"
TRIP = "Vi reste till Lund med tolv kollegor i maj."
HERS, HIS = "a" * 32, "b" * 32


@pytest.fixture
def year(db):
    return make.year(2024, questions=("Vad har ni gjort?", "Vad har ni lärt er?"))


@pytest.fixture
def answer(year, miljo, kultur):
    """Miljö has handed in, Kultur has a draft without an answer."""
    make.submission(year, kultur)
    handed_in = make.submission(year, miljo, Submission.Status.SUBMITTED)
    text = f"<p>{TRIP}</p><ul><li>Ett träd i varje park</li></ul>"
    return Answer.objects.create(submission=handed_in, question=year.questions.first(), text=text)


@pytest.fixture
def office_client(client, sam):
    client.force_login(sam)
    return client


def save(client, text, address=FIRST, seen=0, **more):
    return client.post(
        address, {"text": text, "version": seen, "visade": "text", "gor": "spara", **more}
    )


def page(client, address=FIRST):
    return client.get(address).content.decode()


# --- The list ------------------------------------------------------------------------------------


def test_the_list_has_the_summary_each_question_and_the_memo(office_client, year):
    told = page(office_client, LIST)
    for title in ("Sammanfattning av hela året", "Vad har ni gjort?", "Stadens tjänsteskrivelse"):
        assert title in told
    assert "0 av 4 texter klara" in told


def test_the_list_says_state_words_and_who_saved_last(office_client, year):
    save(office_client, "<p>Tre hela ord.</p>", gor="klar")
    told = page(office_client, LIST)
    assert "1 av 4 texter klara" in told
    assert "3 ord. Sparad av Sam, " in told


def test_a_published_year_has_texts_that_are_only_read(office_client, year):
    CityText.objects.create(year=year, text="<p>Så var året.</p>")
    ReportingYear.objects.update(status=ReportingYear.Status.PUBLISHED)
    told = page(office_client, LIST)
    assert FIRST not in told
    assert "går inte att ändra" in told
    assert office_client.get(FIRST)["Location"] == LIST


def test_a_year_that_is_corrected_has_texts_that_are_written_again(office_client, year):
    ReportingYear.objects.update(status=ReportingYear.Status.CORRECTING)
    assert save(office_client, "<p>Rättat.</p>").status_code == 302


# --- Saving --------------------------------------------------------------------------------------


def test_a_text_is_saved_with_its_version_and_its_event(office_client, year, sam):
    answer = save(office_client, "<p>Staden har gjort mycket.</p>", gor="klar")
    assert answer["Location"] == f"{LIST}fragor/2/"
    assert CityText.objects.get().question == year.questions.first()
    part = Part.objects.get()
    assert (part.year, part.submission, part.status, part.saved_by) == (year, None, "done", sam)
    assert Event.objects.get().subject == year


def test_the_summary_of_the_whole_has_no_question(office_client, year):
    save(office_client, "<p>Året.</p>", f"{LIST}sammanfattning/")
    assert CityText.objects.get().question is None


def test_what_is_published_while_somebody_writes_is_not_changed_but_shown_again(
    office_client, year
):
    ReportingYear.objects.update(status=ReportingYear.Status.PUBLISHED)
    answer = save(office_client, "<p>För sent.</p>")
    assert answer.status_code == 409
    assert "För sent." in answer.content.decode()
    assert not CityText.objects.exists()


def test_a_session_that_has_ended_keeps_what_was_typed(client, year):
    answer = save(client, "<p>Dyr text med många ord.</p>")
    assert answer.status_code == 401
    assert "Dyr text med m" in answer.content.decode()


def test_two_who_write_at_once_are_asked(office_client, year, office):
    save(office_client, "<p>Hennes.</p>", sida=HERS)
    office_client.force_login(make.person("Sten", office, Role.CITY_OFFICE))
    answer = save(office_client, "<p>Hans.</p>", sida=HIS)
    assert answer.status_code == 409
    assert "Två skrev samtidigt" in answer.content.decode()
    choice = {"valj-text": "bada", "deras-text": "<p>Hennes.</p>", "mina-text": "<p>Hans.</p>"}
    office_client.post(FIRST, {"version": 1, "sida": HIS, **choice})
    assert CityText.objects.get().text == "<p>Hennes.</p><p>Hans.</p>"


def test_an_earlier_version_is_taken_back(office_client, year):
    save(office_client, "<p>Först.</p>")
    save(office_client, "<p>Sedan.</p>", seen=1)
    told = page(office_client, f"{FIRST}versioner/")
    assert f"{FIRST}versioner/1/" in told
    office_client.post(f"{FIRST}versioner/1/")
    assert CityText.objects.get().text == "<p>Först.</p>"


def test_nobody_else_has_the_citys_texts(client, year, rut, siv):
    for person in (rut, siv):
        client.force_login(person)
        for address in (LIST, FIRST, MEMO, f"{FIRST}versioner/"):
            assert client.get(address).status_code == 404
        assert save(client, "<p>Fel person.</p>").status_code == 404
    assert not CityText.objects.exists()


def test_last_years_text_is_copied_after_what_was_typed(office_client, year):
    before = make.year(2022, status=ReportingYear.Status.PUBLISHED)
    year.questions.filter(number=1).update(continues=before.questions.get())
    then = '<p>Vi fick <data value="utbetalt">{utbetalt}</data>.</p>'
    CityText.objects.create(year=before, question=before.questions.get(), text=then)
    save(office_client, "<p>Nu.</p>", gor="kopiera")
    assert CityText.objects.get(year=year).text == f"<p>Nu.</p>{then}"
    assert Saving.objects.filter(how=Saving.How.COPIED).exists()


# --- The answers beside, and what is quoted --------------------------------------------------------


def test_every_administration_stands_beside_with_its_answer_or_its_state(office_client, answer):
    told = page(office_client)
    assert told.index("Kulturförvaltningen") < told.index("Miljöförvaltningen")
    assert TRIP in told
    assert "Utkast" in told


def quote_button(answer, number=0):
    return f"{answer.pk}-{quoting.passages(answer.text)[number].digest}"


def test_a_passage_is_quoted_with_one_press_and_keeps_its_source(office_client, answer):
    save(office_client, "<p>Staden.</p>", citera=quote_button(answer))
    assert CityText.objects.get().text == f"<p>Staden.</p><p>{TRIP}</p>"
    row = Quotation.objects.get()
    assert (row.answer, row.passage, row.key, row.by_name) == (answer, TRIP, "fragor/1", "Sam")
    told = page(office_client)
    assert "Hämtat från" in told


def test_a_passage_that_is_pasted_in_has_its_source_too(office_client, answer):
    save(office_client, f"<p>En förvaltning skriver: {TRIP} Det är bra.</p>", gor="autospara")
    assert Quotation.objects.get().passage == TRIP


def test_the_source_is_marked_when_it_no_longer_holds_the_passage(office_client, answer):
    save(office_client, f"<p>{TRIP}</p>")
    answer.text = "<p>Vi reste till Lund med elva kollegor i maj.</p>"
    answer.save()
    told = page(office_client)
    assert "har ändrat stycket" in told
    assert "Nu står det där: <q>Vi reste till Lund med elva kollegor i maj.</q>" in told


def test_a_quotation_that_is_no_longer_in_the_text_is_not_shown(office_client, answer):
    save(office_client, f"<p>{TRIP}</p>")
    save(office_client, "<p>Helt egna ord.</p>", seen=1)
    assert Quotation.objects.exists()
    assert "Hämtat från" not in page(office_client)


def test_a_passage_that_has_changed_since_the_page_was_drawn_is_not_quoted(office_client, answer):
    button = quote_button(answer)
    Answer.objects.update(text="<p>Något annat står här nu.</p>")
    save(office_client, "<p>Staden.</p>", citera=button)
    assert CityText.objects.get().text == "<p>Staden.</p>"
    assert not Quotation.objects.exists()


# --- Who is mentioned ------------------------------------------------------------------------------


def test_the_meter_counts_administrations_and_projects_after_each_save(
    office_client, answer, miljo
):
    rebus = make.project("Rebus i staden", funded_by=make.fund())
    make.participation(rebus, miljo, paid={2024: 1})
    saved = save(office_client, "<p>Miljöförvaltningens arbete.</p>", gor="autospara").json()
    assert "<b>1 av 2</b> förvaltningar är nämnda" in saved["notes"]
    assert "Inte nämnda: Kulturförvaltningen." in saved["notes"]
    assert "<b>0 av 1</b> projekt" in saved["notes"]


def test_projects_that_the_answers_name_are_asked_for_first(office_client, answer, miljo):
    rebus = make.project("Rebus i staden", funded_by=make.fund())
    rebus.aliases.create(name="REBUS 2.0")
    make.participation(rebus, miljo, paid={2024: 1})
    Answer.objects.update(text="<p>I REBUS 2.0 har vi planterat träd.</p>")
    assert "Inte nämnda: Rebus i staden." in page(office_client)
    save(office_client, "<p>Kulturnämnden och Rebus i staden.</p>")
    assert "Inte nämnda: Rebus i staden." not in page(office_client)


# --- Live figures ----------------------------------------------------------------------------------


def test_a_live_figure_is_typed_as_a_mark_and_filled_in_the_report(office_client, answer, miljo):
    make.participation(make.project("Rebus", funded_by=make.fund()), miljo, paid={2024: 4_029_253})
    save(office_client, "Vi fick {utbetalt}.")
    assert 'value="utbetalt"' in CityText.objects.get().text
    assert "Vi fick {utbetalt}." in page(office_client)
    report = office_client.get("/dokument/2024/samlad/").content.decode()
    assert "4\u00a0029\u00a0253\u00a0kronor" in report
    assert "{utbetalt}" not in report


def test_a_figure_that_does_not_exist_is_an_error_with_what_was_meant(office_client, year):
    answer = save(office_client, "<p>Vi fick {utbetlat}.</p>")
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "<title>Fel: " in told
    assert "Menar du {utbetalt}?" in told
    assert "{utbetlat}" in told
    assert not CityText.objects.exists()


# --- The memo ----------------------------------------------------------------------------------------


def test_the_citys_memo_begins_with_what_last_years_said(office_client, year):
    before = make.year(2022, status=ReportingYear.Status.PUBLISHED)
    make.memo(before, reference_name="Kim Handläggare")
    told = page(office_client, MEMO)
    assert "Kim Handläggare" in told
    assert "Stadskontorets bedömning" in told
    assert "Nämndens beslut" not in told


def test_the_citys_memo_is_saved(office_client, year):
    answer = office_client.post(
        MEMO, {"rubrik": "Året", "avsnitt-assessment": "Vi bedömer {år}.", "version": 0}
    )
    assert answer.status_code == 302, answer.content.decode()
    memo = Memo.objects.get(year=year)
    assert memo.administration is None
    assert memo.sections.get().text == '<p>Vi bedömer <data value="år">{år}</data>.</p>'
    assert Part.objects.get().key == "tjansteskrivelse"


def test_a_row_that_is_taken_away_is_offered_back(office_client, year):
    made = make.memo(year)
    line = made.lines.create(list="decision", position=1, text="Godkänna rapporten.")
    row = {f"punkt-{line.pk}-text": line.text, f"punkt-{line.pk}-bort": "on"}
    answer = office_client.post(MEMO, {"rubrik": "Året", "version": 0, **row}, follow=True)
    assert "Du tog bort beslutspunkten" in answer.content.decode()
    undo = re.search(r'action="(\S+/versioner/0/)"', answer.content.decode())[1]
    office_client.post(undo, {"efter": 1})
    assert made.lines.get().text == "Godkänna rapporten."


# --- Queries -----------------------------------------------------------------------------------------


def fill(year, first, last):
    for number in range(first, last):
        unit = make.administration(f"F{number}", f"Förvaltning {number}", f"Nämnd {number}")
        handed_in = make.submission(year, unit, Submission.Status.SUBMITTED)
        question = year.questions.first()
        text = f"<p>Vi har gjort mycket i Projekt {number} under året.</p>"
        Answer.objects.create(submission=handed_in, question=question, text=text)
        made = make.project(f"Projekt {number}", funded_by=make.fund())
        made.aliases.create(name=f"Alias {number}")
        make.participation(made, unit, paid={2024: number})


def queries(act):
    with CaptureQueriesContext(connection) as captured:
        assert act().status_code in (200, 302)
    return len(captured)


def test_the_number_of_queries_does_not_grow(office_client, year):
    addresses = [LIST, FIRST, MEMO, f"{LIST}sammanfattning/", f"{FIRST}versioner/"]

    def measure(seen):
        quoted = "".join(answer.text for answer in Answer.objects.all())
        asked = [partial(save, office_client, quoted, seen=seen, gor="autospara")]
        asked += [partial(office_client.get, address) for address in addresses]
        return [queries(act) for act in asked]

    save(office_client, "<p>Ett.</p>")
    fill(year, 1, 4)
    few = measure(1)
    fill(year, 4, 13)
    assert measure(2) == few
