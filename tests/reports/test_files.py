"""The files of the known years, read by other programs: in each stand the figures of the sources."""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from malmo_intl.formats import Amount
from malmo_intl.models import Administration
from reports.document import Document, Terms
from reports.documents import NoSuchDocument, build
from reports.models import Memo, ReportingYear
from reports.renderers import FORMATS, render
from tests.reports import readings
from tests.reports.readings import MISSING, bare, whole
from tests.reports.renderers.aloud import alternative_texts, heard, run_together, said
from tests.reports.renderers.checkers import faults
from tests.reports.renderers.programs import (
    agrees_with_its_grids,
    listed_in_contents,
    pages,
    pages_with_heading,
    said_by,
    worked_out_again,
)

# One group: each file is made once, in one worker.
pytestmark = [
    pytest.mark.documents,
    pytest.mark.anydb,
    pytest.mark.xdist_group("files"),
    pytest.mark.usefixtures("known_years"),
]

# --- What the sources say ------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """`tables`: below # and a caption, the rows. `figures`: label | value | the year before.
    `sentences`: what is left out at … holds no figure."""

    asked: tuple
    figures: str = ""
    sentences: tuple[str, ...] = ()
    tables: str = ""


SAID = {
    "forvaltning-2019-asf": Said(
        ("forvaltning", 2019, "ASF"),
        figures="""
            Utbetalda EU-medel                          | 4 029 253 |
        """,
        sentences=("Under 2019 … 4 029 253 kronor",),
        tables="""
            # Utbetalda EU-medel 2019, kronor
            Hela Familjen 2.0                           | ESF      | 1 680 158 | 2
            Konsekvenspedagogisk vägledning/KRAMI       | Erasmus+ |   172 286 | 2
            Malmö innovationsarena                      | ERUF     |   214 598 | 8
            Malmö växer                                 | ERUF     |    19 110 | 8
            Sluta skjut/GVI                             | ISF      |         0 | 6
            TAMU Malmö                                  | ESF      |   257 345 | 2
            Vägen in                                    | ESF      | 1 469 932 | 2
            Yalla Sofielund                             | ESF      |   215 824 | 2
            Summa                                       |          | 4 029 253 |

            # Utbetalda EU-medel 2019 per KF-mål, kronor
            1. En ung, global och modern stad           |         0
            2. En stad för arbete och näringsliv        | 3 795 545
            3. En stad för barn och unga                |         0
            4. En öppen stad                            |         0
            5. En jämlik stad                           |         0
            6. En trygg stad                            |         0
            7. En aktiv och kreativ stad                |         0
            8. En ekologiskt hållbar stad               |   233 708
            9. En stad med bra arbetsvillkor            |         0
            Summa                                       | 4 029 253
        """,
    ),
    "forvaltning-2022-asf": Said(
        ("forvaltning", 2022, "ASF"),
        figures="""
            Utbetalda EU-medel                          | 21 639 766 |
            Externa samverkansparter                    |         31 |
        """,
        sentences=("Under 2022 … 21 639 766 kronor",),
        tables="""
            # Utbetalda EU-medel 2022, kronor
            Malmökraften 2.0                            | ESF      | 13 289 733 | 1
            React-EU Bortom Malmö                       | ESF      |  2 797 926 | 1
            React-EU Uppsök                             | ESF      |  5 552 107 | 1
            Summa                                       |          | 21 639 766 |

            # Utbetalda EU-medel 2022 per KF-mål, kronor
            1. Utbildning och arbete                    | 21 639 766
            2. Stadsutveckling och klimat               |          0
            3. Trygghet och delaktighet                 |          0
            4. En god organisation                      |          0
            Summa                                       | 21 639 766

            # Samverkansparter 2022
            Offentlig                                   | 17
            Privat                                      |  5
            Universitet/forskning                       |  1
            Ideell sektor                               |  8
            Summa                                       | 31
        """,
    ),
    "stad-2023": Said(
        ("stad", 2023),
        figures="""
            Medverkan i EU-projekt                      |          54 | 47
            EU-projekt som projektägare                 |          19 |
            EU-projekt som projektpart                  |          35 |
            Utbetalda EU-medel                          |  ca 43 miljoner kronor | ca 41 miljoner kronor
            Minsta projektbudget                        |      60 000 |
            Största projektbudget                       | 180 000 000 |
        """,
        sentences=(
            "54 EU-projekt … ägare … 19 … part … 35",
            "54 EU-projekt … 19 … 35 … året före … 47",
            "från 60 000 till 180 000 000 kronor",
            "ca 42 860 000 kr … 43 108 794 kr … skiljer 248 794 kr",
        ),
        tables="""
            # Medverkan i EU-projekt 2023 per förvaltning
            Miljöförvaltningen                          | 17
            Grundskoleförvaltningen                     | 15
            Arbetsmarknads- och socialförvaltningen     |  9
            Gymnasie- och vuxenutbildningsförvaltningen |  4
            Stadskontoret                               |  4
            Förskoleförvaltningen                       |  2
            Kulturförvaltningen                         |  2
            Fastighets- och gatukontoret                |  1
            Summa medverkan                             | 54

            # Utbetalda EU-medel 2023 per förvaltning, kronor
            Arbetsmarknads- och socialförvaltningen     | ca 16 000 000
            Miljöförvaltningen                          | ca 15 300 000
            Grundskoleförvaltningen                     |  ca 5 400 000
            Gymnasie- och vuxenutbildningsförvaltningen |  ca 2 800 000
            Stadskontoret                               |  ca 1 900 000
            Förskoleförvaltningen                       |  ca 1 100 000
            Kulturförvaltningen                         |       360 000
            Fastighets- och gatukontoret                | uppgift saknas
            Summa                                       | ca 42 860 000

            # Utbetalda EU-medel 2023 per KF-mål, kronor
            1. Utbildning och arbete                    | 22 744 744
            2. Stadsutveckling och klimat               | 17 412 993
            3. Trygghet och delaktighet                 |  2 680 030
            4. En god organisation                      |    271 027
            Summa                                       | 43 108 794
        """,
    ),
    "samlad-2019": Said(
        ("samlad", 2019),
        figures="""
            Medverkan i EU-projekt                      | 51                      | 47
            Projektens samlade värde                    | ca 725 miljoner kronor  |
            Utbetalda EU-medel                          | ca 25 miljoner kronor   |
            Externa samverkansparter                    | 275                     |
        """,
        sentences=(
            "från 47 … till 51",
            "cirka 725 miljoner kronor",
            "25 miljoner kronor i utbetalda EU-medel",
            "275 externa parter",
            "72 svar … 59 … 5 … 6 … 2",
        ),
        tables="""
            # Svar per nämnd 2019
            Arbetsmarknads- och socialnämnden           |  6 | 0 | 0 | 0
            Fritidsnämnden                              |  1 | 5 | 0 | 0
            Funktionsstödsnämnden                       |  6 | 0 | 0 | 0
            Förskolenämnden                             |  6 | 0 | 0 | 0
            Grundskolenämnden                           |  6 | 0 | 0 | 0
            Hälsa-, vård- och omsorgsnämnden            |  0 | 0 | 6 | 0
            Kommunstyrelsen                             |  6 | 0 | 0 | 0
            Kulturnämnden                               |  4 | 0 | 0 | 2
            Miljönämnden                                |  6 | 0 | 0 | 0
            Servicenämnden                              |  6 | 0 | 0 | 0
            Stadsbyggnadsnämnden                        |  6 | 0 | 0 | 0
            Tekniska nämnden                            |  6 | 0 | 0 | 0
            Summa                                       | 59 | 5 | 6 | 2
        """,
    ),
    "siffror-2023": Said(
        ("siffror", 2023),
        figures="""
            Medverkan i EU-projekt                      |          54 | 47
            EU-projekt som projektägare                 |          19 |
            EU-projekt som projektpart                  |          35 |
            Utbetalda EU-medel                          |  ca 43 miljoner kronor | ca 41 miljoner kronor
        """,
        sentences=(
            "54: sju fler",
            "av de 47 år 2022 … 9 … av de 54 år 2023 … 16",
            "ca 42 860 000 kr … 43 108 794 kr … skiljer 248 794 kr",
        ),
        tables="""
            # Siffrorna år för år till och med 2023
            2018                                        | 47 | uppgift saknas
            2019                                        | 51 | ca 25 000 000
            2022                                        | 47 | ca 41 000 000
            2023                                        | 54 | ca 43 000 000

            # Från 2022 till 2023: medverkan i EU-projekt, steg för steg
            Medverkan 2022                              | 47
            Nya                                         |  0
            Avslutade                                   | −3
            Kan inte namnges                            | 10
            Medverkan 2023                              | 54

            # Medverkan i EU-projekt 2023 per roll
            Projektägare                                | 19
            Projektpart                                 | 35
            Summa                                       | 54
        """,
    ),
    "projekt-2019-malmokraften": Said(
        ("projekt", 2019, "asf", "malmokraften-2-0"),
        sentences=(
            "44 400 000 kronor",
            "ca 44 000 000 kronor",
            "ca 25 000 000 kronor",
        ),
        tables="""
            # Budget och finansiering, kronor
            Malmökraften     | mars 2018 – 31 december 2019    | Samordningsförbundet Finsam Malmö |     44 400 000 | uppgift saknas
            Malmökraften     | mars 2018 – 31 december 2019    | Arbetsförmedlingen                | uppgift saknas | uppgift saknas
            Malmökraften 2.0 | januari 2020 – 31 december 2022 | Europeiska socialfonden (ESF)     | uppgift saknas |  ca 44 000 000
            Malmökraften 2.0 | januari 2020 – 31 december 2022 | Samordningsförbundet Finsam Malmö | uppgift saknas |  ca 25 000 000
        """,
    ),
}

CHAPTERS = """
    1 Malmö stad
    2 Arbetsmarknads- och socialnämnden
    3 Fritidsnämnden
    4 Funktionsstödsnämnden
    5 Förskolenämnden
    6 Grundskolenämnden
    7 Hälsa-, vård- och omsorgsnämnden
    8 Kommunstyrelsen
    9 Kulturnämnden
    10 Miljönämnden
    11 Servicenämnden
    12 Stadsbyggnadsnämnden
    13 Tekniska nämnden
