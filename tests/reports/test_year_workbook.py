"""The year's workbook: every table, every diagram and every row, and sums that are worked out from the rows."""

import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from reports.collect import collect
from reports.collect_past import collect_past
from reports.compose import consolidated, year_workbook
from reports.documents import build
from reports.documents import year_workbook as build_workbook
from reports.models import ReportingYear
from reports.renderers import xlsx, xlsx_names
from reports.rollup import roll_up
from tests.reports.renderers.programs import agrees_with_its_grids, worked_out_again

pytestmark = [pytest.mark.anydb, pytest.mark.usefixtures("known_years")]
RAW = (
    "rader-projekt", "rader-medverkan", "rader-utbetalningar", "rader-finansiering", "rader-malandelar",
    "rader-parter", "rader-aktiviteter", "rader-natverk", "rader-svar",
)  # fmt: skip


@pytest.fixture(scope="module")
def rollup(known_years):
    return roll_up(collect(ReportingYear.objects.get(year=2019)))


@pytest.fixture(scope="module")
def document(known_years):
    return build_workbook(ReportingYear.objects.get(year=2019))


@pytest.fixture(scope="module")
def blob(document):
    return xlsx.render(document)


@pytest.fixture(scope="module")
def book(blob):
    return openpyxl.load_workbook(io.BytesIO(blob))


def grid(document, key):
    return next(grid for grid in document.grids() if grid.key == key)


def sheet(document, book, key):
    return book[next(one.name for one in xlsx_names.place(document) if one.grid.key == key)]


def test_every_table_of_the_consolidated_report_is_there_and_the_rows_stand_last(document):
    keys = [grid.key for grid in document.grids()]
    assert {grid.key for grid in build("samlad", 2019).grids()} <= set(keys)
    assert tuple(keys[-len(RAW) :]) == RAW
    assert {"samverkansparter", "ar-for-ar", "brygga-medverkan"} <= set(keys)


def test_no_two_tables_and_no_two_sheets_have_the_same_name(document, book):
    keys = [grid.key for grid in document.grids()]
    assert len(keys) == len(set(keys))
    assert book.sheetnames[:2] == ["Om", "Diagram"]
    assert len(book.sheetnames) == len(keys) + 2


def test_the_rows_are_all_that_the_year_was_counted_from(document, rollup):
    rows = {key: grid(document, key).rows for key in RAW}
    assert len(rows["rader-medverkan"]) == len(rollup.parts)
    assert sum(row[-1] for row in rows["rader-medverkan"]) == rollup.count.participations
    assert len(rows["rader-projekt"]) == len({part.project.slug for part in rollup.parts})
    assert sum(row[4] for row in rows["rader-projekt"]) == rollup.count.projects
    assert sum(row[4] for row in rows["rader-utbetalningar"]) == Decimal(4_029_253)
    assert len(rows["rader-svar"]) == 72
    states = [row[3] for row in rows["rader-svar"]]
    assert (states.count("Besvarad"), states.count("Ej inkommen")) == (59, 6)


def test_what_is_not_handed_in_has_only_its_state(rollup):
    silent = [item for item in rollup.facts.submissions if not item.received]
    told = tuple(
        replace(item, partners=(("Privat", 7),), networks=("Eurocities",))
        if item in silent
        else item
        for item in rollup.facts.submissions
    )
    made = year_workbook.compose(roll_up(replace(rollup.facts, submissions=told)), collect_past())
    names = {rollup.facts.administration(item.administration).name for item in silent}
    assert names
    for key in ("rader-parter", "rader-aktiviteter", "rader-natverk"):
        assert not names & {row[0] for row in grid(made, key).rows}


