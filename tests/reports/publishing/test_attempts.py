"""Publishing a year: whole or not at all, once, with everything that says how it was made."""

import datetime
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from funding.models import Payout
from malmo_intl.models import Event
from reports.document import from_data
from reports.models import (
    Answer,
    CityText,
    Publication,
    PublicationFile,
    PublishedFigure,
    Publishing,
    ReportingYear,
)
from reports.publishing import attempts, contents, files
from reports.publishing.contents import canonical, sha256
from reports.renderers import RenderError
from tests import make
from tests.reports.publishing.conftest import CHECKSUM, handed_in, publish

Status = ReportingYear.Status
KINDS = ["forvaltning", "projekt", "samlad", "siffror", "stad"]


def test_every_document_is_published_in_every_format(year, sam, quick):
    attempt = publish(year, sam)
    assert (attempt.status, attempt.message) == (Publishing.Status.DONE, "")
    assert attempt.done == attempt.total == PublicationFile.objects.count() == 5 * 4
    assert year.status == Status.PUBLISHED
    assert sorted(Publication.objects.values_list("kind", flat=True)) == KINDS
    assert set(Publication.objects.values_list("version", "published_by_name")) == {(1, "Sam")}


def test_money_of_a_report_that_never_came_in_is_neither_counted_nor_shown(
    year, sam, kultur, quick
):
    project = make.project("Scenen", funded_by=make.fund())
    make.participation(project, kultur, paid={year.year: 1_234_567})
    publish(year, sam)
    whole = json.dumps(Publication.objects.get(kind="samlad").data)
    assert "1234567" not in whole
    assert "4711" in whole
    assert [row.amount for row in Payout.objects.filter(published=True)] == [4711]


def test_what_is_frozen_is_the_document_with_its_version(year, sam, quick):
    publish(year, sam)
    row = Publication.objects.get(kind="stad")
    document = from_data(row.data)
    assert (document.draft, document.version) == (False, 1)
    assert row.sha256 == sha256(canonical(row.data))


