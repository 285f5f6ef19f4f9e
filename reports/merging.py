"""Two entries of one project made one, and the way back.

Everything that is moved, removed or added is written down row by row, so that it can be taken back exactly.
Nothing of it may change a figure of a published year.
"""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from funding.models import Grant, Payout
from malmo_intl.formats import join_words, kronor, normalise
from malmo_intl.models import Event
from projects.likeness import ByEnds
from projects.models import Participation, Project
from reports.collect import collect
from reports.figures import FIGURES, figures
from reports.models import Merge, Part, Publication, ReportingYear, Submission
from reports.moves import Moved, take_back
from reports.rollup import roll_up

FROZEN = (ReportingYear.Status.PUBLISHED, ReportingYear.Status.CORRECTING)
NO_DAYS = (None, None)
MONEY = ("budget_sek", "amount_sek", "amount_eur")


# --- Merging -------------------------------------------------------------------------------------


class _Rehearsed(Exception):
    """Carries what would be done out of a transaction that is undone."""


def rehearse(kept: Project, removed: Project) -> list[str]:
    """What merging would do, in sentences. Raises ValidationError if it cannot be done.

    It is done and undone in one transaction, so that what is shown is what will happen, refusals too.
    """
    try:
        with transaction.atomic():
            raise _Rehearsed(_merge(kept, removed).told)
    except _Rehearsed as rehearsed:
        return rehearsed.args[0]


@transaction.atomic
def merge(kept: Project, removed: Project, by, at: datetime.datetime) -> Merge:
    """Make `removed` a name of `kept`, with everything that belongs to it. One Event.

    Raises ValidationError with a sentence for each thing that stands in the way.
    """
    name, slug = removed.name, removed.slug
    moved = _merge(kept, removed)
    made = Merge.objects.create(
        kept=kept, merged_name=name, merged_slug=slug, moved=moved.as_data(), by=by,
        by_name=by.name, at=at,
    )  # fmt: skip
    Event.objects.record(
        "förde samman", kept, by, comment=f"{name} ({slug}) → {kept} ({kept.slug})"
    )
    return made


def _merge(kept, removed) -> Moved:
    """In an order that breaks no constraint on the way."""
    kept, removed = _held(kept, removed)
    problems = [*_problems(kept, removed)]
    if problems:
        raise ValidationError(problems)
    before = published_figures()
    moved = Moved()
    _aliases(moved, kept, removed)
    _participations(moved, kept, removed)
    _grants(moved, kept, removed)
    _measures(moved, kept, removed)
    _rest(moved, kept, removed)
    _facts(moved, kept, removed)
    moved.remove(removed)
    _must_not_change(before)
    return moved


def _held(*projects) -> list[Project]:
    """As they are now, held in the same order for everyone. Raises ValidationError if one has gone."""
    numbers = [project.pk for project in projects]
    held = Project.objects.select_for_update(of=("self",)).select_related("external_owner")
    found = {row.pk: row for row in held.filter(pk__in=numbers).order_by("pk")}
    if len(found) < len(numbers):
        raise ValidationError("Ett av projekten finns inte längre. Välj på nytt.")
    return [found[number] for number in numbers]


def published_figures() -> dict:
    """Every figure and table of every published year, as it is worked out from the rows and shown."""
    told = {}
    for year in ReportingYear.objects.filter(status__in=FROZEN).select_related("goal_set"):
        rollup = roll_up(collect(year))
        named = [(item.name, item.value, item.note) for item in figures(rollup, *FIGURES)]
        tables = (rollup.by_administration, rollup.by_goal, rollup.by_fund)
        told[year.year] = (named, tables)
    return told


def _must_not_change(before):
    after = published_figures()
    years = [str(year) for year in sorted(before) if before[year] != after[year]]
    if years:
        raise ValidationError(
            f"Siffrorna för {join_words(years)}, som är publicerade, skulle bli andra. Det som är publicerat "
            "ändras bara genom en rättelse."
        )


# --- What stands in the way ------------------------------------------------------------------------


def _problems(kept, removed):
    if kept in removed.predecessors() or removed in kept.predecessors():
        yield "Det ena projektet fortsätter det andra, så de är två. Ta bort den uppgiften först."
    if Publication.objects.filter(project=removed).exists():
        yield f"{removed} har publicerade dokument och måste behållas. Byt plats på projekten."
    yield from _owner_problems(kept, removed)
    yield from _period_problems(kept, removed)
    yield from _payout_problems(kept, removed)
    yield from _memo_problems(kept, removed)


def _owner_problems(kept, removed):
    owners = list(
        Participation.objects.filter(
            project__in=(kept, removed), role=Participation.Role.OWNER
        ).select_related("administration")
    )
    names = {row.administration.in_sentence for row in owners}
    names |= {str(item.external_owner) for item in (kept, removed) if item.external_owner}
    if len(names) > 1:
        yield f"Projekten har var sin ägare: {join_words(sorted(names))}. Bestäm vem som äger först."


