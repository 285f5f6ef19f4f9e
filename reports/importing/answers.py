"""Answers from Word or text into a year's submissions: by way of the page's own form."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from malmo_intl.models import Administration
from reports import city
from reports.city import City
from reports.entry import carry, saving
from reports.entry.answer import AnswerForm
from reports.entry.city_text import TEXT, CityTextForm
from reports.entry.form import NOTHING, REASON
from reports.importing import upload
from reports.importing.blocks import Block, from_text
from reports.importing.placing import CITY, SUMMARY, Piece, Plan, Question, State, Unit, place
from reports.importing.word import from_word
from reports.models import ReportingYear, Submission


def read(content: bytes) -> list[Block]:
    """The blocks of an uploaded Word, Markdown or text file. Raises upload.Refused."""
    kind = upload.kind_of(content)
    if kind == upload.Kind.WORD:
        return from_word(content)
    if kind == upload.Kind.EXCEL:
        raise upload.Refused(
            "Filen är en Excel-bok. Svar läses in från Word (.docx), .md eller .txt."
        )
    return from_text(upload.text(content))


def plan(content: bytes, year: ReportingYear, administration: Administration | None = None) -> Plan:
    """What of the file goes where in `year`. `administration`: whose file it is, if it has no chapters.

    Raises upload.Refused.
    """
    questions = tuple(Question(item.number, item.text) for item in year.questions.all())
    units = tuple(
        Unit(item.code, (item.name, item.board_name, item.code))
        for item in Administration.objects.during(year.year)
    )
    return place(read(content), questions, units, administration.code if administration else None)


@dataclass(frozen=True)
class Problem:
    """Why an answer cannot be stored, and which."""

    where: str
    sentence: str

    def __str__(self):
        return f"{self.where}: {self.sentence}"


class NotStored(ValueError):
    """Nothing was stored; `problems` says why."""

    def __init__(self, problems: list[Problem]):
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


@transaction.atomic
def store(year: ReportingYear, pieces: list[Piece], writer: saving.Writer) -> int:
    """Put the answers into their submissions, all or none; what is there already is replaced, and stays
    in the history. Returns how many were stored. Raises NotStored.
    """
    submissions = {
        item.administration.code: item
        for item in Submission.objects.filter(year=year).select_related("administration", "year")
    }
    problems, stored = [], 0
    for piece in pieces:
        where = f"{piece.administration or 'Malmö stad'}, fråga {piece.question}"
        if piece.state in (State.EMPTY, State.NOT_RECEIVED):
            continue
        try:
            if piece.administration == CITY:
                _store_city(year, piece, writer)
            else:
                _store_answer(submissions.get(piece.administration), piece, writer)
            stored += 1
        except ValidationError as error:
            problems.append(Problem(where, " ".join(error.messages)))
        except (ValueError, saving.Conflict) as error:
            problems.append(Problem(where, str(error)))
    if problems:
        raise NotStored(problems)
    return stored


def _store_answer(submission, piece, writer):
    if submission is None:
        raise ValueError("förvaltningen väntas inte redovisa det året.")
    with carry.writing(submission, writer.by):
        _save_answer(submission, piece, writer)


def _save_answer(submission, piece, writer):
    key = f"fragor/{piece.question}"
    nothing = piece.state == State.NOTHING
    form = AnswerForm(
        submission,
        key,
        {"svar": "", NOTHING: "on", REASON: piece.words}
        if nothing
        else {"svar": piece.html, NOTHING: "", REASON: ""},
    )
    _save(form, writer)


def _store_city(year, piece, writer):
    held = ReportingYear.objects.select_for_update(no_key=True).get(pk=year.pk)
    if not City(held).is_editable:
        raise ValueError("året är publicerat, och stadens texter går inte att ändra.")
    if piece.question == SUMMARY:
        key = city.SUMMARY
    elif held.questions.filter(number=piece.question).exists():
        key = f"{city.QUESTION}{piece.question}"
    else:
        raise ValueError("frågan finns inte det året.")
    _save(CityTextForm(City(held), key, {TEXT: piece.html}), writer)


def _save(form, writer):
    if not form.is_valid():
        raise ValueError(" ".join(text for texts in form.errors.values() for text in texts))
    saving.save(form, form.version, writer)
