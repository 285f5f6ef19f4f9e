"""One administration's report, to read."""

import pytest
from django.db import connection

from projects.models import Network, NetworkMembership
from reports.models import Activity, Answer, PartnerCount, Question, Submission
from tests.reports.views.conftest import SECRET


def read(client, person, year=2020, slug="mf"):
    client.force_login(person)
    return client.get(f"/redovisning/{year}/{slug}/")


@pytest.mark.parametrize("person", ["rut", "mans"])
def test_who_reports_gets_the_parts_to_enter(client, request, under_way, person):
    page = read(client, request.getfixturevalue(person)).content.decode()
    assert "delar klara" in page
    for part in ("utbetalningar", "arbetsbok", "svar-fran-fil", "granska"):
        assert f"/redovisning/2020/mf/{part}/" in page


@pytest.mark.parametrize("person", ["lena", "sam"])
def test_the_own_reader_and_the_city_office_read_the_draft(client, request, under_way, person):
    page = read(client, request.getfixturevalue(person)).content.decode()
    assert SECRET in page
    assert "777\xa0123" in page
    assert "/projekt/grona-tak/" in page


@pytest.mark.parametrize("person", ["olle", "siv"])
def test_a_draft_does_not_exist_for_others(client, request, under_way, person):
    assert read(client, request.getfixturevalue(person)).status_code == 404


def test_a_published_report_is_for_everyone(client, olle, published):
    page = read(client, olle, 2019).content.decode()
    assert "Vi planterade träd." in page
    assert "beslutade 30\xa0januari 2020" in page


def test_a_report_that_never_came_is_one_sentence(client, rut, published):
    page = read(client, rut, 2019, "kulf").content.decode()
    assert page.count("Rapportering har ej inkommit.") == 1
    assert "Samverkansparter" not in page


def test_a_report_that_is_not_begun_says_so(client, sam, under_way):
    assert "Redovisningen är inte påbörjad." in read(client, sam, slug="kulf").content.decode()


def test_a_draft_that_was_left_in_a_published_year_is_no_ones_but_its_own(
    client, olle, rut, published
):
    found = Submission.objects.get(year=published, administration__code="MF")
    Submission.objects.filter(pk=found.pk).update(status="draft")
    assert "Vi planterade träd." not in read(client, olle, 2019).content.decode()
    assert "Vi planterade träd." in read(client, rut, 2019).content.decode()


def test_every_part_of_the_report_is_there(client, lena, under_way, miljo):
    found = Submission.objects.get(year=under_way, administration=miljo)
    PartnerCount.objects.create(submission=found, sector="public", count=17)
    Activity.objects.create(submission=found, kind="fair", title="Jobb i Lund")
    network = Network.objects.create(name="Eurocities")
    NetworkMembership.objects.create(network=network, administration=miljo, year=2020)
    page = read(client, lena).content.decode()
    for words in ("Offentlig", "17", "Jobb i Lund", "Eurocities", "Externa samverkansparter"):
        assert words in page


def test_nothing_to_report_and_no_answer_are_said(client, lena, under_way):
    found = Submission.objects.get(year=under_way, administration__code="MF")
    Question.objects.create(year=under_way, number=2, text="Något mer?")
    quiet = Question.objects.create(year=under_way, number=3, text="Resor?")
    Answer.objects.create(
        submission=found, question=quiet, nothing_to_report=True, signed_by="Rut", reason="Pandemi."
    )
    page = read(client, lena).content.decode()
    assert "Frågan är inte besvarad." in page
    assert "Inget att rapportera. Pandemi." in page


def write_past_the_field(text):
    """As a restored copy or another program might."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reports_answer SET text = %s", [text])


def test_prose_is_cleaned_again_when_it_is_shown(client, lena, under_way):
    write_past_the_field('<p onclick="x()">Hej<script>alert(1)</script></p>')
    page = read(client, lena).content.decode()
    assert "<p>Hej</p>" in page
    assert "alert(1)" not in page


def test_prose_that_cannot_be_cleaned_is_shown_as_plain_text(client, lena, under_way):
    write_past_the_field("<ul><li>" * 20 + "Djupt <b>ner</b>")
    assert "Djupt ner" in read(client, lena).content.decode()


@pytest.mark.parametrize("address", ["/redovisning/2020/xyz/", "/redovisning/1999/mf/"])
def test_what_is_not_there_is_not_found(client, rut, under_way, address):
    client.force_login(rut)
    assert client.get(address).status_code == 404


def test_the_page_is_only_read_and_only_after_log_in(client, rut, under_way):
    address = "/redovisning/2020/mf/"
    assert client.get(address).url == f"/konto/logga-in/?next={address}"
    client.force_login(rut)
    assert client.post(address).status_code == 405


def test_the_link_in_a_mail_leads_to_the_page(under_way, miljo):
    found = Submission.objects.get(year=under_way, administration=miljo)
    assert found.get_absolute_url() == "/redovisning/2020/mf/"
