"""Days on which no board meets: weekends and the Swedish holidays. No Django."""

import datetime
from functools import lru_cache

import holidays

from malmo_intl import formats

WEEKEND = {5: "lördag", 6: "söndag"}


@lru_cache(maxsize=32)
def _free_days(year: int) -> dict[datetime.date, str]:
    """The year's public holidays, and the eves that Semesterlagen 7 § places beside them."""
    return dict(
        holidays.country_holidays(
            "SE", years=year, language="sv", categories=("public", "de_facto")
        ).items()
    )


def remark(day: datetime.date) -> str:
    """ "lördag", "söndag" or "långfredagen"; empty for a day on which people work."""
    name = _free_days(day.year).get(day, "")
    return formats.in_sentence(name) or WEEKEND.get(day.weekday(), "")


def warning(day: datetime.date) -> str:
    """ "18 april 2025 är långfredagen. Kontrollera datumet." Empty for a day on which people work."""
    word = remark(day)
    if not word:
        return ""
    word = f"en {word}" if word in WEEKEND.values() else word
    return f"{formats.long_date(day)} är {word}. Kontrollera datumet."
