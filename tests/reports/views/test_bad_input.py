"""Whatever is posted or uploaded: a page with a Swedish sentence or a refusal, never a crash, and what is
refused leaves the database as it was."""

import io
import random
import zipfile

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from reports.entry import parts
from reports.importing import workbook
from reports.models import Saving
from tests import make

# On each of the two databases, and other ones there: 2 000 posts and 500 files in all.
POSTS, ROUNDS, FILES = 1_000, 10, 250
OTHERS = 1_000 if connection.vendor == "postgresql" else 0
HOSTILE = [
    "", " ", "0", "-0", "−1", "1 5", "1.5", "1e5", "1_000", "٣", "4 029 253", "1,5 mkr", "9" * 40, "NaN", "Infinity",
    "2024-13-45", "maj 2024", "0000", "9999-12-31", "12 brumaire 2024", "on", "x", "None", "null", "[]", "{}", "'", '"',
    "\x00", "\uffff", "\u202e", "e\u0301" * 200, "å" * 500, "🧿", "=1+1", "@SUM(A1)", "<script>alert(1)</script>",
    "<p>" * 200, "<ul><li>" * 90, "<table><tr><td colspan=1000000>x", "<a href='javascript:x'>x</a>", "&#0;", "a" * 70_000,
    "ny1", "../../etc/passwd", "%00", "\r\n\r\n", "\t", "1;DROP TABLE x",
]  # fmt: skip
ODD_NAMES = ["version", "sida", "gor", "lagg-till", "allt", "valj-svar", "mina-svar", "deras-svar", "inget", "inget_skal"]  # fmt: skip


@pytest.fixture
def draft(miljo, rut):
    """A draft with something in every part."""
    year = make.year(2024, questions=("Vad har ni gjort?", "Vad har ni lärt er?"))
    made = make.submission(year, miljo)
    for name in ("Grona tak", "Havet"):
        project = make.project(name, funded_by=make.fund())
        make.participation(project, miljo, paid={2023: 100, 2024: 200})
    make.memo(year, miljo)
    return made


def generated(chance, form):
    """Some of the form's fields, some that are not there, with values nobody should send."""
    names = [*form.fields, *ODD_NAMES, *(f"{name.rsplit('-', 1)[0]}-ny7-x" for name in form.fields)]
    chosen = chance.sample(names, chance.randint(0, min(len(names), 12)))
    return {name: chance.choice(HOSTILE) for name in chosen}


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_no_post_to_a_part_crashes_and_what_is_refused_is_not_stored(client, rut, draft, seed):
    client.force_login(rut)
    chance = random.Random(OTHERS + seed)  # noqa: S311 - the same each time
    keys = [key for key, _ in parts.keys(draft) if parts.form_class(key)]
    for at in range(POSTS // ROUNDS):
        key = chance.choice(keys)
        posted = generated(chance, parts.form_class(key)(draft, key))
        before = Saving.objects.count()
        answer = client.post(parts.address(draft, key), posted)
        assert answer.status_code < 500, (at, key, posted)
        if answer.status_code >= 400:
            assert Saving.objects.count() == before, (at, key, posted)


def word_file() -> bytes:
    document = docx.Document()
    document.add_heading("Vad har ni gjort?", 1)
    document.add_paragraph("Vi reste.", style="List Bullet")
    document.add_table(rows=2, cols=2)
    return _bytes(document.save)


def _bytes(save) -> bytes:
    file = io.BytesIO()
    save(file)
    return file.getvalue()


def mutated(chance, content: bytes) -> bytes:
    """The file with bytes changed: in the archive itself, or within one of its parts."""
    if chance.random() < 0.4:
        return _scrambled(chance, content)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        victim = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _scrambled(chance, part) if name == victim else part)
    return out.getvalue()


def _scrambled(chance, content: bytes) -> bytes:
    content = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content))
        deed = chance.random()
        if deed < 0.4:
            content[at] = chance.randrange(256)
        elif deed < 0.7:
            del content[at : at + chance.randint(1, 200)]
        else:
            content[at:at] = chance.choice([b"<", b"&x;", b"\xff\xff", b"9" * 30, b"</a>", b"NaN"])
        content = content or bytearray(b"0")
    return bytes(content)


def test_no_mutated_file_crashes_and_reading_one_stores_nothing(client, rut, draft):
    client.force_login(rut)
    chance = random.Random(OTHERS + 2025)  # noqa: S311
    book, word = workbook.write(draft), word_file()
    address = f"/redovisning/{draft.year}/{draft.administration.slug}"
    kinds = [(book, f"{address}/arbetsbok/"), (word, f"{address}/svar-fran-fil/")]
    for at in range(FILES):
        content, page = kinds[at % 2]
        file = SimpleUploadedFile("fil", mutated(chance, content))
        answer = client.post(page, {"file": file})
        assert answer.status_code in (200, 422), at
        assert not Saving.objects.exists(), at
