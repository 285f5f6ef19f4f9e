"""Asking, sending back, signing off: who may, once, and what is left behind."""

import pytest
from django.core import mail

from reports import handing_in
from reports.models import (
    Part,
    Submission,
)
from reports.models.submission import Verb
from tests.reports.views.hand_in.pages import PAGE, page, seen, state, trail

Status = Submission.Status


def test_to_ask_mails_the_manager_with_the_way_here(client, press, rut, mans, draft):
    text = press(rut, "be").content.decode()
    assert "Du bad ansvarig chef godkänna" in text
    assert trail(draft) == [Verb.ASKED]
    (sent,) = mail.outbox
    assert sent.to == [mans.email]
    assert sent.reply_to == [rut.email]
    assert "http://testserver/redovisning/2024/mf/granska/" in sent.body


def test_links_in_mails_begin_with_the_address_of_the_site(press, rut, mans, draft, settings):
    settings.SITE_URL = "https://internationellt.malmo.se/"
    press(rut, "be")
    assert "https://internationellt.malmo.se/redovisning/2024/mf/granska/" in mail.outbox[0].body


def test_to_ask_twice_is_one_question_and_one_mail(press, rut, mans, draft):
    press(rut, "be")
    assert press(rut, "be").status_code == 200
    assert trail(draft) == [Verb.ASKED]
    assert len(mail.outbox) == 1


def test_a_report_with_errors_is_not_asked_about(press, rut, mans, draft):
    Part.objects.filter(submission=draft, key="mal").delete()
    text = press(rut, "be").content.decode()
    assert "Delen ”KF-mål” är inte påbörjad." in text
    assert trail(draft) == []
    assert mail.outbox == []


def test_without_a_manager_the_page_says_whom_to_turn_to(client, press, rut, draft):
    assert handing_in.NOBODY_SIGNS in page(client, rut)
    assert handing_in.NOBODY_SIGNS in press(rut, "be").content.decode()
    assert trail(draft) == []


def test_the_manager_finds_it_on_the_start_page_and_the_task_list(client, press, rut, mans, draft):
    press(rut, "be")
    start = page(client, mans, "/")
    assert "Väntar på dig: redovisningen för 2024" in start
    assert "Rut ber dig läsa och godkänna redovisningen." in start
    assert f'href="{PAGE}">Läs och godkänn' in start
    assert "Väntar på dig" in page(client, mans, "/redovisning/2024/mf/")
    assert "Väntar på ansvarig chef" in page(client, rut, "/")


def test_the_manager_sends_back_with_a_comment_that_stands_on_the_task_list(
    client, press, rut, mans, draft
):
    press(rut, "be")
    press(mans, "skicka-tillbaka", kommentar="Skriv mer om <b>träden</b>.")
    assert state(draft) == Status.DRAFT
    assert draft.sign_off_asked_at is None
    assert trail(draft) == [Verb.ASKED, Verb.DECLINED]
    assert mail.outbox[-1].to == [rut.email]
    assert "Skriv mer om <b>träden</b>." in mail.outbox[-1].body
    for address in ("/", "/redovisning/2024/mf/"):
        assert "Skriv mer om &lt;b&gt;träden&lt;/b&gt;." in page(client, rut, address)


def test_to_send_back_without_a_word_is_refused_and_leads_to_the_field(press, rut, mans, draft):
    press(rut, "be")
    answer = press(mans, "skicka-tillbaka", kommentar="  ")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert 'href="#id_kommentar"' in text
    assert "Skriv vad som ska ändras." in text
    assert trail(draft) == [Verb.ASKED]


def test_to_send_back_twice_is_one_event_and_one_mail(press, rut, mans, draft):
    press(rut, "be")
    for _ in range(2):
        press(mans, "skicka-tillbaka", kommentar="Mer.")
    assert trail(draft) == [Verb.ASKED, Verb.DECLINED]
    assert len(mail.outbox) == 2


def test_the_comment_is_gone_when_it_is_asked_again(client, press, rut, mans, draft):
    press(rut, "be")
    press(mans, "skicka-tillbaka", kommentar="Skriv mer.")
    press(rut, "be")
    assert "Skriv mer." not in page(client, rut, "/redovisning/2024/mf/")


@pytest.mark.parametrize("gor", ["godkann", "skicka-tillbaka"])
def test_a_coordinator_neither_signs_off_nor_sends_back(press, rut, mans, draft, gor):
    press(rut, "be")
    assert press(rut, gor, kommentar="Nej.").status_code == 403
    assert trail(draft) == [Verb.ASKED]


def test_the_manager_signs_off_and_the_coordinator_hears_of_it(press, rut, mans, draft):
    press(rut, "be")
    assert "Lämna in till stadskontoret" in press(mans, "godkann").content.decode()
    assert state(draft) == Status.READY
    assert trail(draft) == [Verb.ASKED, Verb.SIGNED]
    assert mail.outbox[-1].to == [rut.email]
    assert mail.outbox[-1].subject == "Redovisningen är godkänd: Miljöförvaltningen 2024"


def test_a_manager_who_reports_signs_off_directly(press, mans, draft):
    press(mans, "godkann")
    assert state(draft) == Status.READY
    assert mail.outbox == []


def test_to_sign_off_twice_is_one_event(press, rut, mans, draft):
    press(rut, "be")
    press(mans, "godkann")
    press(mans, "godkann", sett="x")
    assert trail(draft) == [Verb.ASKED, Verb.SIGNED]
    assert len(mail.outbox) == 2


def test_nobody_signs_off_what_changed_under_their_eyes(client, press, rut, mans, draft):
    client.force_login(mans)
    before = seen(client)
    draft.answers.update(text="<p>Vi planterade buskar.</p>")
    text = press(mans, "godkann", sett=before).content.decode()
    assert handing_in.CHANGED in text
    assert state(draft) == Status.DRAFT


def test_nobody_signs_off_an_error(press, mans, draft):
    draft.answers.update(text="<p>[skriv här]</p>")
    assert "kvar från mallen" in press(mans, "godkann", sett="x").content.decode()
    assert state(draft) == Status.DRAFT


def test_what_is_signed_off_cannot_be_written_in(client, press, rut, mans, draft):
    press(mans, "godkann")
    client.force_login(rut)
    answer = client.post("/redovisning/2024/mf/parter/", {"parter-public": "5", "version": "0"})
    assert answer.status_code == 409
    assert draft.partner_counts.count() == 0


def test_until_somebody_takes_it_back(press, rut, mans, draft):
    press(mans, "godkann")
    press(rut, "andra")
    assert state(draft) == Status.DRAFT
    assert trail(draft) == [Verb.SIGNED, Verb.REOPENED]
    press(rut, "andra")
    assert trail(draft) == [Verb.SIGNED, Verb.REOPENED]
