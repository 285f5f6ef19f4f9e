"""The tables that several documents share."""

from malmo_intl import formats
from malmo_intl.formats import Amount
from reports.addresses import of_figure
from reports.behind import NO_FUND, Cut
from reports.compose.parts import known
from reports.document import Column, Grid, SumOf, When
from reports.facts import Part
from reports.figures import plain
from reports.rollup import Line, Rollup, Row
from reports.rules import NO_GOAL, fund_of

NO_GOAL_NAME = "Utan mål"
NO_FUND_NAME = "Fond ej angiven"
# The grids that the others sum. The last three are in the year's workbook only (`compose.raw_rows`).
RAW = "underlag"
PARTICIPATIONS, PARTNERS, ANSWERS = "rader-medverkan", "rader-parter", "rader-svar"


def goal_name(rollup: Rollup, number: int) -> str:
    """ "2. En stad för arbete och näringsliv" """
    return NO_GOAL_NAME if number == NO_GOAL else f"{number}. {rollup.goals[number]}"


def behind(rollup: Rollup, name: str, **cut) -> str:
    """The address of the rows behind the figure `name`; of the administration's own in its own document."""
    return of_figure(rollup.year, name, Cut(**{"administration": rollup.only, **cut}))


def funds_of(part: Part) -> str | None:
    return formats.join_words(grant.fund.code for grant in part.project.grants) or None


def role_of(part: Part) -> str:
    return "projektägare" if part.is_owner else "projektpart"


def payouts(rollup: Rollup, code: str) -> Grid:
    """One row per participation of an administration that has a row for the year; 0 is shown as 0."""
    year = rollup.year

    def row(part):
        fund = fund_of(part, year)
        goals = ", ".join(str(goal) for goal, _ in part.shares)
        return (
            part.project.name,
            fund.code if fund else NO_FUND_NAME,
            rollup.paid_to(part),
            goals or NO_GOAL_NAME,
        )

    notes = []
    if rollup.paid.missing:
        waiting = [part for part in rollup.paid_parts if rollup.paid_to(part) is None]
        notes += [
            f"{what} {formats.join_words(part.project.name for part in parts)}."
            for what, parts in (
                ("Inte utbetalt än:", waiting),
                ("Uppgift om utbetalning saknas för", rollup.unpaid_parts),
            )
            if parts
        ]
    notes += [
        f"{part.project.name}: {comment}"
        for part in rollup.paid_parts
        if (comment := part.payout(year).comment)
    ]
    return Grid(
        key="utbetalningar",
        caption=f"Utbetalda EU-medel {year}, kronor",
        columns=(
            Column("projekt", "Projekt", share=5),
            Column("fond", "Fond", share=2),
            Column("utbetalt", f"Utbetalt till {code} {year}", "kr", total=True, share=2),
            Column("mal", "KF-mål", "goal", share=1),
        ),
        rows=tuple(row(part) for part in rollup.paid_parts),
        total=("Summa", "", rollup.paid.amount if rollup.rows else None, "")
        if rollup.paid_parts
        else (),
        notes=tuple(notes),
        empty=f"Inga utbetalningar är redovisade för {year}.",
        addresses=tuple(
            ("", "", behind(rollup, "paid", administration=code, project=part.project.slug), "")
            for part in rollup.paid_parts
        ),
        total_addresses=("", "", behind(rollup, "paid", administration=code), "")
        if rollup.paid_parts
        else (),
    )


def by_goal(rollup: Rollup) -> Grid:
    """All goals of the year's goal set, those without money too; none while nobody has told of any payout."""
    published = any(key[3] for key in rollup.published if key[0] == rollup.year)
    lines = rollup.by_goal if published or rollup.rows else ()
    return Grid(
        key="per-mal",
        caption=f"Utbetalda EU-medel {rollup.year} per KF-mål, kronor",
        columns=(
            Column("mal", "KF-mål", share=5),
            Column("utbetalt", "Utbetalt", "kr", True, _from_raw("mal", published), 2),
        ),
        rows=tuple(
            (f"{line.key}. {line.name}" if line.key else line.name, _kr(line)) for line in lines
        ),
        total=("Summa", plain(rollup.total_by_goal, "kr")) if lines else (),
        notes=("Ingen har angett vilka mål pengarna går till.",)
        if any(line.paid is None for line in lines)
        else (),
        empty=f"Inga utbetalningar är redovisade per mål för {rollup.year}.",
        addresses=tuple(
            ("", behind(rollup, "paid", goal=int(line.key or NO_GOAL))) for line in lines
        ),
        total_addresses=("", behind(rollup, "paid")) if lines else (),
    )


