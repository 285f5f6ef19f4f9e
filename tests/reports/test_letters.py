"""The texts of the year's mails: words in braces, who gets them, and the deeds that write them."""

import datetime

import pytest
from django.db import transaction

from malmo_intl.models import Role
from reports import letters
from reports.models import Letter, MailText, Submission
from tests import make

SITE = "https://internationellt.malmo.se/"
TODAY = datetime.date(2025, 3, 12)


@pytest.fixture
def year(db):
    made = make.year(2024)
    made.last_day = datetime.date(2025, 3, 15)
    made.save()
    return made


@pytest.fixture
def draft(year, miljo):
    return make.submission(year, miljo)


def test_the_first_texts_have_no_problems():
    for kind, (subject, body, _) in letters.DEFAULTS.items():
        assert letters.problems(subject, kind) == letters.problems(body, kind) == []
    assert set(letters.DEFAULTS) == set(MailText.Kind)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Hej {namn}", "{namn} finns inte. Ord som går att använda: {förvaltning},"),
        ("Hej {}", "{} finns inte."),
        ("Hej {förvaltning", "En klammer saknar sin andra hälft."),
        ("Hej förvaltning}", "En klammer saknar sin andra hälft."),
        ("{kommentarer}", "{kommentarer} finns inte i det här mejlet."),
    ],
)
def test_what_is_wrong_with_braces_is_said_in_a_sentence(text, begins):
    (sentence,) = letters.problems(text, MailText.Kind.BEFORE)
    assert sentence.startswith(begins)


def test_a_word_may_have_space_and_capitals_and_is_filled_in_once():
    words = {"förvaltning": "{år}", "år": "2024"}
    assert letters.problems("{ Förvaltning }") == []
    assert letters.fill("{ Förvaltning } {år}", words) == "{år} 2024"


@pytest.mark.parametrize(
    ("today", "left", "after"),
    [
        (datetime.date(2025, 3, 14), "1 dag", "0 dagar"),
        (datetime.date(2025, 3, 15), "0 dagar", "0 dagar"),
        (datetime.date(2025, 3, 18), "0 dagar", "3 dagar"),
    ],
)
def test_days_are_counted_to_and_from_the_last_day(draft, today, left, after):
    words = letters.words_for(draft, SITE, today)
    assert (words["dagar kvar"], words["dagar efter"]) == (left, after)


def test_every_word_is_filled_in(draft):
    words = letters.words_for(draft, SITE, TODAY, "Sam", "Rätta.")
    assert set(words) == set(letters.WORDS)
    assert words["förvaltningens"] == "miljöförvaltningens"
    assert words["sista dag"] == "15\u00a0mars 2025"
    assert words["länk"] == "https://internationellt.malmo.se/redovisning/2024/mf/"
    assert words["läge"] == "utkast"


def test_coordinators_get_it_and_managers_where_there_is_none(
    django_assert_num_queries, draft, year, kultur, rut, mans
):
    chief = make.person("Kajsa", kultur, Role.MANAGER)
    make.person("Borta", kultur, Role.COORDINATOR, is_active=False)
    other = make.submission(year, kultur)
    with django_assert_num_queries(1):
        assert letters.receivers([draft, other]) == {draft.pk: [rut], other.pk: [chief]}


def test_when_the_year_opens_every_administration_hears_of_it(draft, year, kultur, rut, olle, sam):
    make.submission(year, kultur)
    make.submission(year, make.administration("FRIF", "Fritidsförvaltningen", "Fritidsnämnden"))
    letters.year_opened(year, sam, SITE, TODAY)
    found = Letter.objects.order_by("pk")
    assert [letter.to for letter in found] == [[rut.email], [olle.email]]
    assert {letter.kind for letter in found} == {MailText.Kind.OPENED}
    assert found[0].reply_to == sam.email
    assert "miljöförvaltningens redovisning av internationellt arbete 2024" in found[0].body
    assert not letters.problems(found[0].body)  # every word is filled in


def test_the_years_own_text_goes_before_the_first_one(draft, year, rut, sam):
    year.mail_texts.create(kind="approved", subject="Tack {förvaltning}", body="{avsändare}")
    (letter,) = letters.approved(draft, sam, SITE)
    assert (letter.subject, letter.body) == ("Tack miljöförvaltningen", "Sam")


def test_what_is_returned_says_what_to_mend_as_it_was_written(draft, rut, sam):
    (letter,) = letters.returned(draft, sam, SITE, ["Om {allt}.", "Parter: <b>fel</b>."])
    assert "\n\nOm {allt}.\n\nParter: <b>fel</b>.\n\n" in letter.body


def test_a_deed_that_is_not_done_leaves_no_letter(draft, rut, sam, mailoutbox):
    with transaction.atomic():
        letters.approved(draft, sam, SITE)
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert mailoutbox == []


def test_who_has_nobody_gets_no_letter(draft, sam):
    assert letters.approved(draft, sam, SITE) == []
    assert Submission.objects.count() == 1


def test_a_name_that_begins_a_sentence_has_a_capital_letter():
    words = {"förvaltning": "miljöförvaltningen", "länk": "https://a.se"}
    told = letters.fill("{förvaltning} är sen. {förvaltning}!\n\n{länk}: till {förvaltning}", words)
    assert told == (
        "Miljöförvaltningen är sen. Miljöförvaltningen!\n\nhttps://a.se: till miljöförvaltningen"
    )
