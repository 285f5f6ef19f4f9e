"""The city's summary: of one question's answers, or of the whole year."""

from dataclasses import dataclass
from functools import cached_property

from django.forms.widgets import Script
from django.http import Http404

from malmo_intl import marks, richtext
from malmo_intl.formats import sort_key
from reports import city, city_meter, prose, quoting
from reports.entry import city_remarks, leftovers
from reports.entry.answer import COPY
from reports.entry.form import PartForm, signature
from reports.entry.live import LiveTexts
from reports.entry.stored import put
from reports.models import Answer, CityText, Question, Quotation, Submission

TEXT = "text"
# The button that quotes a passage: "17-4f0c…", the answer and the passage's digest.
QUOTE = "citera"


@dataclass(frozen=True)
class Source:
    """An administration beside the text: its answer, or why there is none. `state` is a status word, and
    `text` the answer as it reads."""

    submission: Submission
    answer: Answer | None
    state: str
    text: str = ""

    @property
    def passages(self) -> list[tuple[str, quoting.Passage]]:
        """(what its button sends, or "", and the passage)"""
        if self.answer is None:
            return []
        found = quoting.passages(self.text)
        return [
            (f"{self.answer.pk}-{item.digest}" if item.is_quotable else "", item) for item in found
        ]


@dataclass(frozen=True)
class Quoted:
    """A passage in the text with where it came from. `now`: what the source says there today, if it has
    been changed; "" if nothing like it is left."""

    quotation: Quotation
    is_changed: bool
    now: str = ""


class Metered:
    """What the forms of the city's texts offer besides: the meter, and what does not agree with the rows."""

    def typed(self, name: str) -> str:
        """The field's text as it stands on the page, as far as it can be read."""
        try:
            return prose.recognise(marks.read(self[name].value() or ""))
        except richtext.TooComplex:
            return ""

    @cached_property
    def meter(self) -> city_meter.Meter:
        return city_meter.measure(self.submission.year, self.key, self.all_text(), self.answers())

    @cached_property
    def remarks(self) -> list[str]:
        return city_remarks.remarks(self.live.rollup, self.all_text())

    def answers(self) -> list[Answer]:
        return []