def _period_problems(kept, removed):
    known = {row.administration_id: row for row in kept.participations.all()}
    for row in removed.participations.select_related("administration").order_by("pk"):
        other = known.get(row.administration_id)
        mine, theirs = ((it.starts_on, it.ends_on) if it else NO_DAYS for it in (other, row))
        if NO_DAYS not in (mine, theirs) and mine != theirs:
            yield (
                f"{row.administration} deltar under olika tid i de två projekten. Rätta den ena först."
            )


def _payout_problems(kept, removed):
    rows = Payout.objects.filter(participation__project__in=(kept, removed)).select_related(
        "participation__administration"
    )
    known: dict[tuple, Payout] = {}
    for row in rows.order_by("pk"):
        place = (row.participation.administration_id, row.year)
        other = known.setdefault(place, row)
        if other is not row and (other.amount, other.fund_id) != (row.amount, row.fund_id):
            yield (
                f"{row.participation.administration} har olika utbetalningar {row.year}: "
                f"{kronor(other.amount)} och {kronor(row.amount)}. Rätta den ena först."
            )


def _memo_problems(kept, removed):
    taken = set(kept.memos.values_list("year", "administration"))
    for memo in removed.memos.select_related("year", "administration"):
        if (memo.year_id, memo.administration_id) in taken:
            yield (
                f"{memo.administration} har skrivit en tjänsteskrivelse {memo.year} om vart och ett av "
                "projekten. Ta bort den ena först."
            )


# --- Row by row ------------------------------------------------------------------------------------


def _aliases(moved, kept, removed):
    """All that the removed one is called becomes other names of the kept one."""
    names = {normalise(kept.name)} | {normalise(item.name) for item in kept.aliases.all()}
    for alias in removed.aliases.order_by("pk"):
        if normalise(alias.name) in names:
            moved.remove(alias)
        else:
            names.add(normalise(alias.name))
            moved.change(alias, project_id=kept.pk)
            moved.told.append(f"{alias.name} blir ett annat namn på {kept}.")
    if normalise(removed.name) not in names:
        moved.add(kept.aliases.model(project=kept, name=removed.name))
        moved.told.append(f"{removed} blir ett annat namn på {kept}.")


def _participations(moved, kept, removed):
    mine = {row.administration_id: row for row in kept.participations.all()}
    for row in removed.participations.select_related("administration").order_by("pk"):
        other = mine.get(row.administration_id)
        if other is None:
            moved.change(row, project_id=kept.pk)
            moved.told.append(f"{row.administration.genitive} medverkan följer med.")
        else:
            _join(moved, other, row)


def _join(moved, kept, removed):
    """The same administration is in both: one participation with the payouts and goals of the two."""
    _payouts(moved, kept, removed)
    _allocations(moved, kept, removed)
    taken = set(kept.carried.values_list("submission", flat=True))
    for item in removed.carried.order_by("pk"):
        if item.submission_id in taken:
            moved.remove(item)
        else:
            moved.change(item, participation_id=kept.pk)
    was_owner = removed.role == Participation.Role.OWNER
    texts = [kept.contribution, removed.contribution]
    days = {"starts_on": removed.starts_on, "ends_on": removed.ends_on}
    moved.remove(removed)
    if any(days.values()) and not (kept.starts_on or kept.ends_on):
        moved.change(kept, **days)
    if was_owner and kept.role != Participation.Role.OWNER:
        moved.change(kept, role=Participation.Role.OWNER)
    if texts[1] and texts[1] not in texts[0]:
        moved.change(kept, contribution="\n\n".join(filter(None, texts)))
    moved.told.append(f"{kept.administration.genitive} två medverkanden blir en.")


def _payouts(moved, kept, removed):
    mine = {row.year: row for row in kept.payouts.all()}
    for row in removed.payouts.order_by("year"):
        if other := mine.get(row.year):  # of the same amount: else it would have been refused
            moved.remove(row)
            if row.comment and row.comment not in other.comment:
                moved.change(other, comment=" ".join(filter(None, (other.comment, row.comment))))
        else:
            moved.change(row, participation_id=kept.pk)
            moved.told.append(
                f"{kept.administration.genitive} utbetalning {row.year}, {kronor(row.amount)}, följer med."
            )


def _allocations(moved, kept, removed):
    """The kept one's shares go first in a goal set where both have some: together they could be too much."""
    mine = set(kept.allocations.values_list("goal__goal_set", flat=True))
    for row in removed.allocations.select_related("goal").order_by("pk"):
        if row.goal.goal_set_id in mine:
            moved.remove(row)
            moved.told.append(f"Fördelningen på målet {row.goal} tas bort: {kept} har en egen.")
        else:
            moved.change(row, participation_id=kept.pk)


