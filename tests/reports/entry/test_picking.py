"""Pick before type: found in the whole city's register, joined, or added when it is not there."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from malmo_intl.models import Event
from projects.models import Organisation, Participation, Project, ProjectAlias
from reports.entry import picking
from reports.models import Part, Submission
from tests import make

OWNER = Participation.Role.OWNER
LIST = "/redovisning/2024/mf/projekt/"
SEARCH, NEW = f"{LIST}lagg-till/", f"{LIST}nytt/"


@pytest.fixture
def register(kultur, miljo):
    """Malmökraften of Kultur, its follower without an owner, and one that somebody outside owns."""
    kraften = make.project("Malmökraften", "malmokraften", make.fund("Finsam", "Finsam"))
    make.participation(kraften, kultur, OWNER)
    make.project("Malmökraften 2.0", "malmokraften-2-0", make.fund())
    access = make.project("ACCESS", external_owner=Organisation.objects.create(name="VITO"))
    ProjectAlias.objects.create(project=access, name="Advancing Communities")
    make.participation(access, miljo)


@pytest.fixture
def signed_in(client, register, draft, rut):
    client.force_login(rut)
    return client


def text(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def found(draft, name):
    return [each.project.slug for each in picking.search(draft, name)[0]]


# --- Searching ---------------------------------------------------------------------------------------


def test_a_misspelt_name_finds_other_administrations_projects(signed_in):
    page = text(signed_in.get(SEARCH, {"q": "malmö krafen"}))
    assert "2 projekt liknar ”malmö krafen”." in page
    assert "Ägs av Kulturförvaltningen" in page
    assert "Med i projektet: KULF" in page
    assert "Ingen förvaltning är med än" in page


def test_every_button_carries_its_token(signed_in):
    page = signed_in.get(SEARCH, {"q": "malmökraften"}).content.decode()
    assert page.count('method="post"') == page.count("csrfmiddlewaretoken") == 3


def test_an_alias_is_found_and_said(signed_in):
    page = text(signed_in.get(SEARCH, {"q": "advancing comunities"}))
    assert "Även kallat Advancing Communities" in page
    assert "Ni är redan med." in page


def test_the_name_of_a_fund_puts_its_projects_first(register, draft):
    assert found(draft, "malmökraften")[0] == "malmokraften"
    assert found(draft, "esf malmökraften")[0] == "malmokraften-2-0"


def test_a_new_project_is_offered_only_after_a_search(signed_in):
    assert "Lägg till ett nytt projekt" not in text(signed_in.get(SEARCH))
    page = text(signed_in.get(SEARCH, {"q": "Något & annat"}))
    assert "Inget projekt i staden heter något som liknar ”Något &amp; annat”." in page
    assert f'href="{NEW}?namn=N%C3%A5got%20%26%20annat"' in page


@pytest.mark.parametrize(
    "q", ["", " ", "x", "\x00", "%", "🦀" * 400, "<script>", "esf", "a" * 5000]
)
def test_anything_can_be_searched_for(signed_in, q):
    assert signed_in.get(SEARCH, {"q": q}).status_code == 200


def test_the_search_asks_as_much_for_fifty_as_for_five(signed_in, kultur, miljo):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert signed_in.get(SEARCH, {"q": "kraften"}).status_code == 200
        return len(queries)

    def add(first, last):
        for number in range(first, last):
            project = make.project(f"Kraften nummer {number}", funded_by=make.fund())
            make.participation(project, kultur, OWNER)
            ProjectAlias.objects.create(project=project, name=f"Kraft {number}")

    add(0, 5)
    few = asked()
    add(5, 50)
    assert asked() == few <= 14


def test_no_more_are_shown_than_one_can_take_in(signed_in, draft):
    for number in range(20):
        make.project(f"Klimat {number}")
    shown, total = picking.search(draft, "klimat")
    assert (len(shown), total) == (picking.SHOWN, 20)
    assert "De 10 projekt som mest liknar ”klimat”, av 20." in text(
        signed_in.get(SEARCH, {"q": "klimat"})
    )


# --- Joining -----------------------------------------------------------------------------------------


def test_choosing_one_adds_our_part_and_leads_to_its_page(signed_in, draft, miljo, rut):
    answer = signed_in.post(SEARCH, {"projekt": "malmokraften", "roll": "partner"})
    assert answer["Location"] == f"{LIST}malmokraften/"
    part = Participation.objects.get(project__slug="malmokraften", administration=miljo)
    assert part.role == "partner"
    event = Event.objects.about(part.project).get()
    assert (event.verb, event.by, event.administration) == (picking.JOINED, rut, miljo)
    assert part.history.get().history_user == rut
    assert "Malmökraften" in text(signed_in.get(LIST))


def test_a_project_that_nobody_owns_may_be_ours(signed_in, miljo):
    page = text(signed_in.get(SEARCH, {"q": "malmökraften"}))
    assert page.count('value="owner"') == 1
    signed_in.post(SEARCH, {"projekt": "malmokraften-2-0", "roll": "owner"})
    assert Participation.objects.get(project__slug="malmokraften-2-0").role == OWNER


@pytest.mark.parametrize(
    ("slug", "role", "sentence"),
    [
        ("malmokraften", "owner", "Projektet har redan en ägare."),
        ("access", "partner", "Förvaltningen medverkar redan i projektet."),
    ],
)
def test_two_owners_and_twice_are_refused_in_the_constraints_words(signed_in, slug, role, sentence):
    answer = signed_in.post(SEARCH, {"projekt": slug, "roll": role}, follow=True)
    assert sentence in text(answer)
    assert Participation.objects.count() == 2


def test_what_somebody_outside_owns_cannot_be_ours(client, register, year, kultur, olle):
    make.submission(year, kultur)
    client.force_login(olle)
    search = "/redovisning/2024/kulf/projekt/lagg-till/"
    answer = client.post(search, {"projekt": "access", "roll": "owner"}, follow=True)
    assert "Projektet ägs av VITO. Ta bort den först." in text(answer)
    assert not Participation.objects.filter(administration=kultur, role="partner").exists()


def test_a_project_that_does_not_exist_cannot_be_joined(signed_in):
    for data in ({}, {"projekt": "nix"}):
        assert signed_in.post(SEARCH, data).status_code == 404


def test_joining_says_that_the_part_is_not_done(signed_in, draft):
    Part.objects.create(submission=draft, key="projekt", status="nothing", signed_by="Rut")
    signed_in.post(SEARCH, {"projekt": "malmokraften", "roll": "partner"})
    assert draft.parts.get(key="projekt").status == "started"


def test_the_first_choice_begins_the_report(client, register, year, miljo, rut):
    submission = make.submission(year, miljo, Submission.Status.NOT_STARTED)
    client.force_login(rut)
    client.post(SEARCH, {"projekt": "malmokraften", "roll": "partner"})
    submission.refresh_from_db()
    assert submission.status == Submission.Status.DRAFT
    assert [str(item) for item in submission.carried.all()] == ["ACCESS"]


# --- Adding ------------------------------------------------------------------------------------------


def test_a_new_project_is_ours_with_us_in_it(signed_in, draft, miljo, rut):
    answer = signed_in.post(NEW, {"namn": "Grön logistik", "agare": "vi"})
    assert answer["Location"] == f"{LIST}gron-logistik/"
    project = Project.objects.get(slug="gron-logistik")
    assert [(part.administration, part.role) for part in project.participations.all()] == [
        (miljo, OWNER)
    ]
    assert [event.verb for event in Event.objects.about(project)] == [picking.JOINED, "lade till projektet"]  # fmt: skip
    page = text(signed_in.get(answer["Location"]))
    assert "Vi deltar från" in page
    assert "Total budget" in page


def test_an_owner_outside_is_the_one_we_know_however_it_is_written(signed_in):
    signed_in.post(
        NEW, {"namn": "Grön logistik", "agare": "extern", "agare_extern": "vito", "bekrafta": "on"}
    )
    signed_in.post(
        NEW,
        {"namn": "Blå haven", "agare": "extern", "agare_extern": "Ny   ägare", "bekrafta": "on"},
    )
    owners = Project.objects.filter(slug__in=["gron-logistik", "bla-haven"]).order_by("slug")
    assert [project.external_owner.name for project in owners] == ["Ny ägare", "VITO"]
    assert Organisation.objects.count() == 2


def test_whoever_adds_a_project_of_somebody_outside_fills_it_in(signed_in):
    answer = signed_in.post(
        NEW, {"namn": "Grön logistik", "agare": "extern", "agare_extern": "VITO"}
    )
    assert "Total budget" in text(signed_in.get(answer["Location"]))


def test_a_name_that_is_like_another_is_asked_about_first(signed_in):
    data = {"namn": "Malmö-kraften", "agare": "vi"}
    answer = signed_in.post(NEW, data)
    assert answer.status_code == 422
    page = text(answer)
    assert "Menar du Malmökraften?" in page
    assert "Vi är med som part" in page
    assert 'value="Malmö-kraften"' in page
    assert Project.objects.count() == 3
    answer = signed_in.post(NEW, {**data, "bekrafta": "on"})
    assert answer["Location"] == f"{LIST}malmo-kraften/"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Skriv vad projektet heter."),
        ({"namn": "Grön"}, "Välj vem som äger projektet."),
        ({"namn": "Grön", "agare": "nix"}, "giltigt"),
        ({"namn": "Grön", "agare": "extern"}, "Skriv vilken organisation som äger projektet."),
        ({"namn": "x" * 301, "agare": "vi"}, "300"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(signed_in, data, sentence):
    answer = signed_in.post(NEW, data)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert Project.objects.count() == 3


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Malmökraften", "malmokraften-2"),
        ("Malmökraften 2.0", "malmokraften-2-0-2"),
        ("Nytt", "nytt-2"),
        ("Lägg till", "lagg-till-2"),
        ("!!!", "projekt"),
        ("Ö" * 300, "o" * 76),
        ("Sluta skjut/GVI", "sluta-skjut-gvi"),
    ],
)
def test_every_name_gets_an_address_of_its_own(register, name, slug):
    assert picking.free_slug(name) == slug


@pytest.mark.django_db
@settings(deadline=None)
@given(some.text(max_size=300))
def test_any_name_gets_an_address_that_fits(name):
    slug = picking.free_slug(name)
    assert 0 < len(slug) <= 80
    assert slug not in picking.RESERVED


fields = some.sampled_from(
    ["projekt", "besked", "sett", "slut", "tillbaka", "roll", "namn", "agare", "agare_extern",
     "bekrafta", "gor", "inget", "inget_skal", "version", "deltar_fran", "fond-ny1-belopp"]
)  # fmt: skip
typed = some.one_of(
    some.text(max_size=40),
    some.sampled_from(
        ["rebus", "access", "ended", "changed", "waiting", "unchanged", "on", "vi", "extern", "owner",
         "2024", "0001-01-01", "9999-12-31", "1e9", "klar", "//elak.example", "malmokraften"]
    ),
)  # fmt: skip
pages = some.sampled_from(
    ["", "besked/", "lagg-till/", "nytt/", "access/", "access/agare/", "access/ta-bort/",
     "access/ta-tillbaka/"]
)  # fmt: skip


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300
)
@given(page=pages, data=some.dictionaries(fields, typed, max_size=6))
def test_no_post_makes_the_server_fail(signed_in, page, data):
    with transaction.atomic():
        assert signed_in.post(f"{LIST}{page}", data).status_code < 500
        assert Participation.objects.filter(role=OWNER).count() <= Project.objects.count()
        transaction.set_rollback(True)


# --- Who may -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("person", "status"), [("lena", 403), ("sam", 403), ("olle", 404)])
@pytest.mark.parametrize("address", [SEARCH, NEW])
def test_only_who_reports_for_the_administration_adds(
    client, register, draft, request, person, status, address
):
    client.force_login(request.getfixturevalue(person))
    assert client.get(address).status_code == status
    data = {"projekt": "malmokraften", "namn": "Ny", "agare": "vi"}
    assert client.post(address, data).status_code == status
    assert Project.objects.count() == 3


@pytest.mark.parametrize("address", [SEARCH, NEW])
def test_nothing_is_added_to_what_is_handed_in(signed_in, draft, address):
    draft.status = Submission.Status.SUBMITTED
    draft.save()
    data = {"projekt": "malmokraften", "namn": "Ny", "agare": "vi"}
    assert "går inte att ändra" in text(signed_in.post(address, data, follow=True))
    assert Participation.objects.count() == 2
    assert signed_in.get(address).status_code == 302


def test_years_and_periods_of_the_register_are_shown(signed_in, kultur):
    make.project("Klimatet", starts_on=datetime.date(2020, 1, 1), ends_on=datetime.date(2021, 5, 2))
    assert "1 januari 2020 – 2 maj 2021" in text(signed_in.get(SEARCH, {"q": "klimatet"}))
