"""A number beside the figures: it agrees with one, contradicts one, or nothing is known of it.

Rounding is allowed for: "cirka 43 miljoner" agrees with 43 108 794. A number contradicts a figure only when the
sentence speaks of that very figure by its name, or is a slip of the finger away from it.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from malmo_intl.formats import Amount, round_half_up
from reports.reading import words
from reports.reading.context import Context
from reports.reading.figure import (
    ADMINISTRATION,
    FUND,
    GOAL,
    MEASURE,
    PAID,
    PROJECT,
    SECTOR,
    WITH_MONEY,
    KnownFigure,
)
from reports.reading.numbers import COUNT, KRONOR, PERCENT, Number

# Closer than this share to a figure that is named is that figure, misread or rounded; to any other figure it
# must be closer, for among many sums some are alike.
NEAR, VERY_NEAR = Decimal("0.01"), Decimal("0.001")
# "Drygt 40" is not said of 50, and "minst 40" not of 90.
ABOVE_BY, AT_LEAST_BY = Decimal("1.15"), Decimal("1.6")
# A count as small as this stands in any text, so what is counted must be the same too.
SMALL = 12
# A sum that is shorter stands in any text.
LONG_SUM = 10_000


@dataclass(frozen=True)
class Judgement:
    """`contradicts`: it should have been `figure`. Neither: nothing is known of the number."""

    figure: KnownFigure | None = None
    contradicts: bool = False
    about: str = ""


UNKNOWN = Judgement()


def judge(number: Number, context: Context) -> Judgement:
    if number.high is not None:
        return UNKNOWN
    if number.unit == KRONOR:
        return _money(number, context)
    if number.unit == PERCENT:
        return _measured(number, context)
    if number.unit != COUNT:
        return UNKNOWN
    if number.kind in (words.PROJECTS, words.OWNED, words.PARTNERED):
        return _projects(number, context)
    if not number.noun and context.role(number) in (words.OWNED, words.PARTNERED):
        return _projects(number, context)  # "som ägare i 19 och som part i 35"
    if number.kind in (words.PARTNERS, words.VISITORS):
        return _people(number, context)
    if number.kind is None and not number.noun and number.value >= LONG_SUM:
        return _sum_without_unit(number, context)
    return _measured(number, context)


def agrees(number: Number, known: Amount) -> bool:
    """Whether both may be said of the same: each rounded to the coarser step, and by the word of caution."""
    said, value = number.value, known.value
    if number.is_exact and known.exact:
        return said == value
    caution = number.caution
    if caution in words.ABOVE:
        return said <= value <= said * ABOVE_BY
    if caution in words.AT_LEAST:
        return said <= value <= said * AT_LEAST_BY
    if caution in words.BELOW or caution in words.AT_MOST:
        return said / ABOVE_BY <= value <= said
    step = Decimal(max(number.step, known.step))
    return round_half_up(said, step) == round_half_up(value, step)


# --- Money ----------------------------------------------------------------------------------------


def _money(number, context) -> Judgement:
    figure = _best(_agreeing_sums(number, context), context)
    if figure:
        return Judgement(figure)
    wrong = None if context.is_not_yet else _near(number, context) or _named_sum(number, context)
    return Judgement(wrong, True) if wrong else UNKNOWN


def _agreeing_sums(number, context) -> Iterator[KnownFigure]:
    known = context.known
    if number.is_exact:
        yield from known.by_value.get((KRONOR, number.value), ())
    for figure in _spoken_of(context):
        if figure.unit == KRONOR and agrees(number, figure.value):
            is_whole = not figure.subjects
            if number.is_exact or not is_whole or context.measure in ("", figure.about):
                yield figure


def _spoken_of(context) -> Iterator[KnownFigure]:
    """The figures of the whole, and of what the sentence names."""
    by_subject = context.known.by_subject
    yield from by_subject.get(None, ())
    for subject in context.subjects:
        yield from by_subject.get(subject, ())
    for slug in () if context.projects else context.carried:
        yield from by_subject.get((PROJECT, slug), ())


def _near(number, context) -> KnownFigure | None:
    """The sum that was probably meant: one slip of the finger away, or nearly as much."""
    if not number.is_exact or context.known.year not in context.years:
        return None
    known, said = context.known, number.value
    near = range(
        bisect_left(known.sums, said / (1 + NEAR)), bisect_right(known.sums, said / (1 - NEAR))
    )
    slips = set(_slips(f"{said:.0f}", known.digits)) if said >= LONG_SUM else set()
    found = []
    for place in slips.union(near):
        figure = known.payouts[place]
        is_whole = not figure.subjects
        is_named = is_whole or not context.subjects.isdisjoint(figure.subjects)
        if not is_named and (context.projects or not known.administration):
            continue  # another project is named; and a whole city has so many sums that some are always near
        if is_whole and context.projects and place not in slips:
            continue  # of what is told of a project the whole is only meant by a slip
        off = abs(said - figure.value.value)
        if place in slips or off <= figure.value.value * (NEAR if is_named else VERY_NEAR):
            found.append((off, figure))
    return min(found, key=lambda item: item[0])[1] if found else None


def _slips(digits, known) -> Iterator[int]:
    """Places of those that are one slip away: a digit is another, too many or missing, or two have changed places."""
    found = process.extract(digits, known, scorer=OSA.distance, score_cutoff=1, limit=None)
    return (place for _, distance, place in found if distance == 1)


def _named_sum(number, context) -> KnownFigure | None:
    """The figure that the sentence speaks of by name: one project's payout, or the whole."""
    if context.is_item(number) and _is_list_of_payouts(context):
        return _only(context, *context.subjects)
    if context.measure != PAID:
        return None
    if context.projects:
        own = [(PROJECT, slug) for slug in context.projects]
        return _only(context, own[0]) if len(own) == 1 else None
    others = [code for code in context.administrations if code != context.known.administration]
    if others:
        return _only(context, (ADMINISTRATION, others[0])) if len(others) == 1 else None
    has_more = any(kind != ADMINISTRATION for kind, _ in context.subjects)
    if has_more or not (context.is_eu_money and context.is_of_whole):
        return None
    return _only(context, None)


