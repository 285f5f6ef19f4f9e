"""A project's own page: the owner writes what all share, each administration its own part."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some

from malmo_intl.models import Event, Role
from projects.models import Organisation, Participation, Project
from reports.entry import carry, grants
from reports.entry.project import ProjectForm
from reports.models import Submission
from tests import make

DAY = datetime.date
OWNER = Participation.Role.OWNER
KEY = "projekt/rebus"
PAGE = f"/redovisning/2024/mf/{KEY}/"


@pytest.fixture
def rebus(miljo):
    """Miljö's own, paid for by ESF."""
    make.fund("ERUF", "Europeiska regionala utvecklingsfonden")
    project = make.project("Rebus", funded_by=make.fund(), starts_on=DAY(2022, 1, 1))
    make.participation(project, miljo, OWNER)
    return project


@pytest.fixture
def shared(kultur, miljo):
    """Kultur's, in which Miljö takes part."""
    project = make.project("Rebus", funded_by=make.fund(), starts_on=DAY(2022, 1, 1))
    make.participation(project, kultur, OWNER)
    make.participation(project, miljo)
    return project


@pytest.fixture
def write(draft, rut, save):
    """write({field: text}) → the project, saved by Rut."""

    def write(values, key=KEY, **options):
        save(ProjectForm, draft, key, rut, values, **options)
        return Project.objects.get(slug=key.removeprefix("projekt/"))

    return write


def errors(draft, values, key=KEY):
    form = ProjectForm(draft, key)
    return dict(ProjectForm(draft, key, {**form.stored, **values}).errors)


def funds(project):
    return [
        (row.fund.code, row.status, row.budget_sek, row.amount_sek, row.amount_eur, row.rate)
        for row in project.grants.order_by("fund__code")
    ]


# --- Who writes what ---------------------------------------------------------------------------------


def test_the_owner_writes_the_shared_facts_and_its_own_part(rebus, write):
    project = write(
        {
            "namn": "Rebus 2",
            "slag": "process eller plattform",
            "syfte": "Mindre spill",
            "startar": "mars 2022",
            "slutar": "2025",
            "slut_planerat": "on",
            "diarienummer": "MN-1",
            "webbplats": "malmo.se/rebus",
            "andra_namn": "REBUS\n  Ärtan \n\nREBUS\nBönan",
            "var_del": "Vi leder",
            "deltar_fran": "2022-03-15",
        }
    )
    assert (project.name, project.search, project.kind) == ("Rebus 2", "rebus 2", "process")
    assert (project.starts_on, project.starts_precision) == (DAY(2022, 3, 1), "month")
    assert (project.ends_on, project.ends_precision, project.ends_planned) == (
        DAY(2025, 1, 1),
        "year",
        True,
    )
    assert project.link == "https://malmo.se/rebus"
    assert {alias.name for alias in project.aliases.all()} == {"Bönan", "REBUS", "Ärtan"}
    assert project.aliases.get(name="Ärtan").search == "ärtan"
    part = project.participations.get()
    assert (part.starts_on, part.contribution) == (DAY(2022, 3, 15), "Vi leder")


def test_saved_and_read_it_is_the_same(rebus, draft, write):
    values = {"andra_namn": "Ärtan\nBönan", "startar": "12 maj 2022", "fond-ny1-fond": "ERUF"}
    write(values)
    stored = ProjectForm(draft, KEY).stored
    write(stored)
    assert ProjectForm(draft, KEY).stored == stored
    assert stored["andra_namn"] == "Bönan\nÄrtan"
    assert stored["startar"] == "2022-05-12"


def test_nothing_changed_leaves_no_history(rebus, draft, write):
    before = [model.history.count() for model in (Project, Participation)]
    write({})
    assert [model.history.count() for model in (Project, Participation)] == before
    assert rebus.grants.get().history.count() == 1


def test_a_partner_reads_the_shared_facts_and_writes_only_its_part(shared, draft, write, olle):
    form = ProjectForm(draft, KEY)
    assert set(form.fields) == {"deltar_fran", "deltar_till", "var_del"}
    assert form.contacts() == [("Olle", "olle@exempel.malmo.se")]
    write({"var_del": "Vi bidrar"})
    assert shared.participations.get(role="partner").contribution == "Vi bidrar"


