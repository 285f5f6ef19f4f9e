"""What a person can do next with a report, in one sentence and at most one main button."""

from dataclasses import dataclass

from django.utils import timezone

from malmo_intl import access, formats
from malmo_intl.formats import count_word
from reports.compose.receipt import moment
from reports.handing_in import CLOSED, NOBODY_SIGNS, managers
from reports.models import ReportingYear, Submission
from reports.turns import Turns


@dataclass(frozen=True)
class Step:
    """`act` and `label` are the main button's; `url` makes it a link. `may_decline` and `may_reopen` are
    the quiet ways back."""

    sentence: str
    act: str = ""
    label: str = ""
    url: str = ""
    may_decline: bool = False
    may_reopen: bool = False


def next_step(user, submission: Submission, turns: Turns, errors) -> Step:
    """For someone who may report for the administration."""
    if submission.year.status not in ReportingYear.WRITABLE:
        return Step(CLOSED)
    signs = access.may_sign_off(user, submission.administration)
    if submission.status == Submission.Status.READY:
        return _hand_in(turns, errors)
    asked = submission.sign_off_asked_at is not None
    if errors:
        return _mend(errors, signs, asked)
    if signs:
        return _sign_off(turns, asked)
    return _wait(user, turns) if asked and turns.asked else _ask(submission)


def said(event) -> str:
    """Rut Samordnare, 16 januari 2020 klockan 14.02"""
    return f"{event.by_name}, {moment(timezone.localtime(event.at))}"


def _mend(errors, signs, asked):
    number = count_word(len(errors))
    then = "godkänner du redovisningen" if signs else "ber du ansvarig chef godkänna"
    return Step(
        f"Rätta {number} fel först. Sedan {then}.",
        label="Gå till det första felet",
        url=errors[0].url,
        may_decline=signs and asked,
    )


def _ask(submission):
    people = managers(submission)
    if not people:
        return Step(NOBODY_SIGNS)
    names = formats.join_words(person.name for person in people)
    return Step(
        f"Inga fel hindrar. Ansvarig chef ({names}) får ett mejl och läser. När chefen har godkänt lämnar "
        "du in till stadskontoret.",
        "be",
        "Be ansvarig chef godkänna",
    )


def _wait(user, turns):
    asked = turns.asked
    who = "Du" if asked.by_id == user.pk else asked.by_name
    return Step(
        f"{who} bad ansvarig chef godkänna {moment(timezone.localtime(asked.at))}. Nu väntar redovisningen "
        "på chefen, och du behöver inte göra något. Du kan fortfarande ändra."
    )


def _sign_off(turns, asked):
    by = f"{turns.asked.by_name} ber dig godkänna redovisningen. " if asked and turns.asked else ""
    return Step(
        f"{by}När du har godkänt går den inte att ändra, om inte någon tar tillbaka den, och kan lämnas in "
        "till stadskontoret.",
        "godkann",
        "Godkänn för inlämning",
        may_decline=asked,
    )


def _hand_in(turns, errors):
    signed = f"Godkänd av {said(turns.signed)}. " if turns.signed else ""
    if errors:
        return Step(
            f"{signed}Nu finns ett fel. Ta tillbaka redovisningen och rätta det.", may_reopen=True
        )
    return Step(
        f"{signed}När du lämnar in får stadskontoret redovisningen. Du och chefen får en kvittens.",
        "lamna-in",
        "Lämna in till stadskontoret",
        may_reopen=True,
    )
