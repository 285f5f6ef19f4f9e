"""The whole report on one page, last year beside it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from malmo_intl.models import Event
from projects.models import Participation
from reports import checks
from reports.models import Submission, Waiver
from tests import make
from tests.reports.views.review.conftest import NOW, PAGE


def page(client, person, address=PAGE):
    client.force_login(person)
    return client.get(address).content.decode().replace("\u00a0", " ")


def test_every_part_has_its_place_to_be_led_to(client, sam, handed_in):
    text = page(client, sam)
    for anchor in ("projekt", "utbetalningar", "mal", "parter", "fragor-1", "tjansteskrivelse"):
        assert f'id="{anchor}"' in text


def test_money_and_partners_stand_beside_last_years_with_the_difference(client, sam, handed_in):
    text = page(client, sam)
    assert "112 000" in text
    assert "100 000" in text
    assert "+12 000" in text
    assert "+12 %" in text
    assert "+2" in text
    assert "+20 %" in text


def test_a_changed_answer_is_marked_word_by_word(client, sam, handed_in):
    text = page(client, sam)
    assert "Ändrat sedan 2023." in text
    assert "<del>fem</del>" in text
    assert "<ins>sju</ins>" in text
    assert "Vi planterade fem träd." in text


def test_an_answer_that_is_the_same_says_so(client, sam, handed_in):
    handed_in.answers.update(text="<p>Vi planterade fem träd.</p>")
    assert "Oförändrat: texten är densamma som 2023." in page(client, sam)


def test_a_project_that_is_new_and_one_that_is_gone_are_told(client, sam, handed_in, miljo):
    Participation.objects.update(starts_on="2023-01-01")
    old = make.project("Blå tak", ends_on="2023-12-31")
    make.participation(old, miljo)
    new = make.project("Röda tak", starts_on="2024-02-01")
    make.participation(new, miljo)
    text = page(client, sam)
    assert "Med 2023 men inte 2024: Blå tak." in text
    assert "nytt" in text


def test_warnings_lead_to_their_part_with_the_reason_given(client, sam, handed_in, rut):
    make.project("Rebus")
    handed_in.answers.update(text="<p>I projektet Rebus har vi varit med.</p>")
    assert 'href="#fragor-1"' in page(client, sam)
    (found,) = [item for item in checks.run(checks.build(handed_in)) if item.part == "fragor/1"]
    waiver = {"finding": found.key, "reason": "Vi är åhörare.", "by_name": "Rut", "at": NOW}
    Waiver.objects.create(submission=handed_in, by=rut, **waiver)
    text = page(client, sam)
    assert "Vi är åhörare." in text
    assert "Ta bort skälet" not in text
    assert "Spara skälet" not in text


def test_a_draft_can_be_read_but_nothing_done_with_it(client, sam, handed_in):
    Submission.objects.update(status="draft")
    text = page(client, sam)
    assert "Redovisningen är inte inlämnad." in text
    assert 'name="gor"' not in text


def test_reading_begins_nothing(client, sam, handed_in):
    page(client, sam)
    handed_in.refresh_from_db()
    assert handed_in.review_opened_at is None
    assert not Event.objects.exists()


@pytest.mark.parametrize("person", ["rut", "mans", "lena", "olle", "siv"])
def test_for_others_there_is_no_such_page(client, request, handed_in, person):
    client.force_login(request.getfixturevalue(person))
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"gor": "godkann"}).status_code == 404


@pytest.mark.parametrize(
    "address", ["/redovisning/2024/nix/granskning/", "/redovisning/1999/mf/granskning/"]
)
def test_what_is_not_there_is_not_found(client, sam, handed_in, address):
    client.force_login(sam)
    assert client.get(address).status_code == 404


def test_the_number_of_queries_does_not_grow(client, sam, handed_in, miljo, kultur):
    client.force_login(sam)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGE).status_code == 200
        return len(captured)

    for number in range(3):
        make.participation(make.project(f"Tre {number}", funded_by=make.fund()), miljo)
    few = queries()
    for number in range(9):
        project = make.project(f"Tolv {number}", funded_by=make.fund())
        make.participation(project, miljo, paid={2023: 1, 2024: 2})
        make.participation(project, kultur)
        handed_in.comments.create(key="projekt", text=f"Kommentar {number}.", by_name="Sam")
    assert queries() == few
    assert few <= 45
