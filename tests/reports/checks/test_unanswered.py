"""Every part is finished before the report is handed in."""

import pytest

from reports.checks import unanswered
from reports.entry import parts
from reports.models import Part


@pytest.fixture
def finished(draft, rut):
    for task in parts.tasks(draft):
        Part.objects.create(submission=draft, key=task.key, status="done", saved_by=rut)


def test_a_part_that_nobody_has_begun_is_an_error_that_leads_to_it(find, draft):
    found = {item.part: item for item in find(unanswered)}
    assert set(found) == {task.key for task in parts.tasks(draft)}
    assert found["parter"].sentence == "Delen ”Samverkansparter” är inte påbörjad."
    assert found["parter"].is_error
    assert found["parter"].url == "/redovisning/2024/mf/parter/"


@pytest.mark.parametrize(
    ("status", "words"),
    [("started", "påbörjad men inte markerad som klar"), ("incomplete", "behöver kompletteras")],
)
def test_it_says_how_far_the_part_has_come(find, draft, finished, answer, status, words):
    answer("<p>Mycket.</p>", 1)
    answer("<p>Mycket.</p>", 2)
    Part.objects.filter(submission=draft, key="mal").update(status=status)
    (found,) = find(unanswered)
    assert words in found.sentence


def test_finished_parts_with_answers_are_fine(find, finished, answer):
    answer("<p>Mycket.</p>", 1)
    answer("", 2, nothing_to_report=True, signed_by="Rut")
    assert find(unanswered) == []


@pytest.mark.parametrize("text", ["", "<p></p>", "<p>&nbsp;</p>"])
def test_a_question_marked_as_done_without_an_answer_is_an_error(find, finished, answer, text):
    answer(text, 1)
    answer("<p>Mycket.</p>", 2)
    (found,) = find(unanswered)
    assert found.sentence == "Fråga 1 är markerad som klar men har inget svar."
    assert found.url == "/redovisning/2024/mf/fragor/1/#id_svar"
