"""Owners and partners laid beside each other: what one administration tells of and another does not.

Pure: made from a Rollup, no queries. Each mismatch is a question to those it concerns.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from malmo_intl.formats import in_sentence, join_words, sort_key
from projects.likeness import ByEnds
from reports.facts import Part
from reports.reading.tables import counted_without_payout, unlike_totals
from reports.rollup import Rollup
from reports.rules import belongs_to


class Kind(StrEnum):
    """What does not agree, in the order of the page."""

    OWNER_SILENT = "Ägaren redovisar inte projektet"
    PARTNER_SILENT = "En part redovisar inte projektet"
    TWO_OWNERS = "Två ägare"
    TWO_NAMES = "Samma projekt under två namn?"
    NOT_COUNTED = "Deltar, men är inte med i den publicerade räkningen"
    NOT_PAID = "Räknas, men saknar uppgift om pengar"
    UNLIKE_TOTALS = "Tabellerna har olika summor"


@dataclass(frozen=True)
class Mismatch:
    """`administrations`: the codes of those that are asked. `projects`: (slug, name) of those it is about.

    Both may be empty: what is about the tables of the whole year is asked of nobody. `key` is the same as
    long as the same thing is found.
    """

    kind: Kind
    administrations: tuple[str, ...]
    projects: tuple[tuple[str, str], ...]
    sentence: str

    @property
    def key(self) -> str:
        slugs = ":".join(slug for slug, _ in self.projects)
        return f"{self.kind.name.lower()}:{'+'.join(self.administrations)}:{slugs}"

    @property
    def question(self) -> str:
        """What the administrations are asked."""
        return f"{self.sentence} {ASK[self.kind]}"


ASK = {
    Kind.OWNER_SILENT: "Stäm av med varandra och rätta den uppgift som är fel.",
    Kind.PARTNER_SILENT: "Stäm av med varandra och rätta den uppgift som är fel.",
    Kind.TWO_OWNERS: "Vem äger projektet?",
    Kind.TWO_NAMES: "Är det samma projekt? Säg i så fall vilket namn som gäller.",
    Kind.NOT_COUNTED: "Ska förvaltningen vara med i räkningen?",
    Kind.NOT_PAID: "Har inget betalats ut, eller är uppgiften inte lämnad?",
    Kind.UNLIKE_TOTALS: "Vilken av tabellerna är rätt?",
}


def reconcile(rollup: Rollup) -> list[Mismatch]:
    """All mismatches of the year, by kind and then in Swedish order of the projects' names."""
    names = {item.code: item.name for item in rollup.facts.administrations}

    def name(code):
        return in_sentence(names.get(code, code))

    by_project: dict[str, list[Part]] = {}
    for part in rollup.facts.parts:
        by_project.setdefault(part.project.slug, []).append(part)
    found = [
        *_silent(by_project.values(), rollup.year, name),
        *_two_owners(by_project.values(), rollup.year, name),
        *_two_names(rollup, name),
        *_not_counted(rollup, name),
        *_tables(rollup),
    ]
    order = list(Kind)
    return sorted(found, key=lambda item: (order.index(item.kind), sort_key(item.sentence)))


def _silent(projects: Iterable[list[Part]], year, name) -> Iterator[Mismatch]:
    """One side of a project belongs to the year (counting rule 3) and the other does not."""
    for parts in projects:
        owner = next((part for part in parts if part.is_owner), None)
        if owner is None:
            continue
        for partner in parts:
            sides = belongs_to(owner, year), belongs_to(partner, year)
            if partner.is_owner or sides[0] == sides[1]:
                continue
            if sides[1]:
                yield _mismatch(
                    Kind.OWNER_SILENT, (partner, owner),
                    f"{partner.project.name} redovisas {year} av {name(partner.administration)} men inte av "
                    f"ägaren, {name(owner.administration)}.",
                )  # fmt: skip
            elif _was_there(partner, year):
                yield _mismatch(
                    Kind.PARTNER_SILENT, (owner, partner),
                    f"{owner.project.name} redovisas {year} av ägaren, {name(owner.administration)}, men inte "
                    f"av {name(partner.administration)}, som är part.",
                )  # fmt: skip


def _was_there(partner, year) -> bool:
    """A partner that left years ago has been asked then; one without any period has never said."""
    dates = (partner.starts_on, partner.ends_on)
    return belongs_to(partner, year - 1) or dates == (None, None)


def _two_owners(projects, year, name) -> Iterator[Mismatch]:
    for parts in projects:
        owners = [part for part in parts if part.is_owner]
        if len(owners) > 1 and any(belongs_to(part, year) for part in owners):
            who = join_words(name(part.administration) for part in owners)
            yield _mismatch(
                Kind.TWO_OWNERS, owners, f"{parts[0].project.name} har två ägare {year}: {who}."
            )


def _two_names(rollup, name) -> Iterator[Mismatch]:
    """Names that are as like as those of one project: merge them, or say that they are two."""
    known = {part.project.slug: part.project.name for part in rollup.parts}
    told: dict[str, list[tuple[int, Part]]] = {slug: [] for slug in known}
    for place, part in enumerate(rollup.parts):
        told[part.project.slug].append((place, part))
    for slug, other_slug in ByEnds({slug: (name,) for slug, name in known.items()}).pairs():
        one, other = known[slug], known[other_slug]
        parts = [part for _, part in sorted([*told[slug], *told[other_slug]])]
        owners = {part.administration for part in parts if part.is_owner}
        kind = Kind.TWO_OWNERS if len(owners) > 1 else Kind.TWO_NAMES
        who = join_words(dict.fromkeys(name(part.administration) for part in parts))
        owned = " De har var sin ägare." if len(owners) > 1 else ""
        yield Mismatch(
            kind,
            tuple(dict.fromkeys(part.administration for part in parts)),
            ((slug, one), (other_slug, other)),
            f"{one} liknar {other}. De redovisas av {who}.{owned}",
        )


def _not_counted(rollup, name) -> Iterator[Mismatch]:
    """Administrations with EU projects of the year that the published count by administration leaves out."""
    counted = {
        administration
        for year, figure, administration, _ in rollup.published
        if (year, figure) == (rollup.year, "eu_projects") and administration
    }
    if not counted:
        return
    missing = sorted({part.administration for part in rollup.eu_parts} - counted)
    for code in missing:
        mine = [part.project for part in rollup.eu_parts if part.administration == code]
        deltar = join_words(project.name for project in mine)
        sentence = f"{name(code)} deltar i {deltar} {rollup.year}, men är inte med i den publicerade räkningen."
        yield Mismatch(
            Kind.NOT_COUNTED,
            (code,),
            tuple((project.slug, project.name) for project in mine),
            sentence[:1].upper() + sentence[1:],
        )


def _tables(rollup) -> Iterator[Mismatch]:
    """What the printed tables of a year tell against each other; tables made of rows cannot."""
    for code, sentence in counted_without_payout(rollup):
        yield Mismatch(Kind.NOT_PAID, (code,), (), sentence)
    if sentence := unlike_totals(rollup):
        yield Mismatch(Kind.UNLIKE_TOTALS, (), (), sentence)


def _mismatch(kind, parts, sentence) -> Mismatch:
    project = parts[0].project
    codes = tuple(dict.fromkeys(part.administration for part in parts))
    return Mismatch(kind, codes, ((project.slug, project.name),), sentence)
