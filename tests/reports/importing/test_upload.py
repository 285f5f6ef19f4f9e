"""A file is what it holds, not what it is called; and nothing in it harms who opens it."""

import io
import zipfile
from contextlib import suppress

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from reports.importing import upload
from reports.importing.upload import Kind, Refused


def packed(*parts, compression=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


def saved(made):
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (saved(docx.Document()), Kind.WORD),
        (saved(openpyxl.Workbook()), Kind.EXCEL),
        ("# Rubrik på svenska".encode(), Kind.TEXT),
        ("Å i Windows".encode("cp1252"), Kind.TEXT),
        ("Å i UTF-16".encode("utf-16"), Kind.TEXT),
    ],
    ids=["Word", "Excel", "UTF-8", "Windows", "UTF-16"],
)
def test_the_kind_is_told_by_the_content(content, kind):
    assert upload.kind_of(content) == kind


BOMB = b"<w>" + b"0" * (upload.LARGEST_UNPACKED + 1)
REFUSED = {
    "tom": (b"", "tom"),
    "för stor": (b"a" * (upload.LARGEST + 1), "för stor"),
    "skadad zip": (b"PK\x03\x04skrap", "skadad"),
    "avklippt": (saved(docx.Document())[:2000], "skadad"),
    "gammalt Office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "äldre"),
    "PDF": (b"%PDF-1.7 ...", "PDF"),
    "program": (b"MZ\0\0\x90\0\x03", "går inte att läsa"),
    "annan zip": (packed(("a.txt", "a")), "varken"),
    "bomb": (packed(("word/document.xml", BOMB)), "packas upp"),
    "hårt packad": (packed(("word/document.xml", b"0" * 3_000_000)), "packas upp"),
    "många delar": (packed(*((f"{at}.xml", "a") for at in range(300))), "många delar"),
    "makro": (packed(("word/document.xml", "a"), ("word/vbaProject.bin", "a")), "makron"),
    "länkad bok": (
        packed(("xl/workbook.xml", "a"), ("xl/externalLinks/externalLink1.xml", "a")),
        "andra filer",
    ),
    "entitet": (packed(("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]>')), "kod"),
    "entitet i UTF-16": (
        packed(("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]>'.encode("utf-16"))),
        "kod",
    ),
}


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_what_may_harm_or_cannot_be_read_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(Refused, match=sentence):
        upload.kind_of(content)


@given(some.binary(max_size=400))
def test_any_bytes_are_known_or_refused(content):
    for start in (b"", b"PK\x03\x04"):
        with suppress(Refused):
            assert upload.kind_of(start + content) in Kind