"""


def lines(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def cells(line):
    return [bare(cell) for cell in line.split("|")]


def tables(said):
    found = {}
    for line in lines(said.tables):
        if line.startswith("#"):
            rows = found[bare(line.removeprefix("#"))] = []
        else:
            rows.append(cells(line))
    return found


# --- The files -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Files:
    """One document as it is in the program and in every format, and what drawing it asked for."""

    document: Document
    paths: dict[str, Path]
    asked_for: list


@pytest.fixture(scope="module")
def files(known_years, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    made = {}
    for name, known in SAID.items():
        document, paths = build(*known.asked), {}
        with CaptureQueriesContext(connection) as queries:
            for suffix in FORMATS:
                paths[suffix] = folder / f"{name}.{suffix}"
                paths[suffix].write_bytes(render(document, suffix))
        made[name] = Files(document, paths, queries.captured_queries)
    return made


@pytest.fixture(scope="module")
def workbooks(files, tmp_path_factory):
    blobs = {name: made.paths["xlsx"].read_bytes() for name, made in files.items()}
    return worked_out_again(tmp_path_factory.mktemp("workbooks"), **blobs)


@pytest.fixture(scope="module")
def read(files, workbooks):
    readers = {
        "html": readings.html,
        "pdf": readings.pdf,
        "docx": readings.docx,
        "json": readings.json_,
    }
    found = {name: {"xlsx": readings.xlsx(workbook)} for name, workbook in workbooks.items()}
    for name, made in files.items():
        for suffix, reader in readers.items():
            found[name][suffix] = reader(made.paths[suffix])
    return found


every_document = pytest.mark.parametrize("name", SAID)
every_format = pytest.mark.parametrize("suffix", FORMATS)


# --- The figures of the sources ------------------------------------------------------------------


@every_format
@every_document
def test_the_tables_hold_the_rows_of_the_sources(name, suffix, read):
    for caption, rows in tables(SAID[name]).items():
        assert read[name][suffix].tables[caption] == rows


@pytest.mark.parametrize(
    ("name", "suffix"),
    [(name, suffix) for name in SAID for suffix in ("xlsx", "json")]
    + [("samlad-2019", suffix) for suffix in ("html", "pdf", "docx")],
)
def test_the_named_figures_are_those_of_the_sources(name, suffix, read):
    for line in lines(SAID[name].figures):
        label, value, before = cells(line)
        assert read[name][suffix].figures[label] == (value, before)


@pytest.mark.parametrize("suffix", ["html", "pdf", "docx", "json"])
@every_document
def test_the_text_says_the_same_figures(name, suffix, read):
    for sentence in SAID[name].sentences:
        wanted = r"\D*".join(re.escape(bare(part)) for part in sentence.split("…"))
        assert re.search(rf"(?<!\d){wanted}(?!\d)", read[name][suffix].text, re.I), sentence


@pytest.mark.parametrize("suffix", ["html", "pdf", "docx", "json"])
def test_the_report_has_a_chapter_for_each_board_in_swedish_order(suffix, read):
    numbered = [text for text in read["samlad-2019"][suffix].chapters if text[0].isdigit()]
    assert numbered == [bare(line) for line in lines(CHAPTERS)]


# --- All figures of all tables -------------------------------------------------------------------

NUMBERS = ("kr", "count", "percent")


def in_sections(document):
    """The tables that stand in text; the others are for the workbook and JSON only."""
    return [grid for grid in document.grids() if grid not in document.appendix and grid.rows]


def numbers(grid):
    """Each row's figures, in its order, as they are read; with the place of their columns."""
    places = [at for at, column in enumerate(grid.columns) if column.unit in NUMBERS]
    rows = [*grid.rows, *([grid.total] if grid.total else [])]
    return places, rows, [[as_read(row[at]) for at in places] for row in rows]


