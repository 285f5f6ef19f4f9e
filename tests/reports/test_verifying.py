"""Is this the decided version? Genuine, superseded, altered, draft and foreign files, of every kind."""

import datetime
import io
import json
import re
import zipfile
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from docx import Document as Word
from openpyxl import load_workbook
from pikepdf import Pdf

from malmo_intl.formats import NBSP
from reports import verifying
from reports.claims import Claim, claim
from reports.document import to_data
from reports.models import Publication, PublicationFile, ReportingYear
from reports.publishing.contents import sha256
from reports.publishing.files import FORMATS
from reports.renderers import html, render
from reports.renderers.pdf_attachments import attachments
from reports.renderers.pdf_seal import seal
from reports.verifying import NotRead, State, verify
from tests import make
from tests.sample import document

CHAIN = [
    {
        "board": "Miljönämnden", "decided_on": "2020-01-30", "paragraph": "12",
        "administration": "MF", "name": "Miljöförvaltningen", "received": True,
        "handed_in_at": "", "checksum": "",
    }
]  # fmt: skip


def paper(version=1, draft=False, identity="forvaltning-2019-mf"):
    return replace(document(chapters=1), identity=identity, version=version, draft=draft)


def drawn(made):
    """The PDF's page is blank: what it says of itself is not on the page."""
    with Pdf.new() as blank:
        blank.add_blank_page()
        sealed = seal(blank, made, attachments(made))
    return {suffix: sealed if suffix == "pdf" else render(made, suffix) for suffix in FORMATS}


@pytest.fixture(scope="module")
def first():
    return drawn(paper(1))


@pytest.fixture(scope="module")
def second():
    return {suffix: render(paper(2), suffix) for suffix in FORMATS if suffix != "pdf"}


def publish(year, unit, version, files, **fields):
    row = Publication.objects.create(
        kind="forvaltning",
        year=year,
        administration=unit,
        version=version,
        data=to_data(paper(version)),
        sources=CHAIN,
        sha256="ab" * 32,
        published_at=datetime.datetime(2020, 5, version, 12, tzinfo=datetime.UTC),
        published_by_name="Sam",
        reason="Ett belopp var fel." if version > 1 else "",
        **fields,
    )
    PublicationFile.objects.bulk_create(
        PublicationFile(publication=row, format=suffix, content=content, sha256=sha256(content))
        for suffix, content in files.items()
    )
    return row


@pytest.fixture
def published(miljo, first):
    year = make.year(2019, status=ReportingYear.Status.PUBLISHED)
    return publish(year, miljo, 1, first)


def asked(content):
    return verify(content, Publication.objects.all())


# --- What the file is ------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_as_it_was_published_is_genuine(published, first, suffix):
    verdict = asked(first[suffix])
    assert verdict.state is State.GENUINE
    assert verdict.publication == verdict.newest == published
    assert (
        verifying.decided(verdict.publication) == f"Miljönämnden, 30{NBSP}januari 2020, §{NBSP}12"
    )


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("place", [0.5, 0.999])
def test_with_one_byte_changed_it_is_never_genuine(published, first, suffix, place):
    content = bytearray(first[suffix])
    content[int(len(content) * place)] ^= 1
    assert asked(bytes(content)).state in (State.ALTERED, State.FOREIGN)


@pytest.mark.parametrize("suffix", FORMATS)
def test_with_a_byte_added_it_says_that_it_is_ours_and_altered(published, first, suffix):
    verdict = asked(first[suffix] + b"\n")
    assert verdict.state is State.ALTERED
    assert verdict.publication == published


def test_saved_by_another_program_it_is_altered(published, first):
    for content in (_word(first["docx"]), _excel(first["xlsx"]), _qpdf(first["pdf"])):
        assert asked(content).state is State.ALTERED
    tidy = json.dumps(json.loads(first["json"])).encode()
    assert asked(tidy).state is State.ALTERED


def _word(content):
    file, out = Word(io.BytesIO(content)), io.BytesIO()
    file.paragraphs[0].insert_paragraph_before("Nämnden avslår.")
    file.save(out)
    return out.getvalue()


def _excel(content):
    book, out = load_workbook(io.BytesIO(content)), io.BytesIO()
    book.active["A1"] = "Annan titel"
    book.save(out)
    return out.getvalue()


def _qpdf(content):
    """Every stream compressed, the description too."""
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(content)) as file:
        file.Root.Metadata.write(file.Root.Metadata.read_bytes())
        file.save(out, compress_streams=True, recompress_flate=True)
    return out.getvalue()


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "json"])
def test_an_earlier_version_is_genuine_but_superseded(published, first, second, suffix):
    newer = publish(published.year, published.administration, 2, second)
    verdict = asked(first[suffix])
    assert (verdict.state, verdict.publication, verdict.newest) == (
        State.SUPERSEDED, published, newer,
    )  # fmt: skip
    assert "version 2 gäller sedan 2020-05-02" in verdict.sentence
    assert "Ett belopp var fel." in verdict.sentence
    assert asked(second[suffix]).state is State.GENUINE


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_kind_of_file_says_which_document_it_is(first, suffix):
    assert claim(first[suffix]) == Claim("forvaltning-2019-mf", 1)


def test_a_draft_is_not_decided(db):
    for suffix in ("docx", "xlsx", "json"):
        made = render(paper(0, draft=True), suffix)
        assert asked(made).state is State.DRAFT, suffix


def test_a_web_page_is_never_the_decided_document(db):
    for draft in (True, False):
        verdict = asked(html.render(paper(0 if draft else 1, draft=draft)))
        assert verdict.state is State.WEB_PAGE
        assert "Kontrollera PDF-filen i stället." in verdict.sentence


