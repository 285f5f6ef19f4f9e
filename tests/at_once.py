"""Many threads that do the same thing at the same time, each with a connection of its own."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

from django.core.exceptions import ValidationError
from django.db import connection, connections

THREADS = 20


@contextmanager
def database_on_file(folder):
    """SQLite in memory cannot be waited for by several threads; a copy of it in a file can. Elsewhere nothing
    is done. Only for a test that runs outside a transaction."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        yield
        return
    connection.ensure_connection()
    memory, name = connection.connection, connection.settings_dict["NAME"]
    file = folder / "at-once.sqlite3"
    with sqlite3.connect(file) as copy:
        memory.backup(copy)
    copy.close()
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        connection.connection = memory


def at_once(deed) -> list[bool]:
    """`deed(number)` in twenty threads that start together: whether each was done, or refused with a
    ValidationError."""
    start = Barrier(THREADS)

    def attempt(number):
        start.wait()
        try:
            deed(number)
        except ValidationError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(THREADS) as threads:
        return list(threads.map(attempt, range(THREADS)))
