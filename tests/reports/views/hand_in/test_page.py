"""The page: what it says, to whom, and where it leads."""

import re

import pytest

from projects.models import Network, Organisation, Participation
from reports import checks
from reports.models import (
    CarriedItem,
    Memo,
    MemoLine,
    MemoSection,
    Part,
    PartnerCount,
    ScheduleStep,
    Submission,
)
from tests import make
from tests.reports.views.hand_in.pages import PAGE, page, trail

Status = Submission.Status


def test_the_page_says_what_is_wrong_and_leads_there(client, rut, draft):
    Part.objects.filter(submission=draft, key="mal").update(status="started")
    text = page(client, rut)
    assert "Delen ”KF-mål” är påbörjad men inte markerad som klar." in text
    assert 'href="/redovisning/2024/mf/mal/"' in text
    assert "Rätta ett fel först. Sedan ber du ansvarig chef godkänna." in text
    assert "Be ansvarig chef godkänna</button>" not in text


def test_errors_come_before_warnings_and_parts_have_headings(client, rut, warned):
    Part.objects.filter(submission=warned, key="mal").update(status="started")
    text = page(client, rut)
    assert text.index("Måste rättas") < text.index("Stämmer det här?")
    assert "<h3>KF-mål</h3>" in text
    assert "<h3>Vad har ni gjort?</h3>" in text


def test_a_finished_report_has_one_main_button_for_each_role(client, rut, mans, draft):
    assert "Be ansvarig chef godkänna</button>" in page(client, rut)
    assert "Godkänn för inlämning</button>" in page(client, mans)
    for person in (rut, mans):
        buttons = re.findall(r'<button class="ds-button" type="submit"', page(client, person))
        assert len(buttons) == 1


def test_it_leads_to_the_document_only_when_there_is_one(client, rut, draft):
    there = 'href="/dokument/2024/forvaltning/mf/"'
    assert there in page(client, rut)
    assert client.get("/dokument/2024/forvaltning/mf/").status_code == 200
    Memo.objects.all().delete()
    Submission.objects.filter(pk=draft.pk).update(status=Status.NOT_STARTED)
    assert there not in page(client, rut)
    assert client.get("/dokument/2024/forvaltning/mf/").status_code == 404


def test_the_page_changes_nothing(client, rut, draft):
    before = trail(draft)
    page(client, rut)
    assert trail(draft) == before


@pytest.mark.parametrize(("person", "code"), [("olle", 404), ("lena", 403), ("sam", 403)])
@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_and_readers_are_kept_out(client, request, draft, person, code, method):
    client.force_login(request.getfixturevalue(person))
    assert getattr(client, method)(PAGE, {"gor": "be"}).status_code == code
    assert trail(draft) == []


def test_who_is_not_logged_in_is_sent_to_the_log_in(client, draft):
    assert client.get(PAGE).url.startswith("/konto/logga-in/")


@pytest.mark.parametrize("gor", ["", "trolla"])
def test_an_unknown_button_does_nothing(press, rut, draft, gor):
    assert press(rut, gor).status_code == 200
    assert trail(draft) == []


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, rut, draft, method):
    client.force_login(rut)
    assert getattr(client, method)(PAGE).status_code == 405


@pytest.fixture
def messy(draft, miljo, kultur, year):
    """A report in which nearly every check finds something."""
    esf = make.fund()
    project = make.project(
        "Vägen in", "vagen-in", funded_by=esf, starts_on="2025-01-01", aim="[skriv här]"
    )
    mine = make.participation(
        project, miljo, Participation.Role.OWNER, paid={2023: 1, 2024: 900_000}
    )
    project.grants.update(amount_sek=5)
    mine.allocations.create(goal=year.goal_set.goals.first(), share=60)
    mine.contribution = "xxx"
    mine.save()
    project.external_owner = Organisation.objects.create(name="Region Skåne")
    project.save()
    make.participation(make.project("Utan fond", starts_on="2024-01-01"), miljo)
    make.participation(make.project("Växtplats Botildenborg", "ett", funded_by=esf), miljo)
    make.project("Växtplats Botildenberg", "tva")
    theirs = make.project("Kulturens", funded_by=esf)
    make.participation(theirs, kultur, Participation.Role.OWNER, ends_on="2020-01-01")
    late = make.participation(theirs, miljo)
    network = Network.objects.create(name="Eurocities")
    CarriedItem.objects.create(submission=draft, participation=late)
    CarriedItem.objects.create(submission=draft, network=network)
    memo = make.memo(year, miljo, title="Om [datum]", summary="<p>XX</p>", dated="2025-02-10")
    MemoLine.objects.create(memo=memo, list="decision", position=1, text="[skriv beslut]")
    MemoSection.objects.create(memo=memo, key="work", text="<p>TODO</p>")
    ScheduleStep.objects.create(memo=memo, body="Nämnden", day="2025-01-01")
    PartnerCount.objects.create(submission=draft, sector="public", count=100)
    last = make.submission(make.year(2023), miljo, Status.APPROVED)
    PartnerCount.objects.create(submission=last, sector="public", count=10)
    draft.answers.update(
        text="<p>Förvaltningen äger nio projekt. Summan är 904 712 kr. [skriv här]</p>"
    )
    Part.objects.filter(key="parter").update(status="started")
    return draft


def test_every_finding_leads_to_a_place_that_is_there(client, rut, messy):
    client.force_login(rut)
    found = checks.run(checks.build(messy))
    assert len({item.code for item in found}) >= 14
    pages = {}
    for item in found:
        address, _, place = item.url.partition("#")
        answer = pages.setdefault(address, client.get(address))
        assert answer.status_code == 200, item
        if place:
            assert f'id="{place}"' in answer.content.decode(), item
