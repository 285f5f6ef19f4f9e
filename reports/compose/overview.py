"""Årets siffror: totals, cuts, development, the bridge, reconciliation and the quality of the data."""

from dataclasses import replace

from malmo_intl import formats
from reports.bridge import bridge, money_bridge
from reports.compose import changes, city, cuts, grids, money_changes, parts, quality, years
from reports.compose.marks import with_marks
from reports.development import Past
from reports.document import Document, Head, Section
from reports.figures import figures
from reports.live import Live
from reports.rollup import Rollup
from reports.rules import RULES

FIGURES = (
    "eu_projects",
    "unique_projects",
    "owned",
    "partnered",
    "paid",
    "project_value",
    "partners",
    "visitors",
)


def compose(rollup: Rollup, past: Past, draft: bool = True) -> Document:
    """The whole city's figures of the year; `rollup` is the city's."""
    sections = (
        _totals(rollup),
        *told(rollup, past),
        Section("rakneregler", "Så har siffrorna räknats", (parts.counting_rules(),)),
    )
    document = Document(
        kind="siffror",
        identity=f"siffror-{rollup.year}",
        head=Head(
            sender=city.SENDER,
            genre="Årets siffror",
            title=f"Malmö stads internationella arbete {rollup.year} i siffror",
            subtitle="Projekt, pengar, mål och vad som har ändrats",
            year=rollup.year,
        ),
        sections=sections,
        figures=figures(rollup, *FIGURES),
        appendix=(grids.projects(rollup, rollup.parts), grids.raw(rollup)),
        draft=draft,
        contents=True,
    )
    return with_marks(document, Live(rollup))


def told(rollup: Rollup, past: Past) -> tuple[Section, ...]:
    """What follows on the totals, in the document and on the year's page alike."""
    sections = (
        *_cuts(rollup),
        years.through_the_years(rollup, past),
        _bridge(rollup),
        _reconciliation(rollup),
        Section("datakvalitet", "Datakvalitet", tuple(quality.blocks(rollup))),
    )
    return tuple(section for section in sections if section)


def _totals(rollup):
    return Section(
        "siffrorna-i-korthet",
        "Siffrorna i korthet",
        (
            *parts.key_figures(_large(rollup)),
            parts.told(city.counts_told(rollup), city.paid_told(rollup)),
            parts.paragraph(RULES[1], unique_sentence(rollup), RULES[2]),
        ),
        opens_page=True,
    )


def _large(rollup):
    """Why print and rows differ is said under Avstämning; a correction is said beside its figure."""
    for figure in figures(rollup, *FIGURES):
        now, before = rollup.figure(figure.name), rollup.figure_before(figure.name)
        yield figure if now.corrected or before.corrected else replace(figure, note="")


def unique_sentence(rollup) -> str:
    """How many projects the rows are of, where the printed count does not say."""
    count = rollup.count
    if rollup.figure("unique_projects").shown is not None or not count.participations:
        return ""
    return (
        f"De {formats.number(count.participations)} medverkanden i EU-projekt som har uppgifter i systemet "
        f"gäller {formats.number(count.projects)} unika projekt."
    )


def _bridge(rollup):
    before = rollup.year - 1
    return Section(
        "bryggan",
        f"Vad som skiljer {rollup.year} från {before}",
        sections=(
            changes.participations(bridge(rollup)),
            money_changes.money(money_bridge(rollup)),
        ),
    )


def _cuts(rollup):
    """A section for each way to cut, those that have something."""
    found = list(cuts.cuts(rollup))
    for by, heading in cuts.BY.items():
        mine = [cut for cut in found if cut.by == by]
        if mine:
            yield Section(
                f"siffror-per-{by}",
                heading,
                sections=tuple(
                    Section(
                        f"{cut.grid.key}-avsnitt",
                        cut.heading,
                        (*cut.charts, cut.grid),
                        in_contents=False,
                    )
                    for cut in mine
                ),
            )


def _reconciliation(rollup):
    """Where two tables, or print and rows, do not say the same."""
    notices = (city.coverage_notice, city.money_coverage_notice, city.reconciliation)
    found = cuts.remarks(rollup, *notices)
    words = parts.paragraph("Tabellerna och de publicerade siffrorna stämmer med varandra.")
    return Section("avstamning", "Avstämning", found or (words,))
