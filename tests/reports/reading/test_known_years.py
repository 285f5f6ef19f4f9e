"""The texts of the known years are right: a warning in any of them would be a false one."""

import pytest

from projects.models import ProjectAlias
from reports import checks
from reports.collect import collect
from reports.entry.city_remarks import remarks
from reports.models import Memo, ReportingYear, Submission
from reports.reading import State, known_of, readings
from reports.rollup import roll_up

pytestmark = pytest.mark.usefixtures("known_years")
CODES = {"tal-i-text", "antal-i-text", "delar-i-text", "samma-text", "forvaltning-i-text"}


def test_nothing_is_asked_about_what_the_administrations_have_written():
    asked = [
        finding.sentence
        for year in (2019, 2022)
        for case in checks.build_all(
            list(Submission.objects.filter(year__year=year).select_related("administration"))
        )
        for finding in checks.run(case)
        if finding.code in CODES
    ]
    assert asked == []


def test_nothing_is_asked_about_what_the_city_has_written():
    for year in ReportingYear.objects.select_related("goal_set"):
        rollup = roll_up(collect(year))
        texts = [text.text for text in year.city_texts.all()]
        for memo in Memo.objects.filter(year=year, administration=None):
            texts += [memo.summary, *(section.text for section in memo.sections.all())]
        assert [said for text in texts for said in remarks(rollup, text)] == []


def test_the_aliases_of_projects_are_known():
    rollup = roll_up(collect(ReportingYear.objects.get(year=2019)))
    alias = ProjectAlias.objects.select_related("project").get(name="Hela familjen")
    known = known_of(rollup, "ASF", {alias.project.slug: [alias.name]})
    (found,) = readings("<p>Hela familjen fick 1 680 158 kronor.</p>", known)
    assert (found.state, found.mark) == (State.AGREES, "utbetalt/hela-familjen-2-0")
