"""Every number of a text with what the figures say of it: what the editor marks and the checks ask about."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reports import naming
from reports.reading import telling
from reports.reading.blocks import Block, blocks
from reports.reading.context import Context
from reports.reading.judging import UNKNOWN, Judgement, judge
from reports.reading.known import Known
from reports.reading.numbers import COUNT, Number, has_digits, in_letters, numbers


class State(StrEnum):
    LIVE = "live"
    OWN = "own"
    AGREES = "agrees"
    CONTRADICTS = "contradicts"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Reading:
    """A number in a text. `block`, `start` and `end` say where, as the editor counts: the block's number among the
    blocks of text, and offsets in it. `mark`: the live figure that would say the same, "" if none. `label`: the
    figure's name. `sentence`: what does not agree, in plain Swedish.

    `value` is in whole units of `unit`, None for a live figure; `about` says which count of projects it is (see
    `Context.role`), and `right` what the figure is.
    """

    block: int
    start: int
    end: int
    text: str
    state: State
    mark: str = ""
    label: str = ""
    sentence: str = ""
    value: Decimal | None = None
    about: str = ""
    right: Decimal | None = None
    unit: str = ""
    name: str = ""  # of the figure, as a live one


def readings(html: str, known: Known) -> list[Reading]:
    """All numbers of cleaned prose, in order. `html` holds live figures and own numbers as elements."""
    found: list[Reading] = []
    title = last = ""  # the project of the section, and the one that was named last
    for block in blocks(html):
        if block.is_heading:
            title = last = ""
        for start, sentence in block.sentences:
            said = naming.words(sentence)
            places = list(known.names.places(sentence, said))
            counts = in_letters(said)
            has_numbers = counts or has_digits(sentence) or block.live
            if not (places or has_numbers):
                continue
            context = Context(sentence, known, tuple(filter(None, (title, last))), places)
            if has_numbers:
                found += _read(block, start, context, counts)
            if context.projects:
                last = context.projects[-1]
                title = last if context.is_title else title
    return found


def _read(block: Block, start, context, counts) -> list[Reading]:
    end = start + len(context.text)
    here = [_live(block, at, context.known) for at in block.live if start <= at < end]
    names = [(first, last) for first, last, _ in context.places]
    for number in numbers(context.text, names, counts):
        if not (block.is_heading and number.start == 0 and number.unit == COUNT):  # its own number
            here.append(_reading(block, start, number, context))
    return sorted(here, key=lambda item: item.start)


def _live(block, at, known) -> Reading:
    mark, said = block.live[at]
    figure = known.live.get(mark.partition(" ")[0])
    place = block.place(at)
    return Reading(
        block.number, place, place + 1, said, State.LIVE, mark, figure.label if figure else ""
    )


def _reading(block, offset, number: Number, context) -> Reading:
    start, end = offset + number.start, offset + number.end
    if any(first < end and start < last for first, last in block.own):
        return _placed(block, start, end, number, State.OWN, UNKNOWN, context)
    judgement = judge(number, context)
    state = State.UNKNOWN
    if judgement.figure:
        state = State.CONTRADICTS if judgement.contradicts else State.AGREES
    return _placed(block, start, end, number, state, judgement, context)


def _placed(block, start, end, number, state, judgement: Judgement, context) -> Reading:
    figure, known = judgement.figure, context.known
    is_wrong = state is State.CONTRADICTS
    return Reading(
        block=block.number,
        start=block.place(start),
        end=block.place(end),
        text=number.text,
        state=state,
        mark=telling.mark(number, figure, known) if state is State.AGREES else "",
        label=figure.label if figure else "",
        sentence=telling.sentence(number, figure, context.described(number), known)
        if is_wrong
        else "",
        value=number.value,
        about=judgement.about or (number.kind or ""),
        right=figure.value.value if figure else None,
        unit=number.unit,
        name=figure.name if figure else "",
    )


def contradictions(html: str, known: Known) -> Iterator[Reading]:
    return (item for item in readings(html, known) if item.state is State.CONTRADICTS)
