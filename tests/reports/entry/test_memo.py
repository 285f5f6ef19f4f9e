"""The memo begins with what is usual, keeps what is written, and minds its dates."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from malmo_intl.models import Administration
from reports.documents import build
from reports.entry import carry, saving, workdays
from reports.entry.copied import Leftover
from reports.entry.memo import MemoForm, sections
from reports.models import Memo, MemoLine, MemoSection, ReportingYear, Submission
from tests import make
from tests.reports.entry.conftest import NOON

KEY = "tjansteskrivelse"
PAGE = f"/redovisning/2024/mf/{KEY}/"
TITLE = "Redovisning av internationellt arbete 2024"
List = MemoLine.List


@pytest.fixture
def earlier(miljo):
    """The memo of 2022: one decision point, one signatory, two bodies, two texts."""
    year = make.year(2022, status=ReportingYear.Status.PUBLISHED)
    make.submission(year, miljo, Submission.Status.APPROVED)
    memo = make.memo(year, miljo, reference_title="Utredare", reference_email="mf@exempel.malmo.se")
    lines = (
        (List.DECISION, "Miljönämnden godkänner redovisningen för 2022."),
        (List.RECIPIENT, "Kommunstyrelsen"),
        (List.SIGNATORY, "Enhetschef"),
    )
    for kind, text in lines:
        MemoLine.objects.create(memo=memo, list=kind, position=1, text=text)
    memo.schedule.create(body="Miljönämndens arbetsutskott", day=datetime.date(2023, 3, 16))
    memo.schedule.create(body="Miljönämnden", day=datetime.date(2023, 3, 30))
    for key, text in (("case", "<p>Om ärendet 2022.</p>"), ("background", "<p>Förr.</p>")):
        MemoSection.objects.create(memo=memo, key=key, text=text)
    return memo


def step(number, body, day):
    return {f"steg-{number}-instans": body, f"steg-{number}-datum": day}


def errors(draft, values):
    form = MemoForm(draft, KEY, {"rubrik": TITLE} | values)
    assert not form.is_valid()
    return {name: sentences[0] for name, sentences in form.errors.items()}


def lines(memo, kind):
    return [line.text for line in memo.lines.filter(list=kind).order_by("position")]


# --- What it begins with -------------------------------------------------------------------------


def shown(form):
    return {field.html_name: field.value() for field in form if field.value()}


def test_without_an_earlier_memo_the_house_has_its_manner(draft):
    found = shown(MemoForm(draft, KEY))
    assert found["rubrik"] == TITLE
    assert found["underlag-ny1-text"] == f"Tjänsteskrivelse: {TITLE}"
    assert found["mottagare-ny1-text"] == "Kommunstyrelsen"
    assert Memo.objects.count() == 0


def test_the_earlier_memo_is_where_it_begins(draft, earlier):
    found = shown(MemoForm(draft, KEY))
    assert found["handlaggare_epost"] == "mf@exempel.malmo.se"
    assert found["ansvarig-ny1-text"] == "Enhetschef"
    assert "punkt-ny1-text" not in found
    assert Memo.objects.get() == earlier


def test_what_came_along_at_the_start_is_not_offered_twice(draft, earlier, rut):
    carry.memo(draft, rut)
    found = shown(MemoForm(draft, KEY))
    assert [name for name in found if name.startswith("mottagare-") and name.endswith("-text")] == [
        f"mottagare-{MemoLine.objects.latest('pk').pk - 1}-text"
    ]
    assert found["underlag-ny1-text"] == f"Tjänsteskrivelse: {TITLE}"


def test_nothing_more_is_offered_once_it_has_been_saved(draft, rut, save):
    save(MemoForm, draft, KEY, rut, {"rubrik": TITLE})
    assert shown(MemoForm(draft, KEY)) == {"rubrik": TITLE}


def test_the_first_save_of_all_does_not_double_what_comes_along(client, rut, year, miljo, earlier):
    submission = make.submission(year, miljo, Submission.Status.NOT_STARTED)
    form = MemoForm(submission, KEY)
    client.force_login(rut)
    response = client.post(PAGE, form.stored | shown(form) | {"version": "0", "gor": "spara"})
    assert response.status_code == 302
    memo = Memo.objects.get(year=year)
    assert lines(memo, List.RECIPIENT) == ["Kommunstyrelsen"]
    assert lines(memo, List.SIGNATORY) == ["Enhetschef"]


@pytest.mark.parametrize(
    ("pressed", "field", "text"),
    [
        ("hamta-punkt", "punkt-ny1-text", "Miljönämnden godkänner redovisningen för 2024."),
        ("hamta-steg", "steg-ny2-instans", "Miljönämnden"),
        ("kopiera-avsnitt-case", "avsnitt-case", "<p>Om ärendet 2022.</p>"),
        ("kopiera-rubrik", "rubrik", TITLE),
        ("kopiera-avsnitt-background", "rubrik", TITLE),
    ],
)
def test_what_was_is_fetched_on_request_and_stored_by_nobody(draft, earlier, pressed, field, text):
    form = MemoForm(draft, KEY, {"rubrik": TITLE, "lagg-till": pressed})
    assert form[field].value() == text
    assert form.errors == {}
    assert Memo.objects.count() == 1


def test_what_is_fetched_fills_the_blank_row_and_comes_once(draft, earlier):
    typed = {"rubrik": TITLE, "punkt-ny1-text": "", "lagg-till": "hamta-punkt"}
    form = MemoForm(draft, KEY, typed)
    assert form.rows["punkt"].ids == ["ny1"]
    form = MemoForm(draft, KEY, form.data)
    assert form.rows["punkt"].ids == ["ny1"]


def test_copied_text_comes_after_what_is_written(draft, earlier):
    typed = {"rubrik": TITLE, "avsnitt-case": "<p>Nytt.</p>", "lagg-till": "kopiera-avsnitt-case"}
    text = MemoForm(draft, KEY, typed)["avsnitt-case"].value()
    assert text.index("Nytt.") < text.index("Om ärendet 2022.")


def test_an_old_year_in_what_was_copied_is_shown(draft, earlier):
    form = MemoForm(draft, KEY, {"rubrik": TITLE, "avsnitt-case": "<p>Om ärendet 2022.</p>"})
    assert [(text, left) for _, text, left in form.section_texts() if text] == [
        ("<p>Om ärendet 2022.</p>", [Leftover("2022", False, "avsnitt-case")])
    ]


def test_what_is_old_in_a_section_is_kept_with_one_click_and_taken_back_with_another(
    client, rut, draft, earlier
):
    client.force_login(rut)
    posted = {"rubrik": TITLE, "avsnitt-case": "<p>Om ärendet 2022.</p>", "version": 0}
    kept = client.post(PAGE, posted | {"behall": "avsnitt-case:2022"})
    assert kept.url == f"{PAGE}#kvar-avsnitt-case"
    assert draft.waivers.get().finding == "kopierat:avsnitt-case:2022"
    page = client.get(PAGE).content.decode()
    assert ("data-leftover" in page, 'name="behall-inte"' in page) == (False, True)
    client.post(PAGE, posted | {"version": 1, "behall-inte": "avsnitt-case:2022"})
    assert not draft.waivers.exists()


def test_only_what_is_old_in_the_very_section_can_be_kept(client, rut, draft, earlier):
    client.force_login(rut)
    posted = {"rubrik": TITLE, "avsnitt-case": "<p>Om ärendet 2022.</p>", "version": 0}
    for odd in ("avsnitt-work:2022", "2022", ":", "x" * 5_000):
        assert client.post(PAGE, posted | {"behall": odd}).status_code == 302
    assert not draft.waivers.exists()


def test_without_an_earlier_memo_the_boards_usual_points_are_fetched(draft):
    form = MemoForm(draft, KEY, {"lagg-till": "hamta-punkt"})
    assert form["punkt-ny1-text"].value() == "Miljönämnden godkänner redovisningen."


# --- What is kept --------------------------------------------------------------------------------


def test_a_memo_is_stored_as_it_was_written(draft, miljo, rut, save):
    save(MemoForm, draft, KEY, rut, {
        "rubrik": TITLE, "diarienummer": "MN-2025-1", "datum": "2025-02-14",
        "handlaggare": "Rut", "handlaggare_epost": "rut@exempel.malmo.se",
        "sammanfattning": "<p>Kort.</p>", "inledning": "Nämnden beslutar:",
        "punkt-ny1-text": "Nämnden godkänner\nredovisningen.", "punkt-ny2-text": "Nämnden skickar den.",
        "ansvarig-ny1-text": "Måns", "ansvarig-ny1-titel": "Förvaltningschef",
        **step("ny1", "Miljönämnden", "2025-03-27"), "avsnitt-economy": "<p>Inga.</p>",
        "beslutsdatum": "2025-03-27", "paragraf": "§ 12",
    })  # fmt: skip
    memo = Memo.objects.get(year=draft.year, administration=miljo)
    assert (memo.diary_number, memo.dated) == ("MN-2025-1", datetime.date(2025, 2, 14))
    assert lines(memo, List.DECISION) == ["Nämnden godkänner redovisningen.", "Nämnden skickar den."]  # fmt: skip
    assert memo.lines.get(list=List.SIGNATORY).detail == "Förvaltningschef"
    assert memo.schedule.get().day == datetime.date(2025, 3, 27)
    assert memo.sections.get().text == "<p>Inga.</p>"
    draft.refresh_from_db()
    assert (draft.decided_on, draft.decision_paragraph) == (datetime.date(2025, 3, 27), "12")


def test_only_what_changed_leaves_a_trail(draft, rut, save):
    save(MemoForm, draft, KEY, rut, {"rubrik": TITLE, "avsnitt-case": "<p>Ett.</p>"})
    trail = (Memo.history.count(), MemoSection.history.count(), Submission.history.count())
    save(MemoForm, draft, KEY, rut, {})
    assert trail == (
        Memo.history.count(), MemoSection.history.count(), Submission.history.count()
    )  # fmt: skip
    save(MemoForm, draft, KEY, rut, {"avsnitt-case": "<p>Två.</p>"})
    assert MemoSection.history.first().text == "<p>Två.</p>"
    assert Memo.history.count() == trail[0]


def test_rows_change_places_without_colliding(draft, rut, save):
    points = {f"punkt-ny{number}-text": text for number, text in enumerate("abc", start=1)}
    save(MemoForm, draft, KEY, rut, {"rubrik": TITLE} | points)
    memo = Memo.objects.get()
    pks = [line.pk for line in memo.lines.order_by("position")]
    order = {f"punkt-{pk}-ordning": str(place) for pk, place in zip(pks, (3, 1, 2), strict=True)}
    save(MemoForm, draft, KEY, rut, order)
    assert lines(memo, List.DECISION) == ["b", "c", "a"]
    assert sorted(line.pk for line in memo.lines.all()) == pks


def test_two_steps_may_change_bodies(draft, rut, save):
    save(MemoForm, draft, KEY, rut, {"rubrik": TITLE, **step("ny1", "A", "2025-03-06"), **step("ny2", "B", "2025-03-20")})  # fmt: skip
    first, second = Memo.objects.get().schedule.order_by("day")
    save(MemoForm, draft, KEY, rut, {f"steg-{first.pk}-instans": "B", f"steg-{second.pk}-instans": "A"})  # fmt: skip
    assert [item.body for item in Memo.objects.get().schedule.order_by("day")] == ["B", "A"]


def test_a_removed_point_is_named_and_comes_back_to_its_place(draft, rut, save):
    points = {f"punkt-ny{number}-text": text for number, text in enumerate("abc", start=1)}
    save(MemoForm, draft, KEY, rut, {"rubrik": TITLE} | points)
    memo = Memo.objects.get()
    middle = memo.lines.get(text="b").pk
    form = MemoForm(draft, KEY)
    form = MemoForm(draft, KEY, form.stored | {f"punkt-{middle}-bort": "on"})
    assert form.is_valid()
    saving.save(form, 1, saving.Writer(rut, NOON))
    assert form.taken_away == ["beslutspunkten ”b”"]
    assert lines(memo, List.DECISION) == ["a", "c"]
    for _ in range(2):
        saving.restore(MemoForm(draft, KEY), 1, saving.Writer(rut, NOON))
        assert lines(memo, List.DECISION) == ["a", "b", "c"]


def test_two_who_both_add_a_point_both_get_theirs(draft, rut, mans, save):
    save(MemoForm, draft, KEY, rut, {"rubrik": TITLE, "punkt-ny1-text": "a"})
    before = MemoForm(draft, KEY).stored
    save(MemoForm, draft, KEY, mans, {"punkt-ny1-text": "Måns"}, seen=1)
    form = MemoForm(draft, KEY, before | {"punkt-ny1-text": "Rut", "beslutsdatum": "2025-03-27"})
    assert form.is_valid()
    saving.save(form, 1, saving.Writer(rut, NOON))
    assert lines(Memo.objects.get(), List.DECISION) == ["a", "Måns", "Rut"]


def test_a_decision_that_was_recorded_meanwhile_stays(draft, rut, mans, save):
    save(MemoForm, draft, KEY, rut, {"rubrik": TITLE})
    mine = Submission.objects.get(pk=draft.pk)  # as Rut's page had it
    save(MemoForm, Submission.objects.get(pk=draft.pk), KEY, mans, {"beslutsdatum": "2025-03-27"}, seen=1)  # fmt: skip
    form = MemoForm(mine, KEY, {"rubrik": TITLE, "diarienummer": "MN-1"})
    assert form.is_valid()
    saving.save(form, 1, saving.Writer(rut, NOON))
    draft.refresh_from_db()
    assert draft.decided_on == datetime.date(2025, 3, 27)


# --- Dates ---------------------------------------------------------------------------------------


def test_a_step_before_the_one_above_is_refused(draft):
    found = errors(draft, step("ny1", "A", "2025-03-20") | step("ny2", "B", "2025-03-06"))
    assert "2025-03-06 är före 2025-03-20" in found["steg-ny2-datum"]


def test_a_step_that_is_added_takes_its_place_by_its_day(draft, rut, save):
    save(MemoForm, draft, KEY, rut, {"rubrik": TITLE, **step("ny1", "A", "2025-03-06"), **step("ny2", "C", "2025-03-27")})  # fmt: skip
    save(MemoForm, draft, KEY, rut, step("ny1", "B", "2025-03-20"))
    assert [item.body for item in Memo.objects.get().schedule.all()] == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"rubrik": ""}, "rubrik", "Skriv en ärendemening"),
        (step("ny1", "A", ""), "steg-ny1-datum", "Skriv vilken dag"),
        (step("ny1", "", "2025-03-06"), "steg-ny1-instans", "Skriv vilken instans"),
        (step("ny1", "A", "mars 2025"), "steg-ny1-datum", "Ange hela datumet"),
        (
            step("ny1", "A", "2025-03-06") | step("ny2", "a", "2025-03-07"),
            "steg-ny2-instans",
            "står redan i beslutsplaneringen",
        ),
        ({"ansvarig-ny1-titel": "Chef"}, "ansvarig-ny1-text", "Skriv vem"),
        ({"handlaggare_epost": "rut"}, "handlaggare_epost", "namn@malmo.se"),
        ({"datum": "2025-02-14", "beslutsdatum": "2025-02-13"}, "beslutsdatum", "före"),
        ({"punkt-ny1-text": "x" * 501}, "punkt-ny1-text", "500"),
        ({"paragraf": "x" * 13}, "paragraf", "12"),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field(draft, values, field, sentence):
    assert sentence in errors(draft, values)[field]


def test_a_day_off_is_remarked_on_and_let_through(draft, rut, save):
    save(MemoForm, draft, KEY, rut, {"rubrik": TITLE, **step("ny1", "A", "2025-04-17"), **step("ny2", "B", "2025-04-18")})  # fmt: skip
    remarks = [row.remark for row in MemoForm(draft, KEY).rows["steg"]]
    assert remarks == ["", "18\u00a0april 2025 är långfredagen. Kontrollera datumet."]


@pytest.mark.parametrize(
    ("day", "word"),
    [
        ("2025-03-20", ""),
        ("2025-03-22", "lördag"),
        ("2025-03-23", "söndag"),
        ("2025-04-21", "annandag påsk"),
        ("2025-05-29", "kristi himmelsfärdsdag"),
        ("2025-06-06", "nationaldagen"),
        ("2025-06-20", "midsommarafton"),
        ("2025-12-24", "julafton"),
        ("2027-05-01", "första maj"),
    ],
)
def test_no_board_meets_on_a_day_off(day, word):
    assert workdays.remark(datetime.date.fromisoformat(day)) == word


@given(some.dates())
def test_every_day_of_every_year_can_be_asked_about(day):
    assert bool(workdays.remark(day)) == bool(workdays.warning(day))


# --- Everything that may be stored ---------------------------------------------------------------

words = some.text("abå &<”", min_size=1, max_size=9).filter(str.strip)
days = some.dates(datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))


@given(
    some.lists(words, max_size=3),
    some.lists(some.tuples(words, some.text("abc", max_size=3)), max_size=3),
    some.lists(days, max_size=3),
    some.sampled_from(["", "<p>Kort.</p>", "<ul><li><p>a</p></li></ul>"]),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_stored_and_posted_again_changes_nothing(
    draft, rut, save, points, people, dates, prose
):
    Memo.objects.all().delete()
    draft.parts.all().delete()
    posted = {"rubrik": TITLE, "sammanfattning": prose}
    for number, text in enumerate(points, start=1):
        posted[f"punkt-ny{number}-text"] = text
    for number, (name, title) in enumerate(people, start=1):
        posted |= {f"ansvarig-ny{number}-text": name, f"ansvarig-ny{number}-titel": title}
    for number, day in enumerate(sorted(dates), start=1):
        posted |= step(f"ny{number}", f"Instans {number}", day.isoformat())
    save(MemoForm, draft, KEY, rut, posted)
    before = MemoForm(draft, KEY).stored
    form = MemoForm(draft, KEY, before)
    assert form.is_valid(), form.errors
    assert {n: t for n, t in form.values().items() if t} == {n: t for n, t in before.items() if t}
    trail = Memo.history.count() + MemoSection.history.count()
    saving.save(form, form.version, saving.Writer(rut, NOON))
    assert MemoForm(draft, KEY).stored == before
    assert Memo.history.count() + MemoSection.history.count() == trail
    assert lines(Memo.objects.get(), List.DECISION) == [" ".join(text.split()) for text in points]


@pytest.mark.usefixtures("known_years")
class TestTheKnownMemos:
    """What stands in the sources can be opened and saved unchanged."""

    @pytest.mark.parametrize("year", [2019, 2022])
    def test_a_known_memo_is_read_back_as_it_is(self, year):
        submission = Submission.objects.get(year__year=year, administration__code="ASF")
        form = MemoForm(submission, KEY)
        again = MemoForm(submission, KEY, form.stored)
        assert again.is_valid(), again.errors
        typed = again.values()
        prose = {"sammanfattning"} | {f"avsnitt-{key}" for key in sections(year)}
        assert {name: text for name, text in typed.items() if text and name not in prose} == {
            name: text for name, text in form.stored.items() if text and name not in prose
        }

    def test_every_section_of_the_form_stands_in_the_document_under_its_heading(self):
        asf = Administration.objects.get(code="ASF")
        memo = Memo.objects.get(year__year=2022, administration=asf, project=None)
        for key in sections(2022):
            MemoSection.objects.update_or_create(
                memo=memo, key=key, defaults={"text": f"<p>Text om {key}.</p>"}
            )
        document = build("forvaltning", 2022, "ASF")
        found = {
            section.heading: block.html
            for _, section in document.walk()
            for block in section.blocks
            if hasattr(block, "html") and "Text om" in block.html
        }
        assert found == {
            heading: f"<p>Text om {key}.</p>" for key, heading in sections(2022).items()
        }


# --- The page ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "answer"), [("rut", 200), ("mans", 200), ("lena", 403), ("olle", 404), ("sam", 403)]
)
def test_who_may_write(client, request, draft, who, answer):
    client.force_login(request.getfixturevalue(who))
    assert client.get(PAGE).status_code == answer
    posted = client.post(PAGE, {"rubrik": TITLE, "version": "0"})
    assert posted.status_code == (302 if answer == 200 else answer)
    assert Memo.objects.count() == (1 if answer == 200 else 0)


def test_the_page_leads_to_the_document_and_its_pdf(client, rut, draft):
    client.force_login(rut)
    page = client.get(PAGE).content.decode()
    assert 'href="/dokument/2024/forvaltning/mf/"' in page
    assert 'href="/dokument/2024/forvaltning/mf.pdf"' in page


def test_a_wrong_memo_is_refused_with_all_that_was_typed(client, rut, draft):
    client.force_login(rut)
    page = client.post(PAGE, {"rubrik": "", "diarienummer": "MN-2025-77"})
    content = page.content.decode()
    assert page.status_code == 422
    assert "MN-2025-77" in content
    assert 'href="#id_rubrik"' in content


def test_nothing_is_written_when_the_report_is_handed_in(client, rut, year, miljo):
    make.submission(year, miljo, "submitted")
    client.force_login(rut)
    page = client.post(PAGE, {"rubrik": TITLE, "diarienummer": "MN-2025-77"})
    assert page.status_code == 409
    assert "MN-2025-77" in page.content.decode()
    assert Memo.objects.count() == 0
