"""What the editor is told of figures and numbers, and that every page that shows a text shows its figures."""

import json

import pytest
from django.test import Client

from malmo_intl.models import Event
from projects.models import Project
from reports.models import Answer, ReportingYear, Submission
from tests import make

FIGURES, TAL = "/redovisning/2024/mf/siffror", "/redovisning/2024/mf/tal/"
CITY = "/redovisning/2024/stadens-text/"
ANSWER = "/redovisning/2024/mf/fragor/1/"
MARKED = '<p>Vi fick <data value="utbetalt">{utbetalt}</data>.</p>'


@pytest.fixture
def year(db):
    return make.year(2024)


@pytest.fixture
def draft(year, miljo):
    """Miljö was paid 4 029 253 kronor in 2024, and 80 in 2022."""
    rebus = make.project("Rebus", funded_by=make.fund())
    make.participation(rebus, miljo, paid={2024: 4_029_253, 2022: 80})
    return make.submission(year, miljo)


@pytest.fixture
def own(client, draft, rut):
    client.force_login(rut)
    return client


def save(client, text, address=ANSWER):
    return client.post(address, {"svar": text, "version": 0, "gor": "spara"})


def page(client, address):
    """With every space as an ordinary one."""
    return client.get(address).content.decode().replace("&nbsp;", " ").replace("\u00a0", " ")


def stored(draft):
    return draft.answers.get().text


# --- The list --------------------------------------------------------------------------------------


def test_the_list_says_what_each_figure_is_now_and_how_it_may_be_written(own):
    figures = own.get(f"{FIGURES}.json").json()["figures"]
    assert figures[0]["label"] == "Utbetalda EU-medel"
    assert figures[0]["rule"]
    ways = {way["mark"]: way["text"] for item in figures for way in item["ways"]}
    assert ways["utbetalt/rebus tkr"] == "4\u00a0029\u00a0tkr"
    assert ways["förvaltning"] == "miljöförvaltningen"


def test_who_has_no_script_reads_the_list_as_a_page(own):
    told = page(own, f"{FIGURES}/")
    assert "<code>{utbetalt cirka}</code>" in told
    assert f'href="{FIGURES}/"' in page(own, ANSWER)


def test_what_is_unknown_stands_in_the_list_once(own, draft):
    make.participation(make.project("Annat", funded_by=make.fund()), draft.administration)
    told = page(own, f"{FIGURES}/")
    assert "<code>{utbetalt/annat}</code>" in told
    assert "{utbetalt/annat tkr}" not in told


def test_the_city_has_figures_of_every_administration(client, draft, sam):
    client.force_login(sam)
    assert "{utbetalt/rebus}" in page(client, f"{CITY}siffror/")
    Submission.objects.update(status=Submission.Status.SUBMITTED)
    told = client.get(f"{CITY}siffror.json").json()["figures"]
    assert "utbetalt/förvaltning-mf" in {way["mark"] for item in told for way in item["ways"]}


# --- The numbers -----------------------------------------------------------------------------------


def test_a_typed_number_is_laid_beside_the_figures(own):
    text = "<p>Under 2024 fick vi 4 029 253 kronor, inte 4 029 000 kronor.</p><p></p><p>{år}</p>"
    told = own.post(TAL, {"text": text}).json()
    agrees, contradicts = told["readings"]
    assert (agrees["state"], agrees["mark"]) == ("agrees", "utbetalt")
    assert agrees["says"] == "4\u00a0029\u00a0253\u00a0kronor"
    assert contradicts["state"] == "contradicts"
    assert "4 029 253" in contradicts["sentence"].replace("\u00a0", " ")
    assert contradicts["mark"] == "utbetalt"  # to change it to
    block = told["blocks"][agrees["block"]]
    assert block[agrees["start"] : agrees["end"]] == agrees["text"]
    assert not Answer.objects.exists()
    assert not Event.objects.exists()


def test_a_text_that_is_too_long_is_refused_with_a_sentence(own):
    answer = own.post(TAL, {"text": "å" * 60_001})
    assert answer.status_code == 422
    assert "för lång" in answer.json()["sentence"]


def test_nothing_written_has_no_numbers(own):
    assert own.post(TAL).json()["readings"] == []


def test_the_citys_numbers_are_read_against_the_city(client, draft, sam):
    client.force_login(sam)
    Submission.objects.update(status=Submission.Status.SUBMITTED)
    told = client.post(f"{CITY}tal/", {"text": "<p>Staden fick 4 029 253 kronor.</p>"}).json()
    assert [item["mark"] for item in told["readings"]] == ["utbetalt"]


def test_a_project_is_known_by_its_other_names_too(own, draft):
    Project.objects.get(name="Rebus").aliases.create(name="Gröna tak")
    yalla = make.project("Yalla", funded_by=make.fund())
    make.participation(yalla, draft.administration, paid={2024: 747})
    text = "<p>Under 2024 betalades 5 000 000 kronor ut för Gröna tak.</p>"
    (told,) = own.post(TAL, {"text": text}).json()["readings"]
    assert told["state"] == "contradicts"
    assert "Rebus" in told["sentence"]


def test_numbers_are_not_read_by_a_get_or_without_the_pages_token(own, rut):
    assert own.get(TAL).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(rut)
    assert strict.post(TAL, {"text": "8"}).status_code == 403


@pytest.mark.parametrize(("who", "answer"), [("lena", 403), ("sam", 403), ("olle", 404)])
def test_only_who_may_write_the_text_may_ask(client, draft, request, who, answer):
    client.force_login(request.getfixturevalue(who))
    assert client.get(f"{FIGURES}.json").status_code == answer
    assert client.post(TAL, {"text": "8"}).status_code == answer
    if who != "sam":
        assert client.post(f"{CITY}tal/", {"text": "8"}).status_code == 404


