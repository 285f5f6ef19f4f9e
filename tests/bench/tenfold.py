"""Ten times the known years: every administration gets its projects nine times more, with all that hangs
on them, and every year its questions, with everybody's answers."""

from collections import defaultdict

from funding.models import Grant, Payout
from malmo_intl.models import Event
from projects.models import (
    GoalAllocation,
    Measure,
    Network,
    NetworkMembership,
    Participation,
    Project,
    ProjectAlias,
)
from reports.models import Activity, Answer, CarriedItem, Question

TIMES = 10


def multiply():
    """Add the rows, nine for each that is there. Past the models' own `save`: this is no way to enter."""
    projects = _copy(Project, slug="{}-{}", name="{} {}")
    _copy(ProjectAlias, {"project": projects}, name="{} {}")
    _copy(Grant, {"project": projects})
    _copy(Measure, {"project": projects})
    participations = _copy(Participation, {"project": projects})
    _copy(Payout, {"participation": participations})
    _copy(GoalAllocation, {"participation": participations})
    networks = _copy(Network, name="{} {}")
    _copy(NetworkMembership, {"network": networks})
    carried = CarriedItem.objects.exclude(participation=None)
    _copy(carried, {"participation": participations})
    _copy(CarriedItem.objects.exclude(network=None), {"network": networks})
    questions = _copy(Question, number=20)
    _copy(Answer, {"question": questions})
    _copy(Activity, position=2000)
    _copy(Event)


def _copy(rows, parents=None, **changes):
    """Nine copies of each row. `parents`: field → {old id: its copies' ids}. `changes`: field → a pattern
    that is given its text and the copy's number, or a step that is added to its number.

    Returns {old id: ids of its copies}.
    """
    rows = rows._base_manager.all() if isinstance(rows, type) else rows
    made, before = [], []
    for row in list(rows):
        for number in range(1, TIMES):
            copy = _twin(row)
            for field, copies in (parents or {}).items():
                setattr(copy, f"{field}_id", copies[getattr(row, f"{field}_id")][number - 1])
            for field, change in changes.items():
                setattr(copy, field, _changed(getattr(row, field), change, number))
            made.append(copy)
            before.append(row.pk)
    rows.model._base_manager.bulk_create(made, batch_size=500)
    copies = defaultdict(list)
    for old, copy in zip(before, made, strict=True):
        copies[old].append(copy.pk)
    return copies


def _twin(row):
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**{field.attname: getattr(row, field.attname) for field in fields})


def _changed(value, change, number):
    return change.format(value, number) if isinstance(change, str) else value + change * number
