"""Handing in, taking back, and what stands in the way."""

import pytest
from django.core import mail
from django.utils import timezone

from projects.models import Participation
from reports import handing_in
from reports.models import (
    Submission,
)
from reports.models.submission import Verb
from reports.views import hand_in
from tests import make
from tests.reports.views.hand_in.pages import PAGE, RECEIPT, page, state, trail

Status = Submission.Status


@pytest.mark.documents
@pytest.mark.parametrize("person", ["rut", "mans"])
def test_handing_in_gives_a_receipt_on_the_page_and_by_mail(
    request, press, rut, mans, signed, person
):
    answer = press(request.getfixturevalue(person), "lamna-in")
    assert answer.redirect_chain[-1][0] == RECEIPT
    assert state(signed) == Status.SUBMITTED
    assert trail(signed) == [Verb.ASKED, Verb.SIGNED, Verb.SUBMITTED]
    (sent,) = mail.outbox
    assert set(sent.to) == {rut.email, mans.email}
    assert sent.subject == "Kvittens: redovisningen är inlämnad: Miljöförvaltningen 2024"
    ((name, content, kind),) = sent.attachments
    assert (name, kind) == ("kvittens-mf-2024.pdf", "application/pdf")
    assert content.startswith(b"%PDF")


def test_handing_in_twice_is_one_event_and_one_mail(press, rut, signed, quick):
    press(rut, "lamna-in")
    again = press(rut, "lamna-in")
    assert again.redirect_chain[-1][0] == RECEIPT
    assert trail(signed).count(Verb.SUBMITTED) == 1
    assert len(mail.outbox) == 1


def test_two_at_once_give_one_event_and_one_mail(
    client, committed, rut, mans, signed, quick, monkeypatch
):
    """Måns hands in after Rut's press has read the row: hers finds it done."""
    read = hand_in.own_submission

    def read_and_wait(*asked):
        found, other = read(*asked), read(*asked)
        monkeypatch.setattr(hand_in, "own_submission", read)
        handing_in.submit(other, mans)
        return found

    monkeypatch.setattr(hand_in, "own_submission", read_and_wait)
    client.force_login(rut)
    with committed():
        answer = client.post(PAGE, {"gor": "lamna-in"}, follow=True)
    assert answer.redirect_chain[-1][0] == RECEIPT
    assert trail(signed).count(Verb.SUBMITTED) == 1
    assert mail.outbox == []  # Måns's own page sends it


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETURNED, Status.NOT_STARTED])
def test_what_is_not_signed_off_is_not_handed_in(press, rut, draft, status):
    Submission.objects.filter(pk=draft.pk).update(status=status)
    assert press(rut, "lamna-in").status_code == 200
    assert state(draft) == status
    assert trail(draft) == []


def test_an_error_that_has_come_since_blocks(press, rut, signed):
    signed.answers.update(text="<p>[skriv här]</p>")
    text = press(rut, "lamna-in").content.decode()
    assert "kvar från mallen" in text
    assert state(signed) == Status.READY


def test_what_changed_after_the_sign_off_is_not_handed_in(press, rut, signed):
    """A save that was on its way when the manager pressed the button."""
    signed.answers.update(text="<p>Vi planterade buskar.</p>")
    assert handing_in.NOT_AS_SIGNED in press(rut, "lamna-in").content.decode()
    assert state(signed) == Status.READY


def test_what_another_administration_writes_does_not_stop_it(press, rut, kultur, signed, quick):
    project = Participation.objects.get().project
    make.participation(project, kultur, paid={2024: 1})
    press(rut, "lamna-in")
    assert state(signed) == Status.SUBMITTED


@pytest.mark.parametrize("gor", ["be", "godkann", "lamna-in", "andra"])
def test_a_closed_year_takes_nothing(press, mans, year, draft, gor):
    year.status = "closed"
    year.save()
    text = press(mans, gor, sett="x").content.decode()
    assert handing_in.CLOSED in text
    assert trail(draft) == []


def test_it_is_taken_back_until_the_review_is_opened(client, press, rut, signed, quick):
    press(rut, "lamna-in")
    assert "Ta tillbaka inlämningen" in page(client, rut, RECEIPT)
    press(rut, "ta-tillbaka")
    assert state(signed) == Status.DRAFT
    press(rut, "ta-tillbaka")
    assert trail(signed)[-1] == Verb.WITHDREW
    assert trail(signed).count(Verb.WITHDREW) == 1


def test_but_not_after(client, press, rut, signed, quick):
    press(rut, "lamna-in")
    Submission.objects.update(review_opened_at=timezone.now())
    assert "Ta tillbaka inlämningen" not in page(client, rut, RECEIPT)
    assert "Granskningen har börjat." in press(rut, "ta-tillbaka").content.decode()
    assert state(signed) == Status.SUBMITTED


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_undoes_nothing(press, rut, mans, signed, quick, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    text = press(rut, "lamna-in").content.decode()
    assert "Mejlet med kvittensen kunde inte skickas, men redovisningen är inlämnad." in text
    assert state(signed) == Status.SUBMITTED
