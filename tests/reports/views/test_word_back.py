"""A document that comes back from Word: what was changed is shown, chosen, and saved as the editor saves."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from malmo_intl.models import Event, Role
from reports.importing import upload
from reports.models import Answer, CityText, Memo, MemoSection, ReportingYear, Saving, Submission
from reports.models import Part as EntryPart
from reports.views import word_back
from reports.wordback import proposal
from tests import in_word, make

DOCUMENT = "/dokument/2024/stad/"
PAGE = f"{DOCUMENT}fran-word/"
CASE = "tjansteskrivelse:avsnitt-case"
SUMMARY = "tjansteskrivelse:sammanfattning"
TEXT = "<p>Staden har arbetat med {projekt} i år.</p><p>Arbetet går vidare.</p>".replace(
    "{projekt}", '<data value="eu-projekt">{eu-projekt}</data> projekt'
)


@pytest.fixture
def year(miljo):
    found = make.year(2024)
    submission = make.submission(found, miljo, Submission.Status.SUBMITTED)
    trees = make.project("Gröna tak", funded_by=make.fund())
    make.participation(trees, miljo, paid={2024: 500})
    submission.answers.create(question=found.questions.first(), text="<p>Vi planterade.</p>")
    memo = make.memo(found, summary="<p>Kort om ärendet.</p><p>Mer om ärendet.</p>")
    memo.sections.create(key="case", text=TEXT)
    return found


@pytest.fixture
def sam_client(client, sam, year):
    client.force_login(sam)
    return client


@pytest.fixture
def sara(office):
    return make.person("Sara", office, Role.CITY_OFFICE)


def fetched(client, *deeds, address=DOCUMENT):
    """The document's file, as it is after the deeds."""
    return in_word.edited(client.get(f"{address[:-1]}.docx").content, *deeds)


def read_in(client, blob, page=PAGE):
    return client.post(page, {"file": SimpleUploadedFile("fil.docx", blob)})


def take(client, shown, *names, page=PAGE):
    return client.post(page, {"forslag": shown.context["signed"], "ta": names})


def changes(shown):
    return {change.target.name: change for change in shown.context["proposal"].changes}


def told(shown):
    """Places and sentences of what is not taken."""
    proposal = shown.context["proposal"]
    return [f"{left.place}: {left.sentence}" for left in (*proposal.figures, *proposal.left)]


def case():
    return MemoSection.objects.get(key="case").text


# --- It works ------------------------------------------------------------------------------------


def test_a_file_that_nobody_has_changed_changes_nothing(sam_client):
    shown = read_in(sam_client, fetched(sam_client))
    assert shown.status_code == 200
    assert "Filen ändrar ingenting" in shown.content.decode()


def test_changes_are_shown_text_by_text_and_nothing_is_saved_yet(sam_client):
    deeds = (
        in_word.write("Arbetet går vidare", "Arbetet fortsätter"),
        in_word.remove("Mer om ärendet"),
    )
    shown = read_in(sam_client, fetched(sam_client, *deeds))
    assert list(changes(shown)) == [SUMMARY, CASE]
    page = shown.content.decode()
    assert "<del>går vidare</del>" in page
    assert "<ins>fortsätter</ins>" in page
    assert not EntryPart.objects.exists()


def test_what_is_chosen_is_saved_and_the_rest_is_not(sam_client, sam):
    deeds = (
        in_word.write("Arbetet går vidare", "Arbetet fortsätter"),
        in_word.remove("Mer om ärendet"),
    )
    shown = read_in(sam_client, fetched(sam_client, *deeds))
    assert take(sam_client, shown, CASE).url == DOCUMENT
    assert case() == TEXT.replace("går vidare", "fortsätter")
    assert "Mer om ärendet" in Memo.objects.get().summary
    saving = Saving.objects.first()
    assert (saving.how, saving.by) == (Saving.How.IMPORTED, sam)
    event = Event.objects.latest("pk")
    assert (event.verb, event.comment) == ("tog in ändringar från Word", "Ärendet")


