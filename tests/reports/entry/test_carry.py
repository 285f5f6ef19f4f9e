"""What comes along from last year, once, and what is said of it."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from malmo_intl.models import Event
from projects.models import Network, NetworkMembership
from reports.entry import carry
from reports.entry.carry import Verdict
from reports.models import CarriedItem, Memo, MemoLine, ScheduleStep, Submission
from tests import make

DAY = datetime.date


@pytest.fixture
def before(miljo):
    """Last reported: 2022, with a project, a network and a memo. 2023 was never reported."""
    year = make.year(2022)
    reported = make.submission(year, miljo, Submission.Status.APPROVED)
    part(miljo, "Rebus", ends_on=DAY(2022, 6, 30))
    network = Network.objects.create(name="Eurocities")
    NetworkMembership.objects.create(
        network=network, administration=miljo, year=2022, role="Ordförande"
    )
    memo = make.memo(
        year,
        miljo,
        title="Redovisning 2022",
        diary_number="MN-2022-1",
        dated=DAY(2023, 1, 20),
        reference_name="Rut",
        reference_title="EU-samordnare",
        decision_lead="Miljönämnden beslutar",
    )
    for place, (kind, text, detail) in enumerate(
        [
            (MemoLine.List.RECIPIENT, "Kommunstyrelsen", ""),
            (MemoLine.List.SIGNATORY, "Måns", "Avdelningschef"),
            (MemoLine.List.DECISION, "Nämnden godkänner.", ""),
        ]
    ):
        MemoLine.objects.create(memo=memo, list=kind, position=place, text=text, detail=detail)
    ScheduleStep.objects.create(memo=memo, body="Miljönämnden", day=DAY(2023, 2, 14))
    return reported


@pytest.fixture
def expected(year, miljo):
    """The year that nobody has begun."""
    return make.submission(year, miljo, Submission.Status.NOT_STARTED)


def part(unit, name, paid=None, **period):
    project = make.project(name, **({"starts_on": DAY(2020, 1, 1)} | period))
    return make.participation(project, unit, paid=paid)


def names(submission):
    return sorted(str(item) for item in submission.carried.all())


# --- What comes along --------------------------------------------------------------------------------


def test_what_was_reported_last_comes_along_and_waits(before, expected, rut):
    carry.begin(expected, rut)
    assert expected.status == Submission.Status.DRAFT
    assert names(expected) == ["Eurocities", "Rebus"]
    assert {item.verdict for item in expected.carried.all()} == {Verdict.WAITING}


def test_what_was_paid_that_year_comes_along_though_it_had_ended(before, expected, miljo, rut):
    part(miljo, "Krami", paid={2022: 100}, ends_on=DAY(2021, 1, 1))
    part(miljo, "Längesedan", paid={2021: 100}, ends_on=DAY(2021, 1, 1))
    carry.begin(expected, rut)
    assert names(expected) == ["Eurocities", "Krami", "Rebus"]


def test_what_is_under_way_now_or_was_in_between_comes_along(before, expected, miljo, kultur, rut):
    part(miljo, "Nytt", starts_on=DAY(2024, 3, 1))
    part(miljo, "Mellan", starts_on=DAY(2023, 1, 1), ends_on=DAY(2023, 12, 31))
    part(miljo, "Nästa år", starts_on=DAY(2025, 1, 1))
    part(kultur, "Kulturens", starts_on=DAY(2024, 1, 1))
    carry.begin(expected, rut)
    assert names(expected) == ["Eurocities", "Mellan", "Nytt", "Rebus"]


def test_without_an_earlier_report_what_is_under_way_comes_along(expected, miljo, rut):
    part(miljo, "Nytt")
    part(miljo, "Slut", ends_on=DAY(2023, 12, 31))
    carry.begin(expected, rut)
    assert names(expected) == ["Nytt"]
    assert Event.objects.about(expected).filter(verb="hämtades från registret").exists()


def test_a_report_that_never_came_in_is_no_last_year(expected, miljo, rut):
    make.submission(make.year(2022), miljo, Submission.Status.NOT_RECEIVED)
    part(miljo, "Slut", ends_on=DAY(2022, 12, 31))
    carry.begin(expected, rut)
    assert names(expected) == []


def test_it_leaves_a_trail(before, expected, rut):
    carry.begin(expected, rut)
    event = Event.objects.about(expected).get(verb="hämtades från 2022")
    assert (event.by, event.administration) == (rut, expected.administration)
    assert event.comment == "1 projekt, 1 nätverk och tjänsteskrivelsens huvud och mottagare"


def test_a_second_time_changes_nothing(before, expected, rut):
    carry.begin(expected, rut)
    expected.carried.update(verdict=Verdict.UNCHANGED)
    Memo.objects.filter(year=expected.year).update(title="Ändrad")
    events = Event.objects.count()
    carry.over(expected, rut)
    assert (CarriedItem.objects.count(), Event.objects.count()) == (2, events)
    assert not expected.carried.filter(verdict=Verdict.WAITING).exists()
    assert Memo.objects.get(year=expected.year).title == "Ändrad"


def test_begun_again_after_a_close_it_keeps_its_verdicts(before, expected, rut):
    carry.begin(expected, rut)
    expected.carried.update(verdict=Verdict.ENDED)
    expected.mark_not_received(None)
    carry.begin(expected, rut)
    assert {item.verdict for item in expected.carried.all()} == {Verdict.ENDED}


# --- The memo ----------------------------------------------------------------------------------------


def test_the_memos_head_and_recipients_come_along_without_number_date_and_texts(
    before, expected, rut
):
    carry.begin(expected, rut)
    memo = Memo.objects.get(year=expected.year, administration=expected.administration)
    assert memo.title == "Redovisning 2024"
    assert (memo.reference_name, memo.decision_lead) == ("Rut", "Miljönämnden beslutar")
    assert (memo.diary_number, memo.dated, memo.summary) == ("", None, "")
    assert [(line.list, line.text, line.detail) for line in memo.lines.all()] == [
        ("recipient", "Kommunstyrelsen", ""),
        ("signatory", "Måns", "Avdelningschef"),
    ]
    assert not memo.schedule.exists()
    assert carry.bodies(expected) == ["Miljönämnden"]
    assert memo.history.get().history_change_reason == "hämtades från 2022"
    assert memo.history.get().history_user == rut


def test_a_memo_that_is_there_is_left_alone(before, expected, year, miljo, rut):
    make.memo(year, miljo, title="Min egen")
    carry.begin(expected, rut)
    assert Memo.objects.get(year=year).title == "Min egen"


@pytest.mark.parametrize(
    ("title", "new"),
    [
        ("Internationell redovisning 2022", "Internationell redovisning 2024"),
        ("Redovisning", "Redovisning"),
        ("Dnr 12022 och 2022", "Dnr 12022 och 2024"),
    ],
)
def test_only_the_year_itself_is_replaced_in_the_title(title, new):
    assert carry.retitled(title, 2022, 2024) == new


# --- The verdict -------------------------------------------------------------------------------------


@pytest.fixture
def begun(before, expected, rut):
    carry.begin(expected, rut)
    return expected


def network(submission):
    return submission.carried.get(participation=None)


def memberships(submission):
    return list(
        NetworkMembership.objects.filter(year=submission.year.year).values_list(
            "network__name", "role"
        )
    )


def test_a_network_that_goes_on_is_a_membership_of_the_year_with_its_role(begun, rut):
    assert carry.answer(network(begun), Verdict.UNCHANGED, Verdict.WAITING, rut)
    assert memberships(begun) == [("Eurocities", "Ordförande")]
    assert carry.answer(network(begun), Verdict.ENDED, Verdict.UNCHANGED, rut)
    assert memberships(begun) == []


def test_a_verdict_that_is_taken_back_leaves_nothing(begun, rut):
    carry.answer(network(begun), Verdict.UNCHANGED, Verdict.WAITING, rut)
    carry.answer(network(begun), Verdict.WAITING, Verdict.UNCHANGED, rut)
    assert memberships(begun) == []
    verbs = Event.objects.about(begun).values_list("verb", "comment")
    assert ("tog tillbaka sitt besked", "Eurocities: väntar på svar") in verbs
    assert ("gav besked", "Eurocities: oförändrat") in verbs


def test_of_two_verdicts_at_once_the_second_is_refused(begun, rut, mans):
    mine, theirs = network(begun), network(begun)
    assert carry.answer(theirs, Verdict.ENDED, Verdict.WAITING, mans)
    assert not carry.answer(mine, Verdict.UNCHANGED, Verdict.WAITING, rut)
    assert network(begun).verdict == Verdict.ENDED


def test_the_same_verdict_twice_leaves_one_trail(begun, rut):
    for _ in range(2):
        assert carry.answer(network(begun), Verdict.ENDED, Verdict.WAITING, rut)
    assert Event.objects.about(begun).filter(verb="gav besked").count() == 1


# --- Writing while others do --------------------------------------------------------------------------


def test_who_begins_after_another_did_goes_on(before, miljo, rut, mans):
    submission = make.submission(make.year(2024), miljo, Submission.Status.NOT_STARTED)
    late = Submission.objects.get(pk=submission.pk)
    carry.begin(submission, rut)
    with carry.writing(late, mans):
        assert late.status == Submission.Status.DRAFT
    assert Event.objects.filter(verb="påbörjade").count() == 1


def test_nothing_is_written_in_what_was_handed_in_meanwhile(miljo, rut):
    submission = make.submission(make.year(2024), miljo, Submission.Status.DRAFT)
    Submission.objects.update(status=Submission.Status.SUBMITTED)
    refused = pytest.raises(ValidationError, match="är inlämnad och går inte att ändra")
    with refused, carry.writing(submission, rut):
        pytest.fail("It was written in.")


def test_a_report_that_was_begun_for_what_failed_is_not_begun(miljo, rut):
    submission = make.submission(make.year(2024), miljo, Submission.Status.NOT_STARTED)
    with pytest.raises(ZeroDivisionError), carry.writing(submission, rut):
        raise ZeroDivisionError
    assert submission.status == Submission.Status.NOT_STARTED
    submission.refresh_from_db()
    assert submission.status == Submission.Status.NOT_STARTED
    assert not Event.objects.exists()
