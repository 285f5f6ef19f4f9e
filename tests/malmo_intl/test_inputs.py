"""What is typed becomes a value or a Swedish sentence; what is stored is written and read back the same."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as some

from malmo_intl.inputs import (
    MOST_KRONOR,
    CountField,
    KnownDate,
    KnownDateField,
    KronorField,
    PercentField,
    PlainTextField,
    as_text,
)
from malmo_intl.models import Precision

kronor = KronorField(required=False, negative=True)
percent = PercentField(required=False)
count = CountField(required=False)
date = KnownDateField(required=False)
FIELDS = [kronor, percent, count, date, KronorField(required=False), KnownDateField(whole=True)]


def refused(field, text):
    with pytest.raises(ValidationError) as error:
        field.clean(text)
    return error.value.messages[0]


# --- There and back ----------------------------------------------------------------------------------

MOST = MOST_KRONOR - 1


@given(some.decimals(-MOST, MOST, places=2))
def test_every_sum_is_read_back_as_itself(sum_):
    assert kronor.clean(as_text(sum_)) == sum_


@given(some.integers(-int(MOST), int(MOST)))
def test_whole_kronor_are_written_without_ore(sum_):
    assert "," not in as_text(Decimal(sum_))
    assert kronor.clean(as_text(Decimal(sum_))) == sum_


@given(some.decimals(0, 100, places=2))
def test_every_share_is_read_back_as_itself(share):
    assert percent.clean(as_text(share)) == share


@given(some.integers(0, 1_000_000))
def test_every_count_is_read_back_as_itself(number):
    assert count.clean(as_text(number)) == number


@given(some.dates(), some.sampled_from(list(Precision)))
def test_every_date_is_read_back_in_its_precision(day, precision):
    known = KnownDate(day, precision)
    assert date.clean(as_text(known)) == known
    assert date.clean(as_text(known)).precision == precision


@given(some.text(some.characters(codec=None), max_size=60))
@example("\x00 a")
@example("a\rb\r\nc")
def test_every_text_is_read_back_as_itself(text):
    field = PlainTextField(required=False)
    once = field.clean(text)
    assert field.clean(as_text(once)) == once
    assert field.clean(once.replace("\n", "\r\n")) == once  # as a browser sends it
    once.encode()


# --- Whatever is typed -------------------------------------------------------------------------------

anything = some.one_of(
    some.text(some.characters(codec=None), max_size=50),  # surrogates and control characters too
    some.text("0123456789 \u00a0\u202f,.-−+%krmtSEKjanuiö/:\t\r\n", max_size=45),
    some.from_regex(r"\A[0-9]{1,45}[,.]?[0-9]{0,4} ?(mkr|tkr|miljoner|kr|%)?\Z"),
)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: type(field).__name__)
@given(typed=anything)
@example(typed="9" * 36 + " mkr")
@example(typed="4\x00029")
@example(typed="\ud800")
def test_anything_typed_is_a_value_or_a_sentence(field, typed):
    try:
        value = field.clean(typed)
    except ValidationError as error:
        for sentence in error.messages:
            assert sentence.endswith(".")
            sentence.encode()
    else:
        assert field.required is False or value is not None
        assert value is None or field.clean(as_text(value)) == value


# --- What people type --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sum_"),
    [
        ("4 029 253", 4029253),
        ("4029253,00", 4029253),
        ("4\u00a0029\u00a0253", 4029253),
        ("4\u202f029\u202f253 kr", 4029253),
        (" 4 029 253\t", 4029253),
        ("−500", -500),
        ("-500,5", Decimal("-500.5")),
        ("0", 0),
        ("−0", 0),
    ],
)
def test_sums_as_they_are_written_and_pasted(typed, sum_):
    assert kronor.clean(typed) == sum_
    assert not kronor.clean(typed).is_signed() or sum_ < 0


def test_nothing_and_zero_are_two_things():
    assert kronor.clean("") is None
    assert kronor.clean("  ") is None
    assert kronor.clean(0) == 0


@pytest.mark.parametrize(
    "typed", ["1 5", "1.5", "1e5", "4,029,253", "100 200\n300", "ett", "½", "٣"]
)
def test_sums_that_could_mean_two_things_are_refused(typed):
    assert "går inte att läsa som ett belopp" in refused(kronor, typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("1,5 mkr", "1 500 000"), ("16 miljoner", "16 000 000"), ("350 tkr", "350 000")],
)
def test_a_rough_sum_is_asked_about(typed, meant):
    assert f"Menar du {meant}?" in refused(kronor, typed).replace("\u00a0", " ")


def test_invisible_characters_are_not_left_out_of_a_sum():
    assert "osynliga tecken" in refused(kronor, "4\x00029")


def test_a_repayment_is_read_only_where_there_are_repayments():
    assert "negativt" in refused(KronorField(), "-1")


def test_a_sum_has_at_most_twelve_digits():
    assert kronor.clean("999999999999,99") == Decimal("999999999999.99")
    assert "för stort" in refused(kronor, "1000000000000")


@pytest.mark.parametrize(
    ("typed", "share"), [("60", 60), ("12,5", Decimal("12.5")), ("12,5\u00a0%", Decimal("12.5"))]
)
def test_shares_as_they_are_written(typed, share):
    assert percent.clean(typed) == share


@pytest.mark.parametrize("typed", ["101", "100,01", "-1", "12.5", "1/3", "12,345"])
def test_other_shares_are_refused(typed):
    assert "går inte att läsa som en andel" in refused(percent, typed)


@pytest.mark.parametrize(
    ("typed", "day", "precision"),
    [
        ("2024-05-12", (2024, 5, 12), "day"),
        ("12 maj 2024", (2024, 5, 12), "day"),
        ("12\u00a0maj 2024", (2024, 5, 12), "day"),
        ("Maj 2024", (2024, 5, 1), "month"),
        ("2024-05", (2024, 5, 1), "month"),
        ("2024", (2024, 1, 1), "year"),
    ],
)
def test_dates_as_they_are_written(typed, day, precision):
    assert date.clean(typed) == KnownDate(datetime.date(*day), precision)


@pytest.mark.parametrize("typed", ["ju 2024", "24-05-12", "12/5 2024", "0000", "mars"])
def test_other_dates_are_refused(typed):
    assert "går inte att läsa som ett datum" in refused(date, typed)


@pytest.mark.parametrize("typed", ["2023-02-29", "31 februari 2025", "2024-13-01"])
def test_a_day_that_is_in_no_calendar_is_told(typed):
    assert "finns inte i kalendern" in refused(date, typed)
