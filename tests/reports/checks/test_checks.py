"""All checks together: order, keys, queries, and what they say of the known years."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.models import Participation
from reports import checks
from reports.checks.finding import LONGEST_KEY
from reports.models import Submission
from tests import make


def test_errors_come_first_then_the_order_of_the_task_list(draft, rebus, answer):
    answer("<p>[skriv här]</p>", 2)
    make.participation(make.project("Utan fond"), draft.administration)
    found = checks.run(checks.build(draft))
    errors = [item.is_error for item in found]
    assert errors == sorted(errors, reverse=True)
    parts = [item.part for item in found if item.is_error]
    assert parts.index("utbetalningar") < parts.index("fragor/2") < parts.index("tjansteskrivelse")


def test_every_finding_has_a_key_of_its_own_that_a_reason_can_hold(draft, rebus, answer):
    answer(f"<p>[skriv {'x' * 79}]</p>")
    found = checks.run(checks.build(draft))
    assert len({item.key for item in found}) == len(found)
    assert max(len(item.key) for item in found) <= LONGEST_KEY


def test_the_number_of_queries_does_not_grow(draft, miljo, kultur, answer):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            checks.run(checks.build(draft))
        return len(captured)

    def fill(first, last):
        for number in range(first, last):
            project = make.project(f"Projekt {number}", funded_by=make.fund())
            make.participation(project, miljo, Participation.Role.OWNER, paid={2024: 1000, 2023: 1})
            make.participation(project, kultur)

    answer("<p>Vi har gjort mycket.</p>")
    make.memo(draft.year, miljo)
    fill(0, 2)
    few = queries()
    fill(2, 30)
    assert queries() == few
    assert few <= 30


ASF_2019 = {
    "belopp-saknas": [],
    "utan-fond": ["ThaiWISE"],
    "ingen-agare": ["Malmökraften", "Sluta skjut/GVI"],
}
ASF_2022 = {
    "belopp-saknas": [
        "AVEC",
        "Care for Ukraine",
        "Inkluderande arbetsintegration",
        "Sida vid sida",
        "Växtplats Botildenborg",
    ],
    "utan-fond": ["ThaiWISE", "Trygg relation – fri från våld (IPVI)"],
    "kopierat": ["I svaret på fråga 1 står ”2019” kvar"],
}


@pytest.mark.parametrize(("year", "expected"), [(2019, ASF_2019), (2022, ASF_2022)])
def test_the_known_years_raise_what_the_sources_lack_and_nothing_else(known_years, year, expected):
    """Nobody had the parts then, so all of them are unanswered; that is left out here."""
    submission = Submission.objects.select_related("year__goal_set", "administration").get(
        year__year=year, administration__code="ASF"
    )
    found = [item for item in checks.run(checks.build(submission)) if item.code != "obesvarad"]
    assert {item.code for item in found} == {code for code, about in expected.items() if about}
    for code, about in expected.items():
        said = [item.sentence for item in found if item.code == code]
        assert len(said) == len(about)
        assert all(
            sentence.startswith(name) for sentence, name in zip(sorted(said), about, strict=True)
        )
