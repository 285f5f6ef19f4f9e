"""The questions with yes or no: may this person do that? One role table, in one place.

Rows are chosen by `visible_to(user)` on each queryset; acts are allowed here. The answers are read
from the person's memberships, once per request (they are kept on the user object).
"""

from malmo_intl.models import Role


def roles(user) -> dict[int, set[str]]:
    """Administration id → the user's roles there. Empty for someone who is not logged in."""
    if not user.is_authenticated:
        return {}
    if not hasattr(user, "_roles"):
        found: dict[int, set[str]] = {}
        for administration_id, role in user.memberships.values_list("administration_id", "role"):
            found.setdefault(administration_id, set()).add(role)
        user._roles = found
    return user._roles


def has_role(user, role: str) -> bool:
    return any(role in held for held in roles(user).values())


def sees_all(user) -> bool:
    """Stadskontoret reads every administration's report, drafts too."""
    return has_role(user, Role.CITY_OFFICE)


def own_administrations(user) -> set[int]:
    """Ids of the administrations whose drafts the user may read."""
    readers = {Role.READER, Role.COORDINATOR, Role.MANAGER}
    return {pk for pk, held in roles(user).items() if held & readers}


def may_report_for(user, administration) -> bool:
    """Write the administration's drafts: its coordinators and its responsible managers."""
    return bool(roles(user).get(administration.pk, set()) & {Role.COORDINATOR, Role.MANAGER})


def may_sign_off(user, administration) -> bool:
    return Role.MANAGER in roles(user).get(administration.pk, set())


def may_review(user) -> bool:
    """Read, return and approve what is handed in; open and close years; publish."""
    return sees_all(user)


def may_edit_registers(user) -> bool:
    return sees_all(user) or has_role(user, Role.SYSTEM)
