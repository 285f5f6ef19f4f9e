"""The tests' database: made and filled by the first of the processes that share a run, copied by the others."""

import fcntl
import os
import sqlite3
from contextlib import contextmanager

from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from tests.tables import Tables

KEPT = "test_kept"


def set_up(folder):
    """As Django's `setup_databases`, whose answer is returned. `folder` is shared by the processes."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return _made()
    first = folder / "database-is-kept"
    with _alone(folder):
        if not first.exists():
            made = _made()
            Tables().keep_known_years()
            _COPY[connection.vendor].keep(folder)
            first.touch()
            return made
        with _COPY[connection.vendor].taken(folder):
            return _made()  # its migrations are there already


def tear_down(made):
    """As Django's `teardown_databases`. PostgreSQL drops nothing that somebody is connected to, and another
    thread's connection may linger."""
    if connection.vendor == "postgresql":
        name = connection.settings_dict["NAME"]
        connection.close()
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
    teardown_databases(made, verbosity=0)


def _made():
    return setup_databases(verbosity=0, interactive=False)


@contextmanager
def _alone(folder):
    with open(folder / "database.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class _SQLite:
    @staticmethod
    def keep(folder):
        with sqlite3.connect(folder / KEPT) as file:
            connection.connection.backup(file)
        file.close()

    @staticmethod
    @contextmanager
    def taken(folder):
        """A database in memory lives as long as someone is connected to it."""
        memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
        with sqlite3.connect(folder / KEPT) as file:
            file.backup(memory)
        file.close()
        yield
        memory.close()


class _PostgreSQL:
    @staticmethod
    def keep(folder):
        """A template must have no one connected to it. The next run drops it first."""
        made = connection.settings_dict["NAME"]
        connection.close()
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{KEPT}"')
            cursor.execute(f'CREATE DATABASE "{KEPT}" TEMPLATE "{made}"')

    @staticmethod
    @contextmanager
    def taken(folder):
        connection.settings_dict["TEST"]["TEMPLATE"] = KEPT
        yield


_COPY = {"sqlite": _SQLite, "postgresql": _PostgreSQL}