def as_read(value):
    if value is None:
        return bare(MISSING)
    if isinstance(value, Amount):
        return whole(value.value, bare(value.caution))
    return whole(value) if isinstance(value, int | Decimal) else bare(value)


@pytest.mark.parametrize("suffix", ["html", "pdf", "docx", "json"])
@every_document
def test_every_figure_of_every_table_stands_in_its_row_and_column(name, suffix, files, read):
    document = files[name].document
    grids = document.grids() if suffix == "json" else in_sections(document)
    for grid in grids:
        found = read[name][suffix].tables[bare(grid.caption)]
        places, _, wanted = numbers(grid)
        assert [[row[at] for at in places] for row in found] == wanted, grid.caption


@every_document
def test_every_row_of_every_sheet_comes_out_the_same_when_worked_out_again(name, files, workbooks):
    agrees_with_its_grids(files[name].document, workbooks[name])


@every_document
def test_every_row_of_figures_is_seen_on_the_pages_beside_its_name(name, files):
    seen = iter(on_the_pages(files[name].paths["pdf"]))
    for grid in in_sections(files[name].document):
        assert any(found == [bare(grid.caption)] for found in seen), grid.caption
        _, rows, wanted = numbers(grid)
        for row, figures in zip(rows, wanted, strict=True):
            known = [figure for figure in figures if figure]
            if known:
                assert any(beside(found, as_read(row[0]), known) for found in seen), row


