"""Two numbers that may be said of the same: rounding and words of caution."""

from decimal import Decimal

import pytest

from malmo_intl.formats import Amount
from reports.reading.judging import agrees
from reports.reading.numbers import numbers

EXACT = Amount(Decimal(43_108_794))
ROUGH = Amount(Decimal(42_860_000), "ca", 1_000_000)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("43 108 794 kronor", EXACT),
        ("cirka 43 miljoner kronor", EXACT),
        ("cirka 43 miljoner kronor", ROUGH),
        ("43,1 miljoner kronor", EXACT),
        ("drygt 43 miljoner kronor", EXACT),
        ("över 40 miljoner kronor", EXACT),
        ("minst 30 miljoner kronor", EXACT),
        ("nästan 44 miljoner kronor", EXACT),
        ("upp till 45 miljoner kronor", EXACT),
        ("ca 43 110 000 kronor", EXACT),
        ("16 300 000 kronor", Amount(Decimal(16_000_000), "ca", 1_000_000)),
        ("drygt 1 265 besökare", Amount(Decimal(1265))),
    ],
)
def test_they_agree(text, known):
    (number,) = numbers(text)
    assert agrees(number, known)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("43 108 795 kronor", EXACT),
        ("43 000 000 kronor", EXACT),
        ("cirka 42 miljoner kronor", EXACT),
        ("43,2 miljoner kronor", EXACT),
        ("över 44 miljoner kronor", EXACT),
        ("drygt 30 miljoner kronor", EXACT),
        ("minst 44 miljoner kronor", EXACT),
        ("nästan 43 miljoner kronor", EXACT),
        ("upp till 43 miljoner kronor", EXACT),
        ("17 100 000 kronor", Amount(Decimal(16_000_000), "ca", 1_000_000)),
    ],
)
def test_they_do_not(text, known):
    (number,) = numbers(text)
    assert not agrees(number, known)