class CityTextForm(Metered, LiveTexts, PartForm):
    template = "reports/city/_text.html"
    # Drawn anew after every automatic save.
    notes = "reports/city/_notes.html"
    may_be_nothing = False

    class Media:
        js = (Script("js/quoting.js", type="module"),)

    def __init__(self, submission, key, data=None):
        super().__init__(submission, key, data)
        if data is not None and data.get("gor") == COPY and self.earlier:
            self._add(self.earlier.text)
        if data is not None and self.passage:
            self._add(self.passage.html)

    @cached_property
    def question(self) -> Question | None:
        """None for the summary of the whole year."""
        if self.key == city.SUMMARY:
            return None
        number = int(self.key.removeprefix(city.QUESTION))
        found = self.submission.year.questions.filter(number=number).first()
        if found is None:
            raise Http404("Frågan finns inte.")
        return found

    @property
    def heading(self):
        return self.question.text if self.question else "Sammanfattning av hela året"

    @property
    def lead(self):
        if self.question:
            return f"Stadens sammanfattning av svaren på fråga {self.question.number}"
        return "Står först i kapitlet om Malmö stad i den samlade redovisningen"

    def _city_text(self):
        return self.submission.year.city_texts.filter(question=self.question).first()

    def read(self):
        text = self._city_text()
        return {TEXT: text.text if text else ""}

    def lay_out(self):
        return {TEXT: self.prose_field("Stadens text")}

    def write(self, by):
        text = self._city_text() or CityText(year=self.submission.year, question=self.question)
        put(text, text=self.cleaned_data[TEXT])
        self._note_sources(by)

    def all_text(self) -> str:
        return self.typed(TEXT)

    # --- What was written last time ---------------------------------------------------------------

    @cached_property
    def earlier(self) -> CityText | None:
        """The latest earlier text about the same: of a question that this one continues, or of a whole."""
        texts = CityText.objects.filter(year__year__lt=self.submission.year.year).exclude(text="")
        if self.question:
            texts = texts.filter(question__in=_lineage(self.question))
        else:
            texts = texts.filter(question=None)
        return texts.select_related("year", "question").order_by("-year__year").first()

    def earlier_text(self) -> str:
        """As it reads: with the figures of its own year."""
        return self.reading_of(self.earlier.text, self.earlier.year.year)

    @property
    def copied(self) -> str:
        """What the button COPY put last in the text."""
        return f"Texten från {self.earlier.year}"

    def leftovers(self) -> list[str]:
        """Old years and figures in the text that stood in the earlier one too. Live figures are never old."""
        if self.earlier is None:
            return []
        return leftovers.find(self.all_text(), self.earlier.text, self.submission.year.year)

    def _add(self, html):
        """`html` after what was typed, once; a text that cannot be read is left as it is."""
        try:
            typed = marks.read(self.data.get(TEXT, ""))
        except richtext.TooComplex:
            return
        if html not in typed:
            self.data = self.data.copy()
            self.data[TEXT] = typed + html

    # --- The administrations' answers -------------------------------------------------------------

    @cached_property
    def sources(self) -> list[Source]:
        """Every administration that is expected, in Swedish order; none for the summary of the whole."""
        if self.question is None:
            return []
        answers = {item.submission_id: item for item in self.answers()}
        submissions = self.submission.year.submissions.select_related("administration")
        in_order = sorted(submissions, key=lambda item: sort_key(item.administration.name))
        return [self._source(item, answers.get(item.pk)) for item in in_order]

    def _source(self, submission, answer) -> Source:
        told = answer if answer and answer.text else None
        text = self._said(told) if told else ""
        return Source(submission, told, _state(submission, answer), text)

    def _said(self, answer: Answer) -> str:
        """The answer as it reads. Its figures are the administration's, and plain words to who quotes it."""
        submission = answer.submission
        year = self.submission.year.year
        return prose.as_words(self.reading_of(answer.text, year, submission.administration))

    def own_texts(self) -> list[tuple[Question, str]]:
        """For the summary of the whole: what the city has written about each question, to read."""
        if self.question:
            return []
        texts = self.submission.year.city_texts.exclude(question=None).exclude(text="")
        texts = texts.select_related("question").order_by("question__number")
        return [(text.question, self.reading(text.text)) for text in texts]

    def answers(self) -> list[Answer]:
        return self._answers

    @cached_property
    def _answers(self):
        if self.question is None:
            return []
        return list(self.question.answers.select_related("submission__administration"))

    @cached_property
    def passage(self) -> quoting.Passage | None:
        """What the button QUOTE asks for; None if nobody pressed it, or the answer is another now."""
        pk, _, digest = (self.data or {}).get(QUOTE, "").partition("-")
        answer = next((item for item in self.answers() if str(item.pk) == pk), None)
        return quoting.find(self._said(answer), digest) if answer else None

    # --- Quotations ---------------------------------------------------------------------------------

    def _note_sources(self, by):
        """Remember where each passage of the text is taken from, however it came there."""
        whole, year = quoting.Whole(self.cleaned_data[TEXT]), self.submission.year
        found = {
            (answer.pk, item.text)
            for answer in self.answers()
            for item in quoting.passages(self._said(answer))
            if item.is_quotable and item.text in whole
        }
        known = set(year.quotations.filter(key=self.key).values_list("answer", "passage"))
        Quotation.objects.bulk_create(
            (
                Quotation(
                    year=year, key=self.key, answer_id=pk, passage=text, by_name=signature(by)
                )
                for pk, text in sorted(found - known)
            ),
            ignore_conflicts=True,
        )

    def quoted(self) -> list[Quoted]:
        """What the text holds of the administrations' words, and where it came from."""
        whole = quoting.Whole(self.all_text())
        rows = self.submission.year.quotations.filter(key=self.key).select_related(
            "answer__submission__administration", "answer__submission__year"
        )
        return [self._quoted(row) for row in rows if row.passage in whole]

    def _quoted(self, row) -> Quoted:
        said = self._said(row.answer)
        if row.passage in quoting.Whole(said):
            return Quoted(row, False)
        return Quoted(row, True, quoting.now(row.passage, said))


def _lineage(question: Question) -> list[Question]:
    """The questions that this one continues, the nearest first."""
    found, before = [], question.continues
    while before is not None and before not in found:
        found.append(before)
        before = before.continues
    return found


def _state(submission: Submission, answer: Answer | None) -> str:
    """The state of an answer (counting rule 10), and before it has come in that of its report."""
    if answer and answer.nothing_to_report:
        return "Inget att rapportera"
    if submission.status not in Submission.RECEIVED:
        return submission.get_status_display()
    return "Besvarad" if answer and answer.text else "Tomt svar"
