"""The receipt: on the page, as PDF, and the data behind its checksum."""

import hashlib
import re

import pytest
from django.utils import timezone

from malmo_intl.models import Event
from reports.models import (
    Submission,
)
from reports.models.submission import Verb
from tests import make
from tests.reports.renderers.programs import said_by
from tests.reports.views.hand_in.pages import PAGE, RECEIPT, page

Status = Submission.Status


@pytest.mark.parametrize("person", ["rut", "mans", "lena", "sam"])
def test_the_receipt_says_who_when_what_and_why(client, request, handed_in, person):
    text = page(client, request.getfixturevalue(person), RECEIPT)
    assert f"Rut, {timezone.localdate().day}\u00a0" in text
    assert "Mans, " in text
    assert "4\u00a0711" in text
    assert "Vi är åhörare." in text
    assert "Samverkansparter" in text
    assert "Uppgifterna är oförändrade sedan inlämningen." in text


@pytest.mark.parametrize("suffix", ["", ".pdf", ".json"])
@pytest.mark.parametrize("person", ["olle", "siv"])
def test_it_does_not_exist_for_others_not_even_when_the_year_is_published(
    client, request, handed_in, person, suffix
):
    handed_in.year.status = "published"
    handed_in.year.save()
    client.force_login(request.getfixturevalue(person))
    assert client.get(RECEIPT.rstrip("/") + (suffix or "/")).status_code == 404


def test_the_checksum_is_that_of_the_data_file(client, rut, handed_in):
    client.force_login(rut)
    content = client.get("/redovisning/2024/mf/kvittens.json").content
    total = hashlib.sha256(content).hexdigest()
    assert total in page(client, rut, RECEIPT)
    assert total in Event.objects.get(verb=Verb.SUBMITTED).comment


def test_a_change_past_the_pages_shows(client, rut, handed_in):
    handed_in.answers.update(text="<p>Något annat.</p>")
    text = page(client, rut, RECEIPT)
    assert "Någon uppgift är ändrad sedan inlämningen." in text


@pytest.mark.documents
def test_the_pdf_says_the_same_as_the_page(client, rut, handed_in, tmp_path):
    client.force_login(rut)
    answer = client.get("/redovisning/2024/mf/kvittens.pdf")
    assert answer["Content-Disposition"] == 'inline; filename="kvittens-mf-2024.pdf"'
    path = tmp_path / "kvittens.pdf"
    path.write_bytes(answer.content)
    said = re.sub(r"\s+", "", said_by("pdftotext", "-layout", path, "-"))
    comment = Event.objects.get(verb=Verb.SUBMITTED).comment
    for words in ("Kvittens", "4 711 kr", "Vi är åhörare.", comment.split()[-1], "Inlämnad av"):
        assert words.replace(" ", "") in said
    assert "Tagged:yes" in re.sub(r"[ \t]+", "", said_by("pdfinfo", path))


@pytest.mark.parametrize("suffix", ["pdf", "json"])
def test_what_is_not_handed_in_has_no_receipt(client, rut, draft, suffix):
    client.force_login(rut)
    assert client.get(RECEIPT).url == "/redovisning/2024/mf/"
    assert client.get(f"/redovisning/2024/mf/kvittens.{suffix}").status_code == 404


def test_what_came_in_before_this_system_has_none_either(client, rut, miljo):
    make.submission(make.year(2019, status="published"), miljo, Status.APPROVED)
    client.force_login(rut)
    assert client.get("/redovisning/2019/mf/kvittens/").url == "/redovisning/2019/mf/"


def test_the_check_page_of_a_handed_in_report_leads_to_its_receipt(client, rut, handed_in):
    client.force_login(rut)
    assert client.get(PAGE).url == RECEIPT


def test_the_report_itself_leads_to_the_receipt(client, rut, sam, handed_in):
    for person in (rut, sam):
        assert RECEIPT in page(client, person, "/redovisning/2024/mf/")
