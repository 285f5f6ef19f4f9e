"""The page where stadskontoret publishes a year, follows how it goes, and corrects it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from funding.models import Payout
from malmo_intl.models import Event
from reports.models import Memo, Publication, Publishing, ReportingYear
from reports.publishing import attempts
from tests import make
from tests.reports.publishing.conftest import (  # noqa: F401 - fixtures
    closed_year,
    handed_in,
    publish,
    quick,
    year,
)

ADDRESS = "/redovisning/2024/publicering/"
Status = ReportingYear.Status


@pytest.fixture
def office_client(client, sam):
    client.force_login(sam)
    return client


@pytest.fixture
def published(year, sam, quick):  # noqa: F811
    publish(year, sam)
    return year


def text(answer):
    return answer.content.decode().replace("\u00a0", " ")


def press(client, gor, **fields):
    return client.post(ADDRESS, {"gor": gor, **fields}, follow=True)


def test_it_says_what_will_be_published_and_what_is_missing(office_client, year):  # noqa: F811
    Memo.objects.filter(administration=None).delete()
    page = text(office_client.get(ADDRESS))
    assert "4 dokument, vart och ett som PDF, Word, Excel och JSON: 16 filer i allt." in page
    assert "/dokument/2024/projekt/mf/rebus/" in page
    assert "Kulturförvaltningen har inte lämnat in." in page
    assert "Stadens tjänsteskrivelse är inte skriven." in page


def test_an_open_year_must_be_closed_first(office_client, year, quick):  # noqa: F811
    ReportingYear.objects.update(status=Status.OPEN)
    assert "Stäng året först" in text(office_client.get(ADDRESS))
    answer = press(office_client, "publicera", klart="on")
    assert attempts.NOT_CLOSED in text(answer)
    assert not Publishing.objects.exists()


@pytest.mark.parametrize("person", ["rut", "olle", "siv"])
def test_it_does_not_exist_for_others(client, request, year, person):  # noqa: F811
    client.force_login(request.getfixturevalue(person))
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, {"gor": "publicera", "klart": "on"}).status_code == 404
    assert not Publishing.objects.exists()


def test_publishing_must_be_confirmed(office_client, year, quick):  # noqa: F811
    answer = office_client.post(ADDRESS, {"gor": "publicera"})
    assert answer.status_code == 422
    page = text(answer)
    assert "<title>Fel: Publicering 2024" in page
    assert "Bekräfta att du har läst dokumenten." in page
    assert not Publishing.objects.exists()


def test_publishing_answers_with_the_files(office_client, year, quick):  # noqa: F811
    answer = press(office_client, "publicera", klart="on")
    page = text(answer)
    assert "Året är publicerat." in page
    assert "/publicerat/2024/samlad/v1.pdf" in page
    assert Publication.objects.get(kind="samlad").sha256 in page
    assert Event.objects.filter(verb="publicerade").count() == 1


def test_pressing_twice_publishes_once(office_client, year, quick):  # noqa: F811
    press(office_client, "publicera", klart="on")
    again = press(office_client, "publicera", klart="on")
    assert attempts.ALREADY in text(again)
    assert Publication.objects.count() == 5


def test_progress_is_told_in_words_without_scripts(office_client, year, sam):  # noqa: F811
    attempts.ask(year, sam, "", timezone.now())
    page = text(office_client.get(ADDRESS))
    assert "Publiceringen är beställd och börjar strax." in page
    assert '<meta http-equiv="refresh" content="5">' in page
    Publishing.objects.update(status="running", worker="x", done=3, total=20)
    page = text(office_client.get(ADDRESS))
    assert "3 av 20 filer är klara." in page
    assert attempts_led_to(office_client)


def attempts_led_to(client):
    """A second click, meanwhile."""
    return "Publiceringen pågår redan" in text(press(client, "publicera", klart="on"))


def test_a_silent_attempt_can_be_begun_again(office_client, year, sam, quick):  # noqa: F811
    attempts.ask(year, sam, "", timezone.now() - 2 * attempts.silent_after())
    page = text(office_client.get(ADDRESS))
    assert "Arbetet verkar ha avbrutits" in page
    assert "refresh" not in page
    assert "Året är publicerat." in text(press(office_client, "publicera", klart="on"))


def test_a_failure_is_told_and_can_be_tried_again(office_client, year, sam):  # noqa: F811
    Publishing.objects.create(
        year=year, by=sam, by_name="Sam", status="failed", message="Minnet tog slut."
    )
    page = text(office_client.get(ADDRESS))
    assert "Minnet tog slut." in page
    assert "Publicera 2024" in page


# --- Correction ----------------------------------------------------------------------------------------


def test_a_correction_is_begun_with_a_reason(office_client, published):
    answer = office_client.post(ADDRESS, {"gor": "ratta", "skal": " "})
    assert answer.status_code == 422
    assert "Skriv varför det publicerade behöver rättas." in text(answer)
    page = text(press(office_client, "ratta", skal="Ett belopp är fel"))
    assert "Skäl: Ett belopp är fel" in page
    assert "Inget skiljer sig från det publicerade än." in page
    published.refresh_from_db()
    assert published.status == Status.CORRECTING


def test_a_corrected_year_is_published_anew(office_client, published):
    press(office_client, "ratta", skal="Ett belopp är fel")
    Payout.objects.update(amount=5000)
    page = text(office_client.get(ADDRESS))
    assert "Det här skiljer sig från det publicerade" in page
    refused = office_client.post(ADDRESS, {"gor": "publicera", "skal": "Skrev fel belopp"})
    assert refused.status_code == 422
    assert "Skrev fel belopp" in text(refused)
    page = text(press(office_client, "publicera", klart="on", skal="Skrev fel belopp"))
    assert "Samlad redovisning 2024, version 2" in page
    assert "Skrev fel belopp" in page
    assert "/publicerat/2024/samlad/v1.pdf" in page


def test_an_identical_version_is_refused_with_a_sentence(office_client, published):
    press(office_client, "ratta", skal="Ett belopp är fel")
    answer = press(office_client, "publicera", klart="on", skal="Ett belopp är fel")
    assert attempts.SAME in text(answer)
    assert Publication.objects.count() == 5


def test_a_correction_can_be_given_up_until_something_changes(office_client, published):
    press(office_client, "ratta", skal="Ett belopp är fel")
    assert "Rättelsen är avbruten." in text(press(office_client, "avbryt"))
    press(office_client, "ratta", skal="Ett belopp är fel")
    Payout.objects.update(amount=5000)
    assert "har ändrats sedan rättelsen började" in text(press(office_client, "avbryt"))


def test_a_year_from_before_the_system_stays_as_it_is(office_client, db):
    make.year(2024, status=Status.PUBLISHED)
    page = text(office_client.get(ADDRESS))
    assert "Året publicerades innan systemet fanns" in page
    assert "Börja en rättelse" not in page
    answer = press(office_client, "ratta", skal="Ett fel")
    assert "innan det här systemet fanns" in text(answer)


def test_a_press_of_a_button_that_is_not_there(office_client, year):  # noqa: F811
    assert office_client.post(ADDRESS, {"gor": "annat"}).status_code == 404


@pytest.mark.parametrize("status", [Status.CLOSED, Status.PUBLISHED, Status.CORRECTING])
def test_the_queries_do_not_grow(office_client, year, sam, quick, status):  # noqa: F811
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert office_client.get(ADDRESS).status_code == 200
        return len(captured)

    if status != Status.CLOSED:
        publish(year, sam)
        ReportingYear.objects.update(status=status)
    few = queries()
    for number in range(9):
        unit = make.administration(f"F{number}", f"Förvaltning {number}", f"Nämnd {number}")
        handed_in(year, unit)
        make.memo(year, unit)
        if status != Status.CLOSED:
            make.publication(year, "forvaltning", administration=unit)
    assert queries() == few
