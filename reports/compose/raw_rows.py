"""The rows that a year's figures are made of, each kind as a table: for the year's workbook."""

from decimal import Decimal

from reports.compose import grids, raw_reports
from reports.compose.parts import known
from reports.compose.raw_reports import name_of
from reports.document import Column, Grid, SumOf
from reports.rollup import Rollup
from reports.rules import fund_of


def raw_rows(rollup: Rollup) -> tuple[Grid, ...]:
    """Of the whole city. What an administration has not handed in is not among them."""
    return (
        _projects(rollup),
        _participations(rollup),
        _payouts(rollup),
        _grants(rollup),
        _shares(rollup),
        raw_reports.partners(rollup),
        raw_reports.activities(rollup),
        raw_reports.networks(rollup),
        raw_reports.answers(rollup),
    )


def _yes(holds: bool) -> str:
    return "ja" if holds else "nej"


def _unique(rollup: Rollup) -> list:
    """The projects of the year in Swedish order, each once."""
    return list({part.project.slug: part.project for part in rollup.parts}.values())


def _behind(rollup: Rollup, name: str, part) -> str:
    """The address of the participation's part of the figure `name`."""
    slug = part.project.slug
    return grids.behind(rollup, name, administration=part.administration, project=slug)


def _projects(rollup: Rollup) -> Grid:
    found = _unique(rollup)
    counted = [part.project.slug for part in rollup.eu_parts]
    paid = {slug: Decimal(0) for slug in (project.slug for project in found)}
    for row in rollup.rows:
        paid[row.part.project.slug] += row.amount
    return Grid(
        key="rader-projekt",
        caption=f"Projekt {rollup.year}, en rad per projekt",
        short="Rader projekt",
        columns=(
            Column("projekt", "Projekt"),
            Column("agare", "Projektägare"),
            Column("period", "Period"),
            Column("fonder", "Fonder"),
            Column("eu", "EU-projekt", "count", total=True),
            Column(
                "medverkan",
                "Medverkan i EU-projekt",
                "count",
                True,
                SumOf(grids.PARTICIPATIONS, "eu", "projekt"),
            ),
            Column(
                "utbetalt",
                "Utbetalda EU-medel",
                "kr",
                True,
                SumOf(grids.RAW, "utbetalt", "projekt"),
            ),
        ),
        rows=tuple(
            (
                project.name,
                project.owner or None,
                known(project.period),
                ", ".join(grant.fund.code for grant in project.grants) or None,
                int(project.slug in counted),
                counted.count(project.slug),
                paid[project.slug],
            )
            for project in found
        ),
        total=(
            "Summa",
            "",
            "",
            "",
            rollup.count.projects,
            rollup.count.participations,
            rollup.paid.amount,
        ),
        addresses=tuple(
            (
                *[""] * 5,
                grids.behind(rollup, "eu_projects", project=slug) if slug in counted else "",
                grids.behind(rollup, "paid", project=slug) if paid[slug] else "",
            )
            for slug in (project.slug for project in found)
        ),
        empty="Inga projekt är redovisade.",
    )


def _participations(rollup: Rollup) -> Grid:
    counted = set(map(id, rollup.eu_parts))
    return Grid(
        key=grids.PARTICIPATIONS,
        caption=f"Medverkan {rollup.year}, en rad per projekt och förvaltning",
        short="Rader medverkan",
        columns=(
            Column("projekt", "Projekt"),
            Column("forvaltning", "Förvaltning"),
            Column("roll", "Roll"),
            Column("fran", "Deltar från", "date"),
            Column("till", "Deltar till", "date"),
            Column("eu", "Medverkan i EU-projekt", "count", total=True),
        ),
        rows=tuple(
            (
                part.project.name,
                name_of(rollup, part.administration),
                grids.role_of(part),
                part.starts_on or "hela projekttiden",
                part.ends_on or "hela projekttiden",
                int(id(part) in counted),
            )
            for part in rollup.parts
        ),
        total=("Summa", "", "", "", "", rollup.count.participations),
        addresses=tuple(
            (
                *[""] * 5,
                _behind(rollup, "eu_projects", part) if id(part) in counted else "",
            )
            for part in rollup.parts
        ),
        empty="Ingen medverkan är redovisad.",
    )


def _payouts(rollup: Rollup) -> Grid:
    year, counted = rollup.year, set(map(id, rollup.paid_parts))
    paid = [part for part in rollup.parts if part.payout(year)]

    def row(part):
        fund, amount = fund_of(part, year), rollup.paid_to(part)
        of_eu = amount if id(part) in counted else Decimal(0)
        return (
            part.project.name,
            name_of(rollup, part.administration),
            fund.name if fund else grids.NO_FUND_NAME,
            amount,
            of_eu,
            part.payout(year).comment,
        )

    return Grid(
        key="rader-utbetalningar",
        caption=f"Utbetalningar {year}, en rad per projekt och förvaltning, kronor",
        short="Rader utbetalningar",
        columns=(
            Column("projekt", "Projekt"),
            Column("forvaltning", "Förvaltning"),
            Column("fond", "Fond"),
            Column("belopp", "Utbetalt", "kr"),
            Column("eu", "Varav EU-medel", "kr", total=True),
            Column("kommentar", "Kommentar"),
        ),
        rows=tuple(map(row, paid)),
        total=("Summa", "", "", "", rollup.paid.amount, "") if paid else (),
        addresses=tuple(
            (*[""] * 4, _behind(rollup, "paid", part) if id(part) in counted else "", "")
            for part in paid
        ),
        empty=f"Inga utbetalningar är redovisade för {year}.",
    )


def _grants(rollup: Rollup) -> Grid:
    """Applied for and granted are never added to each other, nor to what was paid out (counting rule 5)."""
    return Grid(
        key="rader-finansiering",
        caption=f"Finansiering av projekten {rollup.year}, kronor",
        short="Rader finansiering",
        columns=(
            Column("projekt", "Projekt"),
            Column("fond", "Fond"),
            Column("eu", "EU-medel"),
            Column("lage", "Läge"),
            Column("budget", "Projektets budget", "kr"),
            Column("belopp", "Sökt eller beviljat", "kr"),
            Column("kommentar", "Kommentar"),
        ),
        rows=tuple(
            (
                project.name,
                grant.fund.name,
                _yes(grant.fund.is_eu),
                "beviljat" if grant.granted else "sökt",
                grant.budget,
                grant.amount,
                grant.comment,
            )
            for project in _unique(rollup)
            for grant in project.grants
        ),
        empty="Ingen finansiering är registrerad.",
    )


def _shares(rollup: Rollup) -> Grid:
    return Grid(
        key="rader-malandelar",
        caption=f"Medverkan {rollup.year} fördelad på KF-mål, procent",
        short="Rader målandelar",
        columns=(
            Column("projekt", "Projekt"),
            Column("forvaltning", "Förvaltning"),
            Column("mal", "KF-mål"),
            Column("andel", "Andel", "percent"),
        ),
        rows=tuple(
            (
                part.project.name,
                name_of(rollup, part.administration),
                grids.goal_name(rollup, goal),
                share,
            )
            for part in rollup.parts
            for goal, share in sorted(part.shares)
            if goal in rollup.goals
        ),
        empty="Ingen medverkan är fördelad på mål.",
    )
