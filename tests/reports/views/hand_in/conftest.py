"""A finished report of Miljö, and the buttons to press."""

import pytest
from django.core import mail
from django.utils import timezone

from projects.models import Participation
from reports.entry import parts
from reports.models import Answer, Part
from tests import make
from tests.reports.views.hand_in.pages import PAGE, WARNED, seen, the_warning


@pytest.fixture
def year(db):
    return make.year(2024, questions=("Vad har ni gjort?",))


@pytest.fixture
def draft(year, miljo, rut):
    """Finished, with one EU project that was paid 4 711 kronor, and without errors or warnings."""
    made = make.submission(year, miljo)
    question = year.questions.get()
    Answer.objects.create(submission=made, question=question, text="<p>Vi planterade träd.</p>")
    trees = make.project("Gröna tak", "grona-tak", funded_by=make.fund())
    row = make.participation(trees, miljo, Participation.Role.OWNER, paid={2024: 4711})
    row.allocations.create(goal=year.goal_set.goals.first(), share=100)
    for task in parts.tasks(made):
        Part.objects.create(
            submission=made, key=task.key, status="done", saved_by=rut, saved_at=timezone.now()
        )
    return made


@pytest.fixture
def warned(draft):
    make.project("Rebus")
    draft.answers.update(text=WARNED)
    return draft


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """with committed(): what is done in it is committed, so its mails go out."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def press(client, committed):
    """press(person, gor, **fields) → the answer of the page that follows."""

    def press(person, gor, follow=True, **fields):
        client.force_login(person)
        if gor == "godkann":
            fields.setdefault("sett", seen(client))
        with committed():
            return client.post(PAGE, {"gor": gor, **fields}, follow=follow)

    return press


@pytest.fixture
def signed(press, rut, mans, draft):
    press(rut, "be")
    press(mans, "godkann")
    mail.outbox.clear()
    draft.refresh_from_db()
    return draft


@pytest.fixture
def quick(monkeypatch):
    """The receipt's PDF is not drawn, which takes a second."""
    monkeypatch.setattr("reports.receipts.receipt_pdf", lambda submission: b"")


@pytest.fixture
def handed_in(client, press, rut, mans, warned, quick):
    press(rut, "skal", varning=the_warning(client, rut), skal="Vi är åhörare.")
    press(rut, "be")
    press(mans, "godkann")
    press(rut, "lamna-in")
    return warned
