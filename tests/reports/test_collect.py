"""Facts are collected with the same number of queries at any size."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funding.models import Payout
from malmo_intl.models import Administration
from projects.models import GoalAllocation, GoalSet, Participation, Project
from reports.collect_parts import collect_parts
from reports.documents import build
from reports.models import Answer, ReportingYear, Submission
from tests import make

pytestmark = pytest.mark.django_db


def city(administrations, projects, answers=2):
    """A published year with so many administrations, each with its share of the projects."""
    year = make.year(
        2019,
        status=ReportingYear.Status.PUBLISHED,
        questions=[f"Fråga {n}" for n in range(answers)],
    )
    questions = list(year.questions.all())
    goals = list(year.goal_set.goals.all())
    fund = make.fund()
    units = [
        make.administration(f"F{number}", f"Förvaltning {number}", f"Nämnd {number}")
        for number in range(administrations)
    ]
    for unit in units:
        submission = make.submission(year, unit, Submission.Status.APPROVED)
        Answer.objects.bulk_create(
            Answer(submission=submission, question=question, text="<p>Svar.</p>")
            for question in questions
        )
    for number in range(projects):
        made = make.project(f"Projekt {number}", f"projekt-{number}", funded_by=fund)
        part = make.participation(
            made, units[number % administrations], Participation.Role.OWNER, {2019: number}
        )
        GoalAllocation.objects.create(participation=part, goal=goals[number % len(goals)])


def queries_of_the_report():
    with CaptureQueriesContext(connection) as queries:
        report = build("samlad", 2019)
    return len(queries), report


def test_the_report_takes_as_many_queries_for_120_and_600_as_for_12_and_60():
    city(12, 60)
    few, report = queries_of_the_report()
    assert len([section for section in report.sections if section.number]) == 13
    clear()
    city(120, 600)
    many, report = queries_of_the_report()
    assert len([section for section in report.sections if section.number]) == 121
    assert many == few
    assert few <= 20


def clear():
    """Empty the tables that `city` fills."""
    for model in (Answer, Submission, Payout, Participation, Project, ReportingYear, GoalSet):
        model.objects.all().delete()
    Administration.objects.all().delete()


def test_a_draft_of_another_administration_is_not_printed_in_the_citys_report(miljo, kultur):
    year = make.year(2024)
    question = year.questions.get()
    for unit, status in (
        (miljo, Submission.Status.DRAFT),
        (kultur, Submission.Status.SUBMITTED),
    ):
        submission = make.submission(year, unit, status)
        Answer.objects.create(
            submission=submission, question=question, text=f"<p>Ord från {unit.code}</p>"
        )
    text = str(build("samlad", 2024))
    assert "Ord från KULF" in text
    assert "Ord från MF" not in text


def test_the_administrations_own_memo_prints_its_draft(miljo):
    year = make.year(2024)
    submission = make.submission(year, miljo)
    Answer.objects.create(
        submission=submission, question=year.questions.get(), text="<p>Ord från MF</p>"
    )
    make.memo(year, miljo)
    assert "Ord från MF" in str(build("forvaltning", 2024, "MF"))


def test_a_participation_has_its_own_period_and_the_projects_where_it_has_none(miljo, kultur):
    year = make.year(2024)
    project = make.project(
        "Rebus", starts_on=datetime.date(2023, 1, 1), ends_on=datetime.date(2025, 6, 30), ends_planned=True
    )  # fmt: skip
    make.participation(project, miljo, ends_on=datetime.date(2024, 3, 1))
    make.participation(project, kultur)
    found = {part.administration: part.period for part in collect_parts(year)}
    assert found == {
        "MF": "1\u00a0januari 2023 – 1\u00a0mars 2024",
        "KULF": "1\u00a0januari 2023 – 30\u00a0juni 2025 (planerat)",
    }
