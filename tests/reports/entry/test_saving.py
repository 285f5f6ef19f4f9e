"""Two people at once lose nothing; every version can be seen and brought back."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from malmo_intl.models import Event
from reports.entry import saving
from reports.entry.answer import AnswerForm
from reports.entry.partners import PartnersForm
from reports.models import Part, Saving

PUBLIC, PRIVATE = "parter-public", "parter-private"


# --- Putting versions together, without a database ---------------------------------------------------

versions = some.dictionaries(some.sampled_from("abcd"), some.sampled_from(["", "1", "2", "3"]))


@given(versions, versions, versions)
def test_what_one_alone_has_changed_is_kept(base, theirs, mine):
    merged, disagree = saving.merge(base, theirs, mine)
    for name in {*base, *theirs, *mine}:
        before, other, own = (side.get(name, "") for side in (base, theirs, mine))
        if own == before:
            assert merged.get(name, "") == other
        elif other == before:
            assert merged.get(name, "") == own
        else:
            assert (name in disagree) == (own != other)


@given(versions, versions)
def test_who_changed_nothing_changes_nothing(base, theirs):
    merged, disagree = saving.merge(base, theirs, base)
    assert disagree == []
    assert {name: text for name, text in merged.items() if text} == {
        name: text for name, text in theirs.items() if text
    }


# --- Saving ------------------------------------------------------------------------------------------


def test_a_save_begins_the_part_and_raises_its_version(draft, rut, save):
    part = save(PartnersForm, draft, "parter", rut, {PUBLIC: "17"})
    assert (part.status, part.version, part.saved_by) == (Part.Status.STARTED, 1, rut)
    assert draft.partner_counts.get().count == 17


def test_a_finished_part_leaves_a_trail(draft, rut, save):
    part = save(PartnersForm, draft, "parter", rut, {PUBLIC: "17"}, finished=True)
    assert part.status == Part.Status.DONE
    assert Event.objects.about(draft).get().comment == "Samverkansparter"


def test_an_empty_field_is_not_zero(draft, rut, save):
    save(PartnersForm, draft, "parter", rut, {PUBLIC: "0"})
    save(PartnersForm, draft, "parter", rut, {PUBLIC: "0", PRIVATE: "3"})
    save(PartnersForm, draft, "parter", rut, {PRIVATE: ""})
    assert [(row.sector, row.count) for row in draft.partner_counts.all()] == [("public", 0)]


def test_nothing_to_report_is_signed_and_taken_back_by_an_answer(draft, rut, save):
    part = save(AnswerForm, draft, "fragor/1", rut, {"inget": "on", "inget_skal": "Inget i år"})
    assert (part.status, part.signed_by, part.reason) == ("nothing", "Rut", "Inget i år")
    assert draft.answers.get().signed_by == "Rut"
    part = save(AnswerForm, draft, "fragor/1", rut, {"inget": "", "svar": "<p>Jo!</p>"})
    assert (part.status, part.signed_by, draft.answers.get().nothing_to_report) == (
        "started",
        "",
        False,
    )


def test_nothing_to_report_beside_a_text_is_refused(draft):
    form = AnswerForm(draft, "fragor/1", {"inget": "on", "svar": "<p>Jo!</p>"})
    assert "Ta bort dem först" in form.errors["inget"][0]


# --- Two at once -------------------------------------------------------------------------------------


def test_two_who_change_different_fields_both_get_theirs(draft, rut, mans, save):
    save(PartnersForm, draft, "parter", rut, {PUBLIC: "1"})
    save(PartnersForm, draft, "parter", mans, {PRIVATE: "2"}, seen=1)
    form = PartnersForm(draft, "parter", {PUBLIC: "9", PRIVATE: ""})
    assert form.is_valid()
    part = saving.save(form, 1, saving.Writer(rut, draft.parts.get().saved_at))
    assert part.version == 3
    assert PartnersForm(draft, "parter").stored[PUBLIC] == "9"
    assert PartnersForm(draft, "parter").stored[PRIVATE] == "2"


def test_two_who_change_the_same_field_are_asked_and_nothing_is_stored(draft, rut, mans, save):
    save(AnswerForm, draft, "fragor/1", rut, {"svar": "<p>Ett</p>"})
    save(AnswerForm, draft, "fragor/1", mans, {"svar": "<p>Måns</p>"}, seen=1)
    with pytest.raises(saving.Conflict) as conflict:
        save(AnswerForm, draft, "fragor/1", rut, {"svar": "<p>Rut</p>"}, seen=1)
    clash = conflict.value.clashes[0]
    assert (clash.theirs, clash.mine, clash.is_text) == ("<p>Måns</p>", "<p>Rut</p>", True)
    assert draft.answers.get().text == "<p>Måns</p>"
    assert draft.parts.get().version == 2


def test_the_first_version_is_kept_too(draft, rut, mans, save):
    # Both opened the empty part; Måns was first.
    save(PartnersForm, draft, "parter", mans, {PUBLIC: "4"}, seen=0)
    form = PartnersForm(draft, "parter", {PRIVATE: "5"})
    assert form.is_valid()
    saving.save(form, 0, saving.Writer(rut, draft.parts.get().saved_at))
    assert PartnersForm(draft, "parter").stored[PUBLIC] == "4"
    assert PartnersForm(draft, "parter").stored[PRIVATE] == "5"


def test_a_page_that_sends_again_is_not_in_conflict_with_itself(draft, rut, save):
    for text in ("<p>Ett</p>", "<p>Ett</p>", "<p>Ett, två</p>"):
        save(AnswerForm, draft, "fragor/1", rut, {"svar": text}, seen=0, page="sida")
    assert draft.answers.get().text == "<p>Ett, två</p>"


def test_who_opened_between_two_automatic_saves_is_compared_with_what_was_shown(
    draft, rut, mans, save
):
    auto = {"how": Saving.How.AUTO, "page": "sida"}
    for text in ("<p>E</p>", "<p>Et</p>", "<p>Ett</p>"):
        save(AnswerForm, draft, "fragor/1", rut, {"svar": text}, **auto)
    # Måns saw the second and changed nothing in the answer.
    save(AnswerForm, draft, "fragor/1", mans, {"svar": "<p>Et</p>"}, seen=2)
    assert draft.answers.get().text == "<p>Ett</p>"


def test_a_save_that_overtakes_its_own_automatic_one_is_joined_with_others(draft, rut, mans, save):
    save(PartnersForm, draft, "parter", rut, {PUBLIC: "1"}, seen=0, page="sida")
    save(PartnersForm, draft, "parter", mans, {PUBLIC: "1", PRIVATE: "5"}, seen=1, page="annan")
    form = PartnersForm(draft, "parter", {PUBLIC: "12", PRIVATE: ""})
    assert form.is_valid()
    part = saving.save(form, 0, saving.Writer(rut, draft.parts.get().saved_at, page="sida"))
    assert PartnersForm(draft, "parter").stored[PUBLIC] == "12"
    assert PartnersForm(draft, "parter").stored[PRIVATE] == "5"
    assert part.savings.first().how == Saving.How.MERGED


def test_the_same_person_in_two_windows_is_asked(draft, rut, save):
    save(AnswerForm, draft, "fragor/1", rut, {"svar": "<p>Ett</p>"}, seen=0, page="en")
    with pytest.raises(saving.Conflict):
        save(AnswerForm, draft, "fragor/1", rut, {"svar": "<p>Två</p>"}, seen=0, page="annan")


# --- Looking back ------------------------------------------------------------------------------------


def versions_of(sittings):
    return [(newer.version, older.version) for newer, older in sittings]


def test_automatic_saves_of_a_sitting_are_one_row_of_the_history(draft, rut, mans, save):
    auto = {"how": Saving.How.AUTO, "page": "sida"}
    for minute, text in enumerate(("<p>E</p>", "<p>Et</p>", "<p>Ett</p>")):
        save(AnswerForm, draft, "fragor/1", rut, {"svar": text}, minutes=minute, **auto)
    savings = draft.parts.get().savings
    assert versions_of(saving.sittings(savings.all())) == [(3, 0)]
    save(AnswerForm, draft, "fragor/1", rut, {"svar": "<p>Två</p>"}, minutes=30, **auto)
    assert versions_of(saving.sittings(savings.all())) == [(4, 3), (3, 0)]


def test_the_history_says_who_when_from_and_to(draft, rut, mans, save):
    save(PartnersForm, draft, "parter", rut, {PUBLIC: "1"})
    save(PartnersForm, draft, "parter", mans, {PUBLIC: "2"})
    newer, older, _ = draft.parts.get().savings.all()
    assert newer.by_name == "Mans"
    change = saving.changes(newer, older)[0]
    assert (change.label, change.before, change.after) == ("Offentlig", "1", "2")


def test_a_version_can_be_brought_back(draft, rut, mans, save):
    save(PartnersForm, draft, "parter", rut, {PUBLIC: "1"})
    save(PartnersForm, draft, "parter", mans, {PUBLIC: "2", PRIVATE: "7"})
    form = PartnersForm(draft, "parter")
    part = saving.restore(form, 1, saving.Writer(rut, form.part.saved_at, Saving.How.RESTORED))
    assert part.version == 3
    assert [(row.sector, row.count) for row in draft.partner_counts.all()] == [("public", 1)]


def saved(values):
    return Saving(values=values, labels={name: f"Ordning, rad {name[4]}" for name in values})


def test_rows_that_changed_places_are_one_change_without_numbers():
    before = {"rad-1-ordning": "1", "rad-2-ordning": "2", "rad-3-ordning": "3"}
    after = {"rad-1-ordning": "2", "rad-2-ordning": "1", "rad-3-ordning": "3"}
    (change,) = saving.changes(saved(after), saved(before))
    assert (change.label, change.is_move) == ("Ordning, rad", True)


def test_a_row_that_came_or_went_moves_nothing():
    before = {"rad-1-ordning": "1", "rad-2-ordning": "2"}
    after = {"rad-2-ordning": "1", "rad-3-ordning": "2"}
    assert saving.changes(saved(after), saved(before)) == []