@pytest.mark.parametrize(
    ("identity", "title"),
    [
        ("samlad-2024", "Samlad redovisning 2024"),
        ("stad-2024", "Stadens tjänsteskrivelse 2024"),
        ("forvaltning-2024-mf", "Miljöförvaltningens tjänsteskrivelse 2024"),
        ("forvaltning-2024-finns-inte", "En förvaltnings tjänsteskrivelse 2024"),
        ("projekt-2024-mf-grona-tak", "Tjänsteskrivelse om ett projekt 2024"),
        ("underlag-2024", "Årets underlag 2024"),
        ("hittepå", "ett dokument som systemet inte känner till"),
    ],
)
def test_a_draft_is_called_by_its_title_and_a_projects_is_not_told(miljo, identity, title):
    make.project("Gröna tak", slug="grona-tak")
    made = render(paper(0, draft=True, identity=identity), "json")
    assert f"ett utkast till {title}." in asked(made).sentence


def test_a_receipt_is_not_a_decision(db):
    made = render(paper(1, identity="kvittens-2019-mf"), "json")
    assert asked(made).state is State.RECEIPT


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 nothing of ours",
        b"PK\x03\x04 not a zip",
        b"{}",
        b"[" * 200_000,
        b'{"type": "Document", "identity": 7, "version": true}',
        b"just a text",
        "på svenska".encode("latin-1"),
    ],
)
def test_what_others_have_made_is_not_ours(db, content):
    assert asked(content).state is State.FOREIGN


def test_a_file_that_only_calls_itself_ours_is_not(published):
    forged = json.dumps({"type": "Document", "identity": "stad-2019", "version": 9, "draft": False})
    verdict = asked(forged.encode())
    assert verdict.state is State.FOREIGN
    assert "Stadens tjänsteskrivelse 2019, version 9" in verdict.sentence


def test_a_bomb_is_opened_no_further_than_it_may(db):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("docProps/core.xml", b"0" * 50_000_000)
    assert asked(out.getvalue()).state is State.FOREIGN


def test_what_is_empty_or_too_large_is_refused_in_words(db):
    with pytest.raises(NotRead, match="tom"):
        asked(b"")
    with pytest.raises(NotRead, match="större än 25 MB"):
        asked(b"0" * (verifying.LARGEST + 1))


# --- The page --------------------------------------------------------------------------------------


def sent(client, person, content, name="fil.pdf"):
    client.force_login(person)
    file = io.BytesIO(content)
    file.name = name
    return client.post("/kontrollera/", {"file": file} if content is not None else {})


def page_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())  # NBSP too


def test_who_may_log_in_may_ask(client, published, first):
    said = page_of(sent(client, make.person("Nils"), first["json"], "<b>min fil.json"))
    assert "Filen är den gällande handlingen" in said
    assert "Miljönämnden, 30 januari 2020, § 12" in said
    assert sha256(first["json"]) in said
    assert "&lt;b&gt;min fil.json" in said


def test_the_page_leaves_no_trail_and_keeps_nothing(client, sam, published, first):
    from malmo_intl.models import Event

    before = Event.objects.count(), PublicationFile.objects.count()
    sent(client, sam, first["json"] + b" ")
    assert (Event.objects.count(), PublicationFile.objects.count()) == before


def test_an_altered_file_leads_to_the_right_one(client, sam, published, first):
    answer = sent(client, sam, first["json"] + b" ")
    assert "Filen är ändrad efter publiceringen" in page_of(answer)
    assert f'href="{published.get_absolute_url()}"' in answer.content.decode()


def test_a_draft_leads_to_its_document_for_who_may_read_it(client, sam, olle, miljo):
    make.memo(make.year(2024), miljo)
    made = render(paper(0, draft=True, identity="forvaltning-2024-mf"), "json")
    link = 'href="/dokument/2024/forvaltning/mf/"'
    assert link in sent(client, sam, made).content.decode()
    assert link not in sent(client, olle, made).content.decode()


def test_what_the_person_may_not_see_yet_is_not_told(client, sam, olle, published, first):
    ReportingYear.objects.update(status=ReportingYear.Status.OPEN)
    assert "Filen är den gällande" in page_of(sent(client, sam, first["json"]))
    for content in (first["json"], first["json"] + b" "):
        said = page_of(sent(client, olle, content))
        assert "inte en handling härifrån" in said
        assert "Miljönämnden" not in said


def test_without_a_file_or_with_an_empty_one_the_page_says_what_to_do(client, sam):
    client.force_login(sam)
    answer = client.post("/kontrollera/")
    assert answer.status_code == 422
    assert "Välj en fil först." in page_of(answer)
    assert client.put("/kontrollera/").status_code == 405


# --- The command -----------------------------------------------------------------------------------


def run(*files):
    """Its exit status and what it said."""
    out = io.StringIO()
    try:
        call_command("verify", *map(str, files), stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()


def test_the_command_ends_with_zero_for_what_is_genuine_only(published, first, second, tmp_path):
    right, wrong, other = (tmp_path / name for name in ("a.json", "b.json", "c.txt"))
    right.write_bytes(first["json"])
    wrong.write_bytes(first["json"] + b" ")
    other.write_text("något annat")
    code, said = run(right)
    assert (code, "gällande handlingen" in said) == (0, True)
    assert run(wrong)[0] == State.ALTERED.code == 4
    assert run(right, other)[0] == State.FOREIGN.code == 3
    code, said = run(right, tmp_path / "finns-inte.pdf", wrong)
    assert code == 5
    assert "2 av 3 filer är inte gällande handlingar." in said
    publish(published.year, published.administration, 2, second)
    assert run(right)[0] == State.SUPERSEDED.code == 1