def test_confirmed_twice_it_is_saved_as_it_was_the_first_time(sam_client):
    shown = read_in(sam_client, fetched(sam_client, in_word.write("går vidare", "fortsätter")))
    for _ in range(2):
        assert take(sam_client, shown, CASE).status_code == 302
    assert case() == TEXT.replace("går vidare", "fortsätter")


def test_new_paragraphs_lists_and_looks_come_along(sam_client):
    def bold(file):
        in_word.paragraph(file, "Arbetet går").runs[0].bold = True

    def point(file):
        in_word.add_after("Arbetet går", "En punkt")(file)
        in_word.paragraph(file, "En punkt").style = "List Bullet"

    shown = read_in(sam_client, fetched(sam_client, bold, point))
    take(sam_client, shown, CASE)
    assert case().endswith("<p><strong>Arbetet går vidare.</strong></p><ul><li>En punkt</li></ul>")


def test_a_paragraph_moved_to_another_text_belongs_there(sam_client):
    shown = read_in(sam_client, fetched(sam_client, in_word.move("Mer om ärendet", "Arbetet går")))
    take(sam_client, shown, SUMMARY, CASE)
    assert case() == f"{TEXT}<p>Mer om ärendet.</p>"
    assert Memo.objects.get().summary == "<p>Kort om ärendet.</p>"


def test_a_text_whose_beginning_was_taken_away_is_still_found(sam_client):
    deeds = in_word.remove("Staden har arbetat"), in_word.add_after("Ärendet", "En ny början.")
    shown = read_in(sam_client, fetched(sam_client, *deeds))
    assert changes(shown)[CASE].after == "<p>En ny början.</p><p>Arbetet går vidare.</p>"


def test_a_text_that_is_gone_is_offered_without_a_tick(sam_client):
    deeds = in_word.remove("Staden har arbetat"), in_word.remove("Arbetet går")
    shown = read_in(sam_client, fetched(sam_client, *deeds))
    assert "Hela texten är borttagen i filen" in shown.content.decode()
    assert "checked" not in shown.content.decode()


def test_tracked_changes_are_read_as_accepted_and_comments_are_counted(sam_client):
    deeds = in_word.write_tracked("går vidare", "fortsätter"), in_word.comment("Arbetet", "Bra!")
    shown = read_in(sam_client, fetched(sam_client, *deeds))
    assert changes(shown)[CASE].after == TEXT.replace("går vidare", "fortsätter")
    page = shown.content.decode()
    assert "som om de var godkända" in page
    assert "Filen har en kommentar" in page
    assert "Bra!" not in page


def test_an_administration_takes_in_its_memo_and_its_answers(client, rut, year, miljo):
    Submission.objects.update(status=Submission.Status.DRAFT)
    make.memo(year, miljo, summary="<p>Nämndens sammanfattning.</p>")
    client.force_login(rut)
    about, page = "/dokument/2024/forvaltning/mf/", "/dokument/2024/forvaltning/mf/fran-word/"
    deeds = (
        in_word.write("Vi planterade", "Vi sådde"),
        in_word.write("Nämndens samman", "Vår samman"),
    )
    shown = read_in(client, fetched(client, *deeds, address=about), page)
    assert set(changes(shown)) == {SUMMARY, "fragor/1:svar"}
    take(client, shown, "fragor/1:svar", page=page)
    assert Submission.objects.get().answers.get().text == "<p>Vi sådde.</p>"
    assert Event.objects.latest("pk").subject == Submission.objects.get()


def test_the_citys_summaries_are_taken_from_the_report_and_its_answers_are_not(sam_client, year):
    CityText.objects.create(year=year, text="<p>Så var året.</p>")
    deeds = in_word.write("Så var året", "Så blev året"), in_word.write("Vi planterade", "Vi sådde")
    page = "/dokument/2024/samlad/fran-word/"
    shown = read_in(sam_client, fetched(sam_client, *deeds, address="/dokument/2024/samlad/"), page)
    assert list(changes(shown)) == ["sammanfattning:text"]
    assert "Svaret är ändrat. Det är förvaltningens eget" in "".join(told(shown))
    take(sam_client, shown, "sammanfattning:text", page=page)
    assert CityText.objects.get().text == "<p>Så blev året.</p>"


