"""The mails that stadskontoret writes: texts of the year with words in braces, filled in and put in the
outbox (`reports.outbox`) in the transaction of the deed they tell of."""

import datetime
import re
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone

from malmo_intl import formats
from malmo_intl.models import Membership, Role, User
from reports.models import Letter, MailText, ReportingYear, Submission
from reports.outbox import RECEIPT, REMINDER, Unsent, post

Kind = MailText.Kind
HAND_IN = {
    "ask_sign_off": "Fråga om godkännande",
    "sent_back": "Chefen vill ha ändringar",
    "signed_off": "Chefen har godkänt",
    RECEIPT: "Kvittens",
}
KINDS: dict[str, str] = {**dict(Kind.choices), REMINDER: "Påminnelse", **HAND_IN}

# Word in braces → what it becomes, for the help beside the text.
WORDS: dict[str, str] = {
    "förvaltning": "förvaltningens namn, till exempel Miljöförvaltningen",
    "förvaltningens": "namnet i genitiv, till exempel Miljöförvaltningens",
    "år": "redovisningsåret, till exempel 2024",
    "sista dag": "sista dag att lämna in, till exempel 15 mars 2025",
    "dagar kvar": "tid till sista dagen, till exempel 3 dagar",
    "dagar efter": "tid sedan sista dagen, till exempel 3 dagar",
    "läge": "hur långt redovisningen har kommit, till exempel utkast",
    "länk": "adressen till förvaltningens redovisning",
    "avsändare": "den som skickar; Stadskontoret när mejlet går av sig själv",
    "kommentarer": "vad som ska rättas, bara i mejlet Åter för komplettering",
}
_ONLY = {"kommentarer": Kind.RETURNED}
_WORD = re.compile(r"\{\s*([^{}]*?)\s*\}")
_END = "\n\nHar du frågor? Svara på det här mejlet.\n\n{avsändare}\nMalmö stad, stadskontoret\n"
OFFICE = "Stadskontoret"

# Kind → subject, text, and the days before or after the last day when it goes by itself.
DEFAULTS: dict[str, tuple[str, str, str]] = {
    Kind.OPENED: (
        "Redovisningen av internationellt arbete {år} har öppnat",
        "Hej,\n\nNu går det att fylla i {förvaltningens} redovisning av internationellt arbete {år}. "
        "Sista dag att lämna in: {sista dag}.\n\nHär börjar du:\n{länk}" + _END,
        "",
    ),
    Kind.BEFORE: (
        "Påminnelse: redovisningen {år} ska lämnas in",
        "Hej,\n\nStadskontoret väntar på {förvaltningens} redovisning av internationellt arbete {år}. "
        "Sista dag att lämna in: {sista dag}. Det är {dagar kvar} kvar.\n\n"
        "Här fyller du i och lämnar in:\n{länk}" + _END,
        "14, 3",
    ),
    Kind.AFTER: (
        "Redovisningen {år} har inte kommit in",
        "Hej,\n\nStadskontoret väntar på {förvaltningens} redovisning av internationellt arbete {år}. "
        "Sista dag att lämna in var {sista dag}, för {dagar efter} sedan.\n\n"
        "Här fyller du i och lämnar in:\n{länk}" + _END,
        "1, 7",
    ),
    Kind.RETURNED: (
        "Redovisningen {år} behöver kompletteras",
        "Hej,\n\nStadskontoret har läst {förvaltningens} redovisning av internationellt arbete {år} och "
        "vill att ni kompletterar den:\n\n{kommentarer}\n\nHär rättar du och lämnar in igen:\n{länk}" + _END,
        "",
    ),
    Kind.APPROVED: (
        "Redovisningen {år} är godkänd",
        "Hej,\n\nStadskontoret har godkänt {förvaltningens} redovisning av internationellt arbete {år}. "
        "Tack! Du behöver inte göra något mer.\n\nHär finns den:\n{länk}" + _END,
        "",
    ),
}  # fmt: skip


# --- Texts -----------------------------------------------------------------------------------------


def problems(text: str, kind: str = "") -> list[str]:
    """What is wrong with the braces of a text, as sentences for its form. `kind`: the mail that it is for."""
    found = []
    for word in dict.fromkeys(_WORD.findall(text)):
        known = word.casefold()
        if known not in WORDS:
            found.append(f"{{{word}}} finns inte. {_known(kind)}")
        elif _ONLY.get(known, kind) != kind:
            found.append(f"{{{word}}} finns inte i det här mejlet. {_known(kind)}")
    if re.search(r"[{}]", _WORD.sub("", text)):
        found.append(
            "En klammer saknar sin andra hälft. Skriv ord som ska fyllas i så här: {förvaltning}."
        )
    return found


def words_of(kind: str = "") -> dict[str, str]:
    """The words that a mail of `kind` may have."""
    return {word: help for word, help in WORDS.items() if _ONLY.get(word, kind) == kind}


def _known(kind) -> str:
    return f"Ord som går att använda: {', '.join(f'{{{word}}}' for word in words_of(kind))}."


_NAMES = {"förvaltning", "förvaltningens"}
_BEGINNING = re.compile(r"(?:^|[.!?]\s|\n)\s*$")


