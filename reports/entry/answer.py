"""One of the year's questions, and the administration's answer."""

from functools import cached_property

from django.http import Http404

from malmo_intl import marks, richtext
from reports.entry import copied, leftovers
from reports.entry.copied import Leftover
from reports.entry.form import NOTHING, REASON, PartForm, signature
from reports.entry.lineage import earlier_answer
from reports.entry.live import LiveTexts
from reports.models import Answer

ANSWER = "svar"
# What the buttons of the page are called.
COPY, KEEP, TAKE_BACK = "kopiera", "behall", "behall-inte"


class AnswerForm(LiveTexts, PartForm):
    template = "reports/entry/_answer.html"
    may_keep = True  # what is old in the text
    # Drawn anew after every automatic save.
    notes = "reports/entry/_leftovers.html"

    def __init__(self, submission, key, data=None):
        super().__init__(submission, key, data)
        if data is not None and data.get("gor") == COPY and self.earlier:
            self.data = data.copy()
            self.data[ANSWER] = self._with_earlier(data.get(ANSWER, ""))

    @cached_property
    def question(self):
        number = int(self.key.rsplit("/", 1)[-1])
        found = self.submission.year.questions.filter(number=number).first()
        if found is None:
            raise Http404("Frågan finns inte.")
        return found

    @property
    def heading(self):
        return self.question.text

    @property
    def lead(self):
        return f"Fråga {self.question.number} av {self.submission.year.questions.count()}"

    def _answer(self):
        return self.submission.answers.filter(question=self.question).first()

    def read(self):
        answer = self._answer()
        return {ANSWER: answer.text if answer else ""}

    def lay_out(self):
        return {ANSWER: self.prose_field("Svar")}

    def write(self, by):
        answer = self._answer() or Answer(submission=self.submission, question=self.question)
        answer.text = self.cleaned_data[ANSWER]
        answer.nothing_to_report = self.says_nothing()
        answer.reason = self.cleaned_data[REASON] if self.cleaned_data[NOTHING] else ""
        answer.signed_by = signature(by) if self.cleaned_data[NOTHING] else ""
        answer.save()

    # --- What was answered last time --------------------------------------------------------------

    @cached_property
    def earlier(self) -> Answer | None:
        return earlier_answer(self.question, self.submission.administration)

    def earlier_text(self) -> str:
        """As it reads: with the figures of its own year."""
        return self.reading_of(self.earlier.text, self.earlier.submission.year.year)

    @property
    def copied(self) -> str:
        """What the button COPY put last in the text."""
        return f"Svaret från {self.earlier.submission.year}"

    def _with_earlier(self, text: str) -> str:
        """The typed text with the earlier answer after it, once; a text that cannot be read is left."""
        try:
            typed, earlier = marks.read(text), marks.read(self.earlier.text)
        except richtext.TooComplex:
            return text
        return typed if earlier in typed else typed + earlier

    def leftovers(self) -> list[Leftover]:
        """The old years and figures in the text as it stands on the page."""
        if self.earlier is None:
            return []
        try:
            text = marks.read(self[ANSWER].value() or "")
        except richtext.TooComplex:
            return []
        kept = copied.kept(self.submission)
        found = leftovers.find(text, self.earlier.text, self.submission.year.year)
        return [Leftover(token, self._finding(token) in kept) for token in found]

    def keep(self, token: str, by, at):
        """Say that the old figure is right this year too; saying it twice changes nothing."""
        copied.keep(self.submission, self._finding(token), by, at)

    def take_back(self, token: str):
        copied.take_back(self.submission, self._finding(token))

    def _finding(self, token) -> str:
        return copied.finding(self.question.number, token)
