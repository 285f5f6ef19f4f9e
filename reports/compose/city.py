"""Stadens tjänsteskrivelse: the memo on which KSAU, KS and KF decide the city's year."""

from malmo_intl import formats
from malmo_intl.formats import Amount
from reports import prose
from reports.bridge import bridge
from reports.compose import changes, grids, parts, versions
from reports.compose.marks import live, with_marks, words
from reports.document import Bar, Chart, Document, Grid, Notice, Section
from reports.facts import MemoFact
from reports.figures import figures
from reports.live import Live
from reports.reading.tables import unlike_totals
from reports.rollup import Rollup

SENDER = "Stadskontoret"
KEY_FIGURES = ("eu_projects", "owned", "partnered", "paid", "partners")


def compose(rollup: Rollup, memo: MemoFact, draft: bool = True) -> Document:
    """The city's memo of the year; `rollup` is the whole city's."""
    figures_now = Live(rollup)
    memo = prose.fill_memo(memo, figures_now)
    texts = memo.sections.get
    sections = [
        *parts.decision(memo),
        parts.text("arendet", "Ärendet", texts("case", "")),
        _work(rollup, texts("work", "")),
        _money(rollup),
        _goals(rollup),
        _funds(rollup, texts("financing", "")),
        parts.text("exempel", "Exempel från förvaltningarna", texts("examples", "")),
        parts.text("bedomning", "Stadskontorets bedömning", texts("assessment", "")),
        *versions.section(rollup),
        *parts.signatories(memo),
    ]
    document = Document(
        kind="stad",
        identity=f"stad-{rollup.year}",
        head=parts.memo_head(memo, SENDER, rollup.year),
        sections=tuple(section for section in sections if section),
        figures=figures(rollup, *KEY_FIGURES, "project_value", "smallest_budget", "largest_budget"),
        appendix=(grids.projects(rollup, rollup.parts), grids.raw(rollup)),
        draft=draft,
    )
    return with_marks(document, figures_now)


def _work(rollup, html):
    return parts.text(
        "internationellt-arbete",
        "Förvaltningarnas internationella arbete",
        html,
        parts.told(counts_told(rollup), parts.escape(change_sentence(rollup)), budget_told(rollup)),
        grids.projects_by_administration(rollup),
        *coverage_notice(rollup),
    )


def counts_sentence(rollup) -> str:
    return words(counts_told(rollup))


def counts_told(rollup) -> str:
    """How many participations, by role, and the year before (counting rules 1 and 9)."""
    comparison = rollup.figure("eu_projects")
    total, owned, partnered = (
        rollup.figure(name).shown for name in ("eu_projects", "owned", "partnered")
    )
    if total is None:
        return f"Antalet EU-projekt {rollup.year} är inte känt."
    said = live("eu-projekt", formats.amount(total))
    sentence = f"Under {rollup.year} redovisade förvaltningarna medverkan i {said} EU-projekt"
    if not total.value:
        sentence = (
            f"Förvaltningarna har inte redovisat medverkan i något EU-projekt under {rollup.year}"
        )
    elif owned and partnered and owned.value + partnered.value == total.value:
        sentence += f", {live('ägda-projekt', formats.amount(owned))} som projektägare"
        sentence += f" och {live('partnerprojekt', formats.amount(partnered))} som projektpart"
    sentence = f"{sentence}.{parts.escape(_earlier(comparison, formats.amount))}"
    before = rollup.figure_before("eu_projects")
    if before.shown is None:
        return sentence
    said = live("eu-projekt-året-innan", formats.amount(before.shown))
    return f"{sentence} Året före var det {said}.{parts.escape(_today(before, formats.amount))}"


def _earlier(comparison, show) -> str:
    """What a corrected year said before its new version, and why it was corrected (counting rule 9)."""
    if not (comparison.corrected and comparison.differs):
        return ""
    return (
        f" Siffran är rättad. Tidigare publicerades {show(comparison.published)}."
        f"{_reason(comparison)}"
    )


def _today(before, show) -> str:
    """What the year before was corrected to after it was published, and why (counting rule 9)."""
    if not (before.corrected and before.differs):
        return ""
    return f" Siffran har rättats sedan den publicerades och är i dag {show(before.today)}.{_reason(before)}"


def change_sentence(rollup) -> str:
    """The names behind the change, and what cannot be named."""
    return changes.sentence(bridge(rollup))


def budget_told(rollup) -> str:
    smallest, largest = (
        rollup.figure(name).shown for name in ("smallest_budget", "largest_budget")
    )
    if smallest is None or largest is None:
        return ""
    return (
        f"Projektens budgetar sträcker sig från {live('minsta-budget', formats.number(smallest.value))} "
        f"till {live('största-budget', formats.number(largest.value))} kronor."
    )


