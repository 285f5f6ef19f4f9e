"""What a person may not see does not exist: nowhere, in no page and in no file."""

import io
import re
import zipfile

import pytest

from reports.models import Activity, CityText, Submission
from tests.reports.views.conftest import SECRET

GUESSES = [
    f"/dokument/2020/{what}{end}"
    for what in ("samlad", "stad", "forvaltning/mf", "projekt/mf/grona-tak")
    for end in ("/", ".json", ".html", ".docx", ".xlsx")
] + ["/redovisning/2020/mf/", "/redovisning/2020/", "/projekt/?year=2020&administration=MF"]


@pytest.fixture
def secrets(published, under_way, miljo):
    """The secret stands in everything that Miljö and the city have written of the open year."""
    draft = Submission.objects.get(year=under_way, administration=miljo)
    Activity.objects.create(submission=draft, kind="fair", title=SECRET, note=SECRET)
    CityText.objects.create(year=under_way, text=f"<p>{SECRET}</p>")


def words_of(response) -> str:
    """All text in a page or a file; Word and Excel files are opened."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        archive = zipfile.ZipFile(io.BytesIO(content))
        content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace")


def walk(client, *begin):
    """(address, text) of every address that can be reached by links. PDF holds what the others hold."""
    waiting, seen = list(begin), set()
    while waiting:
        address = waiting.pop()
        if address in seen or address.startswith(("/static/", "/admin/")) or ".pdf" in address:
            continue
        seen.add(address)
        text = words_of(client.get(address))
        yield address, text
        waiting += [link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)', text)]


def test_a_draft_never_reaches_another_administration(client, olle, secrets):
    client.force_login(olle)
    walked = dict(walk(client, "/", *GUESSES))
    assert len(walked) > 30
    assert [address for address, text in walked.items() if SECRET in text] == []
    amounts = [address for address, text in walked.items() if re.search(r"777.?123", text)]
    assert amounts == []


def test_the_same_walk_finds_it_for_its_own_coordinator(client, rut, secrets):
    client.force_login(rut)
    found = [address for address, text in walk(client, "/", *GUESSES) if SECRET in text]
    assert "/redovisning/2020/mf/fragor/1/" in found
    assert "/dokument/2020/forvaltning/mf.docx" in found
    assert not [address for address in found if "stad" in address or "samlad" in address]


def test_a_stranger_reaches_nothing(client, secrets):
    for address in GUESSES:
        assert client.get(address).status_code == 302
