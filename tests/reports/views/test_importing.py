"""Reading in answers in the browser: see first, then save; nobody else's."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reports.models import Answer, Saving, Submission
from tests import make

ADDRESS = "/redovisning/2024/mf/svar-fran-fil/"


@pytest.fixture
def draft(miljo):
    year = make.year(2024, questions=("Vad har ni gjort under året?", "Vad har ni lärt er av det?"))
    return make.submission(year, miljo)


def upload(client, person, content, name="svar.docx"):
    client.force_login(person)
    return client.post(ADDRESS, {"file": SimpleUploadedFile(name, content)})


@pytest.fixture
def word():
    document = docx.Document()
    document.add_paragraph("Ett förord.")
    document.add_heading("1 Vad har ni gjort under året", 1)
    document.add_paragraph("Vi reste.")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_the_file_is_shown_before_anything_is_saved(client, rut, draft, word):
    page = upload(client, rut, word).content.decode()
    assert "Inget är sparat än" in page
    assert "Vi reste." in page
    assert "Texten hör inte till någon av årets frågor" in page
    assert not Answer.objects.exists()


def test_what_was_chosen_is_saved_and_the_rest_is_not(client, rut, draft):
    client.force_login(rut)
    answer = client.post(
        ADDRESS,
        {
            "pieces": "3",
            "bit-0-to": "",
            "bit-0-text": "<p>Förord</p>",
            "bit-1-to": "1",
            "bit-1-text": "<p>Ett</p>",
            "bit-2-to": "1",
            "bit-2-text": "<p>Två<script>x</script></p>",
        },
    )
    assert answer.url == "/redovisning/2024/mf/"
    assert Answer.objects.get().text == "<p>Ett</p><p>Två</p>"
    saving = Saving.objects.first()
    assert (saving.how, saving.by) == (Saving.How.IMPORTED, rut)


@pytest.mark.parametrize(
    ("how", "text"),
    [("efter", "<p>Nu</p><p>Nytt</p>"), ("ersatt", "<p>Nytt</p>"), ("", "<p>Nu</p><p>Nytt</p>")],
)
def test_an_answer_that_is_there_is_kept_unless_it_is_to_be_replaced(client, rut, draft, how, text):
    Answer.objects.create(
        submission=draft, question=draft.year.questions.get(number=1), text="<p>Nu</p>"
    )
    client.force_login(rut)
    client.post(
        ADDRESS, {"pieces": "1", "bit-0-to": "1", "bit-0-how": how, "bit-0-text": "<p>Nytt</p>"}
    )
    assert Answer.objects.get().text == text


def test_a_file_that_cannot_be_read_says_why(client, rut, draft):
    answer = upload(client, rut, b"%PDF-1.7", "svar.docx")
    assert answer.status_code == 422
    assert "Filen är en PDF" in answer.content.decode()
    client.force_login(rut)
    assert "Välj en fil först" in client.post(ADDRESS).content.decode()


@pytest.mark.parametrize(
    "posted",
    [
        {"pieces": "99999999"},
        {"pieces": "x"},
        {"pieces": "1", "bit-0-to": "77"},
        {"pieces": "1", "bit-0-to": "1", "bit-0-text": "a" * 70_000},
        {"pieces": "1", "bit-0-to": "1", "bit-0-how": "annat"},
    ],
)
def test_a_tampered_post_stores_nothing(client, rut, draft, posted):
    client.force_login(rut)
    assert client.post(ADDRESS, posted).status_code in (302, 422)
    assert not Answer.objects.exclude(text="").exists()


def test_only_those_who_report_may_and_only_while_the_report_is_open(
    client, rut, olle, lena, sam, draft
):
    for person, status in ((olle, 404), (lena, 403), (sam, 403), (rut, 200)):
        client.force_login(person)
        assert client.get(ADDRESS).status_code == status
    Submission.objects.update(status=Submission.Status.SUBMITTED)
    assert client.get(ADDRESS).status_code == 403
    client.logout()
    assert client.get(ADDRESS).status_code == 302
