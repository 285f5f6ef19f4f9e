"""Form fields that read what Swedish people type and paste, and never guess."""

import datetime
import re
import unicodedata
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError

from malmo_intl import formats, marks, prose, richtext
from malmo_intl.models import Precision
from malmo_intl.widgets import ProseWidget

MOST_KRONOR = Decimal(10) ** 12


def as_text(value) -> str:
    """A cleaned value as a browser would post it. What it gives is read back as the same value."""
    match value:
        case None | False:
            return ""
        case True:
            return "on"
        case Decimal():
            return formats.number(value, 0 if value == value.to_integral_value() else 2)
        case KnownDate():
            return value.typed
        case datetime.date():
            return value.isoformat()
        case _ if hasattr(value, "pk"):
            return str(value.pk)
    return str(value)


class PlainTextField(forms.CharField):
    """Text of one or several lines, with only the characters that Word and Excel can hold."""

    def to_python(self, value):
        text = re.sub(r"\r\n?", "\n", richtext.plain(super().to_python(value)))
        return text.strip() if self.strip else text  # what went may have stood before a space


class ProseField(forms.CharField):
    """Text with the few tags of `richtext`, cleaned and settled. Blank markup is no text at all.

    Takes HTML from the editor, and text with the marks of `malmo_intl.marks` from who has no editor. Live
    figures become plain words here; a field that takes them says so, and which there are.
    """

    widget = ProseWidget
    takes_figures = False

    def to_python(self, value):
        try:
            read = marks.read(super().to_python(value))
            return read if self.takes_figures else prose.without_figures(read)
        except richtext.TooComplex as error:
            raise ValidationError(str(error)) from error


class TypedField(forms.Field):
    """A value that is typed as text. Nothing typed is None; `read` makes the rest a value."""

    widget = forms.TextInput
    longest = 40
    inputmode = "text"

    def read(self, text: str):
        """The value. Raises ValueError or ValidationError with a Swedish sentence."""
        raise NotImplementedError

    def to_python(self, value):
        text = "" if value is None else str(value).strip()
        if not text:
            return None
        if richtext.plain(text) != unicodedata.normalize("NFC", text):
            # They cannot be seen, and not be written in an answer either.
            raise ValidationError(
                "Texten innehåller osynliga tecken. Radera fältet och skriv om det."
            )
        if len(text) > self.longest:
            raise ValidationError(f"Texten är för lång. Högst {self.longest} tecken får plats.")
        try:
            return self.read(text)
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def widget_attrs(self, widget):
        return {
            **super().widget_attrs(widget),
            "inputmode": self.inputmode,
            "autocomplete": "off",
            "maxlength": self.longest,
        }


class KronorField(TypedField):
    """A sum in kronor as Decimal; 0 is a sum, and nothing typed is None (counting rule 4)."""

    inputmode = "decimal"

    def __init__(self, *, negative=False, **options):
        self.negative = negative
        super().__init__(**options)

    def read(self, text):
        kronor = formats.read_kronor(text)
        if kronor < 0 and not self.negative:
            raise ValidationError("Beloppet kan inte vara negativt.")
        if abs(kronor) >= MOST_KRONOR:
            raise ValidationError("Beloppet är för stort. Kontrollera antalet siffror.")
        return kronor + 0  # −0 is 0


class PercentField(TypedField):
    """A share in per cent, 0 to 100 with at most two decimals."""

    inputmode = "decimal"
    longest = 12

    def read(self, text):
        match = re.fullmatch(r"(\d{1,3}(?:,\d{1,2})?)[ \u00a0\u202f]?%?", text, re.ASCII)
        share = Decimal(match[1].replace(",", ".")) if match else None
        if share is None or share > 100:
            raise ValidationError(
                f"”{text}” går inte att läsa som en andel. Skriv till exempel 50 eller 12,5."
            )
        return share


class CountField(TypedField):
    """A whole number from 0 to `most`."""

    inputmode = "numeric"
    longest = 20

    def __init__(self, *, most=1_000_000, **options):
        self.most = most
        super().__init__(**options)

    def read(self, text):
        try:
            count = formats.read_kronor(text)
        except ValueError:
            count = None
        if count is None or count < 0 or count != int(count):
            raise ValidationError(
                f"”{text}” går inte att läsa som ett antal. Skriv till exempel 17."
            )
        if count > self.most:
            raise ValidationError(
                f"Antalet är för stort. Högst {formats.number(self.most)} går att ange."
            )
        return int(count)


class KnownDate:
    """A date in the precision that is known: a day, a month or a year."""

    def __init__(self, day: datetime.date, precision: str = Precision.DAY):
        self.day, self.precision = day, precision

    def __eq__(self, other):
        return isinstance(other, KnownDate) and self.typed == other.typed

    def __hash__(self):
        return hash(self.typed)

    @property
    def typed(self) -> str:
        """2024-05-12, 2024-05 or 2024"""
        parts = {Precision.DAY: 3, Precision.MONTH: 2, Precision.YEAR: 1}[self.precision]
        return "-".join(self.day.isoformat().split("-")[:parts])


_BY_DIGITS = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_BY_WORDS = re.compile(
    r"(?:(\d{1,2})[ \u00a0]+)?([a-zåäö]+)[ \u00a0]+(\d{4})", re.ASCII | re.IGNORECASE
)


def read_date(text: str, whole=False) -> KnownDate:
    """ "2024-05-12", "12 maj 2024", "maj 2024", "2024-05" or "2024". `whole`: a day only. Raises ValueError."""
    year = month = day = None
    if match := _BY_DIGITS.fullmatch(text.strip()):
        year, month, day = match.groups()
    elif match := _BY_WORDS.fullmatch(text.strip()):
        day, word, year = match.groups()
        starts = [name for name in formats.MONTHS if name.startswith(word.casefold())]
        month = formats.MONTHS.index(starts[0]) + 1 if len(word) > 2 and len(starts) == 1 else 0
    try:
        found = datetime.date(int(year), int(month or (1 if month is None else 0)), int(day or 1))
    except (TypeError, ValueError) as error:
        forms = "2024-05-12 eller 12 maj 2024" if whole else "2024-05-12, maj 2024 eller 2024"
        what = "finns inte i kalendern" if day and month else "går inte att läsa som ett datum"
        raise ValueError(f"”{text}” {what}. Skriv till exempel {forms}.") from error
    if day is not None:
        return KnownDate(found, Precision.DAY)
    return KnownDate(found, Precision.YEAR if month is None else Precision.MONTH)


class KnownDateField(TypedField):
    """A day, a month or a year as a KnownDate. `whole`: days only."""

    longest = 30

    def __init__(self, *, whole=False, **options):
        self.whole = whole
        super().__init__(**options)

    def read(self, text):
        known = read_date(text, self.whole)
        if self.whole and known.precision != Precision.DAY:
            raise ValidationError(f"Ange hela datumet, till exempel {known.day.year}-05-12.")
        return known