def test_where_nobody_owns_it_whoever_takes_part_writes(draft, miljo, kultur):
    project = make.project("Rebus")
    make.participation(project, miljo)
    make.participation(project, kultur)
    assert ProjectForm(draft, KEY).writes_shared


def test_what_somebody_outside_owns_is_written_by_stadskontoret(draft, miljo):
    project = make.project("Rebus", external_owner=Organisation.objects.create(name="VITO"))
    make.participation(project, miljo)
    assert not ProjectForm(draft, KEY).writes_shared


def test_but_whoever_added_it_this_year_fills_it_in_first(draft, miljo, rut, kultur):
    project = make.project("Rebus", external_owner=Organisation.objects.create(name="VITO"))
    make.participation(project, miljo)
    Event.objects.record("lade till projektet", project, rut, administration=kultur)
    assert not ProjectForm(draft, KEY).writes_shared
    Event.objects.record("lade till projektet", project, rut, administration=miljo)
    assert ProjectForm(draft, KEY).writes_shared
    carry.items(draft)  # next year it came along
    assert not ProjectForm(draft, KEY).writes_shared


def test_who_had_the_page_open_when_another_became_owner_loses_no_text(rebus, draft, kultur):
    opened = ProjectForm(draft, KEY).stored
    make.participation(rebus, kultur)
    rebus.participations.update(role="partner")
    rebus.participations.filter(administration=kultur).update(role="owner")
    unchanged = ProjectForm(draft, KEY, opened)
    assert unchanged.is_valid(), unchanged.errors
    form = ProjectForm(draft, KEY, {**opened, "syfte": "En lång text", "fond-ny1-fond": "ERUF"})
    assert form.non_field_errors() == [
        "Projektet ägs nu av Kulturförvaltningen, som skriver de gemensamma uppgifterna. "
        "Det här är inte sparat: ”En lång text”; ”ERUF”."
    ]


def test_a_project_that_is_not_ours_does_not_exist(client, draft, rut, kultur):
    project = make.project("Kulturens")
    make.participation(project, kultur)
    client.force_login(rut)
    for address in ("", "agare/", "ta-bort/"):
        assert client.get(f"/redovisning/2024/mf/projekt/kulturens/{address}").status_code == 404
    assert client.get("/redovisning/2024/mf/projekt/finns-inte/").status_code == 404
    assert client.get(f"/redovisning/2024/mf/projekt/{'x' * 900}/").status_code == 404


