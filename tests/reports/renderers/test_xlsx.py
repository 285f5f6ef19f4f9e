"""The workbook, read again by openpyxl and worked out again by LibreOffice."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from malmo_intl.formats import MISSING, Amount
from reports.document import Column, Grid, Section, SumOf, When
from reports.renderers import RenderError, xlsx
from tests import sample
from tests.reports.renderers.programs import agrees_with_its_grids, worked_out_again

HOSTILE = (
    "=1+1", "+46 40 34 10 00", "-5", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0",
    "#N/A", "<r><t>x</t></r>", "<r>&amp;</r>", "_x0041_", "http://exempel.se/", "internal:Om!A1", "1e5", "2020-01-05",
    "007", "TRUE", "{=1}", "’; --", "]]>", " inled och avslut ", "rad ett\nrad två", "emoji 👩‍👩‍👧 å̈",
)  # fmt: skip


def book(document, **options):
    return openpyxl.load_workbook(io.BytesIO(xlsx.render(document)), **options)


def of(*grids, appendix=(), **changes):
    section = Section("tabeller", "Tabeller", grids)
    return replace(sample.document(), sections=(section,), appendix=tuple(appendix), **changes)


def table(*rows, key="tabell", columns=None, total=(), **more):
    columns = columns or tuple(Column(f"k{at}", f"Kolumn {at}") for at in range(len(rows[0])))
    return Grid(key, more.pop("caption", key.capitalize()), columns, tuple(rows), total, **more)


def raw(rows, key="underlag"):
    columns = (Column("mal", "Mål", "goal"), Column("kr", "Kronor", "kr", total=True))
    total = sum((row[1] for row in rows if row[1] is not None), Decimal(0))
    return Grid(key, "Underlag, kronor", columns, tuple(rows), ("Summa", total))


def by_goal(rows, source="underlag", value="kr", by="mal"):
    columns = (
        Column("mal", "Mål", "goal"),
        Column("kr", "Kronor", "kr", True, SumOf(source, value, by)),
    )
    total = sum((row[1] for row in rows), Decimal(0))
    return Grid("per-mal", "Per mål, kronor", columns, tuple(rows), ("Summa", total))


# --- Sheets and cells ----------------------------------------------------------------------------


def test_there_is_a_sheet_about_the_workbook_and_one_for_every_table_in_order():
    names = book(sample.document()).sheetnames
    assert names == [
        "Om", "Diagram", "Utbetalda EU-medel 2019", "Utbetalt per mål 2019", "Utbetalt per förvaltning 2023",
        "Underlag",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "caption",
    [
        "a/b\\c:d?e*f[g]",
        "'citat'",
        "x" * 90,
        "Om",
        "History",
        "",
        "  ",
        "Ord " * 20,
        "👩‍👩‍👧" * 9,
        "=1+1",
    ],
)
def test_any_caption_gives_a_name_that_excel_takes(caption):
    document = of(*(table(("a",), key=f"k{at}", caption=caption) for at in range(12)))
    names = [sheet.name for sheet in xlsx.place(document)]
    assert len({name.casefold() for name in names}) == 12
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert name.strip("' ") == name
        assert name.casefold() not in ("om", "history")
    assert book(document).sheetnames == ["Om", *names]


def test_a_long_caption_is_shortened_between_words_and_keeps_what_tells_it_apart():
    captions = (
        "Medverkan i EU-projekt 2019 per förvaltning", "Utbetalda EU-medel 2019 per förvaltning, kronor",
        "Utbetalda EU-medel 2019 per KF-mål, kronor", "Studiebesök, jobbmässor och konferenser",
    )  # fmt: skip
    sheets = xlsx.place(of(*(table(("a",), key=text, caption=text) for text in captions)))
    assert [sheet.name for sheet in sheets] == [
        "Medverkan … per förvaltning", "Utbetalda … per förvaltning", "Utbetalda EU-medel per KF-mål", "Studiebesök",
    ]  # fmt: skip


def test_a_table_that_every_chapter_has_is_known_by_its_chapter():
    chapters = tuple(
        Section(
            name,
            name,
            sections=(
                Section(f"{name}-1", "Projekt", (table(("a",), key=name, caption="Projekt"),)),
            ),
        )
        for name in ("Fritidsnämnden", "Arbetsmarknads- och socialnämnden")
    )
    sheets = xlsx.place(replace(sample.document(), sections=chapters, appendix=()))
    assert [sheet.name for sheet in sheets] == ["Fritidsnämnden", "Arbetsmarknads- och socialnämn…"]
    assert sheets[0].title == "Fritidsnämnden: Projekt"


def test_every_value_is_the_grids_and_has_its_type():
    document = sample.document()
    agrees_with_its_grids(document, book(document, data_only=True))
    sheet = book(document)["Utbetalda EU-medel 2019"]
    assert [cell.data_type for cell in sheet[3]] == ["s", "s", "s", "n"]
    assert sheet["C3"].value == "2"
    assert sheet["D3"].number_format == "#,##0"


def test_what_is_not_exact_says_so_in_its_cell_and_is_still_a_number():
    cell = book(sample.document())["Utbetalt per förvaltning 2023"]["C3"]
    assert (cell.value, cell.number_format) == (15_300_000, '"ca "#,##0')


@pytest.mark.parametrize("word", ["ca", "över", "drygt", "nästan", "minst", "upp till"])
def test_every_qualifier_is_shown(word):
    column = Column("kr", "Kronor", "kr")
    document = of(table((Amount(Decimal(5), word),), columns=(column,)))
    assert book(document)["Tabell"]["A3"].number_format == f'"{word} "#,##0'


def test_dates_are_dates_and_what_is_half_known_is_words():
    rows = ((date(2020, 1, 16),), (When(date(2019, 2, 1), "month"),), (None,), (date(1809, 6, 6),))
    sheet = book(of(table(*rows, columns=(Column("d", "Datum", "date"),))))["Tabell"]
    values = [sheet.cell(row, 1).value for row in range(3, 7)]
    assert values == [datetime(2020, 1, 16), "februari 2019", MISSING, "1809-06-06"]
    assert sheet["A3"].number_format == "yyyy-mm-dd"


def test_shares_are_shown_with_their_sign_and_as_they_are():
    rows = ((Decimal("12.5"),), (Decimal(40),))
    sheet = book(of(table(*rows, columns=(Column("p", "Andel", "percent"),))))["Tabell"]
    assert [sheet[name].value for name in ("A3", "A4")] == [12.5, 40]
    assert [sheet[name].number_format for name in ("A3", "A4")] == ['0.0" %"', '0" %"']


def test_an_empty_table_says_so():
    document = of(Grid("tom", "Tom", (Column("a", "A"),), (), empty="Inga rader för 2019."))
    sheet = book(document)["Tom"]
    assert sheet["A3"].value == "Inga rader för 2019."
    assert not sheet.auto_filter.ref


def test_notes_stand_below_the_sum_and_outside_the_filter():
    sheet = book(sample.document())["Utbetalda EU-medel 2019"]
    assert sheet["A8"].value == "För 2 projekt saknas uppgift om utbetalning."
    assert sheet["A8"].font.italic
    assert sheet.auto_filter.ref == "A2:D6"


# --- Hostile text --------------------------------------------------------------------------------


def test_text_stays_text_wherever_it_stands():
    rows = tuple((text, Decimal(at)) for at, text in enumerate(HOSTILE))
    columns = (Column("namn", HOSTILE[0]), Column("kr", HOSTILE[3], "kr"))
    document = of(
        table(*rows, columns=columns, caption=HOSTILE[5], notes=HOSTILE),
        head=replace(sample.document().head, title="=1+1", sender="@x", diary_number="+1"),
        identity="=2+2",
    )
    workbook = book(document)
    sheet = workbook.worksheets[1]
    for row, text in enumerate(HOSTILE, start=3):
        assert sheet.cell(row, 1).value == text
    for page in workbook:
        assert not [cell for row in page.iter_rows() for cell in row if cell.data_type in "fe"]


def test_what_xml_cannot_hold_is_left_out():
    sheet = book(of(table(("a\x00b\x0bc\ufffe\ud800d\re",))))["Tabell"]
    assert sheet["A3"].value == "abcd\ne"


def test_a_text_that_no_cell_can_hold_is_refused_rather_than_cut():
    xlsx.render(of(table(("å" * 32_767,))))
    with pytest.raises(RenderError, match="för lång"):
        xlsx.render(of(table(("å" * 32_768,))))
    with pytest.raises(RenderError, match="för lång"):
        xlsx.render(of(table(("👍" * 16_384,))))  # two units each


def test_the_file_holds_no_macros_and_leads_nowhere():
    with zipfile.ZipFile(io.BytesIO(xlsx.render(sample.document()))) as parts:
        assert not [name for name in parts.namelist() if re.search("vba|external|embed", name)]
        assert b'TargetMode="External"' not in b"".join(map(parts.read, parts.namelist()))


# --- Formulas ------------------------------------------------------------------------------------


def formulas(document):
    return {
        f"{page.title}!{cell.coordinate}": cell.value
        for page in book(document)
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_sums_are_formulas_with_the_grids_figure_as_their_result():
    document = sample.document()
    found = formulas(document)
    assert found["Utbetalda EU-medel 2019!D7"] == "=SUM($D$3:$D$6)"
    assert found["Utbetalt per förvaltning 2023!C6"] == "=SUM($C$3:$C$5)"
    assert found["Utbetalt per mål 2019!C3"] == (
        "=SUMIFS('Utbetalda EU-medel 2019'!$D$3:$D$6,'Utbetalda EU-medel 2019'!$C$3:$C$6,\"=\"&$A3)"
    )
    known = book(document, data_only=True)
    assert known["Utbetalt per mål 2019"]["C4"].value == 214_098
    assert known["Utbetalt per förvaltning 2023"]["C6"].value == 15_660_000


@pytest.mark.parametrize(
    "summed",
    [
        pytest.param(by_goal([("2", Decimal(5))], source="annan"), id="the rows are not here"),
        pytest.param(by_goal([("2", Decimal(5))], value="x"), id="the rows lack the column"),
        pytest.param(by_goal([("2", Decimal(5))], by="x"), id="the rows lack the key"),
        pytest.param(by_goal([(None, Decimal(0))]), id="the row has no key"),
        pytest.param(by_goal([("2", Decimal(6))]), id="the figure is another"),
    ],
)
def test_a_formula_that_could_not_be_right_is_not_written(summed):
    document = of(summed, appendix=[raw([("2", Decimal(5)), ("8", Decimal(7))])])
    assert "Per mål!B3" not in formulas(document)
    agrees_with_its_grids(document, book(document, data_only=True))


@pytest.mark.parametrize(
    ("key", "other"),
    [
        ("1.1", "1.10"),
        ("2", "2.0"),
        ("2", "02"),
        ("Å", "å"),
        ("a*", "ab"),
        ("1/2", "x"),
        ("sant", "x"),
    ],
)
def test_keys_that_excel_might_mix_up_are_not_left_to_it(key, other):
    rows = [(key, Decimal(5)), (other, Decimal(7))]
    assert not [
        name for name in formulas(of(by_goal(rows[:1]), appendix=[raw(rows)])) if "B3" in name
    ]


def test_a_total_that_rightly_differs_from_its_rows_is_a_number():
    columns = (Column("namn", "Namn"), Column("antal", "Antal", "count", total=True))
    shared = table(("Miljö", 1), ("Kultur", 1), columns=columns, total=("Staden", 1))
    assert not formulas(of(shared))
    assert book(of(shared))["Tabell"]["B5"].value == 1


def states(*rows):
    """How many rows have each state, by name: two columns of one table, from the same rows."""
    columns = (
        Column("namn", "Namn"),
        *(
            Column(word, word, "count", True, SumOf("svar", "antal", "namn", ("lage", word)))
            for word in ("Besvarad", "Tomt svar", "7")
        ),
    )
    return Grid("lagen", "Lägen", columns, rows)


ANSWERS = Grid(
    "svar",
    "Svar",
    (Column("namn", "Namn"), Column("lage", "Läge"), Column("antal", "Antal", "count", total=True)),
    (("Miljö", "Besvarad", 1), ("Miljö", "Tomt svar", 1), ("Kultur", "Besvarad", 1)),
    ("Summa", "", 3),
)


def test_a_sum_may_leave_out_rows_that_say_something_else():
    document = of(states(("Miljö", 1, 1, 0), ("Kultur", 1, 9, 0)), appendix=[ANSWERS])
    found = formulas(document)
    assert found["Lägen!C3"] == (
        "=SUMIFS('Svar'!$C$3:$C$5,'Svar'!$A$3:$A$5,\"=\"&$A3,'Svar'!$B$3:$B$5,\"=Tomt svar\")"
    )
    assert "Lägen!C4" not in found  # there is none, and the table says nine
    assert book(document, data_only=True)["Lägen"]["C4"].value == 9


def test_what_it_must_say_is_never_a_formula_of_its_own():
    columns = (
        Column("namn", "Namn"),
        Column("kr", "Kronor", "count", True, SumOf("svar", "antal", "namn", ("lage", 'a",1)&"'))),
    )
    rows = replace(ANSWERS, rows=(("Miljö", 'a",1)&"', 1),), total=("Summa", "", 1))
    document = of(Grid("t", "T", columns, (("Miljö", 1),)), appendix=[rows])
    assert formulas(document)["T!B3"].endswith('"=a"",1)&""")')