def projects_by_administration(rollup: Rollup) -> Grid:
    """Participations per administration, most first."""
    lines = [line for line in rollup.by_administration if line.projects.value]
    return Grid(
        key="projekt-per-forvaltning",
        caption=f"Medverkan i EU-projekt {rollup.year} per förvaltning",
        columns=(
            Column("forvaltning", "Förvaltning", share=5),
            Column(
                "antal", "EU-projekt", "count", True, SumOf(PARTICIPATIONS, "eu", "forvaltning"), 2
            ),
        ),
        rows=tuple((line.name, plain(line.projects, "count")) for line in lines),
        total=(
            "Summa medverkan",
            plain(Amount.total(line.projects for line in lines), "count"),
        ),
        notes=("Ett projekt som flera förvaltningar deltar i räknas hos var och en.",)
        if lines
        else (),
        empty=f"Inga EU-projekt är redovisade för {rollup.year}.",
        addresses=tuple(
            ("", behind(rollup, "eu_projects", administration=line.key)) for line in lines
        ),
        total_addresses=("", behind(rollup, "eu_projects")),
    )


def money_by_administration(rollup: Rollup) -> Grid:
    """Money per administration, most first; an administration that has not said stands last."""
    lines = sorted(
        rollup.by_administration,
        key=lambda line: (line.paid is None, -(line.paid.value if line.paid else 0)),
    )
    silent = [line.name for line in lines if line.paid is None]
    published = any(key[2] for key in rollup.published if key[0] == rollup.year)
    return Grid(
        key="medel-per-forvaltning",
        caption=f"Utbetalda EU-medel {rollup.year} per förvaltning, kronor",
        columns=(
            Column("forvaltning", "Förvaltning", share=5),
            Column("utbetalt", "Utbetalt", "kr", True, _from_raw("forvaltning", published), 2),
        ),
        rows=tuple((line.name, _kr(line)) for line in lines),
        total=("Summa", plain(rollup.total_by_administration, "kr")),
        notes=_silent_note(silent),
        empty=f"Inga utbetalningar är redovisade för {rollup.year}.",
        addresses=tuple(("", behind(rollup, "paid", administration=line.key)) for line in lines),
        total_addresses=("", behind(rollup, "paid")),
    )


def by_fund(rollup: Rollup) -> Grid:
    return Grid(
        key="per-fond",
        caption=f"Utbetalda EU-medel {rollup.year} per fond eller program, kronor",
        columns=(
            Column("fond", "Fond eller program", share=5),
            Column("antal", "Medverkan", "count", share=1),
            Column("utbetalt", "Utbetalt", "kr", True, SumOf(RAW, "utbetalt", "fond"), 2),
        ),
        rows=tuple((line.name, line.count.participations, _kr(line)) for line in rollup.by_fund),
        total=("Summa", "", rollup.paid.amount),
        empty=f"Inga utbetalningar är redovisade för {rollup.year}.",
        addresses=tuple(
            ("", *[behind(rollup, "paid", fund=line.key or NO_FUND)] * 2) for line in rollup.by_fund
        ),
        total_addresses=("", "", behind(rollup, "paid")),
    )


def partners(rollup: Rollup) -> Grid:
    return Grid(
        key="samverkansparter",
        caption=f"Samverkansparter {rollup.year}",
        columns=(
            Column("sektor", "Sektor", share=5),
            Column("antal", "Antal", "count", True, SumOf(PARTNERS, "antal", "sektor"), 2),
        ),
        rows=tuple(rollup.partners.items()),
        total=("Summa", rollup.partner_total) if rollup.partners else (),
        empty=f"Uppgift om samverkansparter saknas för {rollup.year}.",
        addresses=tuple(
            ("", behind(rollup, "partners", sector=sector)) for sector in rollup.partners
        ),
        total_addresses=("", behind(rollup, "partners")) if rollup.partners else (),
    )


def activities(rollup: Rollup, submissions, names: bool = False) -> Grid:
    """Study visits, fairs and conferences in order of time, each date in its own precision.

    `names`: those of several administrations, so each row says whose it is instead of with whom.
    """
    rows = sorted(
        ((item, submission) for submission in submissions for item in submission.activities),
        key=lambda row: _time(row[0]),
    )
    whose = (Column("forvaltning", "Förvaltning", share=3),) if names else ()
    return Grid(
        key="aktiviteter",
        caption=f"Aktiviteter som har redovisats för {rollup.year}",
        columns=(
            Column("nar", "När", "date", share=2),
            *whose,
            Column("slag", "Slag", share=2),
            Column("vad", "Vad", share=5),
            Column("plats", "Plats", share=2),
            *(() if names else (Column("tillsammans-med", "Tillsammans med", share=5),)),
        ),
        rows=tuple(
            (
                When(item.day, item.precision) if item.day else None,
                *((rollup.facts.administration(submission.administration).name,) if names else ()),
                item.kind,
                _what(item),
                item.place,
                *(() if names else (item.partner,)),
            )
            for item, submission in rows
        ),
        empty="Inga aktiviteter är redovisade.",
    )