# --- An answer where there was none ----------------------------------------------------------------

MEMO = "/dokument/2024/forvaltning/mf/"
BACK = f"{MEMO}fran-word/"
ANSWER = "fragor/1:svar"
EMPTY = "Frågan är inte besvarad."


@pytest.fixture
def rut_client(client, rut, year):
    """Rut writes; the first of the year's questions has no answer."""
    Submission.objects.update(status=Submission.Status.DRAFT)
    Answer.objects.all().delete()
    client.force_login(rut)
    return client


def page_of_answer(client, text, **more):
    """Somebody answers the question on its page."""
    page = "/redovisning/2024/mf/fragor/1/"
    assert client.post(page, {"svar": text, "version": "0", **more}).status_code == 302


@pytest.mark.parametrize(
    ("deeds", "answer"),
    [
        ([in_word.write(EMPTY, "Vi sådde.")], "<p>Vi sådde.</p>"),
        ([in_word.write_tracked(EMPTY, "Vi sådde.")], "<p>Vi sådde.</p>"),
        ([in_word.write(EMPTY, f"{EMPTY} Vi sådde.")], "<p>Vi sådde.</p>"),
        ([in_word.add_after(EMPTY, "Vi sådde.")], "<p>Vi sådde.</p>"),
        ([in_word.add_after(EMPTY, "Vi sådde."), in_word.remove(EMPTY)], "<p>Vi sådde.</p>"),
    ],
    ids=["over", "tracked", "beside", "below", "instead"],
)
def test_an_answer_written_where_there_was_none_is_taken(rut_client, deeds, answer):
    shown = read_in(rut_client, fetched(rut_client, *deeds, address=MEMO), BACK)
    assert told(shown) == []
    assert changes(shown)[ANSWER].after == answer
    assert take(rut_client, shown, ANSWER, page=BACK).status_code == 302
    assert Answer.objects.get().text == answer


def test_a_question_left_without_an_answer_changes_nothing(rut_client):
    for deeds in ([], [in_word.remove(EMPTY)]):
        shown = read_in(rut_client, fetched(rut_client, *deeds, address=MEMO), BACK)
        assert not changes(shown)


def test_an_answer_written_here_meanwhile_is_chosen_between(rut_client):
    blob = fetched(rut_client, in_word.write(EMPTY, "Vi sådde."), address=MEMO)
    page_of_answer(rut_client, "<p>Skrivet här.</p>")
    shown = read_in(rut_client, blob, BACK)
    assert changes(shown)[ANSWER].is_clash
    assert "Spara de andra texterna först" not in shown.content.decode()


def test_what_was_certified_as_nothing_is_told_with_its_page(rut_client):
    page_of_answer(rut_client, "", inget="on", inget_skal="Vi hade inga.")
    shown = read_in(
        rut_client,
        fetched(rut_client, in_word.write("Vi hade inga", "Vi sådde"), address=MEMO),
        BACK,
    )
    assert "Skriv svaret på frågans sida." in told(shown)[0]
    assert 'href="/redovisning/2024/mf/fragor/1/"' in shown.content.decode()


# --- Figures, tables, what the system writes --------------------------------------------------------


def test_a_changed_live_figure_is_refused_with_its_place(sam_client):
    shown = read_in(
        sam_client, fetched(sam_client, figure("7"), in_word.write("går vidare", "fortsätter"))
    )
    assert told(shown) == [
        "Avsnitt ”Ärendet”, stycke 1: Siffran är ändrad från ”1” till ”7”. Den kommer ur uppgifterna och "
        "ändras där. Stycket tas inte in."
    ]
    take(sam_client, shown, CASE)
    assert case() == TEXT.replace("går vidare", "fortsätter")


def figure(words):
    def deed(file):
        control = next(file.element.body.iter(f"{{{file.element.nsmap['w']}}}sdt"))
        next(control.iter(f"{{{file.element.nsmap['w']}}}t")).text = words

    return deed


def test_a_figure_typed_over_without_its_control_is_refused_too(sam_client):
    shown = read_in(sam_client, fetched(sam_client, figure("7"), in_word.unlock("7")))
    assert told(shown)[0].startswith(
        "Avsnitt ”Ärendet”, stycke 1: Siffran är ändrad från ”1” till ”7”"
    )
    assert not changes(shown)


