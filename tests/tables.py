"""The tables of the product as a whole, filled and emptied in one go."""

import io
import time

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import OperationalError, connection, transaction
from django.db.backends.postgresql.operations import DatabaseOperations

from reports import permanence

# The types and rights that Django makes itself are left alone.
DJANGOS = {"django_migrations", "django_content_type", "auth_permission"}


def empty_by_deleting():
    """PostgreSQL's TRUNCATE makes hundreds of files anew, which takes seconds; the few rows of a test are
    deleted in milliseconds. For every flush of this process, Django's own after a test too."""
    DatabaseOperations.sql_flush = _deletions


def _deletions(operations, style, tables, **options):
    return [_UNCHECKED, *(f"DELETE FROM {operations.quote_name(name)}" for name in tables)]  # noqa: S608


# No references looked up and no triggers, until the transaction ends.
_UNCHECKED = "SET LOCAL session_replication_role = replica"


class Tables:
    """Reading the known years in takes seconds. So what they made is laid aside in tables of its own, once,
    and copied from there."""

    def __init__(self):
        self.names = sorted(set(connection.introspection.django_table_names()) - DJANGOS)
        self.models = [model for model in apps.get_models() if model._meta.db_table in self.names]
        self.is_kept = f"kept_{self.names[0]}" in connection.introspection.table_names()

    def empty(self, patience=50):
        """`patience`: how many tenths of a second to wait for a server that still answers somebody."""
        try:
            with transaction.atomic():
                permanence.unprotect(connection)
                _run(connection.ops.sql_flush(no_style(), self.names))
                permanence.protect(connection)
        except OperationalError:
            if not patience:
                raise
            time.sleep(0.1)
            self.empty(patience - 1)

    def keep_known_years(self):
        """Lay them aside, if it is not done, and leave the tables empty."""
        if self.is_kept:
            return
        call_command("load_known_years", verbosity=0, stdout=io.StringIO())
        _run(f'CREATE TABLE "kept_{name}" AS SELECT * FROM "{name}"' for name in self.names)  # noqa: S608
        self.empty()
        self.is_kept = True

    def fill(self):
        """With the known years. The tables must be empty."""
        self.keep_known_years()
        # References between rows are looked at when the transaction ends, so any order will do.
        with transaction.atomic():
            _run(f'INSERT INTO "{name}" SELECT * FROM "kept_{name}"' for name in self.names)  # noqa: S608
            _run(connection.ops.sequence_reset_sql(no_style(), self.models))


def _run(statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
