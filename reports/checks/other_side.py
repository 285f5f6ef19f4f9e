"""Owner and partners tell of the same project in the same year.

What others have entered as drafts is secret, so they are counted by the periods, and by published money.
"""

from malmo_intl.formats import in_sentence, join_words
from projects.models import Participation
from reports.checks.case import Case


def check(case: Case):
    mine = {entry.pk for entry in case.entries}
    for entry in case.every:
        others = [row for row in entry.participants if row.pk != entry.pk]
        # Money that comes late is usual: only who runs on is asked whether the owner does.
        if entry.pk in mine & case.shared and not entry.is_owner:
            owner = next((row for row in others if row.role == Participation.Role.OWNER), None)
            if owner and owner.pk not in case.shared:
                yield _owner_is_silent(case, entry, owner)
        elif entry.pk not in mine and entry.is_owner:
            partners = [row for row in others if row.pk in case.shared]
            if partners:
                yield _partner_goes_on(case, entry, partners)


def _owner_is_silent(case, entry, owner):
    return case.warning(
        "agaren-har-det-inte",
        f"{entry.name} ägs av {in_sentence(owner.administration)}, men är enligt dess period inte med "
        f"{case.year}. Stäm av med förvaltningen.",
        entry.part,
        "#medverkan",
        entry.project.slug,
    )


def _partner_goes_on(case, entry, partners):
    who = join_words(in_sentence(row.administration) for row in partners)
    return case.warning(
        "part-redovisar",
        f"{entry.name} är ert projekt men inte med {case.year}. Enligt perioden deltar {who} fortfarande.",
        "projekt",
        about=entry.project.slug,
    )
