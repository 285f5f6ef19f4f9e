"""Rows that must not be: refused by the form with a Swedish sentence, and by the database all the same."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from malmo_intl.models import Membership, Role
from reports.models import (
    Answer,
    Memo,
    PartnerCount,
    Publication,
    PublishedFigure,
    ReportingYear,
    Submission,
)
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return make.year(2024)


@pytest.fixture
def draft(year, miljo):
    return make.submission(year, miljo)


def refused(row, sentence):
    """The row is refused twice: with `sentence` by `full_clean`, and by the database."""
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert sentence in " ".join(error.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_an_administration_reports_a_year_once(draft):
    refused(
        Submission(year=draft.year, administration=draft.administration),
        "Förvaltningen har redan en redovisning för året.",
    )


def test_a_question_has_one_answer(draft):
    question = draft.year.questions.get()
    Answer.objects.create(submission=draft, question=question)
    refused(Answer(submission=draft, question=question), "Frågan har redan ett svar.")


def test_nothing_to_report_is_signed(draft):
    question = draft.year.questions.get()
    refused(
        Answer(submission=draft, question=question, nothing_to_report=True),
        "Ange vem som intygar",
    )


def test_an_answer_belongs_to_the_year_of_its_question(draft):
    other = make.year(2023).questions.get()
    with pytest.raises(ValidationError, match="ett annat år"):
        Answer(submission=draft, question=other).full_clean()


def test_a_sector_is_counted_once(draft):
    PartnerCount.objects.create(submission=draft, sector="public", count=3)
    refused(PartnerCount(submission=draft, sector="public", count=4), "Sektorn finns redan.")


def test_a_year_does_not_close_before_it_opens(year):
    year.opens_on, year.last_day = datetime.date(2025, 2, 1), datetime.date(2025, 1, 1)
    refused(year, "Sista dagen kan inte vara innan året öppnar.")


def test_the_city_has_one_memo_a_year(year):
    make.memo(year)
    refused(Memo(year=year, title="En till"), "Året har redan en tjänsteskrivelse för staden.")


def test_an_administration_has_one_memo_a_year_and_one_a_project(year, miljo):
    rebus = make.project("Rebus")
    make.memo(year, miljo)
    make.memo(year, miljo, rebus)
    refused(Memo(year=year, administration=miljo, title="En till"), "redan en tjänsteskrivelse")
    refused(
        Memo(year=year, administration=miljo, project=rebus, title="En till"),
        "Projektet har redan en tjänsteskrivelse för året.",
    )


def test_a_memo_about_a_project_says_who_writes_it(year):
    refused(
        Memo(year=year, project=make.project("Rebus"), title="Vem?"),
        "Ange vilken förvaltning",
    )


def test_a_figure_is_published_once_for_each_part_of_the_whole(year, miljo):
    goal = year.goal_set.goals.first()
    for part in ({}, {"administration": miljo}, {"goal": goal}):
        fields = {"year": 2024, "name": "paid", "value": Decimal(1), "source": "Prov", **part}
        PublishedFigure.objects.create(**fields)
        refused(PublishedFigure(**fields), "Siffran finns redan")


def test_a_new_version_has_a_reason(year):
    refused(
        Publication(
            kind="stad",
            year=year,
            version=2,
            data={"type": "x"},
            sha256="x",
            published_by_name="Sam",
        ),
        "Skriv varför",
    )


def test_a_person_holds_a_role_once(rut, miljo):
    refused(
        Membership(user=rut, administration=miljo, role=Role.COORDINATOR),
        "Personen har redan den rollen",
    )


def test_one_administration_leads_the_year(office, kultur):
    kultur.leads_the_year = True
    refused(kultur, "En annan förvaltning leder redan arbetet.")


def test_rich_text_is_cleaned_whichever_way_it_is_saved(draft):
    question = draft.year.questions.get()
    hostile, kept = "<p>Hej</p><script>x</script>", "<p>Hej</p>"
    answer = Answer.objects.create(submission=draft, question=question, text=hostile)
    assert answer.text == kept
    Answer.objects.update(text=hostile)
    assert Answer.objects.get().text == kept
    Answer.objects.all().delete()
    Answer.objects.bulk_create([Answer(submission=draft, question=question, text=hostile)])
    assert Answer.objects.get().text == kept


def test_what_a_person_corrects_stands_in_the_history(draft, rut):
    answer = Answer.objects.create(
        submission=draft, question=draft.year.questions.get(), text="<p>Först</p>"
    )
    answer.text = "<p>Sedan</p>"
    answer._history_user = rut
    answer.save()
    latest, first = answer.history.all()
    assert (latest.text, latest.history_user, first.text) == ("<p>Sedan</p>", rut, "<p>Först</p>")


class TestVisibleTo:
    def test_a_draft_is_seen_by_its_own_and_by_stadskontoret(
        self, draft, lena, rut, olle, sam, siv
    ):
        def sees(person):
            return draft in Submission.objects.visible_to(person)

        assert [sees(person) for person in (lena, rut, sam)] == [True, True, True]
        assert [sees(person) for person in (olle, siv)] == [False, False]

    def test_what_is_published_is_seen_by_all(self, draft, olle, siv):
        ReportingYear.objects.update(status=ReportingYear.Status.PUBLISHED)
        assert draft in Submission.objects.visible_to(olle)
        assert draft in Submission.objects.visible_to(siv)

    def test_the_citys_memo_of_an_open_year_is_for_stadskontoret(self, year, rut, sam):
        memo = make.memo(year)
        assert memo in Memo.objects.visible_to(sam)
        assert memo not in Memo.objects.visible_to(rut)

    def test_a_memo_that_was_never_handed_in_stays_a_draft_when_the_year_is_published(
        self, draft, olle, rut, sam
    ):
        memo = make.memo(draft.year, draft.administration)
        ReportingYear.objects.update(status=ReportingYear.Status.PUBLISHED)

        def sees(person):
            return memo in Memo.objects.visible_to(person)

        assert [sees(person) for person in (olle, rut, sam)] == [False, True, True]
        Submission.objects.update(status=Submission.Status.APPROVED)
        assert sees(olle)
