"""A workbook that was fetched, filled in and read back: cell by cell, all or nothing."""

import io

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from reports.entry import saving
from reports.entry.answer import AnswerForm
from reports.entry.partners import PartnersForm
from reports.importing import filling, workbook
from reports.importing.upload import Refused
from reports.models import Part, Submission
from tests.reports.entry.conftest import NOON


def opened(submission):
    return openpyxl.load_workbook(io.BytesIO(workbook.write(submission)))


def closed(book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def cell(book, sheet, title):
    """The first cell to fill in beside `title`."""
    rows = (row for row in book[sheet].iter_rows() if row[1].value == title)
    return next(rows)[2]


def proposed(submission, book):
    return filling.propose(submission, closed(book))


def stored(submission, book, by=None):
    proposal = proposed(submission, book)
    assert proposal.problems == []
    writer = saving.Writer(by, NOON, "imported")
    return filling.store(submission, proposal.data, proposal.versions, writer)


def test_it_is_filled_in_protected_and_explains_itself(draft, rut, save):
    save(PartnersForm, draft, "parter", rut, {"parter-public": "17"})
    book = opened(draft)
    assert book.sheetnames[0] == "Läs först"
    assert cell(book, "Samverkansparter", "Offentlig").value == 17
    sheet = book["Samverkansparter"]
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    assert not cell(book, "Samverkansparter", "Offentlig").protection.locked
    assert book["_om"].sheet_state == "veryHidden"


def test_read_back_unchanged_it_changes_nothing(draft, rut, save):
    save(PartnersForm, draft, "parter", rut, {"parter-public": "17"})
    save(AnswerForm, draft, "fragor/1", rut, {"svar": "<p>Ett <strong>fett</strong> svar</p>"})
    proposal = proposed(draft, opened(draft))
    assert (proposal.changes, proposal.problems, proposal.data) == ([], [], {})


def test_changes_are_told_cell_by_cell_and_then_saved(draft, rut):
    book = opened(draft)
    cell(book, "Samverkansparter", "Offentlig").value = 17
    cell(book, "Fråga 1", "Svar").value = "Vi reste.\n\n- till Lusaka\n- till Paris"
    changes = {change.label: change for change in proposed(draft, book).changes}
    assert changes["Offentlig"].after == "17"
    assert changes["Offentlig"].where.startswith("Samverkansparter, rad ")
    assert stored(draft, book, rut) == 2
    assert draft.partner_counts.get().count == 17
    assert draft.answers.get().text == (
        "<p>Vi reste.</p><ul><li>till Lusaka</li><li>till Paris</li></ul>"
    )


def test_zero_is_kept_apart_from_empty(draft):
    book = opened(draft)
    cell(book, "Samverkansparter", "Offentlig").value = 0
    stored(draft, book)
    assert draft.partner_counts.get().count == 0


@pytest.mark.parametrize("typed", ["många", -3, 1.5, True, "=1+1", "#N/A", 10**9])
def test_a_bad_cell_is_told_by_sheet_row_and_column_and_stops_all(draft, typed):
    book = opened(draft)
    cell(book, "Fråga 1", "Svar").value = "Ett bra svar"
    bad = cell(book, "Samverkansparter", "Offentlig")
    bad.value = typed
    proposal = proposed(draft, book)
    if typed == "=1+1":  # a formula that was never worked out is empty
        assert proposal.problems == []
        return
    (problem,) = proposal.problems
    assert problem.where == f"Samverkansparter, rad {bad.row}, kolumn Fyll i här"
    assert problem.sentence.endswith(".")


def test_what_others_changed_meanwhile_is_kept(draft, rut, mans, save):
    book = opened(draft)
    cell(book, "Samverkansparter", "Offentlig").value = 17
    save(PartnersForm, draft, "parter", mans, {"parter-private": "5"})
    stored(draft, book, rut)
    counts = dict(draft.partner_counts.values_list("sector", "count"))
    assert counts == {"public": 17, "private": 5}


def test_what_others_changed_in_the_same_cell_stops_all(draft, rut, mans, save):
    book = opened(draft)
    cell(book, "Samverkansparter", "Offentlig").value = 17
    cell(book, "Fråga 1", "Svar").value = "Ett"
    save(PartnersForm, draft, "parter", mans, {"parter-public": "5"})
    with pytest.raises(filling.NotStored, match="Mans har ändrat till ”5”"):
        stored(draft, book, rut)
    assert not draft.answers.exists()


def test_a_moved_row_goes_with_its_names(draft):
    book = opened(draft)
    sheet = book["Samverkansparter"]
    first, second = (
        cell(book, "Samverkansparter", "Offentlig").row,
        cell(book, "Samverkansparter", "Privat").row,
    )
    cell(book, "Samverkansparter", "Offentlig").value = 1
    for column in range(1, 4):
        upper, lower = sheet.cell(first, column), sheet.cell(second, column)
        upper.value, lower.value = lower.value, upper.value
    stored(draft, book)
    assert draft.partner_counts.get().sector == "public"


def without_about(book):
    del book["_om"]


def without_a_sheet(book):
    del book["Samverkansparter"]


def with_a_row_of_its_own(book):
    book["Samverkansparter"].cell(40, 3).value = 7


def of_another_year(book):
    book["_om"]["A1"].value = book["_om"]["A1"].value.replace("2024", "2023")


def taken_apart(book):
    book["_om"]["A1"].value = "[]"


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (without_about, "inte hämtad härifrån"),
        (without_a_sheet, "Bladet ”Samverkansparter” saknas"),
        (with_a_row_of_its_own, "rad 40: raden är inte en av mallens"),
        (of_another_year, "gäller MF 2023"),
        (taken_apart, "går inte att läsa"),
    ],
)
def test_a_book_that_is_not_ours_or_not_whole_is_refused(draft, harm, sentence):
    book = opened(draft)
    harm(book)
    with pytest.raises(Refused, match=sentence):
        proposed(draft, book)


def test_a_report_that_is_handed_in_is_not_changed(draft):
    book = opened(draft)
    Submission.objects.update(status=Submission.Status.SUBMITTED)
    draft.refresh_from_db()
    with pytest.raises(Refused, match="inlämnad och går inte att ändra"):
        proposed(draft, book)


def test_by_command_too(draft, tmp_path, capsys):
    file = tmp_path / "bok.xlsx"
    call_command("workbook", "mf", "2024", output=str(file))
    book = openpyxl.load_workbook(file)
    cell(book, "Samverkansparter", "Offentlig").value = 17
    book.save(file)
    call_command("import_workbook", str(file), dry_run=True)
    assert "Ändringar: 1. Inget är sparat" in capsys.readouterr().out
    assert not Part.objects.exists()
    call_command("import_workbook", str(file))
    assert draft.partner_counts.get().count == 17


def test_the_command_refuses_with_a_sentence(draft, tmp_path):
    with pytest.raises(CommandError, match="KULF har ingen redovisning för 2024"):
        call_command("workbook", "kulf", "2024", output=str(tmp_path / "x.xlsx"))
    file = tmp_path / "bok.xlsx"
    file.write_bytes(b"text")
    with pytest.raises(CommandError, match="inte en Excel-bok"):
        call_command("import_workbook", str(file))


def test_a_text_that_looks_like_a_formula_is_text(draft, rut, save):
    save(AnswerForm, draft, "fragor/1", rut, {"svar": "<p>=HYPERLINK(1)</p>"})
    found = cell(opened(draft), "Fråga 1", "Svar")
    assert (found.value, found.data_type) == ("=HYPERLINK(1)", "s")
    assert proposed(draft, opened(draft)).changes == []
