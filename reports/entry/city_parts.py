"""Which texts of its own the city writes about a year, and how far each has come."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from malmo_intl import prose
from reports import city, city_meter
from reports.city import City
from reports.entry.city_memo import CityMemoForm
from reports.entry.city_text import CityTextForm
from reports.entry.form import PartForm
from reports.models import Memo, Part
from reports.models.part import NOT_BEGUN


@dataclass(frozen=True)
class Written:
    """A text on the list. `word` is its state; `words` how many there are in it."""

    key: str
    title: str
    url: str
    word: str
    words: int
    part: Part | None

    @property
    def is_finished(self) -> bool:
        return self.word in (Part.Status.DONE.label, Part.Status.NOTHING.label)

    @property
    def note(self) -> str:
        """ "312 ord. Sparad av Sam, 2026-11-21 10.30." """
        said = f"{self.words} ord." if self.words else ""
        if self.part and self.part.saved_at:
            who = f" av {self.part.saved_by.name}" if self.part.saved_by else ""
            at = timezone.localtime(self.part.saved_at)
            said = f"{said} Sparad{who}, {at:%Y-%m-%d %H.%M}."
        return said.strip()


def form_class(key: str) -> type[PartForm]:
    return CityMemoForm if key == city.MEMO else CityTextForm


def address(of: City, key: str) -> str:
    return reverse("city_text", args=[of.year.year, key])


def written(of: City) -> list[Written]:
    """The city's texts in the order of its report, and its memo last. Five queries."""
    begun = {part.key: part for part in of.parts.select_related("saved_by")}
    texts = of.year.city_texts.select_related("question")
    words = {city_meter.part_key(text): prose.words(text.text) for text in texts}
    memo = (
        Memo.objects.filter(year=of.year, administration=None).prefetch_related("sections").first()
    )
    if memo:
        sections = memo.sections.all()
        words[city.MEMO] = prose.words("".join([memo.summary, *(item.text for item in sections)]))
    listed = [
        (city.SUMMARY, "Sammanfattning av hela året"),
        *((f"{city.QUESTION}{item.number}", item.text) for item in of.year.questions.all()),
        (city.MEMO, CityMemoForm.heading),
    ]
    return [
        Written(
            key,
            title,
            address(of, key),
            _word(of, begun.get(key), words.get(key, 0)),
            words.get(key, 0),
            begun.get(key),
        )
        for key, title in listed
    ]


def _word(of, part, words) -> str:
    """A text that was there before anybody wrote here is begun, or done where it has been published."""
    if part:
        return part.get_status_display()
    if not words:
        return NOT_BEGUN
    return Part.Status.DONE.label if of.has_been_published else Part.Status.STARTED.label


def following(of: City, key: str) -> str:
    """Where the writer goes on: to the first unfinished text after `key`, or at all, or to the list."""
    listed = written(of)
    at = next((index for index, item in enumerate(listed) if item.key == key), -1)
    after = [*listed[at + 1 :], *listed[: max(at, 0)]]
    url = next((item.url for item in after if not item.is_finished), "")
    return url or of.get_absolute_url()
