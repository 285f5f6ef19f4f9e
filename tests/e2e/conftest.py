"""A real browser, Debian's Chromium, against a real server with the known years."""

import io

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from malmo_intl.management.commands.make_demo_people import PASSWORD, email
from malmo_intl.models import User


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": "/usr/bin/chromium-headless-shell",
        # One process for the pages of all visitors, who still share nothing: a sixth less to compute.
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--renderer-process-limit=1",
        ],
    }


@pytest.fixture(scope="session")
def server(django_db_setup, django_db_blocker):
    """One server for all tests. It may ask the database while a test that asks for a site runs."""
    with django_db_blocker.unblock():
        running = LiveServer("localhost")
    yield running.url
    with django_db_blocker.unblock():
        running.stop()


@pytest.fixture
def empty_site(server, tables, django_db_blocker):
    """The server's address, with nothing in its database."""
    with django_db_blocker.unblock():
        yield server
        tables.empty()


@pytest.fixture
def make_demo(settings):
    """make_demo("people") and make_demo("year") do as the commands, which do it only where DEBUG is on."""

    def make(what):
        settings.DEBUG = True
        call_command(f"make_demo_{what}", stdout=io.StringIO())
        settings.DEBUG = False

    return make


@pytest.fixture
def site(empty_site, tables, make_demo):
    """The server's address; it knows the known years and the demo people."""
    tables.fill()
    make_demo("people")
    return empty_site


class Visitor:
    """Someone at a browser, who notes every report of the content security policy."""

    def __init__(self, page, site):
        self.page, self.site, self.reports = page, site, []
        page.on("console", self._note)

    def _note(self, message):
        if "Content Security Policy" in message.text:
            self.reports.append(message.text)

    def goto(self, address):
        return self.page.goto(self.site + address)

    def log_in(self, who):
        self.goto("/konto/logga-in/")
        self.page.get_by_label("E-post").fill(email(who))
        self.page.get_by_label("Lösenord").fill(PASSWORD)
        self.page.get_by_role("button", name="Logga in").click()
        self.page.wait_for_url(self.site + "/")


@pytest.fixture
def visit(site, new_context):
    """visit(who, **options) → a Visitor at the start page, logged in as the demo person `who`; or nowhere
    yet, and not logged in."""

    def open_browser(who=None, **options):
        context = new_context(locale="sv-SE", **options)
        if who:
            context.add_cookies([session_of(User.objects.get(email=email(who)), site)])
        visitor = Visitor(context.new_page(), site)
        if who:
            visitor.goto("/")
        return visitor

    return open_browser


def session_of(person, site):
    """The cookie of someone who has logged in, which takes a while by hand."""
    client = Client()
    client.force_login(person)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
