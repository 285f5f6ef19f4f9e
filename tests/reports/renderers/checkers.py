"""What others find wrong with a PDF, checker by checker. Where one of them errs, it is said here how and why."""

import re
from itertools import chain

import outloud
import page
import pdfua
import pikepdf

from tests.reports.renderers.programs import said_by


def faults(path) -> list:
    """All that is found; empty for a file that keeps the rules of PDF/UA-1 and of PDF/A-3a."""
    said_by("qpdf", "--check", path)
    return list(chain(_page(path, "ua1"), _page(path, "3a"), _pdfua(path), _outloud(path)))


def _page(path, profile: str):
    for found in page.validate_pdf(path, profile=profile).failures:
        if not _ends_in_a_carriage_return(found.rule_id, path):
            yield profile, found.rule_id, found.message


def _ends_in_a_carriage_return(rule: str, path) -> bool:
    """The last byte of a compressed attachment may happen to be CR (pdf_seal.py sees to other streams). Then comes the line feed that ends it, and the
    checker takes the two for one end of line, and the stream for one byte too short. qpdf, which has read the file
    by now, complains of a length that is wrong; veraPDF counts as we do (SeekableCOSParser.java)."""
    return rule == "PDFA3A-STREAM-LENGTH-001" and b"\r\nendstream" in path.read_bytes()


def _pdfua(path):
    for found in pdfua.validate(str(path)).findings:
        yield "pdfua", found.rule_id, found.message


def _outloud(path):
    """Its errors. What it warns of are guesses about looks, such as that a heading which comes in each chapter
    may be the head of a page."""
    checked = outloud.check(str(path))
    assert checked.error is None
    for found in checked.findings:
        if found.severity == "error" and not _guessed_wrong(found, path):
            yield "outloud", found.rule, found.message, found.evidence


def _guessed_wrong(found, path) -> bool:
    """TBL-010 takes a table with more heads than other cells for one torn in pieces: one of two columns
    has a head for each of its rows and two for its columns. TAG-002 takes a running head of eight words for prose
    that nobody will hear; it knows other running heads by coming again, but in ours the chapter changes."""
    if found.rule == "TBL-010":
        heads, others = map(int, re.findall(r"\d+", found.message)[:2])
        return "header rows" not in found.message and _is_a_grid_with_row_heads(heads, others)
    if found.rule == "TAG-002":
        with pikepdf.open(path) as pdf:
            return found.count == 1 and str(found.evidence).startswith(str(pdf.docinfo.Title))
    return False


def _is_a_grid_with_row_heads(heads: int, others: int) -> bool:
    """Whether some number of rows and columns has a row of heads and then a head to each row."""
    return any(
        heads == rows + columns and others == rows * (columns - 1)
        for rows in range(1, heads)
        for columns in [heads - rows]
    )
