"""The mails of the hand-in, given to a real mail server and read back as a mail program would."""

import pytest
from django.utils import timezone

from malmo_intl.models import Role
from reports import mail, outbox, receipts
from reports.models import Letter
from reports.models.submission import Verb
from reports.turns import turns_of
from tests import make

SITE = "https://internationellt.malmo.se"


@pytest.fixture(autouse=True)
def no_drawing(monkeypatch):
    """The receipt's PDF takes a second to draw."""
    monkeypatch.setattr(receipts, "receipt_pdf", lambda submission: b"%PDF-1.7 prov")


def go(letter) -> bool:
    """Whether the server took the letter."""
    return not outbox.deliver(Letter.objects.filter(pk=letter.pk), timezone.now())


@pytest.fixture
def draft(miljo):
    return make.submission(make.year(2024), miljo)


def text(letter) -> str:
    return letter.get_body(("plain",)).get_content()


def test_the_question_arrives_with_every_swedish_letter(mailbox, draft, rut, mans):
    rut.name = "Åsa Öström-Änglund"
    assert go(mail.ask_sign_off(draft, rut, SITE, [mans]))
    (letter,) = mailbox.letters
    assert letter["Subject"].strip() == "Godkänn redovisningen: Miljöförvaltningen 2024"
    assert letter["To"] == mans.email
    assert letter["Reply-To"] == rut.email
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    assert "Åsa Öström-Änglund ber dig läsa och godkänna" in text(letter)
    assert f"{SITE}/redovisning/2024/mf/granska/\n" in text(letter)


def test_a_mail_tells_no_secret_of_the_draft(mailbox, draft, rut, mans):
    draft.answers.create(question=draft.year.questions.get(), text="<p>kanariefågeln</p>")
    go(mail.ask_sign_off(draft, rut, SITE, [mans]))
    go(mail.signed_off(draft, mans, SITE, rut))
    for letter in mailbox.letters:
        said = letter.as_string().casefold()
        for secret in ("kanariefågeln", make.PASSWORD, "sessionid", "csrf", "token"):
            assert secret not in said


def test_the_comment_is_sent_as_it_was_written(mailbox, draft, mans, rut):
    go(mail.sent_back(draft, mans, SITE, "Beloppet är <fel> & för stort.\n\nRätta det.", rut))
    (letter,) = mailbox.letters
    assert "Beloppet är <fel> & för stort.\n\nRätta det." in text(letter)
    assert letter["To"] == rut.email


def test_without_anyone_who_asked_all_coordinators_hear(mailbox, draft, mans, rut, miljo):
    other = make.person("Rune", miljo, Role.COORDINATOR)
    make.person("Borta", miljo, Role.COORDINATOR, is_active=False)
    go(mail.sent_back(draft, mans, SITE, "Rätta.", None))
    assert mailbox.letters[0]["To"] == f"{other.email}, {rut.email}"


@pytest.fixture
def receipt(draft, rut, mans):
    """The letter about what Rut has handed in."""
    draft.ask_sign_off(rut, timezone.now())
    draft.sign_off(mans)
    draft.submit(rut, "Kontrollsumma abc123")
    return mail.receipt(draft, rut, SITE, turns_of(draft), "abc123")


def test_the_receipt_carries_its_pdf_and_the_checksum(mailbox, receipt, rut, mans):
    assert go(receipt)
    (letter,) = mailbox.letters
    assert letter["To"] == f"{rut.email}, {mans.email}"
    assert "Kontrollsumma: abc123" in letter.get_body(("plain",)).get_content()
    (attached,) = letter.iter_attachments()
    assert attached.get_filename() == "kvittens-mf-2024.pdf"
    assert attached.get_content() == b"%PDF-1.7 prov"


def test_a_receipt_that_comes_late_does_not_carry_another_hand_in(mailbox, receipt, draft, rut):
    draft.withdraw(rut)
    assert go(receipt)
    assert not list(mailbox.letters[0].iter_attachments())


def test_nobody_is_mailed_who_may_no_longer_log_in(draft, rut, mans):
    mans.is_active = False
    assert mail.ask_sign_off(draft, rut, SITE, [mans]) is None


def test_a_name_with_a_line_break_cannot_add_a_header(mailbox, draft, rut, mans):
    draft.administration.name = "Miljö\r\nBcc: tjuv@example.com"
    assert go(mail.ask_sign_off(draft, rut, SITE, [mans]))
    (letter,) = mailbox.letters
    assert letter["Bcc"] is None
    assert letter["Subject"].strip() == "Godkänn redovisningen: Miljö Bcc: tjuv@example.com 2024"


def test_every_turn_of_the_trail_is_known(draft, rut, mans):
    draft.ask_sign_off(rut, timezone.now())
    draft.decline(mans, "Mer.")
    assert turns_of(draft).sent_back.comment == "Mer."
    draft.ask_sign_off(rut, timezone.now())
    draft.sign_off(mans)
    told = turns_of(draft)
    assert told.sent_back is None
    assert (told.asked.by, told.signed.by, told.handed_in) == (rut, mans, None)
    assert told.events[0].verb == Verb.SIGNED