def _is_list_of_payouts(context) -> bool:
    """A bare sum beside a project may be a budget; beside an administration or a goal it is what was paid."""
    ((kind, _),) = context.subjects
    return context.measure == PAID or (not context.measure and kind in (ADMINISTRATION, GOAL))


def _only(context, subject) -> KnownFigure | None:
    """What was paid of `subject` in the only year that the sentence speaks of, if there is one such figure."""
    if len(context.years) != 1:
        return None
    (year,) = context.years
    found = [
        figure
        for figure in context.known.by_subject.get(subject, ())
        if figure.about == PAID
        and figure.year == year
        and (subject is None or subject[0] == PROJECT or len(figure.subjects) == 1)
    ]
    return found[0] if len(found) == 1 else None


def _sum_without_unit(number, context) -> Judgement:
    """ "ca 44 000 000 i stöd": nobody has said of what, so it can agree but not contradict."""
    found = (item for item in _spoken_of(context) if item.unit == KRONOR and item.subjects)
    return Judgement(_best([item for item in found if agrees(number, item.value)], context))


# --- Projects -------------------------------------------------------------------------------------


def _projects(number, context) -> Judgement:
    role = context.role(number)
    whose = context.whose_money if role == WITH_MONEY else context.whose
    figures = _counts(context, whose, role or words.PROJECTS)
    named = {(kind, key) for kind, key in context.subjects if kind == FUND}
    funds = [
        item
        for subject in named
        for item in context.known.by_subject.get(subject, ())
        if item.about == words.PROJECTS
    ]
    agreeing = [item for item in [*figures, *funds] if _may_be(number, item)]
    if agreeing:
        return Judgement(_best(agreeing, context), about=role)
    if not role or whose is False or not figures or context.is_not_yet:
        return Judgement(about=role)
    if named or context.is_of_some(number) or len(context.years) != 1:
        return Judgement(about=role)
    (year,) = context.years
    wrong = [item for item in figures if item.year == year]
    return Judgement(wrong[0], True, role) if wrong else Judgement(about=role)


def _counts(context, whose, role) -> list[KnownFigure]:
    if whose is False:
        return []
    found = context.known.by_subject.get(whose, ())
    return [item for item in found if item.about == role and item.unit == COUNT]


def _may_be(number, figure) -> bool:
    return agrees(number, figure.value) or (not number.caution and int(number.value) in figure.also)


# --- Parties, visitors, and what projects have reached --------------------------------------------


def _people(number, context) -> Judgement:
    """Outside parties and visitors: of the whole, and near enough to be the same figure."""
    figures = [item for item in context.known.by_about[number.kind] if _is_told(item, context)]
    agreeing = [item for item in figures if agrees(number, item.value)]
    if agreeing:
        return Judgement(_best(agreeing, context))
    for figure in figures:
        if figure.year in context.years and not figure.subjects and _is_slip(number, figure):
            return Judgement(figure, True)
    return _measured(number, context)


def _measured(number, context) -> Judgement:
    """Targets and results of the project that the sentence, or the one before it, is about."""
    figures = [
        item
        for slug in context.talked_of
        for item in context.known.by_subject.get((PROJECT, slug), ())
        if item.about == MEASURE and item.unit == number.unit
    ]
    agreeing = [
        item
        for item in figures
        if agrees(number, item.value) and (number.value > SMALL or _is_same_noun(number, item))
    ]
    if agreeing:
        return Judgement(max(agreeing, key=lambda item: _is_same_noun(number, item)))
    slips = [item for item in figures if _is_same_noun(number, item) and _is_slip(number, item)]
    return Judgement(slips[0], True) if len(slips) == 1 else UNKNOWN


def _is_told(figure, context) -> bool:
    """Of the whole, of something that the sentence names, or of a sector, whose name is an ordinary word."""
    return not context.subjects.isdisjoint(figure.subjects) or all(
        kind == SECTOR for kind, _ in figure.subjects
    )


def _is_slip(number, figure) -> bool:
    """One slip of the finger away: two digits changed places, or one is another; of three or more."""
    said, value = f"{number.value:.0f}", f"{figure.value.value:.0f}"
    is_long = min(len(said), len(value)) >= 3 and number.is_exact and figure.value.exact
    return is_long and len(said) == len(value) and OSA.distance(said, value, score_cutoff=1) == 1


def _is_same_noun(number, figure) -> bool:
    return bool(number.noun) and words.stem(number.noun) in map(words.stem, figure.noun.split())


# --- Which of several -----------------------------------------------------------------------------


def _best(figures: Iterable[KnownFigure], context) -> KnownFigure | None:
    """The one that the sentence most likely speaks of."""

    def fits(figure):
        named = not context.subjects.isdisjoint(figure.subjects)
        return (
            named,
            bool(figure.subjects) == bool(context.projects),
            figure.about == context.measure,
            figure.year in context.years,
            bool(figure.name),
            figure.year == context.known.year,
        )

    return max(figures, key=fits, default=None)


__all__ = ["WITH_MONEY", "Judgement", "agrees", "judge"]
