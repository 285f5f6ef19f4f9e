"""What other programs say of our files: poppler reads the PDF, LibreOffice works out the workbook."""

import io
import os
import re
import subprocess
import zipfile
from datetime import date, datetime

import openpyxl

from malmo_intl.formats import MISSING, Amount
from reports.document import When
from reports.renderers import xlsx_names


def said_by(program, *arguments):
    said = subprocess.run([program, *arguments], capture_output=True, check=True).stdout
    return said.decode(errors="replace")


# --- The PDF -------------------------------------------------------------------------------------


def pages(path):
    """The text of each page, as it lies there."""
    return said_by("pdftotext", "-layout", path, "-").split("\f")[:-1]


def listed_in_contents(text, first):
    """The contents on the pages before `first`: headings with the numbers of their pages."""
    return [
        (heading, int(number))
        for heading, number in re.findall(
            r"^ *(\S.*?) {2,}(\d+)$", "\n".join(text[1 : first - 1]), re.MULTILINE
        )
    ]


def pages_with_heading(text, heading, first):
    """The numbers of the pages, from `first` on, where the heading stands alone on its lines."""
    words = r"\s+".join(map(re.escape, heading.split()))
    return [
        number
        for number, page in enumerate(text, start=1)
        if number >= first and re.search(rf"^ *{words}\s*$", page, re.MULTILINE)
    ]


# --- The workbook --------------------------------------------------------------------------------


def worked_out_again(folder, **workbooks):
    """The workbooks as LibreOffice saves them. It is given none of the results, so it must compute."""
    for name, blob in workbooks.items():
        (folder / f"{name}.xlsx").write_bytes(without_results(blob))
    subprocess.run(
        [
            "soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
            "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "ut"),
            *(str(folder / f"{name}.xlsx") for name in workbooks),
        ],
        check=True, capture_output=True, timeout=120, env={**os.environ, "HOME": str(folder)},
    )  # fmt: skip
    return {
        name: openpyxl.load_workbook(folder / "ut" / f"{name}.xlsx", data_only=True)
        for name in workbooks
    }


def without_results(blob):
    """The workbook with the results of its formulas taken out: whoever shows any has worked it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blob)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name.startswith("xl/worksheets/"):
                part = re.sub(rb"</f><v>[^<]*</v>", b"</f>", part)
            target.writestr(name, part)
    return out.getvalue()


def agrees_with_its_grids(document, workbook):
    for sheet in xlsx_names.place(document):
        lines = [*sheet.grid.rows, *([sheet.grid.total] if sheet.grid.total else [])]
        for row, line in enumerate(lines, start=xlsx_names.FIRST + 1):
            for at, value in enumerate(line, start=1):
                if isinstance(value, When):
                    continue
                found = workbook[sheet.name].cell(row, at).value
                wanted = in_a_cell(value)
                assert found == wanted, (sheet.name, row, at, found, wanted)


def in_a_cell(value):
    """What a reader of the file should find for a value of the grid."""
    if isinstance(value, Amount):
        value = value.value
    if value is None:
        return MISSING
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return value or None if isinstance(value, str) else value
