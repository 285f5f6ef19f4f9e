"""A submission part by part, beside last year's: figures with their difference, texts with what is new.

Made from a `Case` and `LastYear`, both read before: no queries here. Money is whole kronor; None is
"uppgift saknas" and never zero (counting rule 4), so what is missing on either side has no difference.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from malmo_intl import formats, richtext
from malmo_intl.formats import NBSP, Amount, join_words, sort_key
from reports.checks.case import GOALS, MEMO, PARTNERS, PAYOUTS, Case
from reports.compose.grids import funds_of, role_of
from reports.facts import Facts, GoalFact
from reports.models import Activity, Memo, MemoSection, Sector
from reports.rollup import Rollup, roll_up
from reports.tables import Cell, Table

PROJECTS, ACTIVITIES = "projekt", "aktiviteter"
NUMBER = "number"
NO_GOALS = "Inga belopp är fördelade på mål."


Value = Decimal | Amount | int | None


@dataclass(frozen=True)
class LastYear:
    """What the case does not hold of the year before. `goals`: of this year's goal set, when it was valid
    then too. `texts`: the memo's, by their names."""

    year: int
    handed_in: bool = False
    memo: Memo | None = None
    networks: frozenset[str] = frozenset()
    activities: tuple[Activity, ...] = ()
    same_goals: bool = False
    published_paid: Amount | None = None


@dataclass(frozen=True)
class Passage:
    """A text beside last year's. `state`: "Nytt", "Ändrat", "Oförändrat", or "" when there is none before
    to compare with."""

    heading: str
    html: str
    before: str = ""
    before_year: str = ""
    state: str = ""


