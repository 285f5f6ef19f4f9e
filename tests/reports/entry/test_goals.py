"""KF-mål: shares per participation, what remains, and the money they carry."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from funding.models import Payout
from projects.models import Goal, GoalAllocation
from reports.entry import saving
from reports.entry.goals import GoalsForm
from reports.models import Submission
from tests import make
from tests.reports.entry.conftest import NOON

KEY = "mal"
URL = "/redovisning/2024/mf/mal/"


@pytest.fixture
def rebus(miljo):
    return make.participation(make.project("Rebus"), miljo, paid={2024: 1000})


@pytest.fixture
def arlig(miljo):
    return make.participation(make.project("Ärlig start"), miljo)


@pytest.fixture
def form(draft):
    """form({field: text}) → the form, as it was sent with that changed."""

    def form(values=None):
        stored = GoalsForm(draft, KEY).stored
        return GoalsForm(draft, KEY, None if values is None else stored | values)

    return form


def shares(participation, *typed):
    return {f"andel-{participation.pk}-{goal}": text for goal, text in enumerate(typed, start=1)}


def kept():
    rows = GoalAllocation.objects.order_by("participation__project__name", "goal__number")
    return [(row.participation.project.name, row.goal.number, row.share) for row in rows]


def only(form):
    (row,) = form.rows
    return row


# --- Which rows --------------------------------------------------------------------------------------


def test_a_project_belongs_if_it_was_under_way_or_paid(form, miljo, kultur):
    ended = {"starts_on": datetime.date(2016, 1, 1), "ends_on": datetime.date(2018, 11, 30)}
    make.participation(make.project("Krami", **ended), miljo, paid={2024: 5})
    make.participation(make.project("Zebra", **ended), miljo, paid={2023: 1})
    make.participation(make.project("Ärlig"), miljo)
    make.participation(make.project("Andras"), kultur)
    assert [item.project.name for item in form().participations] == ["Krami", "Ärlig"]


def test_the_label_says_which_project_and_which_goal(form, rebus):
    assert form().labels()[f"andel-{rebus.pk}-2"] == "Rebus: mål 2. Miljö, procent"


# --- Saving ------------------------------------------------------------------------------------------


def test_shares_are_stored_and_read_back(draft, form, rut, save, rebus):
    save(GoalsForm, draft, KEY, rut, shares(rebus, "33,3 %", "60"))
    assert kept() == [("Rebus", 1, Decimal("33.3")), ("Rebus", 2, 60)]
    assert form().stored == form().stored | shares(rebus, "33,30", "60")


def test_no_share_and_zero_share_are_no_row(draft, rut, save, rebus):
    save(GoalsForm, draft, KEY, rut, shares(rebus, "40", "60"))
    form = GoalsForm(draft, KEY, shares(rebus, "0", ""))
    assert form.is_valid()
    saving.save(form, 1, saving.Writer(rut, NOON))
    assert kept() == []
    assert form.taken_away == ["målen för Rebus"]
    assert [row.history_type for row in GoalAllocation.history.all()] == ["-", "-", "+", "+"]


def test_a_save_that_changes_nothing_leaves_no_trail(draft, rut, save, rebus):
    save(GoalsForm, draft, KEY, rut, shares(rebus, "40", "60"))
    save(GoalsForm, draft, KEY, rut, {})
    assert GoalAllocation.history.count() == 2


def test_shares_of_other_goals_are_left_alone(draft, rut, save, rebus):
    before = make.goal_set(2019, 2023, goals=("Skola", "Trygghet"))
    GoalAllocation.objects.create(participation=rebus, goal=before.goals.get(number=1))
    save(GoalsForm, draft, KEY, rut, shares(rebus, "", "50"))
    save(GoalsForm, draft, KEY, rut, shares(rebus, "", ""))
    assert kept() == [("Rebus", 1, 100)]


def test_together_they_are_at_most_a_hundred(form, rebus):
    sent = form(shares(rebus, "", "70") | shares(rebus, "50"))
    assert not sent.is_valid()
    assert "tillsammans 120\u00a0%" in sent.errors[f"andel-{rebus.pk}-1"][0]
    assert form(shares(rebus, "50", "50")).is_valid()
    assert form(shares(rebus, "10")).is_valid()  # the checks ask about the rest


def test_two_who_share_out_different_projects_both_get_theirs(draft, rut, mans, save, rebus, arlig):
    save(GoalsForm, draft, KEY, mans, shares(rebus, "100"))
    form = GoalsForm(draft, KEY, shares(arlig, "", "100"))
    assert form.is_valid()
    saving.save(form, 0, saving.Writer(rut, NOON))
    assert kept() == [("Rebus", 1, 100), ("Ärlig start", 2, 100)]


def test_two_who_together_exceed_a_hundred_are_asked(draft, rut, mans, save, rebus):
    save(GoalsForm, draft, KEY, mans, shares(rebus, "60"))
    form = GoalsForm(draft, KEY, shares(rebus, "", "60"))
    assert form.is_valid()
    with pytest.raises(saving.Conflict):
        saving.save(form, 0, saving.Writer(rut, NOON))
    assert kept() == [("Rebus", 1, 60)]


# --- All to one goal ---------------------------------------------------------------------------------


def test_all_to_one_goal_takes_the_place_of_what_was_there(form, rebus, arlig):
    sent = form(shares(rebus, "40", "x") | shares(arlig, "5") | {"allt": f"{rebus.pk}:2"})
    assert sent.is_valid()
    assert sent.values() | shares(rebus, "", "100") | shares(arlig, "5", "") == sent.values()


@pytest.mark.parametrize("asked", ["", "x", "1", "0:1", "999999:1", "{pk}:9", "{pk}:", "9" * 40])
def test_all_to_a_goal_that_is_not_there_changes_nothing(form, rebus, asked):
    sent = form(shares(rebus, "40", "60") | {"allt": asked.format(pk=rebus.pk)})
    assert sent.is_valid()
    assert sent.values() | shares(rebus, "40", "60") == sent.values()


# --- What remains, and the money ---------------------------------------------------------------------


def test_what_is_given_and_what_remains_is_shown(form, rebus):
    row = only(form(shares(rebus, "12,25", "47,75")))
    assert (row.given_words, row.left_words) == ("60\u00a0%", "40\u00a0%")
    row = only(form(shares(rebus, "12,25", "")))
    assert (row.given_words, row.left_words) == ("12,25\u00a0%", "87,75\u00a0%")


def test_the_money_is_split_so_that_the_parts_add_up(form, rebus):
    Payout.objects.update(amount=Decimal("100.50"))
    row = only(form(shares(rebus, "33,33", "33,33")))
    parts = [cell.kronor for cell in row.cells]
    assert [*parts, row.without_goal] == [34, 33, 34]
    assert sum(parts) + row.without_goal == row.paid == 101


def test_a_project_without_payout_has_no_split(form, arlig):
    row = only(form(shares(arlig, "100")))
    assert (row.paid, row.without_goal, row.cells[0].kronor) == (None, None, None)


def test_the_sums_name_what_they_leave_out(form, rebus, miljo):
    make.participation(make.project("Zebra"), miljo, paid={2024: 50})
    sent = form(shares(rebus, "x", "60"))
    assert [money for _, money in sent.sums()] == [0, 0, 50]
    assert sent.left_out() == ["Rebus"]
    over = form(shares(rebus, "60", "60"))
    assert only_named(over, "Rebus").is_over
    assert over.left_out() == ["Rebus"]


def only_named(form, name):
    return next(row for row in form.rows if row.participation.project.name == name)


def test_earlier_goals_are_shown_quietly(form, rebus):
    for first, last, name in ((2016, 2018, "Äldst"), (2019, 2023, "Trygghet")):
        goal = make.goal_set(first, last, goals=("Skola", name)).goals.get(number=2)
        GoalAllocation.objects.create(participation=rebus, goal=goal, share=Decimal("62.5"))
    assert only(form()).earlier == "2019–2023: 2. Trygghet 62,50\u00a0%"


def test_shares_that_hold_for_several_years_say_so(form, draft, rebus):
    assert form().shared_years() == ""
    draft.year.goal_set.first_year = 2022
    assert form().shared_years() == "2022–2024"


# --- The page ----------------------------------------------------------------------------------------


def test_the_page_shows_shares_remainder_and_kronor(client, rut, draft, save, rebus):
    save(GoalsForm, draft, KEY, rut, shares(rebus, "60"))
    client.force_login(rut)
    page = client.get(URL).content.decode().replace("\u00a0", " ")
    assert 'aria-label="Rebus: mål 1. Arbete, procent"' in page
    assert "600 kr" in page
    assert ">40 %</span> kvar" in page
    assert "Allt till mål 2" in page


def test_without_projects_and_without_goals_the_page_says_what_to_do(client, rut, draft):
    client.force_login(rut)
    assert "Inga projekt att fördela" in client.get(URL).content.decode()
    Goal.objects.all().delete()
    assert "Årets mål är inte inlagda" in client.get(URL).content.decode()


def test_the_button_saves_and_stays(client, rut, draft, rebus):
    client.force_login(rut)
    sent = shares(rebus, "10", "20") | {"version": "0", "allt": f"{rebus.pk}:2"}
    answer = client.post(URL, sent)
    assert (answer.status_code, answer["Location"]) == (302, URL)
    assert kept() == [("Rebus", 2, 100)]


def test_what_was_typed_is_still_there_beside_the_sentence(client, rut, draft, rebus):
    client.force_login(rut)
    answer = client.post(URL, shares(rebus, "halva", "20") | {"version": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="halva"' in page
    assert f'id="id_andel-{rebus.pk}-1_error"' in page
    assert kept() == []


def test_a_handed_in_year_is_not_changed(client, rut, draft, rebus):
    Submission.objects.update(status=Submission.Status.SUBMITTED)
    client.force_login(rut)
    assert client.post(URL, shares(rebus, "7") | {"version": "0"}).status_code == 409
    assert kept() == []


@pytest.mark.parametrize(
    ("person", "status"), [("lena", 403), ("olle", 404), ("sam", 403), ("siv", 404)]
)
def test_nobody_else_may_write(client, request, draft, rebus, person, status):
    client.force_login(request.getfixturevalue(person))
    assert client.get(URL).status_code == status
    assert client.post(URL, shares(rebus, "7")).status_code == status
    assert kept() == []


def test_fifty_rows_take_as_many_queries_as_five(client, rut, draft, miljo):
    client.force_login(rut)
    goal = draft.year.goal_set.goals.get(number=1)

    def queries(first, last):
        for number in range(first, last):
            made = make.participation(make.project(f"Projekt {number}"), miljo, paid={2024: number})
            GoalAllocation.objects.create(participation=made, goal=goal, share=50)
        sent = GoalsForm(draft, KEY).stored | {"version": "0", "sida": "a"}
        counts = []
        for ask in (lambda: client.get(URL), lambda: client.post(URL, sent)):
            with CaptureQueriesContext(connection) as captured:
                ask()
            counts.append(len(captured))
        return counts

    queries(0, 1)  # the first save begins the part
    few = queries(1, 5)
    assert queries(5, 50) == few
    assert few[0] <= 20


texts = some.one_of(
    some.text(some.characters(codec=None), max_size=14),
    some.sampled_from(["", "0", "50", "33,33", "100", "100 %"]),
)


@given(first=texts, second=texts, asked=texts)
@example("100,00", "0,00", "1:1")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_anything_sent_is_saved_or_answered_with_a_sentence(
    draft, rut, rebus, first, second, asked
):
    form = GoalsForm(draft, KEY, shares(rebus, first, second) | {"allt": asked})
    if form.is_valid():
        saving.save(form, form.version, saving.Writer(rut, NOON))
        assert form.values() | GoalsForm(draft, KEY).stored == form.values()
    else:
        for sentences in form.errors.values():
            assert all(sentence.endswith(".") for sentence in sentences)
    row = only(form)
    if row.without_goal is not None:
        assert sum(cell.kronor for cell in row.cells) + row.without_goal == row.paid
