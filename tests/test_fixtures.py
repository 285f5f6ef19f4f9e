"""The known years, as fixtures/README.md describes them."""

import io
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count, Sum

from funding.models import Fund, Grant, Payout
from malmo_intl import richtext
from malmo_intl.fields import RichTextField, SearchField
from malmo_intl.models import Administration
from projects.models import GoalAllocation, GoalSet, Participation, Project
from reports.management.commands.load_known_years import FIXTURES, read_in
from reports.models import (
    Answer,
    Memo,
    PartnerCount,
    PublishedFigure,
    Question,
    ReportingYear,
    Submission,
)

pytestmark = pytest.mark.django_db

OUR_APPS = ("malmo_intl", "projects", "funding", "reports")


@pytest.fixture(scope="module", autouse=True)
def known_years(django_db_setup, django_db_blocker):
    """Loaded once on an empty database; taken back after the last test."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_known_years", stdout=io.StringIO())
        yield
        transaction.set_rollback(True)


def models_with_rows():
    for app in OUR_APPS:
        for model in apps.get_app_config(app).get_models():
            if not model.__name__.startswith("Historical") and model.objects.exists():
                yield model


def everything():
    out = io.StringIO()
    call_command("dumpdata", *OUR_APPS, natural_foreign=True, natural_primary=True, stdout=out)
    return out.getvalue()


def printed(**which):
    return PublishedFigure.objects.get(**{"administration": None, "goal": None, **which}).value


# --- Loading -------------------------------------------------------------------------------------


def test_loading_the_files_again_changes_nothing():
    before = everything()
    read_in()
    assert everything() == before


def test_the_command_leaves_years_that_are_there_alone():
    Project.objects.filter(slug="tamu-malmo").update(aim="Rättat i dag")
    out = io.StringIO()
    call_command("load_known_years", stdout=out)
    assert "finns redan" in out.getvalue()
    assert Project.objects.get(slug="tamu-malmo").aim == "Rättat i dag"


def test_every_row_passes_the_checks_that_a_form_would_make():
    for model in models_with_rows():
        for row in model.objects.all():
            row.full_clean()


def test_rows_hold_what_the_system_would_have_written_itself():
    # `loaddata` saves raw: fields that write or clean themselves on save do not get to.
    for model in models_with_rows():
        for row in model.objects.all():
            for field in model._meta.fields:
                loaded = getattr(row, field.attname)
                if isinstance(field, SearchField):
                    assert field.pre_save(row, add=False) == loaded
                elif isinstance(field, RichTextField):
                    assert richtext.clean(loaded) == loaded


def test_no_row_carries_a_number_of_its_own():
    assert not any('"pk"' in path.read_text(encoding="utf-8") for path in FIXTURES)


def test_no_real_address_is_given_away():
    for path in FIXTURES:
        text = path.read_text(encoding="utf-8").lower()
        assert "@malmo.se" not in text
        assert "@malmö.se" not in text


# --- Registers -----------------------------------------------------------------------------------


def test_the_city_has_thirteen_administrations_and_one_of_them_leads():
    assert Administration.objects.count() == 13
    assert Administration.objects.get(leads_the_year=True).code == "STK"


def test_there_are_twenty_nine_funds_and_not_all_are_of_the_eu():
    assert Fund.objects.count() == 29
    assert set(Fund.objects.filter(is_eu=False).values_list("code", flat=True)) == {
        "Af", "Finsam", "Forte", "ICLD", "JDO", "KAW", "NMR",
    }  # fmt: skip


def test_a_fund_is_found_by_the_name_a_source_gave_it():
    assert Fund.objects.named("IFS").get().code == "ISF"
    assert Fund.objects.named("euro just").get().code == "Eurojust"


def test_goals_belong_to_three_sets_of_nine_four_and_four():
    sets = GoalSet.objects.annotate(size=Count("goals")).order_by("first_year")
    assert list(sets.values_list("first_year", "size")) == [(2017, 9), (2020, 4), (2023, 4)]


# --- Projects ------------------------------------------------------------------------------------


def test_a_project_without_a_named_fund_has_no_grant():
    for slug in ("naturvation", "sumps-up", "highway-to-business"):
        project = Project.objects.get(slug=slug)
        assert not project.grants.exists()
        assert project.source_note


def test_a_project_has_one_owner_at_most_within_the_city_or_outside_it():
    owners = Participation.objects.filter(role="owner")
    assert owners.count() == len(set(owners.values_list("project", flat=True)))
    assert not owners.exclude(project__external_owner=None).exists()


def test_malmokraften_goes_on_with_two_payers_and_round_figures():
    project = Project.objects.get(slug="malmokraften-2-0")
    assert project.continues.slug == "malmokraften"
    grants = {grant.fund.code: grant.amount for grant in Grant.objects.filter(project=project)}
    assert {code: amount.value for code, amount in grants.items()} == {
        "ESF": 44_000_000,
        "Finsam": 25_000_000,
    }
    assert not any(amount.exact for amount in grants.values())


def test_krami_ended_before_the_year_it_was_last_paid():
    krami = Project.objects.get(slug="krami")
    assert krami.ends == "november 2018"
    assert Payout.objects.get(participation__project=krami).year == 2019


# --- 2019 ----------------------------------------------------------------------------------------


def test_twelve_boards_were_to_answer_six_questions_in_2019():
    submissions = Submission.objects.filter(year__year=2019)
    assert submissions.count() == 12
    assert not submissions.filter(administration__code="GYVF").exists()
    assert Question.objects.filter(year__year=2019).count() == 6


def test_the_seventy_two_answers_of_2019_are_in_four_states():
    answers = Answer.objects.filter(submission__year__year=2019)
    nothing = answers.filter(nothing_to_report=True)
    empty = [
        answer
        for answer in answers.exclude(nothing_to_report=True)
        if richtext.is_blank(answer.text)
    ]
    answered = answers.count() - nothing.count() - len(empty)
    not_received = 6 * Submission.objects.filter(year__year=2019, status="not_received").count()
    assert (answered, nothing.count(), not_received, len(empty)) == (59, 5, 6, 2)
    assert {answer.submission.administration.code for answer in nothing} == {"FRIF"}
    assert {answer.submission.administration.code for answer in empty} == {"KULF"}
    assert all(answer.reason and answer.signed_by for answer in nothing)


def test_asf_was_paid_4_029_253_kronor_in_eight_rows_in_2019():
    payouts = Payout.objects.filter(year=2019, participation__administration__code="ASF")
    assert payouts.count() == 8
    assert payouts.aggregate(Sum("amount"))["amount__sum"] == Decimal(4_029_253)
    assert payouts.get(amount=0).participation.project.slug == "sluta-skjut-gvi"


def test_the_money_of_2019_serves_goals_two_six_and_eight():
    by_goal = dict(
        GoalAllocation.objects.filter(participation__payouts__year=2019)
        .order_by("goal__number")
        .values_list("goal__number")
        .annotate(Sum("participation__payouts__amount"))
    )
    assert by_goal == {2: 3_795_545, 6: 0, 8: 233_708}


# --- 2022 and 2023 -------------------------------------------------------------------------------


def test_asf_was_paid_21_639_766_kronor_in_2022():
    payouts = Payout.objects.filter(year=2022)
    assert payouts.count() == 3
    assert payouts.aggregate(Sum("amount"))["amount__sum"] == Decimal(21_639_766)


def test_asf_worked_with_thirty_one_partners_in_2022():
    counts = PartnerCount.objects.filter(submission__year__year=2022)
    assert counts.aggregate(Sum("count"))["count__sum"] == 31


def test_a_question_of_2022_goes_on_from_one_of_2019():
    results = Question.objects.get(year__year=2022, number=2)
    assert results.continues.year.year == 2019
    assert results.lists_projects
    assert results.continues.lists_projects


def test_the_printed_numbers_of_projects_are_47_51_47_and_54():
    years = (2018, 2019, 2022, 2023)
    assert [printed(year=year, name="eu_projects") for year in years] == [47, 51, 47, 54]
    assert not ReportingYear.objects.filter(year=2018).exists()


def test_the_two_tables_of_2023_differ_as_they_were_printed():
    paid = PublishedFigure.objects.filter(year=2023, name="paid")
    by_administration = paid.exclude(administration=None)
    by_goal = paid.exclude(goal=None)
    assert by_administration.aggregate(Sum("value"))["value__sum"] == 42_860_000
    assert by_goal.aggregate(Sum("value"))["value__sum"] == 43_108_794
    assert not by_administration.filter(administration__code="FGK").exists()
    assert all(figure.amount.exact for figure in by_goal)


def test_the_administrations_of_2023_add_up_to_54():
    counts = PublishedFigure.objects.filter(year=2023, name="eu_projects").exclude(
        administration=None
    )
    assert counts.count() == 8
    assert sum(figure.value for figure in counts) == 54
    assert printed(year=2023, name="owned") + printed(year=2023, name="partnered") == 54


def test_there_are_memos_of_boards_of_the_city_and_of_one_project():
    assert Memo.objects.filter(administration=None).count() == 2
    assert Memo.objects.exclude(project=None).get().project.slug == "malmokraften-2-0"
    assert not Memo.objects.exclude(reference_name="").exists()