def test_a_goal_without_rows_sums_to_nought():
    document = of(by_goal([("6", Decimal(0))]), appendix=[raw([("2", Decimal(5)), ("8", None)])])
    assert "Per mål!B3" in formulas(document)


@pytest.mark.documents
def test_libreoffice_works_out_the_same_figures(tmp_path):
    grids = [
        by_goal([("2", Decimal("10.25")), ("6", Decimal(0)), ("8", Decimal(-3))]),
        *(grid for grid in sample.document().grids()),
        table(*((text,) for text in HOSTILE), key="fientlig"),
    ]
    rows = [("2", Decimal("5.25")), ("8", Decimal(-3)), ("2", Decimal(5)), ("2", None)]
    document = of(*grids, appendix=[raw(rows, key="underlag-2")])
    grids[0] = replace(
        grids[0],
        columns=(
            grids[0].columns[0],
            replace(grids[0].columns[1], sum_of=SumOf("underlag-2", "kr", "mal")),
        ),
    )
    grids.append(states(("Miljö", 1, 1, 0), ("Kultur", 1, 0, 0)))
    document = of(*grids, appendix=[raw(rows, key="underlag-2"), ANSWERS])
    assert len(formulas(document)) >= 16
    workbook = worked_out_again(tmp_path, tom=xlsx.render(document))["tom"]
    agrees_with_its_grids(document, workbook)


