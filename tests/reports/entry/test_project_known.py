"""The projects of the known years can all be opened and saved, and nothing changes by that."""

import pytest

from funding.models import Grant
from malmo_intl.models import Administration
from projects.models import GoalSet, Participation, Project, ProjectAlias
from reports.entry import saving
from reports.entry.project import ProjectForm
from reports.models import ReportingYear, Submission
from tests.reports.entry.conftest import NOON


def rows():
    models = (Project, ProjectAlias, Participation, Grant)
    return [list(model.objects.order_by("pk").values()) for model in models]


def history():
    return [model.history.count() for model in (Project, Participation, Grant)]


@pytest.mark.usefixtures("known_years")
def test_opened_and_saved_every_project_is_as_it_was():
    year = ReportingYear.objects.create(year=2031, goal_set=GoalSet.objects.first())
    submissions = {
        unit.pk: Submission.objects.create(year=year, administration=unit)
        for unit in Administration.objects.all()
    }
    before, records = rows(), history()
    parts = Participation.objects.select_related("project")
    assert parts.count() > 80
    for part in parts:
        submission = submissions[part.administration_id]
        empty = ProjectForm(submission, f"projekt/{part.project.slug}")
        form = ProjectForm(submission, empty.key, empty.stored)
        assert form.is_valid(), (part, form.errors)
        assert form.values() == {**dict.fromkeys(form.fields, ""), **empty.stored}
        saving.save(form, form.version, saving.Writer(None, NOON))
    assert rows() == before
    assert history() == records
