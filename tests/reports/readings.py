"""What a reader finds in a file of ours, in one shape for all formats: tables, key figures, text.

No reading goes through our renderers or `formats`: the PDF is read by poppler, the Word file by
python-docx, the workbook by LibreOffice and openpyxl, the page by lxml, JSON by json.
"""

import itertools
import json
import re
from dataclasses import dataclass, field
from decimal import Decimal

import docx as word
import lxml.html
from docx.oxml.ns import qn

from tests.reports.renderers.tagged import structure_of

MISSING = "uppgift saknas"


@dataclass(frozen=True)
class Reading:
    """`tables`: rows of cells by caption, without heads. `figures`: value and the year before's by
    label. `chapters`: the headings of the highest level. Every text is `bare`."""

    tables: dict[str, list[list[str]]]
    figures: dict[str, tuple[str, str]] = field(default_factory=dict)
    chapters: tuple[str, ...] = ()
    text: str = ""


def bare(text) -> str:
    """Without spaces of any width and hyphens, which come and go where lines break; millions as
    digits: "ca 25 miljoner kronor" and "ca 25 000 000" are one figure."""
    text = re.sub(r"[\s\-\u00ad]", "", str(text or ""))
    return re.sub(r"(?<=\d)miljonerkronor", "000000", text)


def whole(number, word="") -> str:
    """ca16000000"""
    return f"{word}{Decimal(number):.0f}".replace("-", "\u2212")  # as a minus is printed


# --- PDF -----------------------------------------------------------------------------------------


@dataclass
class Element:
    """An element of the PDF's structure: what a program that reads aloud goes by."""

    name: str
    text: str = ""
    inside: list["Element"] = field(default_factory=list)

    def all(self, *names):
        for element in self.inside:
            if element.name in names:
                yield element
            yield from element.all(*names)

    def words(self) -> str:
        return bare(" ".join([self.text, *(element.words() for element in self.inside)]))


def structure(path) -> Element:
    root = Element("")
    open_at = [(-1, root)]
    for line in structure_of(path).splitlines():
        depth = len(line) - len(line.lstrip())
        name = line.strip()
        if not name or name.startswith("/"):
            continue
        while open_at[-1][0] >= depth:
            open_at.pop()
        if name.startswith('"'):
            open_at[-1][1].text += f" {name[1:-1]}"
            continue
        element = Element(re.match(r"\w*", name)[0])
        open_at[-1][1].inside.append(element)
        open_at.append((depth, element))
    return root


def pdf(path) -> Reading:
    root = structure(path)
    tables = {}
    for table in root.all("Table"):
        caption = "".join(part.words() for part in table.all("Caption"))
        if caption:  # else it stands in somebody's prose
            tables[caption] = _cells(table, "TBody", "TFoot")
    figures = {}
    for item in root.all("LI"):
        bodies = item.all("LBody")
        parts = [part.words() for body in bodies for part in body.inside if part.name == "P"]
        if len(parts) > 1:
            label, value, *rest = parts
            figures[label] = _figure(value, rest[0] if rest else "")
    chapters = tuple(heading.words() for heading in root.all("H2"))
    return Reading(tables, figures, chapters, root.words())


def _cells(table, *parts):
    rows = [row for part in table.all(*parts) for row in part.all("TR")]
    return [[cell.words() for cell in row.all("TH", "TD")] for row in rows]


def _figure(value: str, before: str) -> tuple[str, str]:
    """From "51EUprojekt" and "2018:47"."""
    found = re.fullmatch(r"\d{4}:(.*)", before)
    return re.match(r"\D*\d+", value)[0], found[1] if found else ""


# --- Page ----------------------------------------------------------------------------------------


def html(path) -> Reading:
    root = lxml.html.fromstring(path.read_bytes().decode())
    tables = {}
    for table in root.iter("table"):
        for caption in table.iter("caption"):
            rows = table.xpath("tbody/tr | tfoot/tr")
            tables[bare(caption.text_content())] = [
                [bare(cell.text_content()) for cell in row.xpath("th | td")] for row in rows
            ]
    figures = {}
    for item in root.find_class("keyfigures")[0] if root.find_class("keyfigures") else ():
        label, value, *rest = (bare(part.text_content()) for part in item.iter("p"))
        figures[label] = _figure(value, rest[0] if rest else "")
    chapters = tuple(bare(heading.text_content()) for heading in root.iter("h2"))
    return Reading(tables, figures, chapters, bare(root.find("body").text_content()))


# --- Word ----------------------------------------------------------------------------------------


