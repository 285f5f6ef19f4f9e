"""JSON Schema (2020-12) for a table as `reports.dataout.writing` writes it. No Django."""

from reports.dataout.table import Column, Table

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES = {
    "heltal": {"type": ["integer", "null"]},
    "decimaltal": {"type": ["number", "null"]},
    "text": {"type": ["string", "null"]},
    "datum": {"type": ["string", "null"], "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    "ja/nej": {"type": ["boolean", "null"]},
}


def schema(table: Table) -> dict:
    """Of the whole file. null is a value that is not known, or that does not exist."""
    return {
        "$schema": DIALECT,
        "title": table.title,
        "description": table.description,
        "type": "object",
        "required": ["tabell", "titel", "beskrivning", "kolumner", "rader"],
        "properties": {
            "tabell": {"const": table.key},
            "titel": {"type": "string"},
            "beskrivning": {"type": "string"},
            "kolumner": {"type": "array", "items": {"type": "object"}},
            "rader": {"type": "array", "items": _row(table)},
        },
        "additionalProperties": False,
    }


def _row(table: Table) -> dict:
    return {
        "type": "object",
        "required": [column.name for column in table.columns],
        "properties": {column.name: _value(column) for column in table.columns},
        "additionalProperties": False,
    }


def _value(column: Column) -> dict:
    unit = f" Enhet: {column.unit}." if column.unit else ""
    return {**_TYPES[column.type], "description": f"{column.meaning}{unit}"}
