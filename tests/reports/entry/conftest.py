"""An open year with a draft of Miljö, and a form to save it with."""

import datetime

import pytest

from reports.entry import saving
from reports.models import Saving
from tests import make

NOON = datetime.datetime(2025, 1, 15, 12, 0, tzinfo=datetime.UTC)


@pytest.fixture
def year(db):
    return make.year(2024, questions=("Vad har ni gjort?", "Vad har ni lärt er?"))


@pytest.fixture
def draft(year, miljo):
    return make.submission(year, miljo)


@pytest.fixture
def save():
    """save(form_class, draft, key, person, {field: text}, seen=0) → the part, saved."""

    def save(
        form_class,
        submission,
        key,
        by,
        values,
        seen=None,
        finished=False,
        page="",
        minutes=0,
        how=Saving.How.SAVED,
    ):
        form = form_class(submission, key)
        version = form.version if seen is None else seen
        form = form_class(submission, key, {**form.stored, **values})
        assert form.is_valid(), form.errors
        at = NOON + datetime.timedelta(minutes=minutes)
        return saving.save(form, version, saving.Writer(by, at, how, page), finished=finished)

    return save
