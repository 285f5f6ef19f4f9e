"""An answer stands beside the last one, and knows which of its figures are old."""

import pytest

from reports.entry import saving
from reports.entry.answer import AnswerForm, Leftover
from reports.entry.lineage import earlier_answer
from reports.models import Answer, ReportingYear, Submission
from tests import make
from tests.reports.entry.conftest import NOON

OLD = "<p>Under 2022 kom 80 gäster.</p>"


def told(year, unit, text):
    made = make.submission(year, unit, Submission.Status.APPROVED)
    return Answer.objects.create(submission=made, question=year.questions.first(), text=text)


@pytest.fixture
def before(year, miljo):
    """2022, which the first question of 2024 continues, and Miljö's answer then."""
    made = make.year(2022, status=ReportingYear.Status.PUBLISHED)
    year.questions.filter(number=1).update(continues=made.questions.get())
    return told(made, miljo, OLD)


def posted(draft, **fields):
    return AnswerForm(draft, "fragor/1", {"svar": "", **fields})


def test_the_last_answer_stands_beside(draft, before):
    assert AnswerForm(draft, "fragor/1").earlier == before
    assert AnswerForm(draft, "fragor/2").earlier is None


def test_an_empty_answer_is_passed_over_for_the_one_before_it(year, draft, miljo, before):
    long_ago = make.year(2019, status=ReportingYear.Status.PUBLISHED)
    question = before.question
    question.continues = long_ago.questions.get()
    question.save()
    first = told(long_ago, miljo, "<p>2019</p>")
    before.text = ""
    before.save()
    assert earlier_answer(year.questions.first(), miljo) == first


def test_a_question_that_continues_itself_is_no_endless_road(year, miljo):
    question = year.questions.first()
    question.continues = question
    question.save()
    assert earlier_answer(question, miljo) is None


def test_another_administrations_answer_is_not_shown(draft, before, kultur):
    other = make.submission(draft.year, kultur)
    assert AnswerForm(other, "fragor/1").earlier is None


def test_the_copy_comes_after_what_is_written_and_only_once(draft, before):
    form = posted(draft, svar="<p>Nytt</p>", gor="kopiera")
    assert form.is_valid()
    assert form.cleaned_data["svar"] == "<p>Nytt</p>" + OLD
    again = posted(draft, svar="<p>Nytt</p>" + OLD, gor="kopiera")
    assert again.is_valid()
    assert again.cleaned_data["svar"] == "<p>Nytt</p>" + OLD


def test_a_copy_that_makes_the_text_too_long_is_refused_and_the_text_kept(draft, before):
    form = posted(draft, svar="å" * 60_000, gor="kopiera")
    assert "för lång" in form.errors["svar"][0]
    assert "å" * 60_000 in form["svar"].value()


def test_old_figures_are_marked_until_they_are_changed_or_accepted(draft, before, rut):
    form = posted(draft, svar=OLD)
    assert form.leftovers() == [Leftover("2022", False), Leftover("80 gäster", False)]
    form.keep("2022", rut, NOON)
    form.keep("2022", rut, NOON)
    waiver = draft.waivers.get()
    assert (waiver.finding, waiver.reason, waiver.by_name) == (
        "kopierat:1:2022", "Stämmer även 2024", "Rut",
    )  # fmt: skip
    changed = posted(draft, svar="<p>Under 2022 kom 90 gäster.</p>")
    assert changed.leftovers() == [Leftover("2022", True)]
    changed.take_back("2022")
    assert changed.leftovers() == [Leftover("2022", False)]


def test_the_number_of_a_question_is_not_taken_for_anothers(year, draft, before, rut):
    form = posted(draft, svar=OLD)
    draft.waivers.create(finding="kopierat:11:2022", reason="x", by_name="x", at=NOON)
    assert form.leftovers()[0] == Leftover("2022", False)


def test_what_is_stored_has_one_form(draft, rut):
    form = posted(draft, svar="<ul><li><p>En</p></li></ul><p></p>")
    assert form.is_valid()
    saving.save(form, 0, saving.Writer(rut, NOON))
    assert draft.answers.get().text == "<ul><li>En</li></ul>"
