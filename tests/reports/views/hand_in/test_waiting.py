"""What waits, on the start page and the task list."""

import datetime

from malmo_intl.models import Membership, Role
from reports.entry import parts
from reports.models import (
    Part,
    Submission,
)
from reports.models.submission import Verb
from tests import make
from tests.reports.views.hand_in.pages import PAGE, page, state, trail

Status = Submission.Status


def test_the_start_page_tells_how_far_it_has_come_and_the_last_day(client, rut, draft, year):
    year.last_day = datetime.date.today() + datetime.timedelta(days=3)
    year.save()
    Part.objects.filter(submission=draft, key__in=["mal", "parter"]).delete()
    start = page(client, rut, "/")
    total = len(parts.tasks(draft))
    assert f"{total - 2} av {total} delar klara." in start
    assert "3 dagar kvar" in start


def test_when_all_is_done_it_leads_to_the_check(client, rut, draft):
    assert f'href="{PAGE}">Kontrollera och lämna in' in page(client, rut, "/")


def test_what_waits_for_ones_sign_off_comes_first(client, press, rut, mans, draft, kultur):
    other = make.submission(draft.year, kultur)
    Membership.objects.create(user=mans, administration=kultur, role=Role.COORDINATOR)
    press(rut, "be")
    start = page(client, mans, "/")
    assert start.index(f"vantar-{draft.pk}") < start.index(f"vantar-{other.pk}")


def test_the_task_list_ends_with_the_check(client, rut, draft):
    text = page(client, rut, "/redovisning/2024/mf/")
    assert text.index("Tjänsteskrivelse") < text.index("Kontrollera och lämna in")
    assert "Rut, 20" in text


def test_what_stadskontoret_sent_back_stands_at_the_top(client, press, rut, sam, handed_in):
    handed_in.refresh_from_db()
    handed_in.send_back(sam, "Beloppet för Gröna tak stämmer inte.")
    text = page(client, rut, "/redovisning/2024/mf/")
    assert "Sam skickade tillbaka redovisningen" in text
    assert "Beloppet för Gröna tak stämmer inte." in text


def test_a_returned_report_goes_the_same_way_again(press, rut, mans, sam, handed_in):
    handed_in.refresh_from_db()
    handed_in.send_back(sam, "Rätta.")
    press(rut, "be")
    press(mans, "godkann")
    press(rut, "lamna-in")
    assert state(handed_in) == Status.SUBMITTED
    assert trail(handed_in).count(Verb.SUBMITTED) == 2
