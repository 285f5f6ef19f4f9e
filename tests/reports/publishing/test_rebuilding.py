"""From what is frozen the same files come again, byte for byte: elsewhere, on another day."""

import ast
import io
import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from reports import permanence
from reports.document import to_data
from reports.models import Publication, PublicationFile
from reports.publishing import contents, files
from reports.publishing.rebuilding import rebuild, rebuilt
from tests import make, sample
from tests.reports.publishing.conftest import publish


def drawn_elsewhere(folder, data):
    """The files of the documents `data` as another process draws them: another hash seed, another time zone
    and another clock than ours."""
    (folder / "data.json").write_text(json.dumps(data))
    subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.reports.publishing.elsewhere",
            folder / "data.json",
            folder,
            "400",
        ],
        env={**os.environ, "PYTHONHASHSEED": "4242", "TZ": "Pacific/Auckland"},
        check=True,
        timeout=120,
    )
    return {file.name: file.read_bytes() for file in folder.glob("[0-9].*")}


@pytest.mark.documents
def test_the_frozen_data_gives_the_published_files_again(year, sam, monkeypatch, tmp_path):
    everything = contents.contents
    monkeypatch.setattr(contents, "contents", lambda *asked: only_the_city_memo(everything(*asked)))
    publish(year, sam)
    stored = {row.format: bytes(row.content) for row in PublicationFile.objects.all()}
    assert sorted(stored) == sorted(files.FORMATS)
    rich = sample.document(draft=False)  # every kind of block, charts too
    found = drawn_elsewhere(tmp_path, [Publication.objects.get().data, to_data(rich)])
    for suffix in files.FORMATS:
        assert found[f"0.{suffix}"] == stored[suffix], suffix
        assert found[f"1.{suffix}"] == files.make(rich, suffix).content, suffix


def only_the_city_memo(found):
    return replace(found, items=tuple(item for item in found.items if item.kind == "stad"))


def test_a_file_is_rebuilt_from_the_publication_alone(year, sam, quick):
    publish(year, sam)
    year.memos.all().delete()
    row = Publication.objects.get(kind="stad")
    assert rebuild(row, "xlsx") == bytes(row.files.get(format="xlsx").content)


def test_there_is_no_such_format():
    with pytest.raises(KeyError):
        rebuild(Publication(data=to_data(sample.document())), "odt")


def test_every_file_of_the_year_is_compared_in_order(year, sam, quick):
    publish(year, sam)
    found = list(rebuilt(year))
    assert len(found) == PublicationFile.objects.count() == 20
    assert all(one.is_same and one.same_engine and not one.is_wrong for one in found)
    assert [one.file.publication.kind for one in found[::4]] == sorted(
        one.file.publication.kind for one in found[::4]
    )
    assert [one.file.format for one in rebuilt(year, "stad")] == list(files.FORMATS)
    assert {one.file.format for one in rebuilt(year, suffix="json")} == {"json"}


# --- The command ---------------------------------------------------------------------------------


def told(*words, **options):
    out = io.StringIO()
    call_command("rebuild", *words, stdout=out, **options)
    return out.getvalue().splitlines()


def change(suffix, **fields):
    """As nobody can: the database refuses it."""
    permanence.unprotect(connection)
    PublicationFile.objects.filter(publication__kind="stad", format=suffix).update(**fields)
    permanence.protect(connection)


def test_it_says_of_each_file_whether_it_is_the_same(year, sam, quick):
    publish(year, sam)
    lines = told(2024, kind="stad")
    assert lines[0].startswith("lika   malmo-stad-stad-2024-v1.pdf (WeasyPrint ")
    assert lines[-1] == "4 av 4 filer är lika."
    assert told(2024, format="json")[-1] == "5 av 5 filer är lika."


def test_a_byte_that_is_not_the_same_is_an_error(year, sam, quick):
    publish(year, sam)
    change("docx", content=b"x")
    with pytest.raises(CommandError, match="1 av 20 filer är olika fast de är gjorda med samma"):
        told(2024)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (
            "engine",
            "XlsxWriter 0.1",
            "olika  malmo-stad-stad-2024-v1.xlsx (då XlsxWriter 0.1, nu Xlsx",
        ),
        ("template", "0" * 64, "men mallarna har ändrats sedan dess)"),
    ],
)
def test_another_engine_may_draw_another_file_and_says_which_it_was(
    year, sam, quick, field, value, said
):
    publish(year, sam)
    change("xlsx", content=b"x", **{field: value})
    lines = told(2024, kind="stad")
    assert said in lines[2]
    assert lines[-1] == "3 av 4 filer är lika. 1 är olika, gjorda med andra versioner."


@pytest.mark.parametrize(
    ("words", "options", "sentence"),
    [
        ((2024,), {}, "För 2024 finns inget publicerat"),
        ((1999,), {}, "För 1999 finns inget publicerat"),
        ((2024,), {"kind": "roman"}, "Dokumentet roman finns inte"),
        ((2024,), {"format": "odt"}, "Formatet odt finns inte"),
    ],
)
def test_it_refuses_with_one_sentence(db, words, options, sentence):
    make.year(2024)
    with pytest.raises(CommandError, match=sentence) as refused:
        told(*words, **options)
    assert "\n" not in str(refused.value)


# --- What drew a file ----------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", files.FORMATS)
def test_all_that_draws_a_file_is_in_its_templates_sum(suffix):
    """A module of ours that a renderer imports, and that is not in the sum, could change the file unseen."""
    known = {
        path for pattern in files._TEMPLATES[suffix] for path in settings.BASE_DIR.glob(pattern)
    }
    start = settings.BASE_DIR / "reports" / "renderers" / f"{suffix}.py"
    assert {path.name for path in _reached(start) - known} == set()


def _reached(start):
    """The modules of ours that `start` imports, and those that they import."""
    found, waiting = set(), [start]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
                paths = (settings.BASE_DIR / f"{name.replace('.', '/')}.py" for name in names)
                waiting += [path for path in paths if path.exists()]
    return found