# --- Periods and what continues what -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"startar": "2024-05-01", "slutar": "2024-04-30"}, "slutar", "före startdagen"),
        ({"startar": "2024-05-12", "slutar": "maj 2024"}, "slutar", "Skriv slutet noggrannare"),
        ({"deltar_fran": "2024-05-12", "deltar_till": "2024-05-11"}, "deltar_till", "före startdagen"),
        ({"deltar_fran": "2024"}, "deltar_fran", "Ange hela datumet"),
        ({"namn": ""}, "namn", "Detta fält måste fyllas i."),
        ({"webbplats": "javascript:alert(1)"}, "webbplats", "Adressen går inte att läsa"),
        ({"slag": "hemligt"}, "slag", "giltigt"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(rebus, draft, values, field, sentence):
    found = errors(draft, values)
    assert list(found) == [field]
    assert sentence in found[field][0]


def test_a_project_continues_an_earlier_one_of_ours_but_not_in_a_circle(rebus, draft, miljo, write):
    earlier = make.project("Förstudien")
    make.participation(earlier, miljo)
    assert write({"fortsatter": earlier.slug}).continues == earlier
    found = errors(draft, {"fortsatter": "rebus"}, f"projekt/{earlier.slug}")
    assert found["fortsatter"] == ["Det projektet fortsätter redan det här."]
    assert "giltigt" in errors(draft, {"fortsatter": "rebus"})["fortsatter"][0]


def test_whoever_changes_a_project_that_waits_has_given_its_verdict(rebus, year, miljo, rut, save):
    make.submission(make.year(2022), miljo, Submission.Status.APPROVED)
    submission = make.submission(year, miljo, Submission.Status.NOT_STARTED)
    carry.begin(submission, rut)
    save(ProjectForm, submission, KEY, rut, {})
    assert submission.carried.get().verdict == "waiting"
    save(ProjectForm, submission, KEY, rut, {"syfte": "Nytt syfte"})
    assert submission.carried.get().verdict == "changed"


# --- Funds -------------------------------------------------------------------------------------------


def test_a_fund_is_added_changed_and_removed(rebus, draft, write):
    write({"fond-ny1-fond": "ERUF", "fond-ny1-lage": "sökt", "fond-ny1-budget": "4 029 253"})
    assert funds(rebus) == [
        ("ERUF", "applied", Decimal(4029253), None, None, None),
        ("ESF", "granted", None, None, None, None),
    ]
    eruf = rebus.grants.get(fund__code="ERUF")
    write({f"fond-{eruf.pk}-belopp": "1 000,50"})
    assert rebus.grants.get(pk=eruf.pk).amount_sek == Decimal("1000.50")
    write({f"fond-{eruf.pk}-bort": "on"})
    assert [row[0] for row in funds(rebus)] == ["ESF"]


def test_what_was_removed_is_named_and_comes_back(rebus, draft, rut, write):
    from reports.entry import saving
    from tests.reports.entry.conftest import NOON

    eruf = make.fund("ERUF")
    rebus.grants.create(fund=eruf, budget_sek=5, comment="Viktigt")
    write({})
    stored = ProjectForm(draft, KEY).stored
    row = rebus.grants.get(fund=eruf).pk
    form = ProjectForm(draft, KEY, {**stored, f"fond-{row}-bort": "on"})
    assert form.is_valid()
    saving.save(form, form.version, saving.Writer(rut, NOON))
    assert form.taken_away == ["finansieringen från Europeiska regionala utvecklingsfonden"]
    saving.restore(ProjectForm(draft, KEY), 1, saving.Writer(rut, NOON))
    assert rebus.grants.get(fund=eruf).budget_sek == 5


def test_two_funds_may_change_places(rebus, write):
    rebus.grants.create(fund=make.fund("ERUF"), budget_sek=5)
    first, second = rebus.grants.order_by("pk")
    write({f"fond-{first.pk}-fond": "ERUF", f"fond-{second.pk}-fond": "ESF"})
    assert [(row[0], row[2]) for row in funds(rebus)] == [("ERUF", None), ("ESF", 5)]


def test_euro_is_reckoned_in_kronor_at_its_rate(rebus, draft, write):
    row = f"fond-{rebus.grants.get().pk}"
    write({f"{row}-euro": "100 000,00", f"{row}-kurs": "11,47655"[:-1]})
    grant = rebus.grants.get()
    assert (grant.amount_eur, grant.rate, grant.amount_sek) == (
        Decimal(100000),
        Decimal("11.4765"),
        Decimal(1147650),
    )
    form = ProjectForm(draft, KEY)
    assert form.stored[f"{row}-belopp"] == ""
    assert form.stored[f"{row}-kurs"] == "11,4765"
    remark = next(iter(form.rows)).remark.replace("\u00a0", " ")
    assert remark == "100 000 euro är 1 147 650 kr."
    write({f"{row}-euro": "200 000"})
    assert rebus.grants.get().amount_sek == Decimal(2295300)
    write({f"{row}-euro": "", f"{row}-kurs": "", f"{row}-belopp": "5"})
    assert funds(rebus) == [("ESF", "granted", None, 5, None, None)]


def test_a_rough_amount_keeps_its_step_until_it_is_changed(rebus, draft, write):
    rebus.grants.update(amount_sek=44_000_000, step=1_000_000, qualifier="ca")
    write({"syfte": "Annat"})
    assert rebus.grants.get().step == 1_000_000
    write({f"fond-{rebus.grants.get().pk}-belopp": "44 100 000"})
    assert (rebus.grants.get().step, rebus.grants.get().qualifier) == (1, "ca")


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"fond": "", "budget": "5"}, "fond", "Välj fond eller program."),
        ({"fond": "ESF"}, "fond", "Projektet har redan finansiering från den fonden."),
        ({"fond": "ERUF", "euro": "5"}, "kurs", "Ange den kurs"),
        ({"fond": "ERUF", "kurs": "11"}, "euro", "Ange beloppet i euro, eller töm kursen."),
        ({"fond": "ERUF", "kurs": "0"}, "kurs", "går inte att läsa som en kurs"),
        ({"fond": "ERUF", "kurs": "11.5"}, "kurs", "går inte att läsa som en kurs"),
        ({"fond": "ERUF", "euro": "5", "kurs": "11", "belopp": "5"}, "belopp", "inte båda"),
        ({"fond": "ERUF", "budget": "1,5 mkr"}, "budget", "Menar du 1"),
        ({"fond": "ERUF", "belopp": "-5"}, "belopp", "kan inte vara negativt"),
        ({"fond": "ERUF", "euro": "999999999999", "kurs": "11"}, "euro", "för stort"),
        ({"fond": "Allmänna arvsfonden"}, "fond", "giltigt"),
    ],
)  # fmt: skip
def test_a_fund_that_cannot_be_is_refused_at_its_field(rebus, draft, values, field, sentence):
    found = errors(draft, {f"fond-ny1-{name}": text for name, text in values.items()})
    assert list(found) == [f"fond-ny1-{field}"]
    assert sentence in found[f"fond-ny1-{field}"][0]


