"""The bridge of the money: what is behind the change in EU money paid out (`reports.bridge`)."""

from decimal import Decimal

from malmo_intl import formats
from malmo_intl.formats import Amount
from reports.addresses import of_figure
from reports.behind import Cut
from reports.bridge import Kind, MoneyBridge
from reports.compose.changes import UNNAMED, bars
from reports.compose.parts import paragraph
from reports.document import Chart, Column, Grid, Notice, Section
from reports.figures import plain


def money(bridge: MoneyBridge) -> Section:
    """Text, bars and table of the change in EU money paid out."""
    before, after = bridge.year - 1, bridge.year
    key, heading = "bryggan-medel", f"Utbetalda EU-medel, från {before} till {after}"
    if bridge.difference is None:
        year = before if bridge.before is None else after
        words = f"Utbetalda EU-medel {year} är inte kända, så förändringen går inte att räkna."
        return Section(key, heading, (Notice(words, "missing"),))
    by_project = (projects(bridge),) if bridge.steps else ()
    return Section(
        key,
        heading,
        (
            paragraph(money_lead(bridge), money_coverage(bridge)),
            *money_chart(bridge),
            *((money_steps(bridge),) if bridge.known else ()),
            *by_project,
        ),
    )


def money_lead(bridge: MoneyBridge) -> str:
    """ "Från cirka 41 miljoner kronor till cirka 43 miljoner kronor: cirka 2 miljoner kronor mer." """
    told = f"Från {_in_words(bridge.before)} till {_in_words(bridge.after)}"
    change = bridge.difference
    if not change.value:
        return f"{told}: lika mycket."
    size = Amount(abs(change.value), change.qualifier, change.step)
    return f"{told}: {_in_words(size)} {'mer' if change.value > 0 else 'mindre'}."


def _in_words(amount: Amount) -> str:
    return f"{formats.number(amount.value)} kronor" if amount.exact else formats.in_words(amount)


def money_coverage(bridge: MoneyBridge) -> str:
    """What part of it has a project behind it."""
    if not bridge.known:
        return " ".join(
            filter(
                None, ("Ingen del av förändringen går att visa per projekt.", _known_year(bridge))
            )
        )
    if bridge.unnamed.value:
        return (
            f"{formats.kronor(bridge.named)} av förändringen går att visa per projekt, "
            f"{formats.kronor(bridge.unnamed)} inte."
        )
    return "Hela förändringen går att visa per projekt."


def _known_year(bridge: MoneyBridge) -> str:
    """Which of the years has amounts by project, and how much they are together."""
    said = []
    for year, amounts in (
        (bridge.year - 1, [step.before for step in bridge.steps if step.before is not None]),
        (bridge.year, [step.after for step in bridge.steps if step.after is not None]),
    ):
        if amounts:
            said.append(
                f"För {year} har {formats.count_word(len(amounts))} projekt belopp i systemet, tillsammans "
                f"{formats.kronor(sum(amounts, Decimal(0)))}."
            )
        else:
            said.append(f"För {year} finns inga belopp per projekt.")
    return " ".join(said)


_WORDS = {
    Kind.NEW: "Nya projekt",
    Kind.MORE: "Projekt som har fått mer",
    Kind.LESS: "Projekt som har fått mindre",
    Kind.ENDED: "Projekt som inte har fått något",
}


def _money_steps(bridge: MoneyBridge):
    for kind, label in _WORDS.items():
        if steps := bridge.of(kind):
            yield label, sum((step.change for step in steps), Decimal(0))
    if bridge.unnamed.value:
        yield UNNAMED, plain(bridge.unnamed, "kr")


def money_steps(bridge: MoneyBridge) -> Grid:
    before, after = bridge.year - 1, bridge.year
    return Grid(
        key="brygga-medel",
        caption=f"Från {before} till {after}: utbetalda EU-medel, steg för steg, kronor",
        short="Brygga medel",
        columns=(Column("steg", "Steg", share=5), Column("belopp", "Belopp", "kr", True, share=2)),
        rows=((f"Utbetalt {before}", plain(bridge.before, "kr")), *_money_steps(bridge)),
        total=(f"Utbetalt {after}", plain(bridge.after, "kr")),
        total_addresses=("", of_figure(after, "paid")),
    )


def money_chart(bridge: MoneyBridge) -> tuple[Chart, ...]:
    """None when no step has a name: there is nothing to see."""
    if not bridge.known:
        return ()
    said = formats.join_words(
        f"{label.lower()} {formats.kronor(step)}" for label, step in _money_steps(bridge)
    )
    chart = Chart(
        "diagram-brygga-medel",
        money_lead(bridge).rstrip("."),
        f"{money_lead(bridge)} Stegen är: {said}. Tabellen har samma värden."
        if said
        else money_lead(bridge),
        "kr",
        bars(bridge.year - 1, bridge.before, _money_steps(bridge), bridge.year, bridge.after),
        "brygga-medel",
    )
    return (chart,)


def projects(bridge: MoneyBridge) -> Grid:
    """Each project with both years; a change is told only where both are known."""
    before, after = bridge.year - 1, bridge.year
    words = {
        Kind.NEW: "Ny",
        Kind.ENDED: f"Ingen utbetalning {after}",
        Kind.UNKNOWN_BEFORE: f"Uppgift saknas för {before}",
        Kind.UNKNOWN_AFTER: f"Uppgift saknas för {after}",
    }
    return Grid(
        key="brygga-medel-projekt",
        caption=f"Utbetalda EU-medel {before} och {after} per projekt, kronor",
        short="Brygga projekt",
        columns=(
            Column("projekt", "Projekt", share=5),
            Column("fore", str(before), "kr", _sum(bridge, "before") is not None, share=3),
            Column("efter", str(after), "kr", _sum(bridge, "after") is not None, share=3),
            Column("andring", "Förändring", "kr", bool(bridge.known), share=3),
            Column("vad", "Vad som har hänt", share=4),
        ),
        rows=tuple(
            (
                step.project,
                _amount(step, "before"),
                _amount(step, "after"),
                step.change,
                words.get(step.kind, step.kind.value),
            )
            for step in bridge.steps
        ),
        total=("Summa", _sum(bridge, "before"), _sum(bridge, "after"), _change(bridge), ""),
        addresses=tuple(
            ("", "", of_figure(after, "paid", Cut(project=step.slug)), "", "")
            if step.after is not None
            else ("",) * 5
            for step in bridge.steps
        ),
        total_addresses=("", "", of_figure(after, "paid"), "", ""),
    )


def _sum(bridge: MoneyBridge, name) -> Decimal | None:
    """Of what is known; None when nothing is."""
    known = [value for step in bridge.steps if (value := _amount(step, name)) is not None]
    return sum(known, Decimal(0)) if known else None


def _change(bridge: MoneyBridge) -> Decimal | None:
    return bridge.named if bridge.known else None


def _amount(step, name):
    """Nothing was paid where the other year is known: 0, not missing (counting rule 4)."""
    value = getattr(step, name)
    return value if value is not None or step.is_unknown else Decimal(0)