def test_a_program_that_lets_go_of_the_control_loses_no_figure(sam_client):
    shown = read_in(
        sam_client,
        fetched(
            sam_client, in_word.unlock("1"), in_word.write("projekt i år", "projekt under året")
        ),
    )
    assert told(shown) == []
    assert changes(shown)[CASE].after == TEXT.replace("i år", "under året")


def test_a_copied_sentence_brings_its_live_figure(sam_client):
    shown = read_in(
        sam_client, fetched(sam_client, in_word.copy("Staden har arbetat", "Arbetet går"))
    )
    assert changes(shown)[CASE].after.count('<data value="eu-projekt">') == 2


def test_tables_headings_and_generated_sentences_are_not_taken_and_are_told(sam_client):
    deeds = (
        in_word.write("Miljöförvaltningen", "Miljökontoret"),
        in_word.write("Ärendet", "Saken"),
        in_word.write("Under 2024 redovisade", "Under 2024 visade"),
    )
    shown = read_in(sam_client, fetched(sam_client, *deeds))
    assert not changes(shown)
    said = "\n".join(told(shown))
    assert "Avsnitt ”Ärendet”: Rubriken är ändrad." in said
    assert "Tabellen eller texten vid den är ändrad." in said
    assert "En text som systemet skriver är ändrad." in said
    assert "Rubriker tas inte in" in said
    page = shown.content.decode()
    assert "<del>Miljöförvaltningen</del>" in page
    assert "<ins>Miljökontoret</ins>" in page


def test_what_is_not_taken_leads_to_the_page_where_it_is_changed(rut_client, miljo, year):
    make.memo(year, miljo, summary=TEXT)
    deeds = in_word.write("Gröna tak", "Gröna väggar"), figure("7")
    shown = read_in(rut_client, fetched(rut_client, *deeds, address=MEMO), BACK)
    proposal = shown.context["proposal"]
    assert [(left.url, left.link) for left in proposal.figures] == [
        ("/redovisning/2024/siffror/eu-projekt/?forvaltning=MF", "Visa uppgifterna bakom siffran")
    ]
    assert ("/redovisning/2024/mf/utbetalningar/", "Gå till ”Utbetalningar”") in [
        (left.url, left.link) for left in proposal.left
    ]
    page = shown.content.decode()
    for left in (*proposal.figures, *proposal.left):
        assert f'href="{left.url}"' in page


def test_a_text_added_where_nobody_writes_is_not_told_as_a_changed_heading(rut_client):
    deed = in_word.add_after("Samverkansparter", "Vi hade många.")
    (left,) = (
        read_in(rut_client, fetched(rut_client, deed, address=MEMO), BACK).context["proposal"].left
    )
    assert left.sentence.startswith("Text är tillagd under rubriken.")
    assert left.url == "/redovisning/2024/mf/parter/"


def test_an_administrations_answer_leads_to_its_report(sam_client):
    address = "/dokument/2024/samlad/"
    blob = fetched(sam_client, in_word.write("Vi planterade", "Vi sådde"), address=address)
    (left,) = read_in(sam_client, blob, f"{address}fran-word/").context["proposal"].left
    assert (left.url, left.link) == (
        "/redovisning/2024/mf/",
        "Gå till Miljöförvaltningens redovisning",
    )


def test_a_text_that_has_grown_too_long_is_not_taken_and_the_rest_is(sam_client):
    deeds = in_word.write("går vidare", "x" * 61_000), in_word.write("Kort om", "Lite om")
    shown = read_in(sam_client, fetched(sam_client, *deeds))
    assert "Avsnitt ”Ärendet”: Texten är för lång" in told(shown)[0]
    assert list(changes(shown)) == [SUMMARY]


def test_a_text_that_its_page_would_refuse_is_refused_with_the_same_words(sam_client):
    shown = read_in(
        sam_client, fetched(sam_client, in_word.write("går vidare", "är {finns-inte} nu"))
    )
    change = changes(shown)[CASE]
    assert "Siffran {finns-inte} finns inte." in change.problems[0]
    assert not change.can_be_taken
    assert change.problems[0].split(".")[0] in shown.content.decode()


