"""The data-quality box: who is missing and how full the data is. Generated, never typed."""

from malmo_intl import formats
from reports.compose.grids import ANSWERS
from reports.compose.parts import paragraph
from reports.document import Column, Grid, Notice, Points, SumOf
from reports.rollup import Rollup
from reports.rules import AnswerState


def blocks(rollup: Rollup):
    """What a document says of the year's data."""
    if rollup.submissions and rollup.facts.questions:
        states = rollup.states()
        yield paragraph(states_sentence(states))
        yield states_grid(rollup, states)
    elif not rollup.submissions:
        yield Notice(f"För {rollup.year} finns inga redovisningar från förvaltningarna i systemet.")
    found = tuple(remarks(rollup))
    if found:
        yield Points(found)


def states_sentence(states) -> str:
    """ "72 svar väntades: 59 har lämnats, 6 har inte kommit in och 2 saknar text." """
    expected = sum(states.values())
    if states[AnswerState.ANSWERED] == expected:
        return f"Alla {formats.count_word(expected)} svar har lämnats."
    told = (
        (AnswerState.ANSWERED, "har lämnats"),
        (AnswerState.NOTHING, "säger att det inte finns något att rapportera"),
        (AnswerState.NOT_RECEIVED, "har inte kommit in"),
        (AnswerState.EMPTY, "saknar text"),
    )
    said = [f"{formats.number(states[state])} {words}" for state, words in told if states[state]]
    return f"{formats.number(expected)} svar väntades: {formats.join_words(said)}."


def states_grid(rollup: Rollup, states) -> Grid:
    return Grid(
        key="svar-per-namnd",
        caption=f"Svar per nämnd {rollup.year}",
        columns=(
            Column("namnd", "Nämnd", share=5),
            *(
                Column(
                    state.name.lower(),
                    state.value,
                    "count",
                    True,
                    SumOf(ANSWERS, "antal", "namnd", only=("lage", state.value)),
                    share=2,
                )
                for state in AnswerState
            ),
        ),
        rows=tuple(
            (
                rollup.facts.administration(submission.administration).board_name,
                *rollup.states([submission]).values(),
            )
            for submission in rollup.submissions
        ),
        total=("Summa", *states.values()),
    )


def remarks(rollup: Rollup):
    """One sentence a gap."""
    not_asked = [formats.in_sentence(item.board_name) for item in rollup.not_asked]
    if not_asked and rollup.submissions:
        yield (
            "Har inget eget kapitel, fast nämnden fanns under året: "
            f"{formats.join_words(not_asked)}."
        )
    silent = [
        formats.in_sentence(rollup.facts.administration(item.administration).name)
        for item in rollup.submissions
        if not item.received
    ]
    if silent:
        yield f"Har inte lämnat in: {formats.join_words(silent)}."
    if rollup.without_fund:
        number = len({part.project.slug for part in rollup.without_fund})
        yield (
            f"{formats.number(number)} projekt saknar uppgift om fond och räknas därför inte som "
            "EU-projekt."
        )
    if rollup.unpaid_parts:
        yield (
            f"För {formats.number(len(rollup.unpaid_parts))} medverkanden i EU-projekt saknas uppgift om "
            "vad som betalats ut."
        )