# --- The sheet as a page, the file as a file -----------------------------------------------------


def test_the_head_stays_in_sight_and_is_repeated_on_paper():
    sheet = book(sample.document())["Utbetalda EU-medel 2019"]
    assert sheet.freeze_panes == "B3"
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0  # as many pages as it takes, one page wide
    assert sheet.oddFooter.right.text == "Sida &P (&N)"
    assert sheet.oddFooter.left.text.strip() == "Utbetalda EU-medel 2019, kronor"
    assert sheet.oddHeader.right.text == "UTKAST"


def test_words_that_follow_on_figures_keep_their_distance():
    columns = (Column("p", "Projekt"), Column("kr", "Kronor", "kr"), Column("mal", "Mål", "goal"))
    sheet = book(of(table(("A", Decimal(7), "2"), columns=columns)))["Tabell"]
    assert [sheet.cell(row, 3).alignment.indent for row in (2, 3)] == [1, 1]
    assert [sheet.cell(row, 2).alignment.indent for row in (2, 3)] == [0, 0]


def test_a_wide_table_lies_down():
    wide = table(tuple("ett ganska långt innehåll" for _ in range(6)))
    sheet = book(of(wide, table(("a",), key="smal")))
    assert sheet["Tabell"].page_setup.orientation == "landscape"
    assert sheet["Smal"].page_setup.orientation != "landscape"


