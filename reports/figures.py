"""Every named figure: what it is called, what it counts, which rule is behind it. No Django."""

from dataclasses import dataclass
from decimal import Decimal

from malmo_intl.formats import Amount, amount, kronor
from reports import addresses
from reports.behind import Cut
from reports.document import Figure, Unit, Value
from reports.rollup import Rollup
from reports.rules import RULES


@dataclass(frozen=True)
class Definition:
    """`rule` is the counting rule that decides the figure, `also` those that it rests on; `meaning` says
    in a sentence what it counts, and `rounding` how exact it is."""

    label: str
    unit: Unit
    rule: int
    noun: str = ""
    meaning: str = ""
    rounding: str = "Antal avrundas inte."
    also: tuple[int, ...] = ()

    @property
    def heading(self) -> str:
        """The label by itself: "EU-projekt som projektägare"."""
        return f"{self.noun} {self.label}" if self.label[0].islower() else self.label


_KRONOR = "Hela kronor. En siffra som har tryckts avrundad visas med ”ca” och så noga som den har tryckts."

FIGURES = {
    "eu_projects": Definition(
        "Medverkan i EU-projekt",
        "count",
        1,
        "EU-projekt",
        "Hur många gånger en förvaltning deltog i ett EU-projekt under året, som ägare eller part. Ett "
        "projekt räknas en gång för varje förvaltning som deltar.",
        also=(2, 3),
    ),
    "owned": Definition(
        "som projektägare",
        "count",
        1,
        "EU-projekt",
        "Hur många av medverkandena där förvaltningen äger projektet.",
        also=(2, 3),
    ),
    "partnered": Definition(
        "som projektpart",
        "count",
        1,
        "EU-projekt",
        "Hur många av medverkandena där någon annan äger projektet.",
        also=(2, 3),
    ),
    "unique_projects": Definition(
        "Unika EU-projekt",
        "count",
        1,
        "EU-projekt",
        "Hur många olika EU-projekt staden deltog i. Ett projekt räknas en gång, hur många förvaltningar som "
        "än deltar.",
        also=(2, 3),
    ),
    "paid": Definition(
        "Utbetalda EU-medel",
        "kr",
        4,
        meaning="Pengar från EU:s fonder och program som betalades ut till stadens förvaltningar under året. "
        "Det är inte vad projekten har beviljats eller kostar.",
        rounding=_KRONOR,
        also=(2, 3, 5, 6),
    ),
    "project_value": Definition(
        "Projektens samlade värde",
        "kr",
        5,
        meaning="Projektens budgetar tillsammans, också andras delar av dem.",
        rounding=_KRONOR,
    ),
    "partners": Definition(
        "Externa samverkansparter",
        "count",
        4,
        "parter",
        "Organisationer utanför staden som förvaltningarna har arbetat med under året.",
    ),
    "visitors": Definition(
        "Internationella besökare",
        "count",
        7,
        "personer",
        "Personer från andra länder som har tagits emot på studiebesök.",
    ),
    "smallest_budget": Definition(
        "Minsta projektbudget",
        "kr",
        5,
        meaning="Den minsta av projektens budgetar.",
        rounding=_KRONOR,
    ),
    "largest_budget": Definition(
        "Största projektbudget",
        "kr",
        5,
        meaning="Den största av projektens budgetar.",
        rounding=_KRONOR,
    ),
}


def figure(rollup: Rollup, name: str) -> Figure:
    """The figure `name` of the year with the year before beside it. KeyError for an unknown name.

    Its value is the published one where there is one (counting rule 9); the note then tells what the
    rows say today. A year that is corrected shows today's, and the note tells what was published. Both
    None when nobody has said.
    """
    definition = FIGURES[name]
    now, before = rollup.figure(name), rollup.figure_before(name)
    return Figure(
        name=name,
        label=definition.heading,
        value=plain(now.shown, definition.unit),
        unit=definition.unit,
        noun=definition.noun,
        previous=plain(before.shown, definition.unit),
        previous_year=rollup.year - 1 if before.shown is not None else None,
        rule=RULES[definition.rule],
        note=" ".join(
            filter(
                None,
                (_note(now, definition.unit), _note_before(rollup, before, definition.unit)),
            )
        ),
        address=addresses.of_figure(rollup.year, name, Cut(rollup.only)),
    )


def figures(rollup: Rollup, *names: str) -> tuple[Figure, ...]:
    """Those of `names` that somebody has said something about."""
    found = (figure(rollup, name) for name in names)
    return tuple(item for item in found if item.value is not None or item.previous is not None)


def plain(value: Amount | None, unit: Unit) -> Value:
    """An exact count as int and exact kronor as Decimal; what is rough stays an Amount."""
    if value is None or not value.exact:
        return value
    return int(value.value) if unit == "count" else Decimal(value.value)


def _note(comparison, unit) -> str:
    if not comparison.differs:
        return ""
    show = kronor if unit == "kr" else amount
    if comparison.corrected:
        said = f"Rättad siffra. Tidigare publicerad: {show(comparison.published)}."
    else:
        said = f"Publicerad siffra. Räknat på projektens egna uppgifter blir det i dag {show(comparison.today)}."
    return f"{said} {comparison.reason}".strip()


def _note_before(rollup, comparison, unit) -> str:
    """The year before has been corrected since it was published: published, today and the reason."""
    if not (comparison.corrected and comparison.differs):
        return ""
    show = kronor if unit == "kr" else amount
    return (
        f"Siffran för {rollup.year - 1} är den som publicerades, {show(comparison.published)}. "
        f"I dag är den {show(comparison.today)}. {comparison.reason}"
    ).strip()
