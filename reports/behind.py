"""The rows behind a figure: what was counted or added, and what no row stands behind. No Django.

A figure can be that of the whole city, or cut by administration, fund, goal, project, role and sector. The
rows and the rest always add up to the figure that is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from malmo_intl.formats import Amount, join_words
from reports.facts import Part
from reports.rollup import Rollup, Row
from reports.rules import NO_GOAL, Comparison, compare

ONE = Amount(Decimal(1))
COUNTS = ("eu_projects", "owned", "partnered")
NO_FUND = "ingen"  # the fund of money that nobody has said the fund of
ROLES = {"agare": "projektägare", "part": "projektpart"}
# The ways in which a figure can be cut. Those that are not here have only been printed.
CUTS = {
    **dict.fromkeys((*COUNTS, "unique_projects"), ("administration", "fund", "goal", "project")),
    "paid": ("administration", "fund", "goal", "project", "role"),
    "partners": ("administration", "sector"),
}


@dataclass(frozen=True)
class Cut:
    """A part of the year: codes, the goal's number, the project's slug, one of ROLES and a sector's name.
    Empty is all of it; `goal` NO_GOAL and `fund` NO_FUND are what has none."""

    administration: str = ""
    fund: str = ""
    goal: int | None = None
    project: str = ""
    role: str = ""
    sector: str = ""

    @property
    def is_whole(self) -> bool:
        return self == Cut()

    def fits(self, name: str) -> bool:
        """Whether the figure can be cut so."""
        allowed = CUTS.get(name, ())
        return all(value in ("", None) or field in allowed for field, value in vars(self).items())


@dataclass(frozen=True)
class Behind:
    """What a row says, and its value: 1, kronor, a number of parties; None is not known.

    `administration` is the code; several of them for a project that is counted once.
    """

    value: Amount | None
    project: str = ""
    slug: str = ""
    administration: str = ""
    role: str = ""
    fund: str = ""
    goal: str = ""
    sector: str = ""


@dataclass(frozen=True)
class Answer:
    """A figure with what is behind it. `printed`: the rows are the published lines of administrations."""

    figure: Comparison
    before: Amount | None
    rows: tuple[Behind, ...] = ()
    printed: bool = False

    @property
    def total(self) -> Amount:
        """Of the rows."""
        return Amount.total(row.value for row in self.rows if row.value is not None)

    @property
    def rest(self) -> Amount:
        """What is shown and has no row; below zero when the rows hold more than was published."""
        shown = self.figure.shown or self.total
        step = max(shown.step, self.total.step)
        exact = shown.exact and self.total.exact
        return Amount(shown.value - self.total.value, "" if exact else "ca", step)

    @property
    def missing(self) -> int:
        """Rows of which the value is not known."""
        return sum(row.value is None for row in self.rows)


def behind(rollup: Rollup, name: str, cut: Cut = Cut()) -> Answer:  # noqa: B008
    """The city's figure `name`, or a part of it. KeyError for a name that has no rule here."""
    lines = _printed_lines(rollup, name) if cut.is_whole else ()
    rows = lines or tuple(_rows(rollup, name, cut))
    return Answer(_figure(rollup, name, cut, rows), _before(rollup, name, cut), rows, bool(lines))


def _figure(rollup, name, cut, rows) -> Comparison:
    if cut.is_whole:
        return rollup.figure(name)
    known = [row.value for row in rows if row.value is not None]
    counted = rollup.year in rollup.facts.reported_years and name in (*COUNTS, "unique_projects")
    today = Amount.total(known) if known or counted else None
    item = _published(rollup, rollup.year, name, cut)
    return compare(item.amount if item else None, today, item.note if item else "")


def _published(rollup, year, name, cut):
    if cut not in (Cut(cut.administration), Cut(goal=cut.goal)):
        return None  # nothing is printed of a smaller part
    return rollup.published.get((year, name, cut.administration, cut.goal))


def _before(rollup, name, cut) -> Amount | None:
    """The year before: what was published, or what the rows say of a year that was reported."""
    if cut.is_whole:
        return rollup.figure_before(name).shown
    item = _published(rollup, rollup.year - 1, name, cut)
    return item.amount if item else None


# --- Rows ----------------------------------------------------------------------------------------