def _grants(moved, kept, removed):
    mine = {row.fund_id: row for row in kept.grants.select_related("fund")}
    for row in removed.grants.select_related("fund").order_by("pk"):
        other = mine.get(row.fund_id)
        if other is None:
            moved.change(row, project_id=kept.pk)
            moved.told.append(f"Finansieringen från {row.fund} följer med.")
        elif _says_less(row, other):
            moved.remove(row)
        elif _says_less(other, row):
            moved.remove(other)
            moved.change(row, project_id=kept.pk)
        else:
            raise ValidationError(
                f"Projekten har olika belopp från {row.fund}. Rätta det ena så att de stämmer."
            )


def _says_less(one: Grant, other: Grant) -> bool:
    """Whether all that `one` says of money is said by `other` too."""
    if one.status != other.status:
        return False
    return all(getattr(one, name) in (None, getattr(other, name)) for name in MONEY)


def _measures(moved, kept, removed):
    mine = {(row.kind, row.what): row for row in kept.measures.all()}
    for row in removed.measures.order_by("pk"):
        other = mine.get((row.kind, row.what))
        if other is None:
            moved.change(row, project_id=kept.pk)
            moved.told.append(f"{row.get_kind_display().capitalize()}et ”{row.what}” följer med.")
        elif (row.value, row.unit, row.qualifier) == (other.value, other.unit, other.qualifier):
            moved.remove(row)
        else:
            raise ValidationError(f"Projekten har olika värden för ”{row.what}”. Rätta det ena.")


def _rest(moved, kept, removed):
    """Memos, comments, what continues it, earlier merges, and the parts where it is entered."""
    for memo in removed.memos.select_related("administration", "year").order_by("pk"):
        moved.change(memo, project_id=kept.pk)
        moved.told.append(
            f"{memo.administration.genitive} tjänsteskrivelse {memo.year} följer med."
        )
    for rows in (removed.comments, removed.continued_by, removed.merges):
        name = {"comments": "project_id", "continued_by": "continues_id", "merges": "kept_id"}
        for row in rows.order_by("pk"):
            moved.change(row, **{name[rows.field.remote_field.related_name]: kept.pk})
    old, new = f"projekt/{removed.slug}", f"projekt/{kept.slug}"
    taken = set(Part.objects.filter(key=new).values_list("submission", flat=True))
    for part in Part.objects.filter(key=old).exclude(submission__in=taken).order_by("pk"):
        moved.change(part, key=new)


def _facts(moved, kept, removed):
    """What the kept one does not say of itself, and the other does."""
    empty = {
        name: getattr(removed, name)
        for name in ("aim", "diary_number", "link")
        if getattr(removed, name) and not getattr(kept, name)
    }
    for side, more in (("starts", ()), ("ends", ("ends_planned",))):
        day = f"{side}_on"
        if getattr(kept, day) is None and getattr(removed, day) is not None:
            names = (day, f"{side}_precision", *more)
            empty |= {name: getattr(removed, name) for name in names}
            moved.told.append(
                f"Projektet {'startar' if side == 'starts' else 'slutar'} {getattr(removed, side)}, "
                f"som {removed} säger."
            )
    for name in ("external_owner_id", "continues_id"):
        if getattr(removed, name) and not getattr(kept, name):
            empty[name] = getattr(removed, name)
    if empty:
        moved.change(kept, **empty)


# --- The way back ----------------------------------------------------------------------------------


@transaction.atomic
def undo(made: Merge, by, at: datetime.datetime):
    """Put every row back as it was. Raises ValidationError when something has changed since."""
    if not Merge.objects.filter(pk=made.pk, undone_at=None).update(undone_at=at):
        raise ValidationError("Det är redan taget tillbaka.")
    before = published_figures()
    take_back(made.moved)
    _must_not_change(before)
    Event.objects.record(
        "tog tillbaka sammanförandet", made.kept, by,
        comment=f"{made.merged_name} ({made.merged_slug}) är ett eget projekt igen",
    )  # fmt: skip
    made.refresh_from_db()


# --- What may need it --------------------------------------------------------------------------------


def signed_off(*projects) -> list[Submission]:
    """Reports with one of the projects that are signed off but not handed in: they need a new sign-off."""
    return list(
        Submission.objects.filter(
            status=Submission.Status.READY,
            administration__participations__project__in=projects,
        )
        .select_related("year", "administration")
        .distinct()
    )


def suspects(projects: list[Project]) -> list[tuple[Project, Project]]:
    """Pairs that by any of their names are as like as one project's, in the order given.

    Their aliases must be prefetched. One that continues the other is no suspect.
    """
    names = {place: project.all_names() for place, project in enumerate(projects)}
    pairs = ((projects[one], projects[other]) for one, other in ByEnds(names).pairs())
    return [(one, other) for one, other in pairs if not one.is_next_to(other)]
