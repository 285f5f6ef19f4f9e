"""Stadens tjänsteskrivelse: the memo on which KSAU, KS and KF decide the city's year."""

from functools import cached_property

from reports.entry.city_text import Metered
from reports.entry.memo import MemoForm
from reports.entry.memo_start import Start

# Key → heading of the texts that `compose.city` prints, in its order.
SECTIONS = {
    "case": "Ärendet",
    "work": "Förvaltningarnas internationella arbete",
    "financing": "Fonder och medfinansiering",
    "examples": "Exempel från förvaltningarna",
    "assessment": "Stadskontorets bedömning",
}


class CityStart(Start):
    """What there is to begin from, for the whole city."""

    @property
    def points_words(self):
        """The city's points are its own: without an earlier memo there are none to fetch."""
        return super().points_words if self.earlier else ""

    def decision_points(self):
        return super().decision_points() if self.earlier else []

    def usual(self, title):
        usual = super().usual(title)
        if self.earlier is None:
            usual.pop("mottagare-ny1-text")
        return usual


class CityMemoForm(Metered, MemoForm):
    heading = "Stadens tjänsteskrivelse"
    lead = (
        "Det som kommunfullmäktige beslutar om. Tabeller, diagram och jämförelser kommer av sig själva "
        "från förvaltningarnas uppgifter."
    )
    notes = "reports/city/_notes.html"
    starts_from = CityStart
    has_decision = False

    def printed(self):
        return SECTIONS

    @cached_property
    def texts(self) -> list[str]:
        return ["sammanfattning", *(f"avsnitt-{key}" for key in SECTIONS)]

    def all_text(self) -> str:
        return "".join(map(self.typed, self.texts))