def coverage_notice(rollup) -> tuple[Notice, ...]:
    """Says so when the table's rows do not hold all that the published count holds."""
    comparison = rollup.figure("eu_projects")
    published = comparison.published
    counted = Amount.total(line.projects for line in rollup.by_administration)
    if published is None or comparison.corrected or counted.value == published.value:
        return ()
    return (
        Notice(
            f"Publicerat antal är {formats.amount(published)}. I systemet finns uppgift om "
            f"{formats.amount(counted)}, och tabeller och diagram bygger på dem.{_reason(comparison)}"
        ),
    )


def _money(rollup):
    grid = grids.money_by_administration(rollup)
    return Section(
        "medel-per-forvaltning-avsnitt",
        f"Utbetalda EU-medel {rollup.year} per förvaltning",
        (
            parts.told(paid_told(rollup)),
            *with_bars(grid),
            *money_coverage_notice(rollup),
        ),
    )


def paid_sentence(rollup) -> str:
    return words(paid_told(rollup))


def paid_told(rollup) -> str:
    """What was paid, and the year before (counting rule 9)."""
    comparison, before = rollup.figure("paid"), rollup.figure_before("paid")
    now = comparison.shown
    if now is None:
        return f"Uppgift om utbetalda EU-medel {rollup.year} saknas."
    sentence = (
        f"Under {rollup.year} betalades {live('utbetalt', in_words(now))} i EU-medel ut till stadens "
        f"förvaltningar.{parts.escape(_earlier(comparison, in_words))}"
    )
    if not before.shown:
        return sentence
    said = live("utbetalt-året-innan", in_words(before.shown))
    return f"{sentence} Året före var det {said}.{parts.escape(_today(before, in_words))}"


def in_words(amount: Amount) -> str:
    """For running text: "cirka 43 miljoner kronor" where rough, digits where exact."""
    return f"{formats.number(amount.value)} kronor" if amount.exact else formats.in_words(amount)


def money_coverage_notice(rollup) -> tuple[Notice, ...]:
    """Says so when the rows hold another sum than the published one (counting rule 9)."""
    comparison = rollup.figure("paid")
    total = rollup.total_by_administration
    if comparison.published is None or comparison.corrected or not rollup.rows:
        return ()
    if total.value == comparison.published.value:
        return ()
    return (
        Notice(
            f"Publicerad summa är {in_words(comparison.published)}. Beloppen i systemet är tillsammans "
            f"{formats.kronor(total)}.{_reason(comparison)}"
        ),
    )


def _reason(comparison) -> str:
    return f" {comparison.reason}" if comparison.reason else ""


def _goals(rollup):
    grid = grids.by_goal(rollup)
    return Section(
        "medel-per-mal-avsnitt",
        f"Utbetalda EU-medel {rollup.year} per kommunfullmäktigemål",
        (*with_bars(grid), *reconciliation(rollup)),
    )


def reconciliation(rollup) -> tuple[Notice, ...]:
    """One line where the table by administration and the one by goal have different totals."""
    sentence = unlike_totals(rollup)
    return (Notice(sentence),) if sentence else ()


def _funds(rollup, html):
    money = with_bars(grids.by_fund(rollup)) if rollup.by_fund else ()
    return parts.text("fonder", "Fonder och medfinansiering", html, *money)


def with_bars(grid: Grid) -> tuple[Chart | Grid, ...]:
    """A table of money by administration, goal or fund, below its bars."""
    return (*money_chart(grid), grid)


def money_chart(grid: Grid) -> tuple[Chart, ...]:
    by = grid.key.removeprefix("medel-")
    return chart(grid, f"diagram-medel-{by}", "kr", "ger mest" if by == "per-fond" else "får mest")


def chart(grid, key, unit, most, of="") -> tuple[Chart, ...]:
    """Bars over the rows that have something, largest first; none when there are fewer than two.

    `most` is the finding's verb: "Miljöförvaltningen får mest: cirka 15 miljoner kronor". `of` is the
    column; without it the first that is summed.
    """
    columns = enumerate(grid.columns)
    at = next(index for index, column in columns if (column.key == of if of else column.total))
    bars = sorted(
        (Bar(row[0], row[at]) for row in grid.rows if row[at] is not None and size(row[at]) > 0),
        key=lambda bar: -size(bar.value),
    )
    if len(bars) < 2:
        return ()
    show = formats.in_words if unit == "kr" else formats.amount
    finding = f"{bars[0].label} {most}: {show(bars[0].value)}"
    sentence = (
        f"{finding}. {bars[-1].label} har minst av de {formats.count_word(len(bars))} i diagrammet: "
        f"{show(bars[-1].value)}. Tabellen har samma värden."
    )
    return (Chart(key, finding, sentence, unit, tuple(bars), grid.key),)


def size(value):
    """The number behind a value, exact or rough."""
    return value.value if isinstance(value, Amount) else value
