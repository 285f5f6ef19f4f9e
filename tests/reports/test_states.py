"""A submission moves only along its moves, once, and leaves a trail."""

import pytest
from django.core.exceptions import ValidationError

from malmo_intl.models import Event
from reports.models import ReportingYear, Submission
from tests import make

pytestmark = pytest.mark.django_db
Status = Submission.Status


@pytest.fixture
def draft(miljo):
    return make.submission(make.year(2024), miljo)


def test_the_way_from_draft_to_approved_leaves_one_event_a_step(draft, mans, rut, sam):
    draft.sign_off(by=mans)
    draft.submit(by=rut)
    draft.approve(by=sam)
    assert draft.status == Status.APPROVED
    verbs = list(Event.objects.about(draft).values_list("verb", flat=True))
    assert verbs == ["godkände", "lämnade in", "godkände för inlämning"]


def test_every_step_stands_in_the_rows_history_with_its_person(draft, mans):
    draft.sign_off(by=mans)
    latest = draft.history.first()
    assert (latest.status, latest.history_user) == (Status.READY, mans)


def test_a_step_that_is_not_a_move_is_refused_and_leaves_nothing(draft, sam):
    with pytest.raises(ValidationError, match="kan inte ändras"):
        draft.approve(by=sam)
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
    assert not Event.objects.about(draft).exists()


def test_the_second_of_two_persons_is_told(draft, mans, rut):
    other = Submission.objects.get(pk=draft.pk)
    draft.sign_off(by=mans)
    with pytest.raises(ValidationError, match="Någon annan hann före"):
        other.sign_off(by=rut)
    assert Event.objects.about(draft).count() == 1


def test_a_return_without_words_is_refused(draft, mans, rut, sam):
    draft.sign_off(by=mans)
    draft.submit(by=rut)
    with pytest.raises(ValidationError, match="Skriv vad"):
        draft.send_back(by=sam, comment="  ")
    draft.send_back(by=sam, comment="Beloppet för Rebus saknas.")
    assert draft.status == Status.RETURNED
    assert Event.objects.about(draft).first().comment == "Beloppet för Rebus saknas."


def test_a_hand_in_may_be_taken_back_until_the_review_is_opened(draft, mans, rut):
    draft.sign_off(by=mans)
    draft.submit(by=rut)
    draft.withdraw(by=mans)
    assert draft.status == Status.DRAFT


def test_a_hand_in_under_review_may_not_be_taken_back(draft, mans, rut):
    draft.sign_off(by=mans)
    draft.submit(by=rut)
    draft.review_opened_at = "2025-01-10T12:00:00+01:00"
    draft.save()
    with pytest.raises(ValidationError, match="Granskningen har börjat"):
        draft.withdraw(by=mans)


def test_every_status_says_where_it_may_go():
    assert set(Submission.MOVES) == set(Status)
    assert set(ReportingYear.MOVES) == set(ReportingYear.Status)


def test_only_drafts_of_an_open_year_may_be_edited(draft):
    assert draft.is_editable
    draft.year.status = ReportingYear.Status.CLOSED
    assert not draft.is_editable


def test_an_event_is_never_changed_and_never_deleted(draft, mans):
    draft.sign_off(by=mans)
    event = Event.objects.about(draft).get()
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


@pytest.mark.parametrize("status", ["draft", "ready", "submitted", "approved"])
def test_what_is_begun_or_handed_in_is_not_begun_again(miljo, rut, status):
    found = make.submission(make.year(2031), miljo, status)
    with pytest.raises(ValidationError):
        found.start(rut)
    found.refresh_from_db()
    assert found.status == status
