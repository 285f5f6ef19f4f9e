"""The same project does not stand in the register under two names."""

from reports.checks.case import Case


def check(case: Case):
    mine = {entry.project.pk for entry in case.entries}
    for entry in case.entries:
        pk = entry.project.pk
        for twin in case.register.twins(pk):
            # Two of one's own are asked about once, from the first of them.
            if twin.pk == pk or (twin.pk in mine and twin.pk < pk):
                continue
            if _can_be_one(entry.project, twin):
                yield case.warning(
                    "samma-projekt",
                    f"{entry.name} liknar {twin.name}, som också finns i registret. Är det samma projekt?",
                    entry.part,
                    "#om",
                    f"{entry.project.slug}:{twin.slug}",
                )


def _can_be_one(project, other) -> bool:
    """Not one after the other: neither continues the other, and their periods meet."""
    if project.is_next_to(other):
        return False
    first, second = sorted((project, other), key=lambda item: str(item.starts_on or ""))
    return not (first.ends_on and second.starts_on and first.ends_on < second.starts_on)
