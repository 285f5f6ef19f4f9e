"""Whatever two people do on their pages, in whatever order: no acknowledged text is lost.

Every text that the server has said it saved is in the part now or in its history; and it is replaced
only by somebody who had it before them.
"""

import itertools
import uuid

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from reports.entry import parts
from reports.entry.answer import AnswerForm
from reports.entry.partners import PartnersForm
from reports.models import Saving
from tests import make

CHOICES = ("deras", "mina", "bada")
steps = some.lists(
    some.tuples(
        some.sampled_from([0, 1]),  # who
        some.sampled_from(["open", "write", "write", "write", "press"]),
        some.sets(some.integers(0, 2)),  # which fields
        some.sampled_from(CHOICES),
    ),
    min_size=2,
    max_size=10,
)


class Page:
    """A page as it stands open at somebody's, with js/entry.js at work."""

    numbers = itertools.count(1)

    def __init__(self, client, form):
        self.client, self.form_class, self.key = client, type(form), form.key
        self.submission = form.submission
        self.address = parts.address(form.submission, form.key)
        self.sida = uuid.uuid4().hex
        self.fields, self.version = dict(form.stored), form.version
        self.fields = {name: self.fields.get(name, "") for name in form.fields}
        self.seen = {name: {text} for name, text in self.fields.items()}

    def write(self, which, text_of):
        names = [name for name in self.fields if not name.startswith("inget")]
        for at in which:
            if at < len(names):
                self.fields[names[at]] = text_of(next(self.numbers))
                self.seen[names[at]].add(self.fields[names[at]])

    def post(self, **more):
        hidden = {"version": self.version, "sida": self.sida, "visade": " ".join(self.fields)}
        return self.client.post(self.address, {**self.fields, **hidden, **more})

    def save_by_itself(self, choice):
        answer = self.post(gor="autospara")
        if answer.status_code == 409:
            return self.press(choice)
        told = answer.json()
        for name, text in told.get("values", {}).items():
            self.show(name, text)
        self.version = told["version"]
        return True

    def press(self, choice):
        """The button, and if there is a clash the page for choosing; then the page is drawn anew."""
        answer = self.post(gor="spara")
        if answer.status_code == 409:
            self.choose(answer.context, choice)
        now = self.form_class(self.submission, self.key)
        for name in self.fields:
            self.show(name, now.stored.get(name, ""))
        self.version = now.version
        return True

    def choose(self, context, choice):
        posted = dict(context["rest"]) | {"version": context["version"], "sida": self.sida}
        for clash, _ in context["clashes"]:
            self.seen[clash.name].add(clash.theirs)
            posted |= {
                f"valj-{clash.name}": choice if clash.is_text or choice != "bada" else "mina",
                f"deras-{clash.name}": clash.theirs,
                f"mina-{clash.name}": clash.mine,
            }
        assert self.client.post(self.address, posted).status_code == 302

    def show(self, name, text):
        self.fields[name] = text
        self.seen[name].add(text)


def play(form_class, key, draft, clients, text_of, moves):
    def now():
        return form_class(draft, key).stored

    pages = [Page(client, form_class(draft, key)) for client in clients]
    acknowledged = set()
    for who, move, which, choice in moves:
        if move == "open":
            pages[who] = Page(clients[who], form_class(draft, key))
            continue
        page, before = pages[who], now()
        page.write(which, text_of)
        wrote = dict(page.fields)
        (page.press if move == "press" else page.save_by_itself)(choice)
        after = now()
        acknowledged |= {
            text for name, text in wrote.items() if text and text in after.get(name, "")
        }
        for name, text in before.items():
            if after.get(name, "") != text:
                assert text in page.seen[name] or text in after.get(name, ""), (name, text)
    kept = [row.values for row in Saving.objects.filter(part__submission=draft)] + [now()]
    everything = " ".join(text for values in kept for text in values.values())
    assert all(text in everything for text in acknowledged)


@pytest.mark.parametrize(
    ("form_class", "key", "text_of"),
    [
        (AnswerForm, "fragor/1", lambda number: f"<p>text {number}.</p>"),
        (PartnersForm, "parter", lambda number: str(1_000 + number % 8_000)),
    ],
)
def test_two_who_write_lose_nothing(db, miljo, rut, mans, form_class, key, text_of):
    draft = make.submission(make.year(2024), miljo)
    clients = [Client(), Client()]
    clients[0].force_login(rut)
    clients[1].force_login(mans)

    @given(steps)
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    def property_(moves):
        with transaction.atomic():
            play(form_class, key, draft, clients, text_of, moves)
            transaction.set_rollback(True)

    property_()
