"""Stadskontoret's comments are dealt with before the report is handed in."""

import datetime

from reports.checks import open_comments

NOW = datetime.datetime(2025, 1, 20, tzinfo=datetime.UTC)


def test_one_that_waits_is_a_warning_that_leads_to_its_part(find, draft):
    draft.comments.create(key="parter", text="Räkna om.", by_name="Sam", sent_at=NOW)
    (found,) = find(open_comments)
    assert not found.is_error
    assert "”Samverkansparter” från 2025-01-20 är inte åtgärdad" in found.sentence
    assert found.url == "/redovisning/2024/mf/parter/"


def test_what_is_dealt_with_or_not_sent_is_no_finding(find, draft):
    draft.comments.create(key="parter", text="Räkna om.", by_name="Sam")
    draft.comments.create(key="parter", text="A.", by_name="Sam", sent_at=NOW, resolved_at=NOW)
    assert find(open_comments) == []