def fill(text: str, words: dict[str, str]) -> str:
    """Each word in braces replaced, once: what is put in is not looked through. Unknown ones stay. A name that
    begins a sentence has a capital letter."""

    def said(match):
        word = match[1].casefold()
        value = words.get(word, match[0])
        begins = word in _NAMES and _BEGINNING.search(text[: match.start()])
        return value[:1].upper() + value[1:] if begins else value

    return _WORD.sub(said, text)


def words_for(
    submission: Submission, site: str, today: datetime.date, sender="", comments=""
) -> dict:
    """What the words in braces become for one administration. No queries if its year and administration
    are loaded."""
    last = submission.year.last_day
    left = (last - today).days if last else 0
    unit = submission.administration
    return {
        "förvaltning": unit.in_sentence,
        "förvaltningens": formats.in_sentence(unit.genitive),
        "år": str(submission.year),
        "sista dag": formats.long_date(last) if last else "inte bestämd än",
        "dagar kvar": days(max(left, 0)),
        "dagar efter": days(max(-left, 0)),
        "läge": submission.get_status_display().lower(),
        "länk": site.rstrip("/") + submission.get_absolute_url(),
        "avsändare": sender or OFFICE,
        "kommentarer": comments,
    }


def days(number: int) -> str:
    return "1 dag" if number == 1 else f"{number} dagar"


def text_of(year: ReportingYear, kind: str) -> tuple[str, str]:
    """Subject and body of the year's own text, or of the one that all years begin with."""
    own = year.mail_texts.filter(kind=kind).first()
    return (own.subject, own.body) if own else DEFAULTS[kind][:2]


# --- Who -------------------------------------------------------------------------------------------


def receivers(submissions: Iterable[Submission]) -> dict[int, list[User]]:
    """The coordinators of each, or the managers where there is none, by the submission's number. One
    query."""
    submissions = list(submissions)
    held: dict[tuple[int, str], list[User]] = {}
    found = Membership.objects.filter(
        administration__in=[item.administration_id for item in submissions],
        role__in=(Role.COORDINATOR, Role.MANAGER),
        user__is_active=True,
    )
    for row in found.select_related("user").order_by("user__name", "pk"):
        held.setdefault((row.administration_id, row.role), []).append(row.user)
    return {
        item.pk: held.get((item.administration_id, Role.COORDINATOR))
        or held.get((item.administration_id, Role.MANAGER))
        or []
        for item in submissions
    }


def write(submission: Submission, kind, subject, body, by, to: Iterable[User], **fields) -> Letter:
    """A letter in the outbox. Call it in the transaction of the deed, then `outbox.post` it."""
    return Letter.objects.create(
        year=submission.year,
        administration=submission.administration,
        kind=kind,
        to=list(dict.fromkeys(person.email for person in to)),
        reply_to=by.email if by else "",
        subject=" ".join(subject.split())[:250],
        body=body,
        by=by,
        by_name=by.name if by else OFFICE,
        **fields,
    )


# --- Deeds -----------------------------------------------------------------------------------------


def year_opened(
    year: ReportingYear, by, site: str, today: datetime.date | None = None, unsent: Unsent = None
) -> list[Letter]:
    """To the coordinators of every administration: the year is open. One letter each.

    Call it in the transaction that opens the year. `site`: what links begin with. `unsent` is called after
    the transaction with the letters that the server did not take; they are tried again by `remind`.
    """
    expected = year.submissions.select_related("year", "administration").order_by("pk")
    return _send(list(expected), Kind.OPENED, by, site, today, unsent)


def returned(
    submission: Submission,
    by,
    site: str,
    comments: str | Iterable[str],
    today: datetime.date | None = None,
    unsent: Unsent = None,
) -> list[Letter]:
    """To the administration's coordinators: what is to be mended. `comments`: each as it shall be read, such
    as "Utbetalningar: beloppet saknas." Call it in the transaction of the deed; see `year_opened`."""
    said = comments if isinstance(comments, str) else "\n\n".join(comments)
    return _send([submission], Kind.RETURNED, by, site, today, unsent, said)


def approved(
    submission: Submission,
    by,
    site: str,
    today: datetime.date | None = None,
    unsent: Unsent = None,
) -> list[Letter]:
    """To the administration's coordinators: it is approved. See `year_opened`."""
    return _send([submission], Kind.APPROVED, by, site, today, unsent)


def _send(submissions, kind, by, site, today, unsent, comments="") -> list[Letter]:
    if not submissions:
        return []
    subject, body = text_of(submissions[0].year, kind)
    to = receivers(submissions)
    today = today or timezone.localdate()
    sender = by.name if by else ""
    written = []
    for submission in submissions:
        if to[submission.pk]:
            words = words_for(submission, site, today, sender, comments)
            texts = fill(subject, words), fill(body, words)
            written.append(write(submission, kind, *texts, by, to[submission.pk]))
    post(written, unsent)
    return written


def site_of(request) -> str:
    """What links in mails begin with."""
    return settings.SITE_URL or request.build_absolute_uri("/")
