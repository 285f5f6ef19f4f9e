"""Årets underlag: everything that a year's figures are made of, as one workbook."""

from dataclasses import replace

from reports.compose import consolidated, grids, overview
from reports.compose.raw_rows import raw_rows
from reports.development import Past
from reports.document import Document, Section
from reports.rollup import Rollup

ALSO = ("utveckling", "bryggan")  # of the document with the year's figures


def compose(rollup: Rollup, past: Past, draft: bool = True) -> Document:
    """Every table of the consolidated report, the partners, the development and the bridge, and last the rows
    that they are summed from; `rollup` is the whole city's."""
    report = consolidated.compose(rollup, draft)
    partners = Section("samverkan", "Samverkansparter", (grids.partners(rollup),))
    told = (section for section in overview.told(rollup, past) if section.key in ALSO)
    return replace(
        report,
        kind="underlag",
        identity=f"underlag-{rollup.year}",
        head=replace(
            report.head,
            genre="Årets underlag",
            title=f"Underlag till Malmö stads internationella arbete {rollup.year}",
            subtitle="Årets tabeller, diagram och alla rader bakom dem",
        ),
        sections=(*report.sections, partners, *told),
        appendix=raw_rows(rollup),
    )