def test_the_files_are_real_and_say_how_they_were_made(year, sam, monkeypatch):
    monkeypatch.setattr(
        contents, "_of_administrations", lambda *_: ()
    )  # fewer to wait for; what is left has every format
    year.memos.exclude(project=None).delete()
    publish(year, sam)
    rows = PublicationFile.objects.filter(publication__kind="stad").order_by("pk")
    found = {row.format: row for row in rows}
    begins = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK", "json": b"{"}
    for suffix, row in found.items():
        content = bytes(row.content)
        assert content.startswith(begins[suffix])
        assert row.sha256 == sha256(content)
        assert len(row.template) == 64
    assert json.loads(bytes(found["json"].content))["version"] == 1
    engines = {suffix: row.engine.split()[0] for suffix, row in found.items()}
    assert engines == {
        "pdf": "WeasyPrint",
        "docx": "python-docx",
        "xlsx": "XlsxWriter",
        "json": "Python",
    }


def test_the_chain_is_kept(year, sam, quick):
    publish(year, sam)
    chain = Publication.objects.get(kind="samlad").sources
    late, received = chain
    assert (late["administration"], late["received"], late["checksum"]) == ("KULF", False, "")
    assert received["checksum"] == CHECKSUM
    assert received["handed_in_at"] == "2025-05-06T07:08:00+00:00"
    assert (received["decided_on"], received["paragraph"]) == ("2025-01-30", "12")
    own = Publication.objects.get(kind="forvaltning").sources
    assert [item["administration"] for item in own] == ["MF"]


@pytest.mark.parametrize("kind", ["samlad", "stad"])
def test_the_city_names_the_versions_it_used(year, kind):
    item = next(item for item in contents.contents(year).items if item.kind == kind)
    grid = next(grid for grid in item.document.grids() if grid.key == "versioner")
    day = datetime.date(2025, 5, 6)
    assert grid.rows == (
        ("Kulturnämnden", "Ej inkommen", "", "", ""),
        ("Miljönämnden", day, CHECKSUM[:12], datetime.date(2025, 1, 30), "§ 12"),
    )


def test_it_leaves_one_event(year, sam, quick):
    publish(year, sam)
    event = Event.objects.about(year).get()
    assert (event.verb, event.by) == ("publicerade", sam)


def test_the_citys_figures_are_published_with_it(year, sam, quick):
    publish(year, sam)
    figures = {row.name: row for row in PublishedFigure.objects.all()}
    assert figures["paid"].value == 4711
    assert figures["eu_projects"].value == figures["unique_projects"].value == 1
    assert figures["paid"].publication.kind == "samlad"
    assert figures["paid"].source == "Samlad redovisning 2024, version 1"


def test_its_payouts_are_for_all(year, sam, quick):
    publish(year, sam)
    assert set(Payout.objects.values_list("published", flat=True)) == {True}


def test_what_is_published_can_be_searched_for(year, sam, quick):
    publish(year, sam)
    assert " plant" in Publication.objects.get(kind="samlad").search


def test_publishing_changes_no_document(year, sam, quick):
    """Else the first correction would give everything a new version."""
    publish(year, sam)
    assert contents.changed(year, contents.contents(year).items) == []


def test_the_queries_are_as_many_for_many_administrations(year):
    with CaptureQueriesContext(connection) as few:
        contents.contents(year)
    for number in range(12):
        unit = make.administration(f"F{number}", f"Förvaltning {number}", f"Nämnd {number}")
        handed_in(year, unit)
        make.memo(year, unit)
        project = make.project(f"Projekt {number}")
        make.participation(project, unit)
        make.memo(year, unit, project)
    with CaptureQueriesContext(connection) as many:
        contents.contents(year)
    assert len(many) == len(few)


# --- What cannot be published ------------------------------------------------------------------------


@pytest.mark.parametrize("status", [Status.PLANNED, Status.OPEN])
def test_a_year_must_be_closed_first(year, sam, status):
    ReportingYear.objects.update(status=status)
    with pytest.raises(ValidationError, match="måste stängas"):
        attempts.ask(year, sam, "", timezone.now())


def test_a_figure_that_has_gone_stands_in_no_publication(year, sam):
    answer = Answer.objects.get(submission__year=year)
    answer.text = '<p>Vi fick <data value="utbetalt/borta"></data>.</p>'
    answer.save()
    with pytest.raises(ValidationError) as refused:
        attempts.ask(year, sam, "", timezone.now())
    told = " ".join(refused.value.messages)
    assert (
        "I Miljöförvaltningens tjänsteskrivelse 2024 står en siffra som inte finns längre." in told
    )
    assert "I Samlad redovisning 2024 står" in told


def test_a_published_year_is_not_published_again(year, sam, quick):
    publish(year, sam)
    with pytest.raises(ValidationError, match="redan publicerat"):
        attempts.ask(year, sam, "", timezone.now())
    assert Publishing.objects.count() == 1


# --- Twice, lost, given up ---------------------------------------------------------------------------


def test_a_second_click_leads_to_the_attempt_under_way(year, sam):
    first, is_new = attempts.ask(year, sam, "", timezone.now())
    second, again = attempts.ask(year, sam, "", timezone.now())
    assert (first.pk, is_new, again) == (second.pk, True, False)


def test_the_database_allows_one_attempt_at_a_time(year, sam):
    attempts.ask(year, sam, "", timezone.now())
    with pytest.raises(IntegrityError):
        Publishing.objects.create(year=year, by_name="Sam")


def test_an_attempt_that_has_gone_silent_is_replaced(year, sam, quick):
    now = timezone.now()
    lost, _ = attempts.ask(year, sam, "", now)
    Publishing.objects.update(status="running", worker="lost")
    later = now + attempts.silent_after() + datetime.timedelta(seconds=1)
    attempt, is_new = attempts.ask(year, sam, "", later)
    assert is_new
    lost.refresh_from_db()
    assert (lost.status, lost.message) == ("failed", attempts.LOST)
    assert attempts.run(attempt.pk)


def test_a_worker_that_was_given_up_cannot_finish(year, sam, monkeypatch):
    attempt, _ = attempts.ask(year, sam, "", timezone.now())

    def replaced_meanwhile(document, suffix):
        Publishing.objects.update(status="failed", message=attempts.LOST)
        return files.Made(suffix, b"")

    monkeypatch.setattr(files, "make", replaced_meanwhile)
    assert not attempts.run(attempt.pk)
    assert not Publication.objects.exists()
    year.refresh_from_db()
    assert year.status == Status.CLOSED


def test_a_worker_that_was_given_up_just_before_the_end_cannot_finish(
    year, sam, quick, monkeypatch
):
    attempt, _ = attempts.ask(year, sam, "", timezone.now())
    noted = attempts._mine

    def at_the_end(attempt, **fields):
        if fields.get("status") == Publishing.Status.DONE:
            Publishing.objects.update(worker="another")
        noted(attempt, **fields)

    monkeypatch.setattr(attempts, "_mine", at_the_end)
    assert not attempts.run(attempt.pk)
    assert not Publication.objects.exists()


def test_an_attempt_is_taken_up_once(year, sam, quick):
    attempt, _ = attempts.ask(year, sam, "", timezone.now())
    assert attempts.run(attempt.pk)
    assert not attempts.run(attempt.pk)
    assert Publication.objects.count() == 5


def test_a_file_that_cannot_be_made_is_told_and_leaves_nothing(year, sam, monkeypatch):
    def fail(document, suffix):
        raise RenderError("Dokumentet är för stort.")

    monkeypatch.setattr(files, "make", fail)
    attempt = publish(year, sam)
    assert (attempt.status, attempt.message) == ("failed", "Dokumentet är för stort.")
    assert (year.status, Publication.objects.count()) == (Status.CLOSED, 0)


def test_an_unforeseen_error_is_told_too(year, sam, monkeypatch):
    def fail(document, suffix):
        raise ZeroDivisionError

    monkeypatch.setattr(files, "make", fail)
    with pytest.raises(ZeroDivisionError):
        publish(year, sam)
    assert Publishing.objects.get().message == attempts.BROKEN


def test_what_changes_meanwhile_is_not_published_unread(year, sam, monkeypatch):
    def write(document, suffix):
        CityText.objects.get_or_create(year=year, question=None, defaults={"text": "<p>Nytt</p>"})
        return files.Made(suffix, b"")

    monkeypatch.setattr(files, "make", write)
    attempt = publish(year, sam)
    assert (attempt.status, attempt.message) == ("failed", attempts.MEANWHILE)
    assert not Publication.objects.exists()


def test_a_year_that_is_opened_again_meanwhile_is_not_published(year, sam, monkeypatch):
    def reopen(document, suffix):
        ReportingYear.objects.update(status=Status.OPEN)
        return files.Made(suffix, b"")

    monkeypatch.setattr(files, "make", reopen)
    attempt = publish(year, sam)
    assert attempt.status == Publishing.Status.FAILED
    assert (year.status, Publication.objects.count()) == (Status.OPEN, 0)