# --- Somebody else meanwhile ----------------------------------------------------------------------------


def change_here(client, text, **more):
    """Somebody writes the case on its page."""
    page = client.get("/redovisning/2024/stadens-text/tjansteskrivelse/")
    form = page.context["form"]
    values = {**form.stored, "avsnitt-case": text, "version": page.context["version"], **more}
    assert (
        client.post("/redovisning/2024/stadens-text/tjansteskrivelse/", values).status_code == 302
    )


def test_what_was_changed_only_here_stays_and_the_page_says_so(sam_client):
    blob = fetched(sam_client, in_word.write("Kort om", "Lite om"))
    change_here(sam_client, "<p>Skrivet här.</p>")
    shown = read_in(sam_client, blob)
    assert "har ändrats här sedan filen hämtades" in shown.content.decode()
    assert list(changes(shown)) == [SUMMARY]
    take(sam_client, shown, SUMMARY)
    assert case() == "<p>Skrivet här.</p>"
    assert Memo.objects.get().summary.startswith("<p>Lite om")


def test_what_both_have_changed_is_chosen_between_and_nothing_is_overwritten(sam_client):
    blob = fetched(sam_client, in_word.write("går vidare", "fortsätter"))
    change_here(sam_client, "<p>Skrivet här.</p>")
    shown = read_in(sam_client, blob)
    assert changes(shown)[CASE].is_clash
    assert take(sam_client, shown, CASE).status_code == 409
    assert case() == "<p>Skrivet här.</p>"
    choosing = sam_client.post(PAGE, {"forslag": shown.context["signed"], "valj": CASE})
    assert choosing.status_code == 409
    page = choosing.content.decode()
    address = "/redovisning/2024/stadens-text/tjansteskrivelse/"
    assert f'action="{address}"' in page
    context = choosing.context
    fields = {f"{side}-{clash.name}": text for clash, _ in context["clashes"]
              for side, text in (("deras", clash.theirs), ("mina", clash.mine))}  # fmt: skip
    posted = {**context["rest"], **fields, "valj-avsnitt-case": "mina", "version": context["version"],
              "visade": context["shown"]}  # fmt: skip
    assert sam_client.post(address, posted).status_code == 302
    assert case() == TEXT.replace("går vidare", "fortsätter")


def test_ones_own_change_is_told_as_ones_own_and_anothers_as_theirs(client, sam_client, sam, sara):
    blob = fetched(sam_client, in_word.write("går vidare", "fortsätter"))
    change_here(sam_client, "<p>Skrivet här.</p>")
    shown = read_in(sam_client, blob)
    asked = {"forslag": shown.context["signed"], "valj": CASE}
    page = sam_client.post(PAGE, asked).content.decode()
    assert "Du har själv ändrat texten här sedan Word-filen hämtades." in page
    assert "Ta det från Word-filen" in page
    assert "Två skrev samtidigt" not in page
    assert sam.name not in page.split("<main")[1]
    client.force_login(sara)
    page = client.post(PAGE, asked).content.decode()
    assert f"{sam.name} har ändrat texten här" in page
    assert "Två skrev samtidigt" in page


def test_who_saved_another_text_of_the_part_is_not_told_as_the_writer(
    client, sam_client, sam, sara
):
    blob = fetched(sam_client, in_word.write("går vidare", "fortsätter"))
    change_here(sam_client, "<p>Skrivet här.</p>")
    client.force_login(sara)
    change_here(client, "<p>Skrivet här.</p>", sammanfattning="<p>Saras.</p>")
    asked = {"forslag": read_in(client, blob).context["signed"], "valj": CASE}
    assert f"{sam.name} har ändrat texten här" in client.post(PAGE, asked).content.decode()


