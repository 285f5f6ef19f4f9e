"""Begin, comment, return, approve, open again: each once, with one Event, and a word to the other side."""

import pytest
from django.core import mail

from malmo_intl.models import Event
from reports import review
from reports.models import Comment, Part, ReportingYear, Submission
from reports.models.submission import Verb
from tests.reports.views.review.conftest import NOW, PAGE

Status = Submission.Status


def trail(submission):
    return list(Event.objects.about(submission).order_by("pk").values_list("verb", flat=True))


def test_to_begin_is_a_deed_of_its_own(press, handed_in):
    press("borja")
    handed_in.refresh_from_db()
    assert handed_in.review_opened_at is not None
    assert trail(handed_in) == [Verb.OPENED_REVIEW]
    press("borja")
    assert trail(handed_in) == [Verb.OPENED_REVIEW]


def test_until_then_it_can_be_taken_back_but_not_approved_or_commented(press, handed_in, rut):
    assert "Börja granska" in press("godkann").content.decode()
    answer = press("kommentera", **{"del": "projekt", "kommentar": "Vad menas?"})
    assert answer.status_code == 422
    assert "Vad menas?" in answer.content.decode()
    handed_in.withdraw(rut)
    assert handed_in.status == Status.DRAFT


def test_a_comment_is_not_seen_by_the_administration_before_it_is_sent(client, press, opened, rut):
    press("kommentera", **{"del": "parter", "kommentar": "Räkna om parterna."})
    assert "Räkna om parterna." in client.get(PAGE).content.decode()
    client.force_login(rut)
    for address in ("/", "/redovisning/2024/mf/"):
        assert "Räkna om" not in client.get(address).content.decode()


def test_a_comment_can_be_removed_until_it_is_sent(press, commented):
    number = commented.comments.get().pk
    press("ta-bort", kommentar=number, **{"del": "utbetalningar"})
    assert not Comment.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "999999999999999999999", "-1"])
def test_a_comment_that_is_not_there_is_not_removed(press, commented, number):
    assert press("ta-bort", kommentar=number).status_code == 200
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_a_comment_without_words_or_with_too_many_is_shown_again(press, opened, text):
    answer = press("kommentera", **{"del": "mal", "kommentar": text})
    assert answer.status_code == 422
    assert "<title>Fel: " in answer.content.decode()
    assert not Comment.objects.exists()


def test_a_part_that_does_not_exist_takes_no_comment(press, opened):
    assert press("kommentera", **{"del": "nix", "kommentar": "Hej."}).status_code == 404


def test_returning_sends_the_comments_marks_the_parts_and_tells_the_coordinators(
    press, commented, rut
):
    press("skicka-tillbaka", helhet="Nästan klart.")
    commented.refresh_from_db()
    assert commented.status == Status.RETURNED
    assert commented.review_opened_at is None
    assert commented.comments.get().sent_at is not None
    assert Part.objects.get(key="utbetalningar").status == Part.Status.INCOMPLETE
    assert Part.objects.get(key="projekt").status == Part.Status.DONE
    assert trail(commented) == [Verb.OPENED_REVIEW, Verb.RETURNED]
    event = Event.objects.about(commented).first()
    assert event.comment == "Nästan klart.\n\nSe kommentaren till ”Utbetalningar”."
    (sent,) = mail.outbox
    assert sent.to == [rut.email]
    assert "Nästan klart." in sent.body
    assert "Utbetalningar: Beloppet stämmer inte." in sent.body


def test_a_return_with_nothing_said_is_refused(press, opened):
    answer = press("skicka-tillbaka", helhet=" ")
    assert answer.status_code == 422
    assert review.NOTHING_SAID in answer.content.decode()
    opened.refresh_from_db()
    assert opened.status == Status.SUBMITTED


def test_the_administration_sees_the_comment_where_it_is_mended(
    client, press, commented, rut, olle
):
    press("skicka-tillbaka", helhet="")
    client.force_login(rut)
    for address in ("/redovisning/2024/mf/", "/redovisning/2024/mf/utbetalningar/"):
        assert "Beloppet stämmer inte." in client.get(address).content.decode(), address
    assert "Beloppet" not in client.get("/redovisning/2024/mf/mal/").content.decode()
    assert "1 kommentar att åtgärda" in client.get("/").content.decode()
    client.force_login(olle)
    assert "kommentar att åtgärda" not in client.get("/").content.decode()