@every_document
def test_every_labelled_fact_is_seen_on_the_line_of_its_label(name, files):
    seen = on_the_pages(files[name].paths["pdf"])
    for _, section in files[name].document.walk():
        for block in section.blocks:
            for fact in block.items if isinstance(block, Terms) else ():
                wanted = [bare(fact.label), as_read(fact.value)]
                assert any(begins_as(found, wanted) for found in seen), fact


def on_the_pages(path):
    """The lines as they are seen, in cells: what wide gaps set apart."""
    return [
        [bare(cell) for cell in re.split(r" {2,}", line.strip())]
        for page in pages(path)
        for line in page.splitlines()
        if line.strip()
    ]


def beside(found, name, figures):
    """Whether a line begins as the row does and has its figures in their order."""
    rest = iter(found[1:])
    return name.startswith(found[0]) and all(figure in rest for figure in figures)


def begins_as(found, wanted):
    """Whether a line's cells are those wanted, or the first lines of those."""
    return len(found) == len(wanted) and all(
        cell.startswith(part) or part.startswith(cell)
        for part, cell in zip(found, wanted, strict=True)
    )


# --- The files as files --------------------------------------------------------------------------


def test_the_contents_of_the_report_give_the_pages_where_its_headings_stand(files):
    text = pages(files["samlad-2019"].paths["pdf"])
    first = pages_with_heading(text, "Siffrorna i korthet", 3)[0]
    listed = dict(listed_in_contents(text, first))
    sections = files["samlad-2019"].document.walk()
    assert len(listed) == len([at for level, at in sections if level < 3 and at.in_contents])
    for heading, number in listed.items():
        assert pages_with_heading(text, heading, first) == [number], heading


