"""The mails, given to a real mail server and read back as a mail program would."""

import email
import email.policy
import logging
import socket

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.utils import timezone

from malmo_intl.models import Role
from reports import mail
from reports.models import Submission
from reports.models.submission import Verb
from reports.turns import turns_of
from tests import make

SITE = "https://internationellt.malmo.se"


class Mailbox(Message):
    """Keeps every mail that arrives, with the addresses that the server was given."""

    def __init__(self):
        super().__init__()
        self.letters = []

    def handle_message(self, message):
        self.letters.append(email.message_from_bytes(bytes(message), policy=email.policy.default))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return found.getsockname()[1]


@pytest.fixture
def mailbox(settings):
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = server.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield box
    server.stop()


@pytest.fixture
def draft(miljo):
    return make.submission(make.year(2024), miljo)


def text(letter) -> str:
    return letter.get_body(("plain",)).get_content()


def test_the_question_arrives_with_every_swedish_letter(mailbox, draft, rut, mans):
    rut.name = "Åsa Öström-Änglund"
    assert mail.ask_sign_off(draft, rut, SITE, [mans])
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
    mail.ask_sign_off(draft, rut, SITE, [mans])
    mail.signed_off(draft, mans, SITE, rut)
    for letter in mailbox.letters:
        said = letter.as_string().casefold()
        for secret in ("kanariefågeln", make.PASSWORD, "sessionid", "csrf", "token"):
            assert secret not in said


def test_the_comment_is_sent_as_it_was_written(mailbox, draft, mans, rut):
    mail.sent_back(draft, mans, SITE, "Beloppet är <fel> & för stort.\n\nRätta det.", rut)
    (letter,) = mailbox.letters
    assert "Beloppet är <fel> & för stort.\n\nRätta det." in text(letter)
    assert letter["To"] == rut.email


def test_without_anyone_who_asked_all_coordinators_hear(mailbox, draft, mans, rut, miljo):
    other = make.person("Rune", miljo, Role.COORDINATOR)
    make.person("Borta", miljo, Role.COORDINATOR, is_active=False)
    mail.sent_back(draft, mans, SITE, "Rätta.", None)
    assert mailbox.letters[0]["To"] == f"{other.email}, {rut.email}"


def test_the_receipt_carries_its_pdf_and_the_checksum(mailbox, draft, rut, mans):
    draft.ask_sign_off(rut, timezone.now())
    draft.sign_off(mans)
    draft.submit(rut)
    assert mail.receipt(draft, rut, SITE, turns_of(draft), "abc123", b"%PDF-1.7 prov")
    (letter,) = mailbox.letters
    assert letter["To"] == f"{rut.email}, {mans.email}"
    assert "Kontrollsumma: abc123" in letter.get_body(("plain",)).get_content()
    (attached,) = letter.iter_attachments()
    assert attached.get_filename() == "kvittens-mf-2024.pdf"
    assert attached.get_content() == b"%PDF-1.7 prov"


def test_nobody_is_mailed_who_may_no_longer_log_in(mailbox, draft, rut, mans):
    mans.is_active = False
    assert mail.ask_sign_off(draft, rut, SITE, [mans])
    assert mailbox.letters == []


def test_a_name_with_a_line_break_cannot_add_a_header(mailbox, draft, rut, mans):
    draft.administration.name = "Miljö\r\nBcc: tjuv@example.com"
    assert mail.ask_sign_off(draft, rut, SITE, [mans])
    (letter,) = mailbox.letters
    assert letter["Bcc"] is None
    assert letter["Subject"].strip() == "Godkänn redovisningen: Miljö Bcc: tjuv@example.com 2024"


def test_a_server_that_is_down_is_said_and_logged_and_nothing_more(
    settings, draft, rut, mans, caplog
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with caplog.at_level(logging.ERROR):
        assert not mail.ask_sign_off(draft, rut, SITE, [mans])
    assert "was not sent" in caplog.text
    assert Submission.objects.get(pk=draft.pk).status == Submission.Status.DRAFT


def test_a_server_that_refuses_is_the_same(mailbox, draft, rut, mans, settings, monkeypatch):
    async def refuse(*_):
        return "554 Nej"

    monkeypatch.setattr(mailbox, "handle_DATA", refuse, raising=False)
    assert not mail.ask_sign_off(draft, rut, SITE, [mans])


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
