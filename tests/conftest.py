"""The cast. Rut reports for Miljö and Måns manages it; Lena reads there; Olle reports for Kultur; Sam
is at stadskontoret; Siv keeps the registers."""

import os

import pytest
from django.conf import settings
from django.db import connection, transaction

from malmo_intl.models import Role
from reports import permanence
from reports.models import Publication, PublicationFile, PublishedFigure
from tests import copies, make
from tests.tables import Tables, empty_by_deleting

DATABASES = {"db", "transactional_db", "known_years", "tables", "django_db_setup"}

# Playwright's synchronous browser runs an event loop in the thread of the test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure():
    # Real hashing is slow on purpose, and nobody guesses the passwords of the cast.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # A connection that a server's thread keeps open would be in the way of dropping the database.
    settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
    # A file that was drawn before the change would hide what the change does.
    settings.RENDER_CACHE_MEGABYTES = 0
    empty_by_deleting()


def pytest_collection_modifyitems(items):
    """A test that asks for no database is the same on every one: `-m 'not anydb'` leaves it out."""
    for item in items:
        if not DATABASES & set(item.fixturenames) and not item.get_closest_marker("django_db"):
            item.add_marker("anydb")


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


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings, django_db_blocker, tmp_path_factory
):
    """A database for tests, always: pytest-django makes one only where a test asks for `db` by name,
    and `known_years` would else be loaded into the developer's own."""
    with django_db_blocker.unblock():
        made = copies.set_up(tmp_path_factory.getbasetemp().parent)
    yield
    with django_db_blocker.unblock():
        copies.tear_down(made)


@pytest.fixture(scope="session")
def tables(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        made = Tables()
        made.keep_known_years()
        return made


@pytest.fixture(scope="module")
def known_years(tables, django_db_blocker):
    """The known years, for a module that only reads. Do not ask for `db` beside it."""
    with django_db_blocker.unblock(), transaction.atomic():
        tables.fill()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def permanent_db(transactional_db):
    """A real database, as `transactional_db`, in which something is published: it can be emptied afterwards,
    though the database refuses to give up what is published."""
    yield
    permanence.unprotect(connection)
    for model in (PublishedFigure, PublicationFile, Publication):
        model.objects.all().delete()
    permanence.protect(connection)