def _time(item):
    """In order of time; what is known only by month or year stands after that month or year."""
    if item.day is None:
        return (1,)
    month = 13 if item.precision == "year" else item.day.month
    return 0, item.day.year, month, 32 if item.precision == "month" else item.day.day


def _what(item) -> str:
    """ "Workshop om IPVI, 80 personer" """
    if item.people is None:
        return item.title
    noun = "person" if item.people.value == 1 else "personer"
    return f"{item.title}, {formats.amount(item.people)}{formats.NBSP}{noun}"


def networks(rollup: Rollup, submissions) -> Grid:
    """Every network once, with the administrations that took part in it."""
    members: dict[str, list[str]] = {}
    for submission in submissions:
        for network in submission.networks:
            name = rollup.facts.administration(submission.administration).name
            members.setdefault(network, []).append(name)
    return Grid(
        key="natverk",
        caption=f"Internationella nätverk {rollup.year}",
        columns=(
            Column("natverk", "Nätverk", share=2),
            Column("forvaltningar", "Förvaltningar", share=3),
        ),
        rows=tuple(
            (network, formats.join_words(sorted(members[network], key=formats.sort_key)))
            for network in sorted(members, key=formats.sort_key)
        ),
        empty=f"Inga internationella nätverk är redovisade för {rollup.year}.",
    )


def projects(rollup: Rollup, parts, key="projekt", caption="") -> Grid:
    """Participations with role, fund and period."""
    names = {item.code: item.name for item in rollup.facts.administrations}
    return Grid(
        key=key,
        caption=caption or f"Projekt {rollup.year}",
        columns=(
            Column("projekt", "Projekt", share=5),
            Column("forvaltning", "Förvaltning", share=4),
            Column("roll", "Roll", share=2),
            Column("fond", "Fond", share=2),
            Column("period", "Period", share=4),
        ),
        rows=tuple(
            (
                part.project.name,
                names.get(part.administration, part.administration),
                role_of(part),
                funds_of(part),
                known(part.period),
            )
            for part in parts
        ),
        empty="Inga projekt är redovisade.",
    )


def raw(rollup: Rollup) -> Grid:
    """Every payout as it was split between goals: the rows that all sums are made of."""
    names = {item.code: item.name for item in rollup.facts.administrations}
    return Grid(
        key=RAW,
        caption=f"Underlag: utbetalningar {rollup.year} per projekt och mål, kronor",
        columns=(
            Column("projekt", "Projekt", share=4),
            Column("forvaltning", "Förvaltning", share=4),
            Column("fond", "Fond", share=3),
            Column("mal", "KF-mål", share=3),
            Column("utbetalt", "Utbetalt", "kr", total=True, share=2),
        ),
        rows=tuple(
            (
                row.part.project.name,
                names.get(row.part.administration, row.part.administration),
                row.fund.name if row.fund else NO_FUND_NAME,
                goal_name(rollup, row.goal),
                row.amount,
            )
            for row in rollup.rows
        ),
        total=("Summa", "", "", "", rollup.paid.amount) if rollup.rows else (),
        empty=f"Det finns inga rader om utbetalningar för {rollup.year}.",
        addresses=tuple(("", "", "", "", _behind_row(rollup, row)) for row in rollup.rows),
        total_addresses=("", "", "", "", behind(rollup, "paid")) if rollup.rows else (),
    )


def _behind_row(rollup: Rollup, row: Row) -> str:
    return behind(
        rollup,
        "paid",
        administration=row.part.administration,
        fund=row.fund.code if row.fund else NO_FUND,
        goal=row.goal,
        project=row.part.project.slug,
    )


def _silent_note(names) -> tuple[str, ...]:
    """Who has not said; named while they are few."""
    if not names:
        return ()
    who = (
        formats.join_words(map(formats.in_sentence, names))
        if len(names) <= 3
        else f"{formats.count_word(len(names))} förvaltningar"
    )
    return (f"Uppgift saknas för {who}.",)


def _kr(line: Line):
    return plain(line.paid, "kr")


def _from_raw(by: str, published: bool) -> SumOf | None:
    """A column that is printed from published figures has no rows to sum."""
    return None if published else SumOf(RAW, "utbetalt", by)
