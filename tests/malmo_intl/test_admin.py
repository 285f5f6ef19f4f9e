"""People, rights and registers: only for those who keep them."""

import pytest
from django.contrib import admin
from django.urls import reverse

from funding.models import Fund, FundAlias
from malmo_intl.models import Administration, Event, Membership, Role, User
from projects.models import GoalSet
from tests import make

REGISTERS = {
    "user", "membership", "administration", "organisation", "fund", "goalset", "network", "event",
}  # fmt: skip


@pytest.fixture
def keeper(office):
    """Keeps the registers without being a superuser."""
    return make.person("Kim", office, Role.SYSTEM, is_staff=True)


def address(model, page="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def inline(prefix, *rows):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


def test_only_people_rights_and_registers_are_there():
    assert {model._meta.model_name for model in admin.site._registry} == REGISTERS


@pytest.mark.parametrize("cast", ["rut", "mans", "lena", "sam"])
def test_others_do_not_reach_the_admin(request, client, cast):
    client.force_login(request.getfixturevalue(cast))
    for model in admin.site._registry:
        assert client.get(address(model)).status_code == 302


@pytest.mark.parametrize("cast", ["siv", "keeper"])
def test_who_keeps_the_registers_reaches_every_page(request, client, cast, miljo):
    client.force_login(request.getfixturevalue(cast))
    make.fund()
    make.goal_set()
    for model in admin.site._registry:
        assert client.get(address(model), {"q": "a"}).status_code == 200
        expected = 403 if model is Event else 200
        assert client.get(address(model, "add")).status_code == expected
        if row := model.objects.first():
            for page in ("change", "history"):
                assert client.get(address(model, page, row.pk)).status_code == 200


def test_an_alias_written_twice_gets_words_and_not_an_error(client, keeper):
    client.force_login(keeper)
    twice = inline("aliases", {"name": "Socialfonden"}, {"name": "Socialfonden"})
    response = client.post(
        address(Fund, "add"), {"code": "ESF", "name": "Europeiska socialfonden", **twice}
    )
    assert response.status_code == 200
    assert "Fonden har redan det namnet." in response.content.decode()
    assert not Fund.objects.exists()


def test_an_alias_that_the_fund_has_gets_words_and_not_an_error(client, keeper):
    client.force_login(keeper)
    fund = make.fund()
    FundAlias.objects.create(fund=fund, name="Socialfonden")
    response = client.post(
        address(Fund, "change", fund.pk),
        {"code": "ESF", "name": fund.name, **inline("aliases", {"name": "Socialfonden"})},
    )
    assert "Fonden har redan det namnet." in response.content.decode()


def test_a_fund_in_use_cannot_be_removed_and_says_why(client, keeper):
    client.force_login(keeper)
    fund = make.fund()
    make.project("Hemliga projektet", funded_by=fund)
    for method in (client.get, client.post):
        text = method(address(Fund, "delete", fund.pk), {"post": "yes"}).content.decode()
        assert "används och kan därför inte tas bort" in text
        assert "Finansiering" in text
    assert Fund.objects.exists()


def test_an_administration_in_use_cannot_be_removed(client, keeper, rut, miljo):
    client.force_login(keeper)
    text = client.post(
        address(Administration, "delete", miljo.pk), {"post": "yes"}
    ).content.decode()
    assert "används och kan därför inte tas bort" in text
    assert Administration.objects.filter(pk=miljo.pk).exists()


def test_nothing_is_removed_from_a_list(client, keeper, kultur):
    client.force_login(keeper)
    data = {"action": "delete_selected", "_selected_action": [kultur.pk], "post": "yes"}
    client.post(address(Administration), data)
    assert Administration.objects.filter(pk=kultur.pk).exists()


def test_a_new_person_gets_a_password_and_a_role(client, keeper, miljo):
    client.force_login(keeper)
    data = {
        "name": "Nils", "email": "Nils@Exempel.Malmo.se", "usable_password": "true",
        "password1": make.PASSWORD, "password2": make.PASSWORD,
        **inline("memberships", {"administration": miljo.pk, "role": "reader"}),
    }  # fmt: skip
    response = client.post(address(User, "add"), data)
    assert response.status_code == 302, response.content.decode()
    nils = User.objects.get(email="nils@exempel.malmo.se")
    assert nils.check_password(make.PASSWORD)
    assert nils.memberships.get().role == Role.READER


def test_an_address_is_only_used_once_however_it_is_written(client, keeper, rut):
    client.force_login(keeper)
    data = {
        "name": "Rut", "email": rut.email.upper(), "usable_password": "false",
        **inline("memberships"),
    }  # fmt: skip
    text = client.post(address(User, "add"), data).content.decode()
    assert "En person med den e-postadressen finns redan." in text


@pytest.mark.parametrize("role", ["city_office", "system"])
def test_the_city_wide_roles_belong_to_the_city_office(client, keeper, rut, miljo, office, role):
    client.force_login(keeper)
    data = {"user": rut.pk, "administration": miljo.pk, "role": role}
    text = client.post(address(Membership, "add"), data).content.decode()
    assert "Den rollen hör till stadskontoret" in text
    data["administration"] = office.pk
    assert client.post(address(Membership, "add"), data).status_code == 302


def test_nobody_makes_a_superuser_here(client, keeper, rut):
    client.force_login(keeper)
    data = {
        "name": "Rut", "email": rut.email, "is_active": "on", "is_staff": "on",
        "is_superuser": "on", **inline("memberships"), "memberships-INITIAL_FORMS": 0,
    }  # fmt: skip
    client.post(address(User, "change", rut.pk), data)
    rut.refresh_from_db()
    assert rut.is_staff
    assert not rut.is_superuser


def test_goals_are_written_with_their_period(client, keeper):
    client.force_login(keeper)
    data = {
        "name": "KF-mål 2024–", "first_year": 2024,
        **inline("goals", {"number": 1, "name": "Arbete"}, {"number": 1, "name": "Miljö"}),
    }  # fmt: skip
    text = client.post(address(GoalSet, "add"), data).content.decode()
    assert "Målperioden har redan ett mål med det numret." in text
    data["goals-1-number"] = 2
    assert client.post(address(GoalSet, "add"), data).status_code == 302
    assert GoalSet.objects.get().goals.count() == 2


def test_events_are_read_and_never_changed(client, keeper, miljo, rut):
    client.force_login(keeper)
    event = Event.objects.record("lämnade in", miljo, rut, administration=miljo)
    assert "lämnade in" in client.get(address(Event, "change", event.pk)).content.decode()
    assert client.post(address(Event, "change", event.pk), {"verb": "x"}).status_code == 403
    assert client.post(address(Event, "delete", event.pk), {"post": "yes"}).status_code == 403
    assert Event.objects.get().verb == "lämnade in"


def test_the_box_that_removes_a_row_says_so_to_a_screen_reader(client, siv, rut):
    client.force_login(siv)
    page = client.get(f"/admin/malmo_intl/user/{rut.pk}/change/").content.decode()
    assert 'aria-label="Radera rad 1"' in page
