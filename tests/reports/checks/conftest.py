"""A draft of Miljö in the open year 2024, and what a check finds in it."""

import pytest

from projects.models import Participation
from reports import checks
from reports.models import Answer
from tests import make


@pytest.fixture
def year(db):
    return make.year(2024, questions=("Vad har ni gjort?", "Vad har ni lärt er?"))


@pytest.fixture
def draft(year, miljo):
    return make.submission(year, miljo)


@pytest.fixture
def find(draft):
    """find(module) → what its check finds in the draft, as it is stored now."""

    def find(module):
        draft.refresh_from_db()
        return list(module.check(checks.build(draft)))

    return find


@pytest.fixture
def rebus(miljo):
    """Miljö's own EU project 2023–2025."""
    project = make.project(
        "Rebus", funded_by=make.fund(), starts_on="2023-01-01", ends_on="2025-12-31"
    )
    return make.participation(project, miljo, Participation.Role.OWNER)


@pytest.fixture
def answer(draft):
    """answer(text, number=1) stores the answer to a question."""

    def answer(text, number=1, **fields):
        question = draft.year.questions.get(number=number)
        return Answer.objects.update_or_create(
            submission=draft, question=question, defaults={"text": text, **fields}
        )[0]

    return answer