@every_document
def test_drawing_asks_nothing_of_the_database(name, files):
    assert files[name].asked_for == []


# --- The PDF as a record -------------------------------------------------------------------------

# The documents of the known years that no source was printed of.
OTHERS = {
    "samlad-2022": ("samlad", 2022),
    "siffror-2019": ("siffror", 2019),
    "siffror-2022": ("siffror", 2022),
    "stad-2019": ("stad", 2019),
}
EVERY = {name: known.asked for name, known in SAID.items()} | OTHERS
every_pdf = pytest.mark.parametrize("name", EVERY)


@pytest.fixture(scope="module")
def records(files, tmp_path_factory):
    """Every document of the known years, with its PDF."""
    folder = tmp_path_factory.mktemp("records")
    made = {name: (files[name].document, files[name].paths["pdf"]) for name in SAID}
    for name, asked in OTHERS.items():
        document, path = build(*asked), folder / f"{name}.pdf"
        path.write_bytes(render(document, "pdf"))
        made[name] = (document, path)
    return made


def test_there_is_no_other_document_of_the_known_years():
    found = set()
    for year in ReportingYear.objects.all():
        asked = [(kind, year.year) for kind in ("stad", "samlad", "siffror")]
        asked += [("forvaltning", year.year, one.code) for one in Administration.objects.all()]
        for memo in Memo.objects.filter(year=year).exclude(project=None):
            asked.append(
                ("projekt", year.year, memo.administration.code.lower(), memo.project.slug)
            )
        for words in asked:
            try:
                build(*words)
                found.add(words)
            except NoSuchDocument:
                pass
    assert found == set(EVERY.values())


@every_pdf
def test_the_pdf_keeps_the_rules_of_pdf_ua_and_of_the_archive(name, records):
    assert faults(records[name][1]) == []


@every_pdf
def test_what_is_said_aloud_is_the_whole_document_in_its_order(name, records):
    document, path = records[name]
    assert_same(run_together(said(document)), run_together(heard(path)))


def assert_same(wanted, found):
    """With the place where they part: texts of many pages say too little when they are shown whole."""
    at = next(
        (at for at, (one, other) in enumerate(zip(wanted, found, strict=False)) if one != other),
        min(len(wanted), len(found)),
    )
    assert wanted[max(0, at - 60) :][:160] == found[max(0, at - 60) :][:160]
    assert wanted == found


@every_pdf
def test_a_table_is_one_table_however_many_pages_it_takes(name, records):
    document, path = records[name]
    captions = [
        "".join(caption.words() for caption in table.all("Caption"))
        for table in readings.structure(path).all("Table")
    ]
    assert [caption for caption in captions if caption] == [
        bare(grid.caption) for grid in in_sections(document)
    ]


def test_every_chart_is_told_in_words(records):
    sentences = alternative_texts(records["siffror-2023"][1])
    assert len(sentences) > 4
    assert all(sentence.endswith(".") for sentence in sentences)


@pytest.mark.parametrize("name", SAID)
def test_the_data_is_inside_as_it_is_beside(name, files):
    with pikepdf.open(files[name].paths["pdf"]) as pdf:
        found = {str(item.UF): item for item in pdf.Root.AF}
        identity = files[name].document.identity
        assert sorted(found) == [f"{identity}.json", f"{identity}.xlsx"]
        for suffix, relationship in (("json", "/Source"), ("xlsx", "/Data")):
            item = found[f"{identity}.{suffix}"]
            assert item.AFRelationship == relationship
            assert item.EF.F.read_bytes() == files[name].paths[suffix].read_bytes()
    listed = said_by("pdfdetach", "-list", files[name].paths["pdf"])
    assert f"1: {identity}.json" in listed
    assert f"2: {identity}.xlsx" in listed
