"""The page of one project."""

import datetime

import pytest
from django.urls import reverse

from funding.models import Grant, Payout
from projects.models import (
    GoalAllocation,
    Measure,
    Organisation,
    Participation,
    Project,
    ProjectAlias,
)
from tests import make


@pytest.fixture
def project(miljo, kultur):
    made = make.project(
        "Malmökraften 2.0",
        slug="malmokraften-2-0",
        aim="Fler i arbete.",
        starts_precision="month",
        diary_number="STK-2020-1",
        source_note="Två källor säger olika.",
        funded_by=make.fund(),
    )
    make.participation(made, miljo, Participation.Role.OWNER, paid={2019: 1234567})
    make.participation(made, kultur, contribution="Kultur lånar ut lokaler.")
    return made


def read(client, user, project):
    client.force_login(user)
    response = client.get(project.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


def main(text):
    return text[text.index("<main") : text.index("</main>")]


def test_everyone_reads_the_shared_facts(client, lena, project):
    ProjectAlias.objects.create(project=project, name="Kraften")
    goals = make.goal_set(2017, 2019)
    GoalAllocation.objects.create(
        participation=project.participations.first(), goal=goals.goals.get(number=1), share=60
    )
    Measure.objects.create(project=project, kind="target", what="I arbete", value=120)
    Measure.objects.create(
        project=project, kind="result", what="I arbete", value=187, qualifier="över"
    )
    text = read(client, lena, project)
    for words in (
        "Malmökraften 2.0", "Kraften", "Fler i arbete.", "Från januari 2019", "STK-2020-1",
        "Miljöförvaltningen", "Kultur lånar ut lokaler.", "Mål från 2017: 1. Arbete", "60 %",
        "Ja, projektet har finansiering från Europeiska socialfonden.", "över 187", "120",
        "Två källor säger olika.",
    ):  # fmt: skip
        assert words in text, words


def test_a_project_knows_what_it_continues(client, lena, project):
    later = make.project("Malmökraften 3.0", slug="m3", continues=project)
    assert 'href="/projekt/m3/"' in read(client, lena, project)
    assert 'href="/projekt/malmokraften-2-0/"' in read(client, lena, later)


def test_an_owner_outside_the_city_is_said_to_be_so(client, lena, project):
    project.participations.update(role=Participation.Role.PARTNER)
    project.external_owner = Organisation.objects.create(name="Region Skåne")
    project.save()
    text = read(client, lena, project)
    assert "Region Skåne" in text
    assert "utanför Malmö stad" in text


def test_an_owner_that_nobody_knows_is_said_to_be_missing(client, lena):
    assert "Uppgift saknas" in read(client, lena, make.project("Okänt", slug="okant"))


@pytest.mark.parametrize(
    ("is_eu", "words"), [(None, "Ingen fond är angiven"), (False, "Nej, projektet har ingen")]
)
def test_a_project_without_eu_money_is_not_an_eu_project(client, lena, is_eu, words):
    project = make.project("Svenskt")
    if is_eu is False:
        Grant.objects.create(project=project, fund=make.fund("Forte", "Forte", is_eu=False))
    assert words in read(client, lena, project)


def test_own_drafts_show_and_others_are_not_mentioned(client, rut, sam, olle, project):
    for user in (rut, sam):
        text = read(client, user, project)
        assert "1 234 567" in text
        assert "Inte publicerad än" in text
    hidden = main(read(client, olle, project))
    Payout.objects.all().delete()
    assert main(read(client, olle, project)) == hidden  # nobody can tell that there was something


def test_what_is_published_shows_for_all(client, olle, project):
    Payout.objects.update(published=True)
    assert "1 234 567" in read(client, olle, project)


def test_money_that_has_not_come_is_not_zero(client, rut, project, miljo):
    part = project.participations.get(administration=miljo)
    Payout.objects.create(participation=part, year=2020, pending=True)
    assert "inte utbetalt än" in read(client, rut, project)


@pytest.mark.parametrize("cast", ["sam", "siv"])
def test_those_who_keep_the_registers_see_who_changed_what(request, client, cast, project):
    project.aim = "Nytt syfte"
    project.ends_on = datetime.date(2022, 1, 1)
    project.save()
    text = read(client, request.getfixturevalue(cast), project)
    assert "ändrade projektet: syfte och slutar" in text
    assert "lade in medverkan" in text


def test_others_do_not_see_who_changed_what(client, rut, project):
    assert "Ändringar" not in read(client, rut, project)


def test_what_people_wrote_never_becomes_markup(client, sam):
    project = Project.objects.create(name="<b>x</b>", slug="x", aim="<script>1</script>")
    text = read(client, sam, project)
    assert "<script>1" not in text
    assert "<b>x</b>" not in text


def test_a_project_that_does_not_exist_is_not_found(client, lena):
    client.force_login(lena)
    assert client.get(reverse("projects:detail", args=["finns-inte"])).status_code == 404
