"""Warnings that the administration stands by, with the reason."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from malmo_intl.models import Event
from reports.models import (
    Submission,
    Waiver,
)
from reports.views import hand_in
from tests.reports.views.hand_in.pages import PAGE, page, the_warning, trail

Status = Submission.Status


def test_a_warning_is_answered_with_a_reason_that_is_shown(client, press, rut, mans, warned):
    press(rut, "skal", varning=the_warning(client, rut), skal="Vi är åhörare.")
    text = page(client, mans)
    assert "Vi är åhörare." in text
    assert "Rut, 20" in text
    assert "Stämmer det här?" in text
    event = Event.objects.about(warned).get()
    assert event.comment.endswith("Skäl: Vi är åhörare.")
    assert "Rebus" in event.comment


def test_the_same_reason_twice_is_one(client, press, rut, warned):
    key = the_warning(client, rut)
    press(rut, "skal", varning=key, skal="Vi är åhörare.")
    press(rut, "skal", varning=key, skal="Något annat.")
    assert Waiver.objects.get().reason == "Vi är åhörare."
    assert len(trail(warned)) == 1


def test_a_reason_is_taken_back(client, press, rut, warned):
    key = the_warning(client, rut)
    press(rut, "skal", varning=key, skal="Vi är åhörare.")
    for _ in range(2):
        press(rut, "ta-bort-skal", varning=key)
    assert Waiver.objects.count() == 0
    assert len(trail(warned)) == 2


def test_no_reason_is_no_reason_and_the_page_says_so(client, press, rut, warned):
    answer = press(rut, "skal", varning=the_warning(client, rut), skal=" ")
    assert answer.status_code == 422
    assert "Skriv varför uppgiften stämmer." in answer.content.decode()
    assert Waiver.objects.count() == 0


def test_too_long_a_reason_is_kept_in_the_field(client, press, rut, warned):
    answer = press(rut, "skal", varning=the_warning(client, rut), skal="å" * 301)
    assert answer.status_code == 422
    assert "å" * 301 in answer.content.decode()


def test_an_error_has_no_excuse(press, rut, draft):
    draft.answers.update(text="<p>[skriv här]</p>")
    press(rut, "skal", varning="malltext:fragor/1:svar:[skriv här]", skal="Jo.")
    assert Waiver.objects.count() == 0


def test_a_warning_that_is_gone_is_not_answered(press, rut, warned):
    text = press(rut, "skal", varning="hittepå", skal="Jo.").content.decode()
    assert "Varningen gäller inte längre." in text
    assert Waiver.objects.count() == 0


@pytest.mark.parametrize("gor", ["skal", "ta-bort-skal"])
def test_reasons_are_given_in_a_draft_only(press, mans, draft, gor):
    press(mans, "godkann")
    assert press(mans, gor, varning="x", skal="Jo.").status_code == 403


TYPED = st.text(max_size=40) | st.text(alphabet="\x00\ud800<>&'\"\r\n å", max_size=20)


@given(
    gor=st.sampled_from([*hand_in.ACTS, "", "x"]),
    fields=st.dictionaries(st.sampled_from(["sett", "varning", "skal", "kommentar"]), TYPED),
    as_manager=st.booleans(),
)
@tried(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_post_crashes(client, rut, mans, warned, quick, gor, fields, as_manager):
    client.force_login(mans if as_manager else rut)
    posted = {name: text.encode("utf-8", "replace") for name, text in fields.items()}
    assert client.post(PAGE, {"gor": gor, **posted}).status_code < 500