def test_what_is_changed_between_preview_and_saving_is_not_overwritten(sam_client):
    deeds = in_word.write("går vidare", "fortsätter"), in_word.write("Kort om", "Lite om")
    shown = read_in(sam_client, fetched(sam_client, *deeds))
    change_here(sam_client, "<p>Skrivet här.</p>")
    refused = take(sam_client, shown, SUMMARY, CASE)
    assert refused.status_code == 409
    assert "Inget av det du valde är sparat än." in refused.content.decode()
    assert case() == "<p>Skrivet här.</p>"
    assert Memo.objects.get().summary.startswith("<p>Kort om")  # all or none


def test_a_file_whose_text_is_no_longer_known_says_so(sam_client):
    blob = fetched(sam_client, in_word.write("går vidare", "fortsätter"))
    MemoSection.objects.filter(key="case").update(text="<p>Ändrat förbi sidan.</p>")
    shown = read_in(sam_client, blob)
    assert "finns inte kvar att jämföra med" in "".join(told(shown))


def test_a_figure_that_has_moved_on_is_no_change_in_the_file(sam_client, year):
    blob = fetched(sam_client, in_word.write("går vidare", "fortsätter"))
    more = make.participation(make.project("Nytt"), year.submissions.get().administration)
    assert more.pk
    shown = read_in(sam_client, blob)
    assert changes(shown)[CASE].after == TEXT.replace("går vidare", "fortsätter")
    assert not shown.context["proposal"].figures


# --- Back in the browser --------------------------------------------------------------------------------


@pytest.fixture
def keeping(settings, tmp_path):
    settings.RENDER_CACHE_MEGABYTES, settings.RENDER_CACHE = 10, str(tmp_path / "kept")


def test_the_preview_has_an_address_of_its_own_to_come_back_to(sam_client, keeping):
    blob = fetched(sam_client, in_word.write("går vidare", "fortsätter"))
    preview = read_in(sam_client, blob).url
    assert preview.startswith(f"{PAGE}?fil=")
    shown = sam_client.get(preview)
    assert list(changes(shown)) == [CASE]
    unchosen = take(sam_client, shown, page=preview)
    assert (unchosen.status_code, list(changes(unchosen))) == (422, [CASE])
    assert take(sam_client, shown, CASE, page=preview).url == DOCUMENT
    assert "Filen ändrar ingenting" in sam_client.get(preview).content.decode()


def test_a_file_put_aside_is_shown_to_nobody_else_and_on_no_other_page(
    client, sam_client, sara, keeping
):
    preview = read_in(sam_client, fetched(sam_client, in_word.write("vidare", "fort"))).url
    other = preview.replace("/stad/", "/samlad/")
    assert "proposal" not in sam_client.get(other).context
    for address in (preview[:-1], PAGE, f"{PAGE}?fil=x"):
        assert "proposal" not in sam_client.get(address).context
    client.force_login(sara)
    assert "proposal" not in client.get(preview).context


def test_a_file_that_is_no_longer_kept_is_chosen_anew(sam_client, keeping, settings):
    preview = read_in(sam_client, fetched(sam_client)).url
    settings.RENDER_CACHE_MEGABYTES = 0
    page = sam_client.get(preview)
    assert (page.status_code, "proposal" in page.context) == (200, False)


def test_a_refused_file_is_refused_on_its_own_address_too(sam_client, keeping):
    refused = sam_client.get(read_in(sam_client, b"text").url)
    assert refused.status_code == 422


# --- What is refused -----------------------------------------------------------------------------------


def test_another_years_file_is_refused(sam_client, year):
    other = make.year(2023, goals=year.goal_set, status=ReportingYear.Status.CLOSED)
    make.memo(other)
    shown = read_in(sam_client, fetched(sam_client, address="/dokument/2023/stad/"))
    assert shown.status_code == 422
    page = shown.content.decode()
    assert (
        "Filen är Stadens tjänsteskrivelse 2023. Här tas bara Stadens tjänsteskrivelse 2024" in page
    )
    assert 'href="/dokument/2023/stad/fran-word/"' in page


def test_another_kind_of_document_is_refused(sam_client):
    shown = read_in(sam_client, fetched(sam_client, address="/dokument/2024/samlad/"))
    assert shown.status_code == 422
    page = shown.content.decode()
    assert "Filen är Samlad redovisning 2024." in page
    assert 'href="/dokument/2024/samlad/fran-word/"' in page