def test_numbers_of_a_text_that_is_handed_in_are_not_read(own):
    Submission.objects.update(status=Submission.Status.SUBMITTED)
    assert own.post(TAL, {"text": "8"}).status_code == 403


# --- In an administration's texts --------------------------------------------------------------------


def test_an_administrations_answer_takes_its_own_figures(own, draft):
    assert save(own, "Vi fick {utbetalt}.").status_code == 302
    assert stored(draft) == MARKED
    told = page(own, ANSWER)
    assert "Vi fick {utbetalt}." in told  # to type in
    assert "4 029 253 kronor&lt;/data&gt;" in told  # to the editor


def test_a_figure_of_somebody_elses_is_refused_with_what_was_meant(own):
    answer = save(own, "Vi fick {utbetalt/rebbus}.")
    assert answer.status_code == 422
    assert "Menar du {utbetalt/rebus}?" in answer.content.decode()
    assert not Answer.objects.exists()


def test_every_figure_that_is_none_is_named_when_the_page_saves_by_itself(own):
    text = "<p>Vi fick {xyz} och {utbetalt/borta}, inte {utbetalt}.</p>"
    answer = own.post(ANSWER, {"svar": text, "version": 0, "gor": "autospara"})
    assert answer.status_code == 422
    sentence = answer.json()["sentence"]
    assert "{xyz}" in sentence
    assert "{utbetalt/borta}" in sentence
    told = save(own, text).content.decode()
    assert "{xyz}&lt;/data&gt;" in told  # marked in the text, with why
    assert "Siffran {xyz} finns inte." in told.partition("data-gone")[2]


@pytest.fixture
def gone(draft):
    """An answer with a figure of a project that is no longer in the year."""
    text = '<p>Vi fick <data value="utbetalt/borta">{utbetalt/borta}</data>.</p>'
    question = draft.year.questions.get()
    return Answer.objects.create(submission=draft, question=question, text=text)


def test_a_figure_that_is_gone_stays_to_be_mended(own, gone):
    told = page(own, ANSWER)
    assert "{utbetalt/borta}&lt;/data&gt;" in told
    assert "projektet ”borta” är inte med" in told.partition("data-gone")[2]


def test_what_is_written_beside_a_figure_that_is_gone_is_saved(own, gone):
    more = gone.text.replace(".</p>", ". Mer text.</p>")
    assert save(own, more).status_code == 302
    gone.refresh_from_db()
    assert gone.text == more
    assert save(own, more.replace("Mer", "{xyz}")).status_code == 422


def test_the_draft_says_that_the_figure_is_gone_and_not_that_it_is_unknown(own, gone):
    document = page(own, "/dokument/2024/forvaltning/mf/")
    assert "Vi fick [siffran finns inte längre]." in document


def test_the_editor_is_told_what_each_figure_says_and_which_are_none(own):
    told = own.post(TAL, {"text": "<p>{utbetalt} i {år} av {xyz}, {utbetalt/rebbus}</p>"}).json()
    assert told["figures"] == {"utbetalt": "4\u00a0029\u00a0253\u00a0kronor", "år": "2024"}
    assert list(told["gone"]) == ["xyz", "utbetalt/rebbus"]
    assert told["blocks"] == ["\ufffc i \ufffc av \ufffc, \ufffc"]


def test_every_page_that_shows_the_text_shows_what_the_figure_says(own, draft, sam):
    save(own, "Vi fick {utbetalt}.")
    addresses = {
        "/redovisning/2024/mf/": sam,
        "/redovisning/2024/mf/granskning/": sam,
        "/dokument/2024/forvaltning/mf/": sam,
        "/dokument/2024/samlad/": sam,
        "/sok/?q=fick": sam,
    }
    versions = page(own, f"{ANSWER}versioner/")
    Submission.objects.update(status=Submission.Status.SUBMITTED)
    for address, person in addresses.items():
        own.force_login(person)
        told = page(own, address)
        assert "4 029 253 kronor" in told, address
        assert "{utbetalt}" not in told, address
    assert "4 029 253 kronor" in versions
    assert "{utbetalt}" not in versions


def test_in_the_citys_report_the_figure_is_the_administrations(own, draft, kultur, sam):
    save(own, "Vi fick {utbetalt}.")
    make.participation(make.project("Annat", funded_by=make.fund()), kultur, paid={2024: 1})
    Submission.objects.update(status=Submission.Status.SUBMITTED)
    own.force_login(sam)
    data = own.get("/dokument/2024/samlad.json").json()
    assert 'value=\\"utbetalt/förvaltning-mf\\"' in json.dumps(data, ensure_ascii=False)


def test_the_city_quotes_the_words_of_the_day(own, draft, sam):
    save(own, "Vi fick hela {utbetalt} av EU.")
    own.force_login(sam)
    told = page(own, f"{CITY}fragor/1/")
    assert "Vi fick hela 4 029 253 kronor av EU." in told


# --- From year to year ---------------------------------------------------------------------------------


def test_a_text_that_is_copied_forward_tells_the_new_years_figures(own, draft, miljo):
    before = make.year(2022, status=ReportingYear.Status.PUBLISHED)
    draft.year.questions.update(continues=before.questions.get())
    earlier = make.submission(before, miljo, Submission.Status.APPROVED)
    Answer.objects.create(submission=earlier, question=before.questions.get(), text=MARKED)
    beside = page(own, ANSWER)
    assert "80 kronor" in beside
    own.post(ANSWER, {"svar": "", "version": 0, "gor": "kopiera"})
    assert stored(draft) == MARKED
    document = page(own, "/dokument/2024/forvaltning/mf/")
    assert "4 029 253 kronor" in document
