"""The cast. Rut reports for Miljö and Måns manages it; Lena reads there; Olle reports for Kultur; Sam
is at stadskontoret; Siv keeps the registers."""

import io
import os

import pytest
from django.core.management import call_command
from django.db import transaction

from malmo_intl.models import Role
from tests import make

# Playwright's synchronous browser runs an event loop in the thread of the test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def miljo(db):
    return make.administration("MF", "Miljöförvaltningen", "Miljönämnden")


@pytest.fixture
def kultur(db):
    return make.administration("KULF", "Kulturförvaltningen", "Kulturnämnden")


@pytest.fixture
def office(db):
    return make.administration("STK", "Stadskontoret", "Kommunstyrelsen", leads_the_year=True)


@pytest.fixture
def rut(miljo):
    return make.person("Rut", miljo, Role.COORDINATOR)


@pytest.fixture
def mans(miljo):
    return make.person("Mans", miljo, Role.MANAGER)


@pytest.fixture
def lena(miljo):
    return make.person("Lena", miljo, Role.READER)


@pytest.fixture
def olle(kultur):
    return make.person("Olle", kultur, Role.COORDINATOR)


@pytest.fixture
def sam(office):
    return make.person("Sam", office, Role.CITY_OFFICE)


@pytest.fixture
def siv(office):
    return make.person("Siv", office, Role.SYSTEM, is_staff=True, is_superuser=True)


@pytest.fixture(scope="module")
def known_years(django_db_setup, django_db_blocker):
    """The known years, loaded once for a module that only reads. Do not ask for `db` beside it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_known_years", verbosity=0, stdout=io.StringIO())
        yield
        transaction.set_rollback(True)
