"""The registers change with time; the documents of 2019 stay as they were."""

import datetime
import json

import pytest
from django.db import transaction

from funding.models import Fund
from malmo_intl.models import Administration
from projects.models import Goal, GoalSet
from reports import newyear
from reports.document import to_data
from reports.documents import build
from reports.models import ReportingYear

pytestmark = pytest.mark.usefixtures("known_years", "taken_back")


@pytest.fixture
def taken_back(known_years):
    """What a test changes in the known years is undone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def documents():
    """The consolidated report of 2019, the city's memo and the report of the administration that is known
    best, as text."""
    found = [build("samlad", 2019), build("stad", 2019), build("forvaltning", 2019, "ASF")]
    return [json.dumps(to_data(document), ensure_ascii=False, default=str) for document in found]


def end_all_goals_and_begin_new():
    GoalSet.objects.filter(last_year=None).update(last_year=2023)
    goals = GoalSet.objects.create(name="KF-mål från 2024", first_year=2024)
    for number, name in enumerate(("Ett helt nytt mål", "Ett till"), start=1):
        Goal.objects.create(goal_set=goals, number=number, name=name)


def make_a_new_year():
    end_all_goals_and_begin_new()
    newyear.prepare(2024).open(by=None)


def end_an_administration():
    """It is gone from 2024, and what it did goes on in another."""
    heir = Administration.objects.create(
        code="NYF", slug="nyf", name="Nya förvaltningen", board_name="Nya nämnden", board_code="NYN",
        starts_on=datetime.date(2024, 1, 1),
    )  # fmt: skip
    Administration.objects.filter(code="ASF").update(
        ends_on=datetime.date(2023, 12, 31), continued_by=heir
    )


def change_the_funds():
    Fund.objects.filter(last_year=None).update(last_year=2030)
    Fund.objects.create(
        code="ESF2", name="Europeiska socialfonden plus", is_eu=True, first_year=2021
    )


@pytest.mark.parametrize(
    "change",
    [end_all_goals_and_begin_new, make_a_new_year, end_an_administration, change_the_funds],
)
def test_a_change_leaves_the_documents_of_2019_word_for_word(change):
    before = documents()
    change()
    assert documents() == before


def test_a_renamed_administration_changes_its_name_and_nothing_else():
    unit = Administration.objects.get(code="HVOF")
    before = documents()
    Administration.objects.filter(pk=unit.pk).update(
        name=f"{unit.name} Syd", board_name=f"{unit.board_name} Syd"
    )
    after = documents()
    assert f"{unit.name} Syd" in after[0]
    assert [text.replace(" Syd", "") for text in after] == before


def test_a_new_year_has_the_registers_of_its_own_time():
    end_an_administration()
    make_a_new_year()
    year = ReportingYear.objects.get(year=2024)
    codes = set(year.submissions.values_list("administration__code", flat=True))
    assert "NYF" in codes
    assert "ASF" not in codes
    assert year.goal_set.name == "KF-mål från 2024"
    assert [item.continues.year.year for item in year.questions.all()] == [2022, 2022, 2022]
