"""What is published is not changed, whoever asks the database."""

import pytest
from django.db import DatabaseError, transaction

from reports import permanence
from reports.models import Publication, PublicationFile, ReportingYear
from tests.reports.publishing.conftest import publish


@pytest.fixture
def published(year, sam, quick):
    publish(year, sam)


@pytest.mark.parametrize("model", [Publication, PublicationFile])
@pytest.mark.parametrize(
    "deed",
    [
        lambda rows: rows.update(sha256="0" * 64),
        lambda rows: rows.filter(pk=rows.first().pk)._raw_delete(rows.db),
    ],
    ids=["update", "delete"],
)
def test_the_database_refuses(published, model, deed):
    before = list(model.objects.order_by("pk").values_list("pk", "sha256"))
    with pytest.raises(DatabaseError, match="kan inte ändras"), transaction.atomic():
        deed(model.objects.all())
    assert list(model.objects.order_by("pk").values_list("pk", "sha256")) == before


def test_a_year_with_publications_cannot_be_removed(published):
    with pytest.raises(DatabaseError):
        ReportingYear.objects.get(year=2024).delete()


def test_the_sentence_is_one_that_people_can_read():
    assert permanence.SENTENCE == "Det som är publicerat kan inte ändras."