def test_marking_the_part_as_done_resolves_its_comments(client, press, commented, rut):
    press("skicka-tillbaka", helhet="")
    client.force_login(rut)
    row = commented.administration.participations.get()
    part = Part.objects.get(key="utbetalningar")
    typed = {"version": part.version, f"belopp-{row.pk}": "113000", "visade": f"belopp-{row.pk}"}
    client.post("/redovisning/2024/mf/utbetalningar/", {**typed, "gor": "spara"})
    assert commented.comments.waiting().count() == 1
    client.post("/redovisning/2024/mf/utbetalningar/", {**typed, "gor": "klar"})
    comment = commented.comments.get()
    assert comment.resolved_at is not None
    assert comment.resolved_by_name == rut.name
    assert "Åtgärdad av" in press("").content.decode()


def test_approving_is_one_event_and_one_mail(press, opened, rut):
    press("godkann")
    press("godkann")
    opened.refresh_from_db()
    assert opened.status == Status.APPROVED
    assert trail(opened) == [Verb.OPENED_REVIEW, Verb.APPROVED]
    (sent,) = mail.outbox
    assert sent.to == [rut.email]


def test_it_is_not_approved_with_comments_that_are_not_sent(press, commented):
    assert "Det finns kommentarer som inte är skickade." in press("godkann").content.decode()
    commented.refresh_from_db()
    assert commented.status == Status.SUBMITTED
    assert trail(commented) == [Verb.OPENED_REVIEW]
    assert mail.outbox == []


@pytest.fixture
def approved(opened, sam):
    opened.approve(sam)
    return opened


def test_what_is_approved_is_opened_again_with_a_reason(client, press, approved, rut):
    press("oppna", skal="Ett belopp var fel.")
    approved.refresh_from_db()
    assert approved.status == Status.RETURNED
    assert trail(approved)[-1] == Verb.REOPENED_APPROVED
    client.force_login(rut)
    assert "Ett belopp var fel." in client.get("/redovisning/2024/mf/").content.decode()
    assert "Ett belopp var fel." in mail.outbox[-1].body


def test_a_reason_is_needed(press, approved):
    answer = press("oppna", skal="")
    assert answer.status_code == 422
    assert "Skriv varför redovisningen öppnas igen." in answer.content.decode()


@pytest.mark.parametrize(
    ("status", "how"), [("closed", "Öppna året igen"), ("published", "Börja rätta")]
)
def test_nothing_is_returned_in_a_year_where_nobody_can_mend_it(press, approved, year, status, how):
    ReportingYear.objects.filter(pk=year.pk).update(status=status)
    answer = press("oppna", skal="Ett belopp var fel.")
    text = answer.content.decode()
    assert how in text
    assert "Ett belopp var fel." in text
    approved.refresh_from_db()
    assert approved.status == Status.APPROVED


def test_in_a_year_that_is_corrected_only_what_is_returned_can_be_written_in(
    client, press, approved, year, rut, miljo
):
    ReportingYear.objects.filter(pk=year.pk).update(status="correcting")
    client.force_login(rut)
    part = "/redovisning/2024/mf/parter/"
    assert client.get(part).status_code == 302
    press("oppna", skal="Ett belopp var fel.")
    client.force_login(rut)
    assert client.get(part).status_code == 200
    assert "Kontrollera och lämna in" in client.get("/").content.decode()
    Submission.objects.filter(pk=approved.pk).update(status=Status.NOT_STARTED)
    assert client.get(part).status_code == 302


def test_a_year_under_correction_is_not_read_by_others(client, approved, year, olle):
    ReportingYear.objects.filter(pk=year.pk).update(status="correcting")
    client.force_login(olle)
    assert client.get("/redovisning/2024/mf/").status_code == 404


def test_stadskontoret_can_say_that_a_question_is_dealt_with(press, approved, sam):
    (asked,) = review.ask([approved], "projekt", None, "Är det ert?", sam, NOW)
    press("atgardad", kommentar=asked.pk, **{"del": "projekt"})
    asked.refresh_from_db()
    assert asked.resolved_by_name == sam.name


def test_what_the_second_person_typed_is_shown_when_the_first_has_approved(press, opened):
    Submission.objects.filter(pk=opened.pk).update(status=Status.APPROVED)
    answer = press("skicka-tillbaka", helhet="Två rader till.")
    assert answer.status_code == 422
    assert "Två rader till." in answer.content.decode()
