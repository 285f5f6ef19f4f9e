"""Activities are rows that keep their order; networks are answered for one by one."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from malmo_intl.models import Precision
from projects.models import Network, NetworkMembership
from reports.entry import carry, saving
from reports.entry.activities import ActivitiesForm
from reports.models import Activity, CarriedItem, Part
from tests import make
from tests.reports.entry.conftest import NOON

KEY = "aktiviteter"
Verdict = CarriedItem.Verdict


def activity(number, **columns):
    """One activity as it is posted in row `number`."""
    columns = {"slag": "conference", "vad": "Nordic City Lab"} | columns
    return {f"aktivitet-{number}-{column}": text for column, text in columns.items()}


def titles(submission):
    return [item.title for item in submission.activities.order_by("position")]


@pytest.fixture
def two(draft, rut, save):
    """A draft with two activities, and their numbers."""
    save(ActivitiesForm, draft, KEY, rut, activity("ny1", vad="Först") | activity("ny2", vad="Sedan"))  # fmt: skip
    return draft, [item.pk for item in draft.activities.order_by("position")]


@pytest.fixture
def network(db):
    return Network.objects.create(name="Eurocities", kind="stadsnätverk")


@pytest.fixture
def carried(draft, miljo, network):
    NetworkMembership.objects.create(
        network=network, administration=miljo, year=2022, role="kontaktperson"
    )
    carry.items(draft)
    return draft.carried.get()


def errors(draft, values):
    form = ActivitiesForm(draft, KEY, values)
    assert not form.is_valid()
    return {name: sentences[0] for name, sentences in form.errors.items()}


# --- Activities ----------------------------------------------------------------------------------


def test_an_activity_is_stored_as_it_was_written(draft, rut, save):
    typed = activity(
        "ny1", slag="visit_in", vad="Besök\nfrån Japan", nar="maj 2024", plats="Malmö", med="Kobe",
        antal="1 265", noggrannhet="drygt", anmarkning="En förskola.",
    )  # fmt: skip
    save(ActivitiesForm, draft, KEY, rut, typed)
    stored = draft.activities.get()
    assert (stored.kind, stored.title) == ("visit_in", "Besök från Japan")
    assert (stored.happened_on, stored.precision) == (datetime.date(2024, 5, 1), Precision.MONTH)
    assert (stored.place, stored.partner) == ("Malmö", "Kobe")
    assert (stored.people, stored.people_qualifier, stored.note) == (1265, "drygt", "En förskola.")


def test_a_save_that_changes_nothing_leaves_no_trail(two, rut, save):
    draft, _ = two
    save(ActivitiesForm, draft, KEY, rut, {})
    assert Activity.history.count() == 2
    save(ActivitiesForm, draft, KEY, rut, activity(two[1][1], vad="Ändrad"))
    assert [row.title for row in Activity.history.order_by("history_id")][2:] == ["Ändrad"]


def test_a_row_without_its_kind_or_its_name_is_asked_for_them(draft):
    found = errors(draft, activity("ny1", slag="") | activity("ny2", vad=""))
    assert found["aktivitet-ny1-slag"] == "Välj vilket slag av aktivitet det är."
    assert "Skriv vad aktiviteten var" in found["aktivitet-ny2-vad"]
    assert draft.activities.count() == 0


@pytest.mark.parametrize("when", ["2024-05-12", "maj 2023", "2025", ""])
def test_a_date_may_be_of_the_year_or_one_beside(draft, rut, save, when):
    save(ActivitiesForm, draft, KEY, rut, activity("ny1", nar=when))
    assert draft.activities.count() == 1


def test_a_date_beside_the_year_is_remarked_on(draft, rut, save):
    save(ActivitiesForm, draft, KEY, rut, activity("ny1", nar="2024") | activity("ny2", nar="2025"))
    remarks = [row.remark for row in ActivitiesForm(draft, KEY).activities]
    assert remarks == ["", "Datumet ligger utanför 2024."]


@pytest.mark.parametrize(
    ("column", "typed", "sentence"),
    [
        ("nar", "2042-05-12", "ligger långt från redovisningsåret 2024"),
        ("nar", "i maj", "går inte att läsa som ett datum"),
        ("antal", "många", "går inte att läsa som ett antal"),
        ("slag", "fest", "Välj ett giltigt alternativ"),
        ("noggrannhet", "ca", ""),
    ],
)
def test_what_cannot_be_right_is_said_at_its_field(draft, column, typed, sentence):
    found = errors(draft, activity("ny1", **{column: typed}))
    if column == "noggrannhet":
        assert "Skriv hur många" in found["aktivitet-ny1-antal"]
    else:
        assert sentence in found[f"aktivitet-ny1-{column}"]


def test_a_removed_activity_is_named_and_can_be_brought_back_to_its_place(two, rut, save):
    draft, (first, _) = two
    seen = draft.parts.get().version
    form = ActivitiesForm(draft, KEY)
    form = ActivitiesForm(draft, KEY, form.stored | {f"aktivitet-{first}-bort": "on"})
    assert form.is_valid()
    saving.save(form, seen, saving.Writer(rut, NOON))
    assert form.taken_away == ["aktiviteten ”Först”"]
    assert titles(draft) == ["Sedan"]
    saving.restore(ActivitiesForm(draft, KEY), seen, saving.Writer(rut, NOON))
    assert titles(draft) == ["Först", "Sedan"]


def test_restoring_twice_changes_nothing_more(two, rut, save):
    draft, (first, _) = two
    save(ActivitiesForm, draft, KEY, rut, {f"aktivitet-{first}-bort": "on"})
    for _ in range(2):
        saving.restore(ActivitiesForm(draft, KEY), 1, saving.Writer(rut, NOON))
    assert titles(draft) == ["Först", "Sedan"]


def test_two_who_both_add_an_activity_both_get_theirs(draft, rut, mans, save):
    save(ActivitiesForm, draft, KEY, mans, activity("ny1", vad="Måns"), seen=0)
    form = ActivitiesForm(draft, KEY, activity("ny1", vad="Rut"))
    assert form.is_valid()
    saving.save(form, 0, saving.Writer(rut, NOON))
    assert titles(draft) == ["Måns", "Rut"]


def test_two_who_change_different_rows_both_get_theirs(two, rut, mans, save):
    draft, (first, second) = two
    before = ActivitiesForm(draft, KEY).stored
    save(ActivitiesForm, draft, KEY, mans, activity(first, vad="Måns"), seen=1)
    form = ActivitiesForm(draft, KEY, before | activity(second, vad="Rut"))
    assert form.is_valid()
    saving.save(form, 1, saving.Writer(rut, NOON))
    assert titles(draft) == ["Måns", "Rut"]


def test_who_removes_what_another_has_just_changed_is_asked_about_the_row(two, rut, mans, save):
    draft, (first, _) = two
    before = ActivitiesForm(draft, KEY).stored
    save(ActivitiesForm, draft, KEY, mans, activity(first, vad="Måns"), seen=1)
    form = ActivitiesForm(draft, KEY, before | {f"aktivitet-{first}-bort": "on"})
    assert form.is_valid()
    with pytest.raises(saving.Conflict) as conflict:
        saving.save(form, 1, saving.Writer(rut, NOON))
    (clash,) = conflict.value.clashes
    assert (clash.name, clash.label) == (f"aktivitet-{first}-", "Aktivitet 1")
    assert (clash.is_mine_removed, clash.is_theirs_removed, clash.choice) == (True, False, "deras")
    assert ("Slag", "Konferens", "") in [
        (column.label, column.their_words, column.mine) for column in clash.columns
    ]
    assert titles(draft) == ["Måns", "Sedan"]


def test_who_changes_what_another_has_just_removed_is_asked_about_the_row(two, rut, mans, save):
    draft, (first, _) = two
    before = ActivitiesForm(draft, KEY).stored
    save(ActivitiesForm, draft, KEY, mans, {f"aktivitet-{first}-bort": "on"}, seen=1)
    form = ActivitiesForm(draft, KEY, before | activity(first, vad="Rut"))
    assert form.is_valid()
    with pytest.raises(saving.Conflict) as conflict:
        saving.save(form, 1, saving.Writer(rut, NOON))
    (clash,) = conflict.value.clashes
    assert (clash.is_mine_removed, clash.is_theirs_removed, clash.choice) == (False, True, "mina")
    assert titles(draft) == ["Sedan"]


def test_a_removed_row_that_another_only_moved_stays_removed(two, rut, mans, save):
    draft, (first, second) = two
    before = ActivitiesForm(draft, KEY).stored
    save(ActivitiesForm, draft, KEY, mans, {f"aktivitet-{first}-bort": "on"}, seen=1)
    moved = {f"aktivitet-{first}-ordning": "2", f"aktivitet-{second}-ordning": "1"}
    form = ActivitiesForm(draft, KEY, before | moved)
    assert form.is_valid()
    saving.save(form, 1, saving.Writer(rut, NOON))
    assert titles(draft) == ["Sedan"]


def test_a_row_that_both_remove_is_gone(two, rut, mans, save):
    draft, (first, _) = two
    before = ActivitiesForm(draft, KEY).stored
    save(ActivitiesForm, draft, KEY, mans, {f"aktivitet-{first}-bort": "on"}, seen=1)
    form = ActivitiesForm(draft, KEY, before | {f"aktivitet-{first}-bort": "on"})
    assert form.is_valid()
    saving.save(form, 1, saving.Writer(rut, NOON))
    assert titles(draft) == ["Sedan"]
    assert form.taken_away == []


def test_what_is_removed_need_not_be_right(two, rut, save):
    draft, (first, _) = two
    wrong = activity(first, nar="i maj", slag="fest") | {f"aktivitet-{first}-bort": "on"}
    save(ActivitiesForm, draft, KEY, rut, wrong)
    assert titles(draft) == ["Sedan"]


def test_moved_rows_change_places(two, rut, save):
    draft, (first, second) = two
    places = {f"aktivitet-{first}-ordning": "2", f"aktivitet-{second}-ordning": "1"}
    save(ActivitiesForm, draft, KEY, rut, places)
    assert titles(draft) == ["Sedan", "Först"]


def test_no_activities_and_no_networks_is_nothing_to_report(two, rut, save):
    draft, numbers = two
    assert "Här finns uppgifter" in errors(draft, ActivitiesForm(draft, KEY).stored | {"inget": "on"})["inget"]  # fmt: skip
    gone = {f"aktivitet-{number}-bort": "on" for number in numbers}
    part = save(ActivitiesForm, draft, KEY, rut, gone | {"inget": "on", "inget_skal": "Inga"})
    assert (part.status, draft.activities.count()) == (Part.Status.NOTHING, 0)


def test_a_network_is_not_nothing(draft):
    assert "inget" in errors(draft, {"annat-ny1-namn": "Sharing Cities", "inget": "on"})


# --- Networks ------------------------------------------------------------------------------------


def memberships(unit, year=2024):
    rows = NetworkMembership.objects.filter(administration=unit, year=year)
    return {row.network.name: row.role for row in rows}


def test_last_years_network_is_asked_about_and_not_assumed(draft, carried, miljo):
    form = ActivitiesForm(draft, KEY)
    choice, role, before = next(form.networks.last_years())
    assert (choice.value(), role.value(), before) == ("", "kontaktperson", "kontaktperson")
    assert memberships(miljo) == {}


def test_the_answer_confirms_the_network(draft, carried, network, miljo, rut, save):
    values = {f"natverk-{network.pk}": "med", f"uppdrag-{network.pk}": "kontaktperson"}
    save(ActivitiesForm, draft, KEY, rut, values)
    carried.refresh_from_db()
    assert memberships(miljo) == {"Eurocities": "kontaktperson"}
    assert carried.verdict == Verdict.UNCHANGED
    save(ActivitiesForm, draft, KEY, rut, {f"natverk-{network.pk}": "inte"})
    carried.refresh_from_db()
    assert memberships(miljo) == {}
    assert carried.verdict == Verdict.ENDED


def test_another_role_is_a_change(draft, carried, network, miljo, rut, save):
    values = {f"natverk-{network.pk}": "med", f"uppdrag-{network.pk}": "ordförande"}
    save(ActivitiesForm, draft, KEY, rut, values)
    carried.refresh_from_db()
    assert carried.verdict == Verdict.CHANGED


def test_what_was_confirmed_elsewhere_is_not_undone_by_an_older_page(
    draft, carried, network, miljo, rut
):
    page = ActivitiesForm(draft, KEY).stored
    carry.answer(carried, Verdict.UNCHANGED, Verdict.WAITING, rut)
    # A browser sends nothing of a question that nobody answered.
    posted = {name: text for name, text in page.items() if name != f"natverk-{network.pk}"}
    form = ActivitiesForm(draft, KEY, posted)
    assert form.is_valid()
    saving.save(form, 0, saving.Writer(rut, NOON))
    carried.refresh_from_db()
    assert carried.verdict == Verdict.UNCHANGED
    assert memberships(miljo) == {"Eurocities": ""} or "Eurocities" in memberships(miljo)


def test_a_network_of_the_register_is_ticked_and_unticked(draft, network, miljo, rut, save):
    save(ActivitiesForm, draft, KEY, rut, {f"natverk-{network.pk}": "on"})
    assert memberships(miljo) == {"Eurocities": ""}
    save(ActivitiesForm, draft, KEY, rut, {f"uppdrag-{network.pk}": "ordförande"})
    assert memberships(miljo) == {"Eurocities": "ordförande"}
    save(ActivitiesForm, draft, KEY, rut, {f"natverk-{network.pk}": ""})
    assert memberships(miljo) == {}
    assert NetworkMembership.history.count() == 3
    saving.restore(ActivitiesForm(draft, KEY), 2, saving.Writer(rut, NOON))
    assert memberships(miljo) == {"Eurocities": "ordförande"}


def test_a_network_that_the_register_lacks_is_added_and_known_ones_are_found(
    draft, network, miljo, rut, save
):
    save(ActivitiesForm, draft, KEY, rut, {"annat-ny1-namn": "Sharing Cities", "annat-ny2-namn": "EUROCITIES"})  # fmt: skip
    assert memberships(miljo) == {"Eurocities": "", "Sharing Cities": ""}
    assert Network.objects.count() == 2


def test_a_name_that_is_written_bit_by_bit_leaves_one_network(draft, miljo, rut, save):
    save(ActivitiesForm, draft, KEY, rut, {"annat-ny1-namn": "Shar"})
    number = Network.objects.get().pk
    for name in ("Sharing", "Sharing Cities"):
        save(ActivitiesForm, draft, KEY, rut, {f"annat-{number}-namn": name})
    assert [item.name for item in Network.objects.all()] == ["Sharing Cities"]
    assert memberships(miljo) == {"Sharing Cities": ""}


def test_a_new_network_that_turns_out_to_be_known_gives_way(draft, network, miljo, rut, save):
    save(ActivitiesForm, draft, KEY, rut, {"annat-ny1-namn": "Euro"})
    number = Network.objects.get(name="Euro").pk
    save(ActivitiesForm, draft, KEY, rut, {f"annat-{number}-namn": "eurocities"})
    assert [item.name for item in Network.objects.all()] == ["Eurocities"]
    assert memberships(miljo) == {"Eurocities": ""}


def test_a_network_that_others_are_in_stays_when_one_leaves(draft, miljo, kultur, rut, save):
    save(ActivitiesForm, draft, KEY, rut, {"annat-ny1-namn": "Sharing Cities"})
    shared = Network.objects.get()
    NetworkMembership.objects.create(network=shared, administration=kultur, year=2024)
    save(ActivitiesForm, draft, KEY, rut, {f"natverk-{shared.pk}": ""})
    assert memberships(miljo) == {}
    assert memberships(kultur) == {"Sharing Cities": ""}


def test_a_removed_new_network_is_named_and_can_be_brought_back(draft, miljo, rut, save):
    save(ActivitiesForm, draft, KEY, rut, {"annat-ny1-namn": "Sharing Cities"})
    number = Network.objects.get().pk
    form = ActivitiesForm(draft, KEY)
    form = ActivitiesForm(draft, KEY, form.stored | {f"annat-{number}-bort": "on"})
    assert form.is_valid()
    saving.save(form, 1, saving.Writer(rut, NOON))
    assert form.taken_away == ["nätverket ”Sharing Cities”"]
    assert Network.objects.count() == 0
    saving.restore(ActivitiesForm(draft, KEY), 1, saving.Writer(rut, NOON))
    assert memberships(miljo) == {"Sharing Cities": ""}


def test_two_answers_about_one_network_that_disagree_are_refused(draft, carried, network):
    found = errors(draft, {f"natverk-{network.pk}": "inte", "annat-ny1-namn": "eurocities"})
    assert "inte är med i Eurocities" in found["annat-ny1-namn"]


def test_another_administrations_networks_are_left_alone(draft, network, kultur, rut, save):
    NetworkMembership.objects.create(network=network, administration=kultur, year=2024)
    save(ActivitiesForm, draft, KEY, rut, {})
    save(ActivitiesForm, draft, KEY, rut, {f"natverk-{network.pk}": "on"})
    save(ActivitiesForm, draft, KEY, rut, {f"natverk-{network.pk}": ""})
    assert memberships(kultur) == {"Eurocities": ""}


# --- Everything that may be stored ---------------------------------------------------------------

text = some.text("abå ”&<'", max_size=12)
rows = some.lists(
    some.fixed_dictionaries(
        {
            "slag": some.sampled_from(Activity.Kind.values),
            "vad": some.text("abå &", min_size=1, max_size=9).filter(str.strip),
            "nar": some.sampled_from(["", "2024", "2023-12", "12 maj 2024"]),
            "plats": text,
            "antal": some.sampled_from(["", "0", "17", "1 265"]),
        }
    ),
    max_size=4,
)


@given(rows, some.sets(some.integers(0, 3)))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_stored_and_posted_again_changes_nothing(rut, draft, save, added, removed):
    Activity.objects.all().delete()
    draft.parts.all().delete()
    posted = {}
    for number, values in enumerate(added, start=1):
        posted |= activity(f"ny{number}", **values)
    save(ActivitiesForm, draft, KEY, rut, posted)
    for place, item in enumerate(list(draft.activities.order_by("position"))):
        if place in removed:
            save(ActivitiesForm, draft, KEY, rut, {f"aktivitet-{item.pk}-bort": "on"})
    before, trail = ActivitiesForm(draft, KEY).stored, Activity.history.count()
    form = ActivitiesForm(draft, KEY, before)
    assert form.is_valid(), form.errors
    assert {name: value for name, value in form.values().items() if value} == {
        name: value for name, value in before.items() if value
    }
    saving.save(form, form.version, saving.Writer(rut, NOON))
    assert ActivitiesForm(draft, KEY).stored == before
    assert Activity.history.count() == trail
    expected = [item["vad"].split() for place, item in enumerate(added) if place not in removed]
    assert [title.split() for title in titles(draft)] == expected


# --- The page ------------------------------------------------------------------------------------

PAGE = "/redovisning/2024/mf/aktiviteter/"


@pytest.mark.parametrize(
    ("who", "answer"), [("rut", 200), ("mans", 200), ("lena", 403), ("olle", 404), ("sam", 403)]
)
def test_who_may_write(client, request, draft, who, answer):
    client.force_login(request.getfixturevalue(who))
    assert client.get(PAGE).status_code == answer
    assert client.post(PAGE, activity("ny1")).status_code in ({302} if answer == 200 else {answer})
    assert draft.activities.count() == (1 if answer == 200 else 0)


def test_another_row_is_given_without_saving(client, rut, draft):
    client.force_login(rut)
    page = client.post(PAGE, activity("ny1", slag="") | {"lagg-till": "aktivitet"})
    content = page.content.decode()
    assert page.status_code == 200
    assert "Nordic City Lab" in content
    assert 'name="aktivitet-ny2-vad"' in content
    assert "Välj vilket slag" not in content
    assert draft.activities.count() == 0


def test_a_wrong_row_is_refused_with_all_that_was_typed(client, rut, draft):
    client.force_login(rut)
    page = client.post(PAGE, activity("ny1", slag="", plats="Fredericia"))
    assert page.status_code == 422
    assert "Fredericia" in page.content.decode()
    assert "Slag, aktivitet 1" in page.content.decode()


def test_what_was_removed_is_offered_back_on_the_page(client, rut, two):
    draft, (first, _) = two
    client.force_login(rut)
    stored = ActivitiesForm(draft, KEY).stored
    posted = stored | {f"aktivitet-{first}-bort": "on", "version": "1", "gor": "spara"}
    page = client.post(PAGE, posted, follow=True).content.decode()
    assert "Du tog bort aktiviteten ”Först”." in page
    client.post(f"{PAGE}versioner/1/")
    assert titles(draft) == ["Först", "Sedan"]


def test_nothing_is_written_when_the_report_is_handed_in(client, rut, year, miljo):
    draft = make.submission(year, miljo, "submitted")
    client.force_login(rut)
    page = client.post(PAGE, activity("ny1"))
    assert page.status_code == 409
    assert "Nordic City Lab" in page.content.decode()
    assert draft.activities.count() == 0


@pytest.mark.parametrize(("choice", "kept"), [("deras", ["Måns", "Sedan"]), ("mina", ["Sedan"])])
def test_the_page_lets_one_choose_between_the_row_and_its_removal(
    client, two, rut, mans, save, choice, kept
):
    draft, (first, _) = two
    before = ActivitiesForm(draft, KEY).stored
    save(ActivitiesForm, draft, KEY, mans, activity(first, vad="Måns"), seen=1)
    client.force_login(rut)
    address = f"/redovisning/2024/mf/{KEY}/"
    posted = before | {f"aktivitet-{first}-bort": "on", "version": 1, "gor": "spara"}
    asked = client.post(address, posted)
    assert asked.status_code == 409
    assert "Mans ändrade raden" in asked.content.decode()
    row = f"aktivitet-{first}-"
    sides = {
        f"{side}-{column.name}": getattr(column, text)
        for column in asked.context["clashes"][0][0].columns
        for side, text in (("deras", "theirs"), ("mina", "mine"))
    }
    chosen = asked.context["rest"] | sides | {f"valj-{row}": choice, "version": 2}
    assert client.post(address, chosen).status_code == 302
    assert titles(draft) == kept
