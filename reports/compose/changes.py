"""The bridge in words, tables and bars: what is behind the change in participations (`reports.bridge`)."""

from malmo_intl import formats
from malmo_intl.formats import Amount
from reports.addresses import of_figure
from reports.bridge import Bridge
from reports.compose import grids
from reports.compose.parts import paragraph
from reports.document import Bar, Chart, Column, Grid, Notice, Section
from reports.facts import Part
from reports.figures import plain

UNNAMED = "Kan inte namnges"


def sentence(bridge: Bridge) -> str:
    """The names behind the change, and what cannot be named and why. Empty when there is nothing to
    compare with."""
    if not bridge.is_begun:
        return ""
    return " ".join(
        filter(None, (*_named(bridge), _roles(bridge), _question(bridge), _rest(bridge)))
    )


def _named(bridge: Bridge):
    if bridge.new:
        yield f"Nya är {names(bridge.new)}."
    if bridge.ended:
        yield f"Avslutade är {names(bridge.ended)}."


def names(parts) -> str:
    """Each project once, in Swedish order."""
    found = {part.project.slug: part.project.name for part in parts}
    return formats.join_words(sorted(found.values(), key=formats.sort_key))


def _roles(bridge: Bridge) -> str:
    changes = [
        f"{part.administration} har blivit {grids.role_of(part)} i {part.project.name}"
        for part in bridge.roles
    ]
    return f"{formats.join_words(changes)}." if changes else ""


def _question(bridge: Bridge) -> str:
    return " ".join(question(part, bridge) for part in bridge.vanished)


def question(part: Part, bridge: Bridge) -> str:
    """What is among last year's rows and not this year's, without an end."""
    return (
        f"{part.project.name} ({part.administration}) finns i {bridge.before.year} års uppgifter men inte "
        f"{bridge.after.year}, och har inget slut. Är det avslutat?"
    )


def _rest(bridge: Bridge) -> str:
    """What cannot be named. How many of each year's have rows says why."""
    if bridge.all_named and not bridge.open_before:
        return ""
    sides = [_coverage(side) for side in (bridge.before, bridge.after) if not side.complete]
    why = f"{formats.join_words(sides)}." if sides else ""
    return " ".join(
        filter(
            None, (f"Hela förändringen går inte att namnge: {why}" if why else "", _open(bridge))
        )
    )


def _coverage(side) -> str:
    return f"av de {formats.amount(side.told)} år {side.year} har systemet uppgifter om {len(side.parts)}"


def _open(bridge: Bridge) -> str:
    said = []
    if number := len(bridge.open_now):
        said.append(
            f"För {formats.count_word(number, neuter=False)} av {bridge.after.year} års medverkanden går det "
            f"inte att säga om de är nya eller fanns {bridge.before.year}."
        )
    if number := len(bridge.open_before):
        said.append(
            f"För {formats.count_word(number, neuter=False)} av {bridge.before.year} års medverkanden går det "
            f"inte att säga om de är avslutade eller fortsätter."
        )
    return " ".join(said)


def outside(bridge: Bridge) -> tuple[Notice, ...]:
    """Rows that the published count leaves out are not in the bridge."""
    return tuple(
        Notice(
            f"{formats.count_word(len(side.outside), neuter=False).capitalize()} av medverkandena "
            f"{side.year} hör till förvaltningar som inte finns med i det publicerade antalet, och räknas inte här: "
            f"{formats.join_words(sorted({part.administration for part in side.outside}))}."
        )
        for side in (bridge.before, bridge.after)
        if side.outside
    )


# --- Participations ------------------------------------------------------------------------------


