"""Tables of the year that do not say the same, found in the figures themselves."""

from collections.abc import Iterator

from malmo_intl import formats
from malmo_intl.formats import Amount
from reports.rollup import Rollup
from reports.rules import explains


def unlike_totals(rollup: Rollup) -> str:
    """Where the table by administration and the one by goal have different totals; "" where they have not.

    Says whether rounding of the printed sums can explain it (counting rule 7).
    """
    ours, theirs = rollup.total_by_administration, rollup.total_by_goal
    difference = abs(ours.value - theirs.value)
    if not difference:
        return ""
    rounded = [line.paid for line in rollup.by_administration if line.paid is not None]
    why = (
        "Skillnaden ryms i avrundningen av beloppen per förvaltning."
        if explains(difference, rounded)
        else "Skillnaden är större än avrundningen kan förklara."
    )
    return (
        f"Tabellen per förvaltning summerar till {formats.kronor(Amount(ours.value, ours.qualifier))} "
        f"och tabellen per mål till {formats.kronor(theirs)}. Det skiljer "
        f"{formats.kronor(difference)}. {why}"
    )


def counted_without_payout(rollup: Rollup) -> Iterator[tuple[str, str]]:
    """(code, sentence) of each administration that has projects in the table, and no sum: nothing, or left out?

    Of printed tables only: where the lines are made of rows, each row that is missing is asked for.
    """
    for line in rollup.by_administration:
        is_printed = line.count is None
        if is_printed and line.paid is None and line.projects and line.projects.value:
            number = formats.count_word(int(line.projects.value))
            yield (
                line.key,
                f"{line.name} har {number} EU-projekt {rollup.year}, men ingen uppgift om vad som betalats ut.",
            )
