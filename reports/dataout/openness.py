"""Which tables anyone may fetch without logging in. Stadskontoret decides."""

import datetime

from django.db import transaction

from malmo_intl.models import Event
from reports.dataout.table import Table
from reports.dataout.tables import TABLES
from reports.models import Dataset


def opened() -> dict[str, Dataset]:
    """The open tables by key, in the order of the tables. One query."""
    rows = {row.key: row for row in Dataset.objects.all()}
    return {key: rows[key] for key in TABLES if key in rows}


def open_table(table: Table, by, at: datetime.datetime) -> bool:
    """Whether this was what opened it; opening what is open changes nothing."""
    with transaction.atomic():
        row, is_new = Dataset.objects.get_or_create(
            key=table.key, defaults={"opened_by_name": by.name, "opened_at": at}
        )
        if is_new:
            Event.objects.record("öppnade datamängden", row, by)
    return is_new


def close_table(table: Table, by) -> bool:
    """Whether this was what closed it."""
    with transaction.atomic():
        row = Dataset.objects.filter(key=table.key).first()
        if row is None or not Dataset.objects.filter(pk=row.pk).delete()[0]:
            return False
        Event.objects.record("stängde datamängden", row, by)
    return True