def test_a_file_that_another_may_take_in_is_refused_without_a_link(
    client, olle, kultur, rut_client, year
):
    blob = fetched(rut_client, address=MEMO)
    make.submission(year, kultur)
    client.force_login(olle)
    shown = read_in(client, blob, f"/dokument/2024/forvaltning/{kultur.slug}/fran-word/")
    assert "Filen är Miljöförvaltningens tjänsteskrivelse 2024." in shown.content.decode()
    assert BACK not in shown.content.decode()


def test_a_file_too_large_is_read_no_further_than_it_may(sam_client, monkeypatch):
    lengths = []
    monkeypatch.setattr(
        word_back,
        "propose",
        lambda *told: lengths.append(len(told[-1])) or proposal.propose(*told),
    )
    shown = read_in(sam_client, b"x" * (upload.LARGEST + 100))
    assert "Filen är för stor." in shown.content.decode()
    assert lengths == [upload.LARGEST + 1]


def test_a_word_file_from_elsewhere_is_refused(sam_client):
    def emptied(file):
        for key in [key for key, rel in file.part.rels.items() if "customXml" in rel.reltype]:
            del file.part.rels[key]

    shown = read_in(sam_client, fetched(sam_client, emptied))
    assert shown.status_code == 422
    assert "Filen är inte hämtad härifrån" in shown.content.decode()


@pytest.mark.parametrize("content", [b"", b"text", b"%PDF-1.7", b"PK\x03\x04skadad"])
def test_what_is_no_word_file_is_refused(sam_client, content):
    shown = sam_client.post(PAGE, {"file": SimpleUploadedFile("fil.docx", content)})
    assert shown.status_code == 422


def test_a_proposal_that_was_tampered_with_is_refused(sam_client):
    shown = read_in(sam_client, fetched(sam_client, in_word.write("går vidare", "fortsätter")))
    for forslag in ("", "x", shown.context["signed"][:-2]):
        assert sam_client.post(PAGE, {"forslag": forslag, "ta": CASE}).status_code == 422
    other = "/dokument/2024/samlad/fran-word/"
    moved = {"forslag": shown.context["signed"], "ta": CASE}
    assert sam_client.post(other, moved).status_code == 422
    assert case() == TEXT


def test_nothing_chosen_or_no_file_is_said(sam_client):
    shown = read_in(sam_client, fetched(sam_client, in_word.write("går vidare", "fortsätter")))
    assert take(sam_client, shown).status_code == 422
    assert sam_client.post(PAGE, {}).status_code == 422


def test_a_published_years_texts_are_not_taken(sam_client, year):
    blob = fetched(sam_client)
    ReportingYear.objects.filter(pk=year.pk).update(status=ReportingYear.Status.PUBLISHED)
    assert "går inte att ändra nu" in sam_client.get(PAGE).content.decode()
    assert read_in(sam_client, blob).status_code == 403


def test_only_who_may_write_the_texts_has_the_link(client, sam_client, rut, lena, year, miljo):
    assert f'href="{PAGE}"' in sam_client.get(DOCUMENT).content.decode()
    about = "/dokument/2024/forvaltning/mf/"
    for person, has in ((rut, True), (lena, False)):
        client.force_login(person)
        assert (f'href="{about}fran-word/"' in client.get(about).content.decode()) == has


@pytest.mark.parametrize(
    ("person", "status"), [("lena", 403), ("olle", 404), ("sam", 403), ("rut", 200)]
)
def test_an_administrations_file_is_for_those_who_report_for_it(
    client, person, status, year, request
):
    client.force_login(request.getfixturevalue(person))
    assert client.get("/dokument/2024/forvaltning/mf/fran-word/").status_code == status


def test_documents_without_texts_of_their_own_have_no_such_page(sam_client, year, miljo):
    about = make.project("Gröna väggar", slug="vaggar")
    make.memo(year, miljo, about=about)
    assert sam_client.get("/dokument/2024/siffror/fran-word/").status_code == 404
    assert sam_client.get("/dokument/2024/projekt/mf/vaggar/fran-word/").status_code == 404