def test_a_fund_that_somebody_else_removed_is_made_anew(rebus, draft, write):
    row = rebus.grants.get().pk
    stored = ProjectForm(draft, KEY).stored
    rebus.grants.all().delete()
    write({**stored, f"fond-{row}-budget": "7"})
    assert funds(rebus) == [("ESF", "granted", 7, None, None, None)]


@given(some.decimals(min_value=Decimal("0.0001"), max_value=9999, places=4))
def test_a_rate_is_written_in_one_way_and_read_as_itself(rate):
    text = grants.rate_text(rate)
    assert grants.rate_of(text) == rate
    assert grants.RateField().clean(text) == text


def test_the_page_asks_as_much_for_many_funds_as_for_few(client, rebus, draft, rut):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(PAGE).status_code == 200
        return len(queries)

    client.force_login(rut)
    few = asked()
    for number in range(12):
        rebus.grants.create(fund=make.fund(f"F{number}", f"Fond {number}"))
    assert asked() == few <= 16


# --- On the page -------------------------------------------------------------------------------------


def test_saving_leads_back_to_the_list(client, rebus, draft, rut):
    client.force_login(rut)
    form = ProjectForm(draft, KEY)
    answer = client.post(PAGE, {**form.stored, "version": 0, "gor": "klar", "syfte": "Ny"})
    assert answer["Location"] == "/redovisning/2024/mf/projekt/"
    rebus.refresh_from_db()
    assert rebus.aim == "Ny"


def test_two_at_once_are_put_together(client, rebus, draft, rut, mans):
    stored = ProjectForm(draft, KEY).stored
    for person, field in ((rut, "syfte"), (mans, "diarienummer")):
        client.force_login(person)
        client.post(PAGE, {**stored, "version": 0, "gor": "spara", field: person.name})
    rebus.refresh_from_db()
    assert (rebus.aim, rebus.diary_number) == ("Rut", "Mans")


def test_a_manager_is_no_stranger_and_a_reader_does_not_write(client, rebus, draft, mans, lena):
    for person, status in ((mans, 200), (lena, 403)):
        client.force_login(person)
        assert client.get(PAGE).status_code == status


def test_nobody_is_named_who_may_no_longer_log_in(shared, draft, kultur):
    make.person("Borta", kultur, Role.COORDINATOR, is_active=False)
    assert ProjectForm(draft, KEY).contacts() == []
