"""After publication: a new version with a reason, only of what changed; the old one stays."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from funding.models import Payout
from malmo_intl.models import Event
from reports import figures
from reports.collect import collect
from reports.models import (
    Answer,
    CityText,
    Memo,
    Publication,
    PublicationFile,
    PublishedFigure,
    Publishing,
    ReportingYear,
    Submission,
)
from reports.publishing import attempts, contents, correcting
from reports.rollup import roll_up
from tests import make
from tests.reports.publishing.conftest import publish

Status = ReportingYear.Status
REASON = "Beloppet för Rebus var fel"
NOTE = "Rättad siffra. Tidigare publicerad: 4\u00a0711\u00a0kr. Beloppet för Rebus var fel."


@pytest.fixture
def published(year, sam, quick):
    publish(year, sam)
    return year


@pytest.fixture
def correction(published, sam):
    correcting.start(published, sam, REASON)
    return published


def versions():
    rows = Publication.objects.order_by("kind", "version")
    return [f"{row.kind} {row.version}" for row in rows]


def test_a_correction_has_a_reason_and_leaves_an_event(published, sam):
    with pytest.raises(ValidationError, match="Skriv varför"):
        correcting.start(published, sam, "  ")
    correcting.start(published, sam, REASON)
    assert published.status == Status.CORRECTING
    assert published.correction.reason == REASON
    event = Event.objects.about(published).first()
    assert (event.verb, event.by) == ("började rätta", sam)
    assert event.comment.startswith(REASON)


def test_a_year_from_before_the_system_has_nothing_to_correct(db, sam):
    year = make.year(2019, status=Status.PUBLISHED)
    with pytest.raises(ValidationError, match="innan det här systemet"):
        correcting.start(year, sam, REASON)
    year.refresh_from_db()
    assert year.status == Status.PUBLISHED


def test_only_a_published_year_is_corrected(year, published, sam):
    correcting.start(published, sam, REASON)
    with pytest.raises(ValidationError):
        correcting.start(published, sam, REASON)
    assert Event.objects.filter(verb="började rätta").count() == 1


def test_an_identical_version_is_refused(correction, sam):
    with pytest.raises(ValidationError, match="likadan version"):
        attempts.ask(correction, sam, REASON, timezone.now())
    assert not Publishing.objects.filter(status="waiting").exists()


def test_a_new_version_needs_a_reason(correction, sam):
    CityText.objects.create(year=correction, text="<p>Nytt.</p>")
    with pytest.raises(ValidationError, match="Skriv varför"):
        attempts.ask(correction, sam, "", timezone.now())


def test_only_what_changed_gets_a_new_version(correction, sam):
    old = dict(PublicationFile.objects.values_list("pk", "sha256"))
    Memo.objects.filter(administration=None).update(summary="<p>Ny sammanfattning.</p>")
    attempt = publish(correction, sam, REASON)
    assert (attempt.status, attempt.total) == ("done", 4)
    assert correction.status == Status.PUBLISHED
    assert versions() == [
        "forvaltning 1",
        "projekt 1",
        "samlad 1",
        "siffror 1",
        "stad 1",
        "stad 2",
    ]
    assert Publication.objects.get(version=2).reason == REASON
    assert old.items() <= dict(PublicationFile.objects.values_list("pk", "sha256")).items()


def test_a_figure_that_is_corrected_keeps_the_published_one_beside_it(correction, sam):
    Payout.objects.update(amount=5000)
    publish(correction, sam, REASON)
    assert {"samlad 2", "stad 2", "siffror 2", "forvaltning 2"} <= set(versions())
    row = PublishedFigure.objects.get(name="paid")
    assert (row.value, row.note) == (4711, f"{REASON}.")
    new = Publication.objects.get(kind="stad", version=2)
    paid = next(item for item in new.data["figures"] if item["name"] == "paid")
    assert paid["value"] == {"type": "Decimal", "value": "5000"}
    assert paid["note"] == NOTE
    assert "Tidigare publicerades 4\u00a0711 kronor. Beloppet för Rebus var fel." in json.dumps(
        new.data, ensure_ascii=False
    )


def test_the_year_itself_then_shows_the_corrected_figure(correction, sam):
    Payout.objects.update(amount=5000)
    publish(correction, sam, REASON)
    figure = figures.figure(roll_up(collect(correction)), "paid")
    assert (figure.value, figure.note) == (5000, NOTE)


def test_the_next_year_shows_the_published_figure_todays_and_the_reason(correction, sam):
    next_year = make.year(2025, status=Status.OPEN)
    Payout.objects.update(amount=5000)
    before = figures.figure(roll_up(collect(next_year)), "paid")
    assert (before.previous, before.note) == (4711, "")  # the correction is not yet anybody else's
    publish(correction, sam, REASON)
    after = figures.figure(roll_up(collect(next_year)), "paid")
    assert after.previous == 4711
    assert after.note == (
        "Siffran för 2024 är den som publicerades, 4\u00a0711\u00a0kr. I dag är den 5\u00a0000\u00a0kr. "
        "Beloppet för Rebus var fel."
    )


def test_a_later_correction_of_something_else_adds_nothing_to_the_figure(correction, sam):
    Payout.objects.update(amount=5000)
    publish(correction, sam, REASON)
    assert contents.changed(correction, contents.contents(correction).items) == []
    correcting.start(correction, sam, "Ett stavfel")
    Memo.objects.filter(administration=None).update(summary="<p>Rätt stavat.</p>")
    publish(correction, sam, "Ett stavfel")
    assert PublishedFigure.objects.get(name="paid").note == f"{REASON}."
    assert "stad 3" in versions()
    assert "samlad 3" not in versions()


def test_a_second_correction_of_a_figure_tells_both_reasons(correction, sam):
    for amount, reason in ((5000, REASON), (6000, "Mer pengar kom")):
        if correction.status != Status.CORRECTING:
            correcting.start(correction, sam, reason)
        Payout.objects.update(amount=amount)
        publish(correction, sam, reason)
    row = PublishedFigure.objects.get(name="paid")
    assert (row.value, row.note) == (4711, f"{REASON}. Mer pengar kom.")


def test_a_report_that_is_opened_again_must_come_back_first(correction, sam):
    Submission.objects.filter(status="approved").update(status="returned")
    with pytest.raises(ValidationError, match="Miljöförvaltningen har inte lämnat in"):
        attempts.ask(correction, sam, REASON, timezone.now())


def test_what_was_printed_before_the_system_is_not_what_is_corrected(year, sam, quick):
    printed = PublishedFigure.objects.create(
        year=2024, name="paid", value=9000, source="Ett tryckt häfte", note="Ungefärligt."
    )
    publish(year, sam)
    correcting.start(year, sam, REASON)
    assert contents.changed(year, contents.contents(year).items) == []
    Payout.objects.update(amount=5000)
    publish(year, sam, REASON)
    printed.refresh_from_db()
    assert printed.note == "Ungefärligt."


# --- To give it up -------------------------------------------------------------------------------------


def test_a_correction_is_given_up_when_nothing_has_changed(correction, sam):
    correcting.stop(correction, sam)
    assert correction.status == Status.PUBLISHED
    assert Event.objects.about(correction).first().verb == "avbröt rättelsen av"
    assert Payout.objects.get().published


def test_a_correction_is_not_given_up_when_something_has_changed(correction, sam):
    Answer.objects.update(text="<p>Annat.</p>")
    with pytest.raises(ValidationError, match="har ändrats"):
        correcting.stop(correction, sam)
    correction.refresh_from_db()
    assert correction.status == Status.CORRECTING
    assert not Event.objects.filter(verb="avbröt rättelsen av").exists()


def test_what_drifted_before_the_correction_does_not_hinder_giving_it_up(published, sam):
    """A later year's entry has changed a shared fact: that is not this correction's doing."""
    Payout.objects.update(amount=5000)
    correcting.start(published, sam, REASON)
    correcting.stop(published, sam)
    assert published.status == Status.PUBLISHED


# --- Who sees what meanwhile -----------------------------------------------------------------------------


def test_meanwhile_others_see_only_what_is_published(correction, olle, rut, sam):
    for person, sees in ((olle, False), (sam, True)):
        assert correction.figures_visible_to(person) is sees
        assert Submission.objects.visible_to(person).filter(status="approved").exists() is sees
        assert Memo.objects.visible_to(person).exists() is sees
        assert Payout.objects.visible_to(person).exists() is sees
        assert Publication.objects.visible_to(person).count() == 5
    # The own administration's stay its own.
    assert Payout.objects.visible_to(rut).exists()
    assert Submission.objects.visible_to(rut).exists()
    assert not CityText.objects.visible_to(rut).exists()


def test_afterwards_all_see_the_year_again(correction, olle, sam):
    Payout.objects.update(amount=5000)
    publish(correction, sam, REASON)
    assert correction.figures_visible_to(olle)
    assert Payout.objects.visible_to(olle).get().amount == 5000