def test_sums_are_formulas_over_the_rows(document, book):
    states = sheet(document, book, "svar-per-namnd")
    assert states["B3"].value.startswith("=SUMIFS('Rader svar'!$E$3:$E$74,'Rader svar'!$A$3:$A$74,")
    assert states["B3"].value.endswith('"=Besvarad")')
    projects = sheet(document, book, "rader-projekt")
    assert "'Rader medverkan'!" in projects["F3"].value
    assert projects["G3"].value.startswith("=SUMIFS('Underlag")
    assert sheet(document, book, "rader-parter").auto_filter.ref is None  # no one has said


def test_partners_are_summed_over_what_each_administration_has_said(rollup):
    told = tuple(
        replace(item, partners=(("Privat", 2), ("Offentlig", 3))) for item in rollup.submissions[:2]
    )
    facts = replace(rollup.facts, submissions=(*told, *rollup.submissions[2:]))
    made = year_workbook.compose(roll_up(facts), collect_past())
    page = sheet(made, openpyxl.load_workbook(io.BytesIO(xlsx.render(made))), "samverkansparter")
    assert page["B3"].value.startswith("=SUMIFS('Rader parter'!")
    assert grid(made, "samverkansparter").total == ("Summa", 10)


def test_a_payout_that_is_one_krona_more_is_so_everywhere(document, rollup):
    part = next(part for part in rollup.paid_parts if rollup.paid_to(part))
    payouts = tuple(
        replace(item, amount=item.amount + 1) if item.year == 2019 else item
        for item in part.payouts
    )
    parts = tuple(
        replace(part, payouts=payouts) if item == part else item for item in rollup.facts.parts
    )
    made = year_workbook.compose(roll_up(replace(rollup.facts, parts=parts)), collect_past())
    for key in ("underlag", "rader-projekt", "rader-utbetalningar", "per-mal"):
        before, after = grid(document, key).total, grid(made, key).total
        assert [
            new - old
            for old, new in zip(before, after, strict=True)
            if isinstance(old, Decimal) and old != new
        ] == [1], key


@pytest.mark.documents
def test_libreoffice_works_out_the_same(document, blob, tmp_path):
    again = worked_out_again(tmp_path, underlag=blob)["underlag"]
    agrees_with_its_grids(document, again)
    known = openpyxl.load_workbook(io.BytesIO(blob), data_only=True)["Diagram"]
    cells = [cell for row in known.iter_rows(min_col=2) for cell in row if cell.value is not None]
    assert len(cells) > 50
    for cell in cells:
        assert again["Diagram"][cell.coordinate].value == pytest.approx(cell.value), cell.coordinate


def test_the_same_year_is_the_same_file(document, blob):
    assert xlsx.render(build_workbook(ReportingYear.objects.get(year=2019))) == blob


def test_a_year_known_only_by_its_printed_figures_has_a_workbook_too():
    made = build_workbook(ReportingYear.objects.get(year=2023))
    assert grid(made, "medel-per-forvaltning").rows
    assert not grid(made, "rader-svar").rows
    xlsx.render(made)


def test_the_report_itself_is_as_it_was(document, rollup):
    report = consolidated.compose(rollup)
    assert document.sections[: len(report.sections)] == report.sections
    assert (document.kind, document.identity) == ("underlag", "underlag-2019")


class TestCommand:
    def test_it_writes_the_file(self, tmp_path, blob, capsys):
        call_command("year_workbook", 2019, output=str(tmp_path / "ut.xlsx"))
        assert (tmp_path / "ut.xlsx").read_bytes() == blob
        assert f"({len(blob)} byte)" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("year", "output", "sentence"),
        [
            (1999, "ut.xlsx", "Redovisningsåret 1999 finns inte"),
            (2019, "ingenstans/ut.xlsx", "ingenstans finns inte"),
        ],
    )
    def test_it_refuses_with_one_sentence(self, tmp_path, year, output, sentence):
        with pytest.raises(CommandError, match=sentence) as refused:
            call_command("year_workbook", year, output=str(tmp_path / output))
        assert "\n" not in str(refused.value)
        assert list(tmp_path.iterdir()) == []