def test_the_first_sheet_says_what_the_workbook_is_and_how_it_counts():
    sheet = book(sample.document())["Om"]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    for text in (
        "Redovisning av internationellt arbete 2019", 2019, "ASN-2019-17886", "UTKAST", "exempel-2019",
        "Malmö stad, Arbetsmarknads- och socialförvaltningen", "EU-projekt", 54, 47, 2022, "Medverkan räknas.",
    ):  # fmt: skip
        assert text in texts
    links = {cell.hyperlink.location for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert "'Utbetalt per mål 2019'!A1" in links


def test_a_published_workbook_names_its_version():
    document = replace(sample.document(draft=False), version=3)
    sheet = book(document)["Om"]
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "Version 3" in texts
    assert "UTKAST" not in texts
    assert not book(document).worksheets[1].oddHeader.right.text


def test_the_same_document_is_the_same_file_and_knows_its_origin():
    assert xlsx.render(sample.document()) == xlsx.render(sample.document())
    properties = book(sample.document()).properties
    assert properties.title == "Redovisning av internationellt arbete 2019"
    assert properties.creator == "Arbetsmarknads- och socialförvaltningen"
    assert properties.created == datetime(2020, 1, 5, 12)


def test_what_was_printed_in_whole_millions_is_not_shown_as_exact():
    column = Column("kr", "Kronor", "kr")
    document = of(table((Amount(Decimal(25_000_000), "", 1_000_000),), columns=(column,)))
    assert book(document)["Tabell"]["A3"].number_format == '"ca "#,##0'


def test_a_row_is_high_enough_for_the_words_it_holds():
    sheet = book(of(table(("ord " * 60, "kort"), ("kort", "kort"))))["Tabell"]
    assert sheet.row_dimensions[3].height > 60
    assert sheet.row_dimensions[4].height is None
