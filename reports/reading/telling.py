"""What is said of a number: the live figure that would say the same, and the sentence when it is wrong."""

import re

from malmo_intl import formats
from malmo_intl.formats import count_word, in_sentence, join_words, kronor
from reports import prose
from reports.reading import words
from reports.reading.figure import ADMINISTRATION, MEASURE, PAID, WITH_MONEY, KnownFigure
from reports.reading.known import Known
from reports.reading.numbers import KRONOR, PERCENT, Number

_DOES = {
    words.PROJECTS: "är {who} med i",
    words.OWNED: "äger {who}",
    words.PARTNERED: "är {who} part i",
}


def mark(number: Number, figure: KnownFigure, known: Known) -> str:
    """The live figure that would be written with the same digits or the same word; "" if there is none."""
    item = known.live.get(figure.name) if figure.name else None
    for choice in prose.choices(item, figure.name) if item else ():
        text = choice.text
        same = (
            _digits(text) == number.digits if number.digits else _last(text) == _last(number.text)
        )
        if same and (number.unit != KRONOR or _scale(text) == _scale(number.text)):
            return choice.mark
    return ""


def _digits(text) -> str:
    return re.sub(r"\D", "", text)


def _last(text) -> str:
    return text.casefold().split()[-1]


def _scale(text) -> str:
    """ "miljoner" and "mkr" say the same; "kronor" and "SEK" too."""
    text = text.casefold()
    if "miljon" in text or "mkr" in text or "mnkr" in text:
        return "miljoner"
    return "tkr" if "tkr" in text or "tusen" in text else ""


def sentence(number: Number, figure: KnownFigure, described: str, known: Known) -> str:
    """What stands, and what the figures say: "Här står …, men …". `described`: the words from the number to its
    noun."""
    said = " ".join(number.text.split())
    if number.unit == KRONOR:
        return f"Här står {said}, men {_sum(figure)} är {_kronor(figure.value)}."
    if figure.about in _DOES:
        who = _who(figure, known)
        is_every = figure.every is not None and "EU" not in f"{number.noun} {described}"
        right = count_word(figure.every if is_every else int(figure.value.value))
        return f"Här står ”{said} {_noun(number)}”, men enligt uppgifterna {_DOES[figure.about].format(who=who)} {right} {figure.year}."
    if figure.about == WITH_MONEY:
        return f"Här står ”{said} {_noun(number)}”, men enligt uppgifterna {_paid(figure, known)}"
    value = (
        formats.percent(figure.value.value)
        if number.unit == PERCENT
        else formats.amount(figure.value)
    )
    noun = f" {number.noun}" if number.noun else ""
    told = figure.label if figure.about == MEASURE else f"{figure.label} {figure.year}"
    return f"Här står ”{said}{noun}”, men i uppgifterna står {value} ({in_sentence(told)})."


def _kronor(value) -> str:
    return f"{formats.number(value.value)} kronor" if value.exact else kronor(value)


def _sum(figure) -> str:
    if figure.about == PAID and not figure.subjects:
        return f"summan av utbetalda EU-medel {figure.year}"
    label = in_sentence(figure.label)
    return label if str(figure.year) in label or figure.about != PAID else f"{label} {figure.year}"


def _who(figure, known) -> str:
    code = next((key for kind, key in figure.subjects if kind == ADMINISTRATION), "")
    if code:
        return known.called.get((ADMINISTRATION, code), code)
    return "ni" if known.administration else "förvaltningarna"


def _noun(number) -> str:
    return number.noun or "projekt"


def _paid(figure, known) -> str:
    """Which projects got money, and which have a row of 0: they are the ones that are easily counted too."""
    count = count_word(int(figure.value.value))
    told = f"har pengar betalats ut till {count} projekt {figure.year}."
    if not known.unpaid:
        return told
    return f"{told} {join_words(known.unpaid)} har 0 kronor."
