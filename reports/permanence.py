"""What is published is never changed: the database itself refuses, whoever asks.

On SQLite a migration that alters one of the tables makes it anew, without its triggers: call `protect` last
in such a migration.
"""

TABLES = ("reports_publication", "reports_publicationfile")
SENTENCE = "Det som är publicerat kan inte ändras."


def protect(connection):
    """Refuse UPDATE and DELETE of what is published. Doing it twice changes nothing."""
    _run(connection, _unprotect(connection) + _protect(connection))


def unprotect(connection):
    """The way back of the migration, and for emptying a database that only tests have written in."""
    _run(connection, _unprotect(connection))


def _protect(connection):
    if connection.vendor == "postgresql":
        refuse = f"BEGIN RAISE EXCEPTION '{SENTENCE}' USING ERRCODE = 'restrict_violation'; END;"
        return [
            f"CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$ {refuse} $$ LANGUAGE plpgsql",
            *(
                f"CREATE TRIGGER {table}_is_permanent BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
                for table in TABLES
            ),
        ]
    return [
        f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{SENTENCE}'); END"
        for table in TABLES
        for deed in ("UPDATE", "DELETE")
    ]


def _unprotect(connection):
    if connection.vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_is_permanent ON {table}" for table in TABLES]
    return [
        f"DROP TRIGGER IF EXISTS {table}_no_{deed}"
        for table in TABLES
        for deed in ("update", "delete")
    ]


def _run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
