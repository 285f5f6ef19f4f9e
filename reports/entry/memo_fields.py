"""The fields of a memo's form: its head, a row of each of its lists, the board's decision."""

from django import forms

from malmo_intl.inputs import KnownDateField
from reports.entry.rows import LineField


def head(prose) -> dict[str, forms.Field]:
    sentence = "Skriv en ärendemening, till exempel ”Redovisning av internationellt arbete”."
    return {
        "rubrik": _line(
            "Ärendemening", 200, required=True, error_messages={"required": sentence}
        ),
        "diarienummer": _line("Diarienummer", 40, help_text="Till exempel STK-2025-1234"),
        "datum": KnownDateField(
            label="Datum", required=False, whole=True, help_text="Till exempel 2025-02-14"
        ),
        "handlaggare": _line("Namn", 120),
        "handlaggare_titel": _line("Titel", 120),
        "handlaggare_epost": forms.EmailField(
            label="E-post", required=False, max_length=254,
            error_messages={"invalid": "Skriv en e-postadress, till exempel namn@malmo.se."},
        ),
        "handlaggare_telefon": _line("Telefon", 40),
        "sammanfattning": prose("Sammanfattning"),
        "inledning": _line(
            "Inledning till beslutet", 300, help_text="Står före beslutspunkterna, om den behövs."
        ),
    }  # fmt: skip


def decision() -> dict[str, forms.Field]:
    return {
        "beslutsdatum": KnownDateField(
            label="Nämndens beslut, datum", required=False, whole=True,
            help_text="Fyll i när nämnden har beslutat.",
        ),
        "paragraf": _line("Paragraf", 12, help_text="Till exempel 12"),
    }  # fmt: skip


def columns(rows: str) -> dict:
    """Column → a function that makes its field, for the rows of that name."""
    if rows == "steg":
        return {
            "instans": lambda: _line("Instans", 160),
            "datum": lambda: KnownDateField(label="Datum", required=False, whole=True),
        }
    if rows == "ansvarig":
        return {
            "text": lambda: _line("Namn eller funktion", 500),
            "titel": lambda: _line("Titel", 120),
        }
    # A line that may be long: a field that grows with it.
    return {"text": lambda: _line("Text", 500, widget=forms.Textarea(attrs={"rows": 1}))}


def _line(label, longest, **options):
    return LineField(label=label, max_length=longest, **{"required": False} | options)
