"""Utbetalningar: empty, zero and "inte utbetalt än" are three things, and nothing typed is lost."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as some

from funding.models import Grant, Payout
from malmo_intl.models import Event
from reports.entry import saving
from reports.entry.payouts import PayoutsForm
from reports.models import Part, Submission
from tests import make
from tests.reports.entry.conftest import NOON

KEY = "utbetalningar"
URL = "/redovisning/2024/mf/utbetalningar/"
ENDED_2018 = {"starts_on": datetime.date(2016, 1, 1), "ends_on": datetime.date(2018, 11, 30)}


@pytest.fixture
def esf(db):
    return make.fund()


@pytest.fixture
def rebus(miljo, esf):
    return make.participation(make.project("Rebus", funded_by=esf), miljo, paid={2023: 4711})


@pytest.fixture
def arlig(miljo, esf):
    return make.participation(make.project("Ärlig start", funded_by=esf), miljo)


@pytest.fixture
def form(draft):
    """form({field: text}) → the form, as it was sent with that changed."""

    def form(values=None):
        stored = PayoutsForm(draft, KEY).stored
        return PayoutsForm(draft, KEY, None if values is None else stored | values)

    return form


def row(participation, amount="", waits="", comment="", **more):
    pk = participation.pk
    typed = {f"belopp-{pk}": amount, f"vantar-{pk}": waits, f"kommentar-{pk}": comment}
    return typed | {f"{column}-{pk}": text for column, text in more.items()}


def listed(form):
    return [item.project.name for item in form.participations]


def kept(submission):
    payouts = Payout.objects.filter(year=2024).order_by("participation__project__name")
    return [(payout.amount, payout.pending, payout.comment) for payout in payouts]


# --- Which rows --------------------------------------------------------------------------------------


def test_rows_stand_in_swedish_order(form, miljo):
    for name in ("Öppna dörrar", "Zebra", "Ärlig", "Åskan", "andra"):
        make.participation(make.project(name), miljo)
    assert listed(form()) == ["andra", "Zebra", "Åskan", "Ärlig", "Öppna dörrar"]


@pytest.mark.parametrize(
    ("fields", "paid", "is_there"),
    [
        ({"starts_on": datetime.date(2024, 6, 1)}, {}, True),
        (ENDED_2018, {2024: 5}, True),
        (ENDED_2018, {2021: 5}, True),
        (ENDED_2018, {2020: 5}, False),
        (ENDED_2018, {}, False),
        (ENDED_2018 | {"ends_on": datetime.date(2022, 1, 1)}, {}, True),
        (ENDED_2018 | {"ends_on": datetime.date(2021, 12, 31)}, {}, False),
        ({"starts_on": datetime.date(2025, 1, 1)}, {}, False),
    ],
)
def test_a_project_that_ended_may_still_have_been_paid(form, miljo, fields, paid, is_there):
    make.participation(make.project("Krami", **fields), miljo, paid=paid)
    assert listed(form()) == (["Krami"] if is_there else [])


def test_the_own_end_goes_before_that_of_the_project(form, miljo):
    project = make.project("Krami", ends_on=datetime.date(2024, 12, 31))
    make.participation(project, miljo, ends_on=datetime.date(2020, 1, 1))
    assert listed(form()) == []


def test_others_projects_are_not_there_and_not_written(form, kultur, rebus):
    theirs = make.participation(make.project("Scenkonst"), kultur)
    assert listed(form()) == ["Rebus"]
    sent = form(row(theirs, "100"))
    assert not sent.is_valid()
    assert "”100” hör till ett projekt" in sent.non_field_errors()[0]


def test_a_project_that_left_the_year_meanwhile_is_still_saved(draft, form, rut, save, miljo):
    part = make.participation(make.project("Krami", **ENDED_2018), miljo)
    assert listed(form()) == []
    save(PayoutsForm, draft, KEY, rut, row(part, "12"))
    assert kept(draft) == [(12, False, "")]


# --- Three different things --------------------------------------------------------------------------


def test_empty_zero_and_not_yet_are_three_things(draft, rut, save, miljo):
    a, b, c, d = (make.participation(make.project(name), miljo) for name in "abcd")
    values = row(a) | row(b, "0") | row(c, "", "on") | row(d, "4 029 253,50 kr")
    save(PayoutsForm, draft, KEY, rut, values)
    expected = [(0, False, ""), (None, True, ""), (Decimal("4029253.50"), False, "")]
    assert kept(draft) == expected
    assert not Payout.objects.filter(published=True).exists()


def test_what_is_stored_is_read_back_the_same(draft, form, rut, save, rebus):
    save(PayoutsForm, draft, KEY, rut, row(rebus, "1203000,5", comment="Sista delen."))
    stored = form().stored
    assert stored[f"belopp-{rebus.pk}"].replace("\u00a0", " ") == "1 203 000,50"
    assert stored[f"kommentar-{rebus.pk}"] == "Sista delen."


def test_an_amount_that_is_removed_leaves_the_row_in_the_history(draft, rut, save, rebus):
    save(PayoutsForm, draft, KEY, rut, row(rebus, "100"))
    form = PayoutsForm(draft, KEY, row(rebus))
    assert form.is_valid()
    saving.save(form, 1, saving.Writer(rut, NOON))
    assert kept(draft) == []
    assert form.taken_away == ["utbetalningen till Rebus"]
    assert [item.history_type for item in Payout.history.filter(year=2024)] == ["-", "+"]


def test_a_removed_amount_can_be_brought_back(draft, rut, save, rebus):
    save(PayoutsForm, draft, KEY, rut, row(rebus, "100", comment="Enligt beslut."))
    save(PayoutsForm, draft, KEY, rut, row(rebus))
    saving.restore(PayoutsForm(draft, KEY), 1, saving.Writer(rut, NOON))
    assert kept(draft) == [(100, False, "Enligt beslut.")]


def test_a_save_that_changes_nothing_leaves_no_trail(draft, rut, save, rebus):
    save(PayoutsForm, draft, KEY, rut, row(rebus, "100"))
    before = Payout.history.count()
    save(PayoutsForm, draft, KEY, rut, {})
    assert Payout.history.count() == before


def test_two_who_fill_in_different_rows_both_get_theirs(draft, rut, mans, save, rebus, arlig):
    save(PayoutsForm, draft, KEY, mans, row(rebus, "1"))
    form = PayoutsForm(draft, KEY, row(arlig, "2") | row(rebus))
    assert form.is_valid()
    saving.save(form, 0, saving.Writer(rut, NOON))
    assert kept(draft) == [(1, False, ""), (2, False, "")]


def test_nothing_to_report_beside_a_payout_is_refused(form, rebus):
    assert "Ta bort dem först" in form(row(rebus, "", "on") | {"inget": "on"}).errors["inget"][0]
    assert form({"inget": "on"}).is_valid()


# --- What does not go together -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "column", "sentence"),
    [
        (("100", "on"), "belopp", "Båda kan inte gälla"),
        (("0", "on"), "belopp", "Båda kan inte gälla"),
        (("-100",), "kommentar", "återbetalning"),
        (("", "", "Kommer i maj."), "kommentar", "sparas tillsammans med ett belopp"),
        (("1,5 mkr",), "belopp", "Menar du"),
        (("1 5",), "belopp", "går inte att läsa"),
        (("1000000000000",), "belopp", "för stort"),
    ],
)
def test_the_sentence_stands_at_the_field(form, rebus, values, column, sentence):
    sent = form(row(rebus, *values))
    assert not sent.is_valid()
    assert list(sent.errors) == [f"{column}-{rebus.pk}"]
    assert sentence in sent.errors[f"{column}-{rebus.pk}"][0]


def test_a_repayment_with_its_reason_is_saved(draft, rut, save, rebus):
    save(PayoutsForm, draft, KEY, rut, row(rebus, "−1 200", comment="Återkrav."))
    assert kept(draft) == [(-1200, False, "Återkrav.")]


# --- Funds -------------------------------------------------------------------------------------------


@pytest.fixture
def two_funds(rebus):
    finsam = make.fund("Finsam", "Finsam", is_eu=False)
    Grant.objects.create(project=rebus.project, fund=finsam)
    return rebus, finsam


def test_the_fund_is_chosen_only_where_there_are_several(form, two_funds, arlig):
    rebus, finsam = two_funds
    assert f"fond-{rebus.pk}" in form().fields
    assert f"fond-{arlig.pk}" not in form().fields


def test_the_chosen_fund_is_stored(draft, form, rut, save, two_funds):
    rebus, finsam = two_funds
    save(PayoutsForm, draft, KEY, rut, row(rebus, "5", fond=str(finsam.pk)))
    assert Payout.objects.get(year=2024).fund == finsam
    assert form().stored[f"fond-{rebus.pk}"] == str(finsam.pk)


@pytest.mark.parametrize("fund", ["99999", "x", "-1", "9" * 30])
def test_another_projects_fund_is_refused(form, two_funds, fund):
    rebus, _ = two_funds
    assert f"fond-{rebus.pk}" in form(row(rebus, "5", fond=fund)).errors


def test_a_fund_without_amount_says_nothing(draft, rut, save, two_funds):
    rebus, finsam = two_funds
    save(PayoutsForm, draft, KEY, rut, row(rebus, fond=str(finsam.pk)))
    assert kept(draft) == []


def test_a_fund_that_only_the_payout_names_is_kept(draft, rut, save, rebus):
    other = make.fund("Forte", "Forte", is_eu=False)
    Payout.objects.create(participation=rebus, year=2024, amount=1, fund=other)
    save(PayoutsForm, draft, KEY, rut, {f"belopp-{rebus.pk}": "2"})
    assert Payout.objects.get(year=2024).fund == other


# --- What stands beside ------------------------------------------------------------------------------


def test_last_years_amount_stands_beside_or_the_latest_before(form, miljo, rebus):
    older = make.participation(make.project("Äldre"), miljo, paid={2020: 9, 2022: 0})
    new = make.participation(make.project("Ny"), miljo)
    beside = {item.participation: item.earlier for item in form().rows()}
    assert (beside[rebus].year, beside[rebus].amount) == (2023, 4711)
    assert (beside[older].year, beside[older].amount) == (2022, 0)
    assert beside[new] is None
    assert form().last_year() == 4711


def test_a_year_without_rows_has_no_sum(form, arlig):
    assert form().last_year() is None


def test_the_sum_counts_what_can_be_read_and_names_the_rest(form, miljo):
    a, b, c, d = (make.participation(make.project(name), miljo) for name in "abcd")
    total = form(row(a, "1 000,50") | row(b, "1,5 mkr") | row(c, "", "on") | row(d)).total()
    assert (total.amount, total.missing, total.waiting) == (1001, 1, 1)
    assert total.unreadable == ["b"]


# --- The page ----------------------------------------------------------------------------------------


def test_the_page_says_what_empty_means_and_shows_the_sum(client, rut, draft, rebus):
    client.force_login(rut)
    page = client.get(URL).content.decode()
    assert "Tomt betyder att uppgiften saknas" in page
    assert 'aria-label="Rebus: utbetalt 2024, kronor"' in page
    assert "Inte utbetalt än" in page
    assert "4\u00a0711" in page


def test_the_page_without_projects_says_what_to_do(client, rut, draft):
    client.force_login(rut)
    page = client.get(URL).content.decode()
    assert "Inga projekt att redovisa" in page
    assert "<table" not in page


def test_a_save_leaves_a_trail_and_leads_on(client, rut, draft, rebus):
    client.force_login(rut)
    answer = client.post(URL, row(rebus, "100") | {"version": "0", "gor": "klar"})
    assert (answer.status_code, kept(draft)) == (302, [(100, False, "")])
    assert draft.parts.get(key=KEY).status == Part.Status.DONE
    assert Event.objects.about(draft).filter(comment="Utbetalningar").exists()


def test_what_was_typed_is_still_there_beside_the_sentence(client, rut, draft, rebus):
    client.force_login(rut)
    answer = client.post(URL, row(rebus, "1,5 mkr", comment="<b>Hej</b>") | {"version": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="1,5 mkr"' in page
    assert "&lt;b&gt;Hej&lt;/b&gt;" in page
    assert f'id="id_belopp-{rebus.pk}_error"' in page
    assert f'aria-describedby="id_belopp-{rebus.pk}_error"' in page
    assert kept(draft) == []


def test_sent_twice_it_is_stored_once(client, rut, draft, rebus):
    client.force_login(rut)
    for _ in range(2):
        assert client.post(URL, row(rebus, "7") | {"version": "0", "sida": "a"}).status_code == 302
    assert kept(draft) == [(7, False, "")]


def test_a_handed_in_year_is_not_changed(client, rut, draft, rebus):
    Submission.objects.update(status=Submission.Status.SUBMITTED)
    client.force_login(rut)
    assert client.get(URL).status_code == 302
    assert client.post(URL, row(rebus, "7") | {"version": "0"}).status_code == 409
    assert kept(draft) == []


@pytest.mark.parametrize(
    ("person", "status"), [("lena", 403), ("olle", 404), ("sam", 403), ("siv", 404)]
)
def test_nobody_else_may_write(client, request, draft, rebus, person, status):
    client.force_login(request.getfixturevalue(person))
    assert client.get(URL).status_code == status
    assert client.post(URL, row(rebus, "7")).status_code == status
    assert client.put(URL).status_code == 405
    assert kept(draft) == []


def test_fifty_rows_take_as_many_queries_as_five(client, rut, draft, miljo, esf):
    client.force_login(rut)

    def queries(first, last):
        for number in range(first, last):
            project = make.project(f"Projekt {number}", funded_by=esf)
            make.participation(project, miljo, paid={2023: number, 2024: number})
        sent = PayoutsForm(draft, KEY).stored | {"version": "0", "sida": "a"}
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
    some.text(some.characters(codec=None), max_size=50),
    some.sampled_from(["", "0", "-5", "1,5 mkr", "4 029 253", "999999999999,99", "on"]),
)


@given(amount=texts, waits=texts, comment=texts)
@example("100\r\n200", "on", "\x00")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_anything_sent_is_saved_or_answered_with_a_sentence(
    draft, rut, rebus, save, amount, waits, comment
):
    form = PayoutsForm(draft, KEY, row(rebus, amount, waits, comment))
    if form.is_valid():
        saving.save(form, form.version, saving.Writer(rut, NOON))
        again = PayoutsForm(draft, KEY)
        assert again.stored[f"belopp-{rebus.pk}"] == form.values()[f"belopp-{rebus.pk}"]
        assert again.stored[f"kommentar-{rebus.pk}"] == form.values()[f"kommentar-{rebus.pk}"]
    else:
        for sentences in form.errors.values():
            assert all(sentence.endswith(".") for sentence in sentences)
    form.total()
