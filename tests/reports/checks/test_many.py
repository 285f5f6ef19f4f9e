"""The cases of all administrations at once are the same as one at a time, for as many queries."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import Participation
from reports import checks
from reports.models import ReportingYear, Submission
from tests import make


def of_year(number):
    found = Submission.objects.filter(year__year=number).order_by("pk")
    return list(found.select_related("year", "administration"))


def test_the_known_years_are_found_the_same(known_years):
    for number in ReportingYear.objects.values_list("year", flat=True):
        alone = [checks.run(checks.build(item)) for item in of_year(number)]
        together = [checks.run(case) for case in checks.build_all(of_year(number))]
        assert together == alone
        assert not together or any(together)


def test_more_administrations_need_no_more_queries(draft, kultur, miljo):
    def queries(submissions):
        with CaptureQueriesContext(connection) as captured:
            for case in checks.build_all(submissions):
                checks.run(case)
        return len(captured)

    make.participation(make.project("Ett", funded_by=make.fund()), miljo, Participation.Role.OWNER)
    one = queries(of_year(2024))
    for number in range(5):
        unit = make.administration(f"F{number}", f"Förvaltning {number}", "Nämnden")
        make.submission(draft.year, unit)
        make.participation(make.project(f"Projekt {number}"), unit, paid={2024: 1})
    assert queries(of_year(2024)) == one


def test_of_none_there_is_none(db):
    assert list(checks.build_all([])) == []
