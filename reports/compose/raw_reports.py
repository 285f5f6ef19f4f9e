"""The rows that the administrations' reports hold besides projects and money: for the year's workbook."""

from malmo_intl.formats import Amount
from reports.compose import grids
from reports.document import Column, Grid, When
from reports.rollup import Rollup


def name_of(rollup: Rollup, code: str) -> str:
    names = {item.code: item.name for item in rollup.facts.administrations}
    return names.get(code, code)


def _handed_in(rollup: Rollup):
    """(name of the administration, its submission)"""
    for submission in rollup.submissions:
        if submission.received:
            yield name_of(rollup, submission.administration), submission


def partners(rollup: Rollup) -> Grid:
    rows = tuple(
        (name, sector, number)
        for name, submission in _handed_in(rollup)
        for sector, number in submission.partners
    )
    return Grid(
        key=grids.PARTNERS,
        caption=f"Samverkansparter {rollup.year}, en rad per förvaltning och sektor",
        short="Rader parter",
        columns=(
            Column("forvaltning", "Förvaltning"),
            Column("sektor", "Sektor"),
            Column("antal", "Antal", "count", total=True),
        ),
        rows=rows,
        total=("Summa", "", sum(row[2] for row in rows)) if rows else (),
        empty=f"Uppgift om samverkansparter saknas för {rollup.year}.",
    )


def activities(rollup: Rollup) -> Grid:
    return Grid(
        key="rader-aktiviteter",
        caption=f"Aktiviteter {rollup.year}, en rad per aktivitet",
        short="Rader aktiviteter",
        columns=(
            Column("forvaltning", "Förvaltning"),
            Column("slag", "Slag"),
            Column("vad", "Vad"),
            Column("nar", "När", "date"),
            Column("plats", "Plats"),
            Column("med", "Tillsammans med"),
            Column("personer", "Antal personer", "count"),
        ),
        rows=tuple(
            (
                name,
                item.kind,
                item.title,
                When(item.day, item.precision) if item.day else None,
                item.place,
                item.partner,
                _number(item.people),
            )
            for name, submission in _handed_in(rollup)
            for item in submission.activities
        ),
        empty="Inga aktiviteter är redovisade.",
    )


def _number(people: Amount | None):
    return int(people.value) if people and people.exact else people


def networks(rollup: Rollup) -> Grid:
    return Grid(
        key="rader-natverk",
        caption=f"Medlemskap i nätverk {rollup.year}, en rad per förvaltning och nätverk",
        short="Rader nätverk",
        columns=(Column("forvaltning", "Förvaltning"), Column("natverk", "Nätverk")),
        rows=tuple(
            (name, network)
            for name, submission in _handed_in(rollup)
            for network in submission.networks
        ),
        empty=f"Inga internationella nätverk är redovisade för {rollup.year}.",
    )


def answers(rollup: Rollup) -> Grid:
    rows = tuple(
        (
            rollup.facts.administration(submission.administration).board_name,
            str(question.number),
            question.text,
            state.value,
            1,
        )
        for submission in rollup.submissions
        for question, state in zip(
            rollup.facts.questions, rollup.answer_states(submission), strict=True
        )
    )
    return Grid(
        key=grids.ANSWERS,
        caption=f"Svarens läge {rollup.year}, en rad per nämnd och fråga",
        short="Rader svar",
        columns=(
            Column("namnd", "Nämnd"),
            Column("nummer", "Fråga"),
            Column("fraga", "Frågans text"),
            Column("lage", "Läge"),
            Column("antal", "Antal", "count", total=True),
        ),
        rows=rows,
        total=("Summa", "", "", "", len(rows)) if rows else (),
        empty=f"Inga svar väntades för {rollup.year}.",
    )
