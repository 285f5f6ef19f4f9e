"""A whole consolidated report is read in; all of it or nothing is stored."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from reports.entry.saving import Writer
from reports.importing import answers
from reports.importing.placing import State
from reports.models import Answer, CityText, Part, ReportingYear, Saving, Submission
from tests import make

AT = datetime.datetime(2025, 1, 15, 12, 0, tzinfo=datetime.UTC)
WRITER = Writer(None, AT, Saving.How.IMPORTED)


def as_markdown(year) -> bytes:
    """The year's report as the city once wrote it: heading levels that waver, a stray heading, an
    administration that never came, empty answers."""
    lines = ["# Redovisning", "", "## Innehållsförteckning", "", "2 Nämnden ..... 7", ""]
    for chapter, submission in enumerate(year.submissions.order_by("pk"), start=2):
        deep = "#" * (2 + chapter % 3)
        lines += [f"{deep} **{chapter} {submission.administration.board_name}**", ""]
        given = {answer.question_id: answer for answer in submission.answers.all()}
        for question in year.questions.all():
            if chapter == 2 and question.number == 5:
                lines += [f"### **1.1 {question.text}**", "", "En gammal kopia.", ""]
            lines += [f"{deep}## {chapter}.1.{question.number} {question.text}", ""]
            answer = given.get(question.pk)
            if submission.status == Submission.Status.NOT_RECEIVED:
                lines += ["Rapportering har ej inkommit", ""]
            elif answer and answer.nothing_to_report:
                lines += ["Inget att rapportera.", ""]
            elif answer and answer.text:
                lines += [f"Svar {submission.administration.code} {question.number}.", ""]
    return "\n".join(lines).encode()


@pytest.mark.usefixtures("known_years")
def test_the_consolidated_report_of_2019_is_read_in_whole():
    year = ReportingYear.objects.get(year=2019)
    plan = answers.plan(as_markdown(year), year)
    assert {state: plan.count(state) for state in State} == {
        State.ANSWERED: 59,
        State.NOTHING: 5,
        State.NOT_RECEIVED: 6,
        State.EMPTY: 2,
    }
    assert all(
        piece.words == f"Svar {piece.administration} {piece.question}."
        for piece in plan.answers
        if piece.state == State.ANSWERED
    )
    assert [piece.number for piece in plan.texts if piece.remark] == ["1.1"]


@pytest.fixture
def year(db):
    return make.year(2024, questions=("Vad har ni gjort under året?", "Vad har ni lärt er av det?"))


TEXT = b"""# Vad har ni gjort under \xc3\xa5ret?

Vi reste.

# Vad har ni l\xc3\xa4rt er av det?

Inget att rapportera.
"""


def pieces(year, administration=None, text=TEXT):
    return answers.plan(text, year, administration).answers


def test_answers_are_stored_by_way_of_the_form_and_can_be_taken_back(year, miljo):
    draft = make.submission(year, miljo)
    assert answers.store(year, pieces(year, miljo), WRITER) == 2
    first, second = Answer.objects.order_by("question__number")
    assert first.text == "<p>Vi reste.</p>"
    assert (second.nothing_to_report, second.reason) == (True, "Inget att rapportera.")
    part = Part.objects.get(submission=draft, key="fragor/1")
    assert part.savings.first().how == Saving.How.IMPORTED


def test_reading_in_twice_changes_nothing(year, miljo):
    make.submission(year, miljo)
    for _ in range(2):
        answers.store(year, pieces(year, miljo), WRITER)
    assert Answer.objects.count() == 2


def test_one_answer_that_cannot_be_stored_stops_all(year, miljo, kultur):
    make.submission(year, miljo)
    make.submission(year, kultur, Submission.Status.SUBMITTED)
    text = b"# Milj\xc3\xb6n\xc3\xa4mnden\n" + TEXT + b"# Kulturn\xc3\xa4mnden\n" + TEXT
    with pytest.raises(answers.NotStored, match="KULF, fråga 1: Redovisningen är inlämnad"):
        answers.store(year, pieces(year, text=text), WRITER)
    assert not Answer.objects.exists()


def test_the_citys_own_chapter_becomes_the_citys_text(year, miljo):
    make.submission(year, miljo)
    text = "# 1 Malmö stad\n\n## Sammanfattning\n\nEtt gott år.\n".encode()
    answers.store(year, pieces(year, text=text), WRITER)
    assert CityText.objects.get(question=None).text == "<p>Ett gott år.</p>"
    part = Part.objects.get(year=year, key="sammanfattning")
    assert part.savings.first().how == Saving.How.IMPORTED


def test_the_citys_text_of_a_published_year_stays(year, miljo):
    make.submission(year, miljo)
    ReportingYear.objects.filter(pk=year.pk).update(status="published")
    text = "# 1 Malmö stad\n\n## Sammanfattning\n\nEtt gott år.\n".encode()
    with pytest.raises(answers.NotStored, match="året är publicerat"):
        answers.store(year, pieces(year, text=text), WRITER)
    assert not CityText.objects.exists()


def test_the_command_shows_and_stores(year, miljo, tmp_path, capsys):
    make.submission(year, miljo)
    file = tmp_path / "svar.md"
    file.write_bytes(TEXT)
    call_command("import_answers", str(file), year=2024, administration="mf", dry_run=True)
    assert "Inget är sparat" in capsys.readouterr().out
    assert not Answer.objects.exists()
    call_command("import_answers", str(file), year=2024, administration="mf")
    assert "Sparade 2 svar." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        (TEXT, {"year": 1999}, "Redovisningsåret 1999 finns inte"),
        (TEXT, {"year": 2024, "administration": "XYZ"}, "Förvaltningen XYZ finns inte"),
        (b"", {"year": 2024}, "Filen är tom"),
        (b"bara text", {"year": 2024, "administration": "MF"}, "inga svar på årets frågor"),
    ],
)
def test_the_command_says_what_is_wrong_in_one_sentence(
    year, miljo, tmp_path, text, options, sentence
):
    make.submission(year, miljo)
    file = tmp_path / "svar.md"
    file.write_bytes(text)
    with pytest.raises(CommandError, match=sentence):
        call_command("import_answers", str(file), **options)


def test_a_file_that_is_not_there_is_said(year):
    with pytest.raises(CommandError, match="Det går inte att läsa"):
        call_command("import_answers", "/finns/inte.docx", year=2024)