def participations(bridge: Bridge) -> Section:
    """Text, bars and tables of the change in participations."""
    before, after = bridge.before, bridge.after
    key, heading = (
        "bryggan-medverkan",
        f"Medverkan i EU-projekt, från {before.year} till {after.year}",
    )
    if bridge.difference is None:
        year = before.year if before.told is None else after.year
        words = f"Antalet för {year} är inte känt, så förändringen går inte att räkna."
        return Section(key, heading, (Notice(words, "missing"),))
    if not bridge.is_begun:
        words = f"Inga EU-projekt är inlagda för {after.year} än, så det finns inget att jämföra."
        return Section(key, heading, (Notice(words, "missing"),))
    by_name = named(bridge)
    return Section(
        key,
        heading,
        (
            paragraph(lead(bridge), sentence(bridge)),
            steps_chart(bridge),
            steps(bridge),
            *((by_name,) if by_name.rows else ()),
            *outside(bridge),
        ),
    )


def lead(bridge: Bridge) -> str:
    """ "Från 47 till 54: sju fler." """
    difference = bridge.difference
    told = f"Från {formats.amount(bridge.before.told)} till {formats.amount(bridge.after.told)}"
    if not difference:
        return f"{told}: lika många."
    word = "fler" if difference > 0 else "färre"
    return f"{told}: {formats.count_word(abs(difference), neuter=False)} {word}."


def _steps(bridge: Bridge):
    """(label, change), in order. New and ended always; the rest when there is any."""
    yield "Nya", len(bridge.new)
    yield "Avslutade", -len(bridge.ended)
    rest = (
        ("Borta utan känt slut", -len(bridge.vanished)),
        (f"Rättat i {bridge.before.year} års uppgifter", bridge.corrected),
        (UNNAMED, bridge.unnamed),
    )
    yield from (step for step in rest if step[1])


def steps(bridge: Bridge) -> Grid:
    before, after = bridge.before, bridge.after
    return Grid(
        key="brygga-medverkan",
        caption=f"Från {before.year} till {after.year}: medverkan i EU-projekt, steg för steg",
        short="Brygga medverkan",
        columns=(
            Column("steg", "Steg", share=5),
            Column("antal", "EU-projekt", "count", True, share=2),
        ),
        rows=(
            (f"Medverkan {before.year}", plain(before.told, "count")),
            *_steps(bridge),
        ),
        total=(f"Medverkan {after.year}", plain(after.told, "count")),
        total_addresses=("", of_figure(after.year, "eu_projects")),
    )


def steps_chart(bridge: Bridge) -> Chart:
    before, after = bridge.before, bridge.after
    said = formats.join_words(f"{label.lower()} {abs(step)}" for label, step in _steps(bridge))
    return Chart(
        "diagram-brygga-medverkan",
        lead(bridge).rstrip("."),
        f"{lead(bridge)} Stegen är: {said}. Tabellen har samma värden.",
        "count",
        bars(before.year, before.told, _steps(bridge), after.year, after.told),
        "brygga-medverkan",
    )


def bars(first_year, first: Amount, steps, last_year, last: Amount) -> tuple[Bar, ...]:
    """From one total to the other; each step begins where the one before it ended."""
    bars = [Bar(str(first_year), plain(first, "count"))]
    at = first.value
    for label, step in steps:
        bars.append(Bar(label, step, base=at))
        at += step.value if isinstance(step, Amount) else step
    return (*bars, Bar(str(last_year), plain(last, "count")))


def named(bridge: Bridge) -> Grid:
    """Every participation that came, went or changed, and those that nobody can place."""
    before, after = bridge.before.year, bridge.after.year
    groups = (
        ("Ny", bridge.new),
        ("Avslutad", bridge.ended),
        ("Ändrad roll", bridge.roles),
        ("Borta utan känt slut", bridge.vanished),
        ("Okänt om ny", bridge.open_now),
        ("Okänt om avslutad", bridge.open_before),
    )
    return Grid(
        key="brygga-namn",
        caption=f"Medverkan som skiljer {before} och {after} åt, med namn",
        short="Brygga namn",
        columns=(
            Column("projekt", "Projekt", share=5),
            Column("forvaltning", "Förvaltning", share=2),
            Column("roll", "Roll", share=2),
            Column("vad", "Vad som har hänt", share=3),
        ),
        rows=tuple(
            (part.project.name, part.administration, grids.role_of(part), what)
            for what, parts in groups
            for part in parts
        ),
    )