@dataclass(frozen=True)
class Content:
    """What a part holds: sentences, tables and texts, in that order."""

    remarks: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    passages: tuple[Passage, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = field(default=())


def contents(case: Case, last: LastYear, goals: Iterable[GoalFact]) -> dict[str, Content]:
    """The key of each part → what it holds."""
    now, before = _rollups(case, tuple(goals))
    found = {
        PROJECTS: _projects(case, now, before),
        PAYOUTS: _payouts(case, now, before, last),
        GOALS: _goals(now, before, last),
        PARTNERS: _partners(case),
        ACTIVITIES: _activities(case, last),
        MEMO: _memo(case, last),
    }
    return found | {f"fragor/{item.number}": _answer(case, item) for item in case.questions}


def _rollups(case, goals) -> tuple[Rollup, Rollup]:
    code = case.administration.code
    facts = tuple(entry.fact for entry in case.every)
    return tuple(
        roll_up(Facts(year=year, goals=goals, parts=facts), code)
        for year in (case.year, case.year - 1)
    )


# --- Figures -------------------------------------------------------------------------------------


def difference(now: Value, before: Value) -> tuple[str, str]:
    """("+12 000", "+8 %"); dashes where there is nothing to compare, or nothing to take a share of. What is
    reckoned from a rough figure is rough: "ca +12 000" (counting rule 7)."""
    if now is None or before is None:
        return "–", "–"
    if isinstance(before, Amount) and not before.exact:
        texts = difference(now, before.value)
        return tuple(text if text == "–" else f"ca{NBSP}{text}" for text in texts)
    before = before.value if isinstance(before, Amount) else Decimal(before)
    change = Decimal(now) - before
    share = formats.round_half_up(change * 100 / before) if before > 0 else None
    return _signed(change), f"{_signed(share)}{NBSP}%" if share is not None else "–"


def _signed(value) -> str:
    return f"+{formats.number(value)}" if value > 0 else formats.number(value)


def _row(name, now, before, *between) -> tuple[Cell, ...]:
    """`between`: what stands between the name and the figures."""
    amounts = [
        Cell(formats.amount(value), NUMBER if value is not None else "number unknown")
        for value in (now, before)
    ]
    changes = [Cell(text, NUMBER) for text in difference(now, before)]
    return (Cell(name), *map(Cell, between), *amounts, *changes)


def _table(key, caption, head, rows, total=(), notes=(), empty="") -> Table:
    return Table(key, caption, tuple(head), tuple(rows), tuple(total), tuple(notes), empty)


def _figures_head(name, year, unit="", *between) -> list[Cell]:
    numbers = (f"{year}{unit}", f"{year - 1}{unit}", "Skillnad", "I procent")
    return [Cell(name), *map(Cell, between), *(Cell(text, NUMBER) for text in numbers)]


# --- The parts -----------------------------------------------------------------------------------


def _projects(case, now, before) -> Content:
    earlier = {part.project.slug: part for part in before.parts}
    rows = []
    for part in now.parts:
        then = earlier.pop(part.project.slug, None)
        rows.append(
            (
                Cell(part.project.name),
                Cell(role_of(part)),
                Cell(*_known(funds_of(part))),
                Cell(*_known(part.period)),
                Cell(_since(part, then, case.year)),
            )
        )
    head = map(Cell, ("Projekt", "Roll", "Fond", "Period", f"Jämfört med {case.year - 1}"))
    gone = sorted((part.project.name for part in earlier.values()), key=sort_key)
    remarks = (f"Med {case.year - 1} men inte {case.year}: {join_words(gone)}.",) if gone else ()
    table = _table("granska-projekt", f"Projekt {case.year}", head, rows, empty="Inga projekt.")
    return Content(remarks, (table,))


def _known(text) -> tuple[str, str]:
    return (text, "") if text and text != formats.MISSING else (formats.MISSING, "unknown")


def _since(part, then, year) -> str:
    if then is None:
        return "nytt"
    if part.is_owner != then.is_owner:
        return f"ändrat: var {role_of(then)}"
    ends = part.ends_on or part.project.ends_on
    return "slutar i år" if ends and ends.year == year else "oförändrat"


def _payouts(case, now, before, last) -> Content:
    names = {part.project.slug: part.project.name for part in (*now.parts, *before.paid_parts)}
    paid = [
        {part.project.slug: rollup.paid_to(part) for part in rollup.paid_parts}
        for rollup in (now, before)
    ]
    rows = [
        _row(names[slug], paid[0].get(slug), paid[1].get(slug))
        for slug in sorted(names, key=lambda slug: sort_key(names[slug]))
        if slug in paid[0] or slug in paid[1]
    ]
    printed = last.published_paid
    total_before = printed if printed is not None else _sum(paid[1])
    notes = [
        f"{part.project.name}: {comment}"
        for part in now.paid_parts
        if (comment := part.payout(case.year).comment)
    ]
    if printed is not None and printed.value != _sum(paid[1]):
        notes.append(f"Summan för {case.year - 1} är den publicerade.")
    table = _table(
        "granska-utbetalningar",
        f"Utbetalda EU-medel {case.year} och {case.year - 1}, kronor",
        _figures_head("Projekt", case.year, ", kr"),
        rows,
        _row("Summa", _sum(paid[0]), total_before) if rows else (),
        notes,
        f"Inga utbetalningar är redovisade för {case.year}.",
    )
    return Content((_silent(now),) if now.unpaid_parts else (), (table,))


def _silent(rollup) -> str:
    names = join_words(part.project.name for part in rollup.unpaid_parts)
    return f"Uppgift om utbetalning {rollup.year} saknas för {names}."


def _sum(amounts: dict[str, Decimal | None]) -> Decimal | None:
    known = [value for value in amounts.values() if value is not None]
    return sum(known, Decimal(0)) if known else None


def _goals(now, before, last) -> Content:
    caption = f"Utbetalda EU-medel {now.year} per KF-mål, kronor"
    lines = _paid_by_goal(now).items()
    if not last.same_goals:
        rows = [(Cell(name), Cell(formats.amount(paid), NUMBER)) for name, paid in lines if paid]
        head = (Cell("KF-mål"), Cell(f"{now.year}, kr", NUMBER))
        remarks = (f"Målen för {last.year} var andra och jämförs inte.",) if rows else ()
        return Content(remarks, (_table("granska-mal", caption, head, rows, empty=NO_GOALS),))
    earlier = _paid_by_goal(before) if before.paid_parts else {}
    rows = [
        _row(name, paid, earlier.get(name)) for name, paid in lines if paid or earlier.get(name)
    ]
    head = _figures_head("KF-mål", now.year, ", kr")
    return Content((), (_table("granska-mal", caption, head, rows, empty=NO_GOALS),))


def _paid_by_goal(rollup) -> dict[str, Decimal | None]:
    return {
        f"{line.key}. {line.name}" if line.key else line.name: line.paid and line.paid.value
        for line in rollup.by_goal
    }


def _partners(case) -> Content:
    rows = [
        _row(label, case.partners.get(sector), case.earlier_partners.get(sector))
        for sector, label in Sector.choices
        if sector in case.partners or sector in case.earlier_partners
    ]
    sums = [sum(side.values()) if side else None for side in (case.partners, case.earlier_partners)]
    table = _table(
        "granska-parter", f"Samverkansparter {case.year} och {case.year - 1}",
        _figures_head("Sektor", case.year), rows, _row("Summa", *sums) if rows else (),
        empty=f"Uppgift om samverkansparter saknas för {case.year}.",
    )  # fmt: skip
    return Content((), (table,))


def _activities(case, last) -> Content:
    rows = case.submission.activities.all()
    known = {item.title for item in last.activities}
    table = _table(
        "granska-aktiviteter",
        f"Aktiviteter {case.year}",
        map(Cell, ("När", "Slag", "Vad", "Plats", "Tillsammans med", f"Jämfört med {last.year}")),
        (
            (
                Cell(formats.date_as_known(row.happened_on, row.precision)),
                Cell(row.get_kind_display()),
                Cell(row.title),
                Cell(row.place),
                Cell(row.partner),
                Cell("fanns även då" if row.title in known else "nytt"),
            )
            for row in rows
        ),
        empty="Inga aktiviteter är redovisade.",
    )
    before = f"{last.year} redovisades {formats.count_word(len(last.activities), neuter=False)} "
    before += "aktivitet." if len(last.activities) == 1 else "aktiviteter."
    networks = {row.network.name for row in case.memberships}
    lists = tuple(
        (heading, tuple(sorted(names, key=sort_key)))
        for heading, names in (
            ("Nätverk, som förra året", networks & last.networks),
            ("Nya nätverk", networks - last.networks),
            (f"Nätverk {last.year} men inte {case.year}", last.networks - networks),
        )
        if names
    )
    return Content((before,) if last.handed_in else (), (table,), lists=lists)


# --- Texts ---------------------------------------------------------------------------------------


def _answer(case, question) -> Content:
    answer, earlier = (
        case.answers.get(question.number),
        case.earlier_answers.get(question.number),
    )
    if answer and answer.nothing_to_report:
        said = f"Inget att rapportera. {answer.reason}".strip()
        return Content((f"{said} Intygat av {answer.signed_by}.",), passages=_only_before(earlier))
    text = answer.text if answer else ""
    if richtext.is_blank(text):
        return Content(("Frågan är inte besvarad.",), passages=_only_before(earlier))
    before = earlier.text if earlier else ""
    year = str(earlier.submission.year) if earlier else ""
    return Content(passages=(passage("", text, before, year),))


def _only_before(earlier) -> tuple[Passage, ...]:
    if earlier is None or richtext.is_blank(earlier.text):
        return ()
    return (Passage("", "", earlier.text, str(earlier.submission.year)),)


def passage(heading: str, text: str, before: str, year: str) -> Passage:
    """A text with its state beside `before`, which stood there in `year`; no year, no state."""
    if not year:
        return Passage(heading, text)
    if richtext.is_blank(before):
        return Passage(heading, text, "", year, "Nytt")
    state = "Oförändrat" if text.strip() == before.strip() else "Ändrat"
    return Passage(heading, text, before, year, state)


def _memo(case, last) -> Content:
    if case.memo is None:
        return Content(("Tjänsteskrivelsen är inte påbörjad.",))
    memo = case.memo
    head = [memo.title]
    head += [formats.long_date(memo.dated)] if memo.dated else []
    head += [f"diarienummer {memo.diary_number}"] if memo.diary_number else []
    before = dict(_memo_texts(last.memo)) if last.memo else {}
    year = str(last.year) if last.memo else ""
    decisions = tuple(row.text for row in memo.lines.all() if row.list == row.List.DECISION)
    return Content(
        (f"{', '.join(head)}.",),
        passages=tuple(
            passage(name, text, before.get(name, ""), year) for name, text in _memo_texts(memo)
        ),
        lists=(("Förslag till beslut", decisions),) if decisions else (),
    )


def _memo_texts(memo) -> Iterator[tuple[str, str]]:
    """(name, text) of what is written, in the order of the memo."""
    if not richtext.is_blank(memo.summary):
        yield "Sammanfattning", memo.summary
    order = list(MemoSection.Key)
    for section in sorted(memo.sections.all(), key=lambda item: order.index(item.key)):
        if not richtext.is_blank(section.text):
            yield section.get_key_display(), section.text