def _rows(rollup: Rollup, name: str, cut: Cut) -> Iterable[Behind]:
    if name in COUNTS:
        return [_part(part) for part in _counted(rollup, name, cut)]
    if name == "unique_projects":
        return _projects(_counted(rollup, name, cut))
    if name == "paid":
        return _payouts(rollup, cut)
    if name == "partners":
        return _partners(rollup, cut)
    return ()


def _counted(rollup: Rollup, name: str, cut: Cut) -> list[Part]:
    """The participations that are counted. Those of administrations that the printed count leaves out
    are not in the whole."""
    roles = {"owned": True, "partnered": False}
    whole = cut.is_whole and name in COUNTS
    lines = {row.administration for row in _printed_lines(rollup, "eu_projects")} if whole else ()
    return [
        part
        for part in rollup.eu_parts
        if (name not in roles or part.is_owner == roles[name])
        and (not lines or part.administration in lines)
        and _is_in(part, cut)
    ]


def _is_in(part: Part, cut: Cut) -> bool:
    funds = {grant.fund.code for grant in part.project.grants if grant.granted}
    return (
        _takes_part(part, cut)
        and (not cut.fund or cut.fund in (funds or {NO_FUND}))
        and (cut.goal is None or cut.goal in ({goal for goal, _ in part.shares} or {NO_GOAL}))
    )


def _takes_part(part: Part, cut: Cut) -> bool:
    return (
        cut.administration in ("", part.administration)
        and cut.project in ("", part.project.slug)
        and ROLES.get(cut.role) in (None, _role(part))
    )


def _role(part: Part) -> str:
    return ROLES["agare" if part.is_owner else "part"]


def _part(part: Part) -> Behind:
    return Behind(
        ONE,
        part.project.name,
        part.project.slug,
        part.administration,
        _role(part),
        _funds(part),
    )


def _funds(part: Part) -> str:
    return join_words(grant.fund.name for grant in part.project.grants)


def _projects(parts: list[Part]) -> Iterable[Behind]:
    """Each once, with all who take part."""
    groups: dict[str, list[Part]] = {}
    for part in parts:
        groups.setdefault(part.project.slug, []).append(part)
    for slug, mine in groups.items():
        codes = join_words(part.administration for part in mine)
        yield Behind(ONE, mine[0].project.name, slug, codes, fund=_funds(mine[0]))


def _payouts(rollup: Rollup, cut: Cut) -> Iterable[Behind]:
    """Each payout by goal, then those that nobody has said."""
    for row in rollup.rows:
        if _pays(row, cut):
            yield Behind(
                Amount(row.amount),
                row.part.project.name,
                row.part.project.slug,
                row.part.administration,
                _role(row.part),
                row.fund.name if row.fund else "",
                _goal(rollup, row.goal),
            )
    waiting = [part for part in rollup.paid_parts if rollup.paid_to(part) is None]
    for part in (*waiting, *rollup.unpaid_parts):
        if _is_in(part, cut):
            row = _part(part)
            yield Behind(None, row.project, row.slug, row.administration, row.role, row.fund)


def _pays(row: Row, cut: Cut) -> bool:
    return (
        _takes_part(row.part, cut)
        and cut.fund in ("", row.fund.code if row.fund else NO_FUND)
        and cut.goal in (None, row.goal)
    )


def _goal(rollup, number) -> str:
    return "Utan mål" if number == NO_GOAL else f"{number}. {rollup.goals[number]}"


def _partners(rollup: Rollup, cut: Cut) -> Iterable[Behind]:
    for submission in rollup.submissions:
        if cut.administration in ("", submission.administration):
            for sector, number in submission.partners:
                if cut.sector not in ("", sector):
                    continue
                yield Behind(
                    Amount(Decimal(number)),
                    administration=submission.administration,
                    sector=sector,
                )


def _printed_lines(rollup: Rollup, name: str) -> tuple[Behind, ...]:
    """What was printed of each administration: the only rows there are of a year before this system."""
    if rollup.only:
        return ()
    return tuple(
        Behind(item.amount, administration=code)
        for (year, printed, code, goal), item in rollup.published.items()
        if (year, printed, goal) == (rollup.year, name, None) and code and not item.in_system
    )
