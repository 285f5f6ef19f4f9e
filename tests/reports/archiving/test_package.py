"""The archive package, read with other tools than those that wrote it."""

import csv
import datetime
import io
import json
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django.core.management import CommandError, call_command

from malmo_intl.models import Event
from reports.archiving.package import NoPackage, name, write
from reports.dataout.tables import TABLES
from reports.models import PublicationFile, ReportingYear
from reports.publishing import correcting
from tests import make
from tests.reports.publishing.conftest import (  # noqa: F401 - fixtures
    publish,
    quick,
    year,
)

TYPES = {
    "string": str, "null": type(None), "boolean": bool, "integer": int, "number": Decimal,
    "array": list, "object": dict,
}  # fmt: skip


@pytest.fixture
def published(year, sam, quick):  # noqa: F811
    publish(year, sam)
    return year


def packed(of_year):
    out = io.BytesIO()
    write(of_year, out)
    return out.getvalue()


@pytest.fixture
def folder(published, tmp_path):
    (tmp_path / "arkiv.zip").write_bytes(packed(published))
    with zipfile.ZipFile(tmp_path / "arkiv.zip") as file:
        file.extractall(tmp_path)
    return tmp_path / name(published)


def rows_of(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def tool(*words, **options):
    if not shutil.which(words[0]):
        pytest.skip(f"{words[0]} is not installed")
    return subprocess.run(words, capture_output=True, text=True, check=False, **options)  # noqa: S603


# --- Whole and readable ----------------------------------------------------------------------------


def test_other_programs_find_it_whole(folder):
    assert (
        tool("sha256sum", "--check", "--strict", "kontrollsummor.sha256", cwd=folder).returncode
        == 0
    )
    assert tool("unzip", "-t", str(folder.parent / "arkiv.zip")).returncode == 0


def test_a_changed_file_is_found_by_its_checksum(folder):
    with (folder / "index.html").open("a") as file:
        file.write(" ")
    checked = tool("sha256sum", "--check", "kontrollsummor.sha256", cwd=folder)
    assert checked.returncode == 1
    assert "index.html: FAILED" in checked.stdout


def test_every_file_has_a_checksum(folder):
    lines = (folder / "kontrollsummor.sha256").read_text().splitlines()
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {line.split("  ", 1)[1] for line in lines} == files - {"kontrollsummor.sha256"}


def test_the_documents_are_those_that_were_published(folder):
    for row in rows_of(folder / "handlingar", "filer"):
        stored = PublicationFile.objects.get(sha256=row["kontrollsumma"])
        assert (folder / row["fil"]).read_bytes() == bytes(stored.content)
        assert int(row["storlek"]) == len(stored.content)
    assert len(rows_of(folder / "handlingar", "filer")) == PublicationFile.objects.count()


def test_the_same_database_gives_the_same_bytes(published):
    assert packed(published) == packed(published)


# --- The data --------------------------------------------------------------------------------------


def test_csv_json_and_the_documents_tell_the_same_money(folder, published):
    paid = [
        Decimal(row["belopp"].replace(",", "."))
        for row in rows_of(folder / "data", "utbetalningar")
    ]
    data = json.loads((folder / "data" / "utbetalningar.json").read_text(), parse_float=Decimal)
    figure = published.publications.get(kind="siffror").data["figures"]
    frozen = next(item["value"]["value"] for item in figure if item["name"] == "paid")
    assert sum(paid) == sum(row["belopp"] for row in data["rader"]) == Decimal(frozen) == 4711


def test_every_table_fits_its_schema(folder):
    for key in [*TABLES, "handlingar", "filer", "underlag", "handelser"]:
        (path,) = folder.rglob(f"{key}.json")
        found = json.loads(path.read_text(), parse_float=Decimal)
        fit(found, json.loads(path.with_suffix(".schema.json").read_text()), key)
        assert [column["namn"] for column in found["kolumner"]] == list(
            csv.DictReader(
                path.with_suffix(".csv").open(encoding="utf-8-sig", newline=""), delimiter=";"
            ).fieldnames
        )


def fit(value, schema, where):
    """What the schemas here use of JSON Schema."""
    if "const" in schema:
        assert value == schema["const"], where
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    wanted = tuple(TYPES[kind] for kind in kinds) + ((int,) if "number" in kinds else ())
    if wanted:
        assert isinstance(value, wanted), (where, value)
        assert not isinstance(value, bool) or "boolean" in kinds, where
    if "pattern" in schema and value is not None:
        assert re.search(schema["pattern"], value), (where, value)
    if isinstance(value, dict) and "properties" in schema:
        assert set(schema["required"]) <= set(value), where
        assert set(value) <= set(schema["properties"]), where
        for key, inner in schema["properties"].items():
            fit(value[key], inner, f"{where}.{key}")
    for item in value if isinstance(value, list) else ():
        fit(item, schema.get("items", {}), where)


def test_nothing_of_another_year_is_in_it(miljo, published, tmp_path):
    other = make.year(2023, published.goal_set, ReportingYear.Status.PUBLISHED)
    make.submission(other, miljo, "approved")
    Event.objects.record("hände", other, None, comment="annat år")
    content = b"".join(_contents(published).values())
    assert b"annat \xc3\xa5r" not in content
    assert [row["ar"] for row in _csv(published, "ar")] == ["2024"]


def _contents(of_year):
    with zipfile.ZipFile(io.BytesIO(packed(of_year))) as file:
        return {path.partition("/")[2]: file.read(path) for path in file.namelist()}


def _csv(of_year, table):
    content = _contents(of_year)[f"data/{table}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


def test_the_trail_of_the_year_is_there_with_its_names_oldest_first(folder):
    rows = rows_of(folder / "handelser", "handelser")
    assert [row["vem"] for row in rows][-1] == "Sam"
    assert "publicerade" in rows[-1]["vad"]
    assert [row["tidpunkt"] for row in rows] == sorted(row["tidpunkt"] for row in rows)


def test_the_chain_to_the_decision_of_each_namnd_is_there(folder):
    rows = rows_of(folder / "handlingar", "underlag")
    mine = next(row for row in rows if row["beteckning"] == "forvaltning-2024-mf")
    assert (mine["beslutad"], mine["paragraf"]) == (str(datetime.date(2025, 1, 30)), "12")


def test_a_superseded_version_is_there_and_said_to_be_so(published, sam):
    correcting.start(published, sam, "Ett belopp var fel.")
    published.refresh_from_db()
    with pytest.raises(NoPackage, match="rättas"):
        packed(published)
    from funding.models import Payout

    Payout.objects.update(amount=4712)
    publish(published, sam, "Ett belopp var fel.")
    found = _contents(published)
    assert "handlingar/malmo-stad-samlad-2024-v1.pdf" in found
    assert "handlingar/malmo-stad-samlad-2024-v2.pdf" in found
    page = found["index.html"].decode()
    assert "Version 2, gäller." in page
    assert "Version 1, ersatt." in page
    assert "Ett belopp var fel." in page


# --- Its front page --------------------------------------------------------------------------------


class Page(HTMLParser):
    def __init__(self, content):
        super().__init__()
        self.links, self.ids, self.tags = [], [], []
        self.feed(content)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.tags.append(tag)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        self.links += [attrs[key] for key in ("href", "src") if key in attrs]


def test_the_front_page_leads_only_within_the_package_and_to_all_of_it(folder):
    page = Page((folder / "index.html").read_text())
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    outside = {link for link in page.links if not link.startswith("#")}
    assert outside == files - {"index.html"}
    assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert not {"script", "link", "img", "iframe"} & set(page.tags)


def test_the_front_page_says_that_there_are_names_in_the_package(folder):
    page = (folder / "index.html").read_text()
    assert '<html lang="sv">' in page
    assert "bevaras enligt arkivlagen" in page


# --- Who, and when not -----------------------------------------------------------------------------


def test_the_city_office_and_the_system_administrator_take_it_home(client, sam, siv, published):
    for person in (sam, siv):
        client.force_login(person)
        answer = client.get("/redovisning/2024/arkivpaket.zip")
        assert answer["Content-Type"] == "application/zip"
        assert "malmo-stad-internationellt-arbete-2024.zip" in answer["Content-Disposition"]
        assert b"".join(answer.streaming_content) == packed(published)
    client.force_login(sam)
    page = client.get("/redovisning/2024/publicering/").content.decode()
    assert 'href="/redovisning/2024/arkivpaket.zip"' in page


def test_nobody_else_does(client, rut, olle, published):
    for person in (rut, olle, make.person("Nils")):
        client.force_login(person)
        assert client.get("/redovisning/2024/arkivpaket.zip").status_code == 404
    assert client.post("/redovisning/2024/arkivpaket.zip").status_code == 405


def test_a_year_without_publications_says_so(client, sam, year):  # noqa: F811
    with pytest.raises(NoPackage, match="inget publicerat"):
        packed(year)
    client.force_login(sam)
    page = client.get("/redovisning/2024/arkivpaket.zip", follow=True).content.decode()
    assert "inget publicerat" in page
    assert 'href="/redovisning/2024/arkivpaket.zip"' not in page


def test_the_command_writes_the_same_file(published, tmp_path):
    out = io.StringIO()
    call_command("archive", "2024", output=str(tmp_path / "a.zip"), stdout=out)
    assert (tmp_path / "a.zip").read_bytes() == packed(published)
    assert "Skrev" in out.getvalue()


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [("2024", "inget publicerat"), ("1999", "finns inte"), ("tjugo", "är inget år")],
)
def test_the_command_leaves_no_half_file(year, tmp_path, asked, sentence):  # noqa: F811
    with pytest.raises(CommandError, match=sentence):
        call_command("archive", asked, output=str(tmp_path / "a.zip"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said_in_a_sentence(published):
    with pytest.raises(CommandError, match="ingenstans finns inte"):
        call_command("archive", "2024", output="/ingenstans/a.zip")