def docx(path) -> Reading:
    file = word.Document(path)
    tables = {}
    for table in file.tables:
        caption = table._tbl.tblPr.find(qn("w:tblCaption"))
        if caption is not None:
            rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
            tables[bare(caption.get(qn("w:val")))] = [list(map(bare, row)) for row in rows]
    figures = {
        bare(row.cells[0].paragraphs[0].text): tuple(
            bare(cell.text).replace("–", "") for cell in row.cells[1:3]
        )
        for table in file.tables
        for row in table.rows[1:]
        if table.rows[0].cells[0].text == "Nyckeltal"
    }
    numbers = itertools.count(1)
    chapters = tuple(
        bare(_counted(paragraph, numbers))
        for paragraph in file.paragraphs
        if paragraph.style.name in ("Heading 1", "Rubrik 1")
    )
    text = "".join(item.text or "" for item in file.element.body.iter(qn("w:t"), qn("w:tab")))
    return Reading(tables, figures, chapters, bare(text))


def _counted(heading, numbers) -> str:
    """With the number that Word counts to, if it counts it."""
    is_counted = heading._p.pPr.numPr is not None
    return f"{next(numbers)}\t{heading.text}" if is_counted else heading.text


def _chapters(paragraphs):
    """Headings of the highest level, counted where they are numbered: the number is Word's own to write."""
    counted = 0
    for paragraph in paragraphs:
        if paragraph.style.name in ("Heading 1", "Rubrik 1"):
            properties = paragraph._p.pPr
            numbered = properties is not None and properties.numPr is not None
            counted += numbered
            yield bare(f"{counted if numbered else ''}{paragraph.text}")


# --- Excel ---------------------------------------------------------------------------------------


def xlsx(workbook) -> Reading:
    """From a workbook that LibreOffice has worked out again."""
    about, *sheets = workbook.worksheets
    return Reading({bare(sheet["A1"].value): _rows(sheet) for sheet in sheets}, _about(about))


def _rows(sheet):
    """The rows that the filter covers, and the sum below them; a note has nothing beside it."""
    if not sheet.auto_filter.ref:
        return []
    last = int(re.search(r"\d+$", sheet.auto_filter.ref)[0])
    if any(cell.value is not None for cell in sheet[last + 1][1:]):
        last += 1
    return [[_shown(cell) for cell in row] for row in sheet.iter_rows(min_row=3, max_row=last)]


def _about(sheet):
    rows = list(sheet.iter_rows())
    heads = [index for index, row in enumerate(rows, start=1) if row[0].value == "Siffra"]
    figures = {}
    for label, value, before, *_ in rows[heads[0] :] if heads else ():
        if label.value is None:
            break
        figures[bare(label.value.removesuffix(", kronor"))] = (_shown(value), _shown(before))
    return figures


def _shown(cell) -> str:
    """What Excel shows: the number with the word that its format puts before it."""
    if isinstance(cell.value, int | float):
        word = re.match(r'"([^"]+)"#', cell.number_format)
        return whole(cell.value, bare(word[1]) if word else "")
    return bare(cell.value)


# --- JSON ----------------------------------------------------------------------------------------


def json_(path) -> Reading:
    data = json.loads(path.read_text("utf-8"))
    tables, texts = {}, []
    for item in _walk(data):
        if item["type"] == "Grid":
            rows = [*item["rows"], *([item["total"]] if item["total"] else [])]
            tables[bare(item["caption"])] = [[_told(value) for value in row] for row in rows]
        elif item["type"] == "Prose":
            texts.append(lxml.html.fromstring(f"<div>{item['html']}</div>").text_content())
        elif item["type"] == "Notice":
            texts.append(item["text"])
    figures = {
        bare(figure["label"]): (
            _told(figure["value"]),
            _told(figure["previous"]) if figure["previous_year"] else "",
        )
        for figure in data["figures"]
    }
    chapters = tuple(bare(item["number"] + item["heading"]) for item in data["sections"])
    return Reading(tables, figures, chapters, bare(" ".join(texts)))


def _walk(data):
    if isinstance(data, dict):
        yield data
        data = list(data.values())
    if isinstance(data, list):
        for item in data:
            yield from _walk(item)


def _told(value) -> str:
    if value is None:
        return bare(MISSING)
    if isinstance(value, int):
        return whole(value)
    if not isinstance(value, dict):
        return bare(value)
    if value["type"] == "Decimal":
        return whole(value["value"])
    if value["type"] == "Amount":
        word = value["qualifier"] or ("ca" if value["step"] > 1 else "")
        return whole(value["value"]["value"], bare(word))
    return ""  # a date
