"""Rows as CSV and JSON. No queries.

CSV is for Excel in Swedish: UTF-8 with BOM, semicolons, decimal commas, days as 2024-05-12, ja and nej; text
that a spreadsheet would take for a formula begins with an apostrophe. JSON is for programs: numbers as numbers
with every digit of the Decimal (never by way of a float), days as text, true and false, and null for what is
not known.
"""

import csv
import datetime
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal

from malmo_intl.exports import csv_cell
from reports.dataout.table import Column, Table
from reports.rules import RULES

MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


def write(suffix: str, table: Table, columns: Sequence[Column], rows: Iterable[tuple]) -> bytes:
    """`suffix` is one of MEDIA_TYPES. `columns` are those that `rows` have values for."""
    return to_csv(columns, rows) if suffix == "csv" else to_json(table, columns, rows)


def to_csv(columns: Sequence[Column], rows: Iterable[tuple]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([column.name for column in columns])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    return csv_cell(value)


def to_json(table: Table, columns: Sequence[Column], rows: Iterable[tuple]) -> bytes:
    about = {
        "tabell": table.key,
        "titel": table.title,
        "beskrivning": table.description,
        "kolumner": [_described(column) for column in columns],
    }
    names = [json.dumps(column.name, ensure_ascii=False) for column in columns]
    lines = ",\n".join(
        "{" + ", ".join(f"{name}: {_literal(v)}" for name, v in zip(names, row, strict=True)) + "}"
        for row in rows
    )
    head = json.dumps(about, ensure_ascii=False, indent=1)[:-2]
    return f'{head},\n "rader": [\n{lines}\n]}}\n'.encode()


def _described(column: Column) -> dict:
    return {
        "namn": column.name,
        "typ": column.type,
        "betydelse": column.meaning,
        "enhet": column.unit or None,
        "regel": RULES.get(column.rule),
    }


def _literal(value) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime.date):
        return f'"{value.isoformat()}"'
    return json.dumps(None if value == "" else value, ensure_ascii=False)
