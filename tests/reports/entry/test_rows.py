"""Rows keep their names and their order, whoever adds, moves and removes them."""

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as some

from malmo_intl.inputs import PlainTextField
from reports.entry.form import PartForm, Rows
from reports.entry.rows import LineField, read_place


def make(stored=(), data=None, blank=1, **options):
    """A form with rows "rad" of one column, and its rows. `stored`: row → (place, text)."""

    class Form(PartForm):
        may_be_nothing = False

        def __init__(self):  # without a database
            forms.Form.__init__(self, data)
            self.stored = {}
            for row, (place, text) in dict(stored).items():
                self.stored[f"rad-{row}-text"] = text
                if options.get("ordered"):
                    self.stored[f"rad-{row}-ordning"] = str(place)
            self.initial, self.renamed = self.stored, {}
            columns = {"text": lambda: PlainTextField(label="Text", required=False)}
            self.rows = Rows("rad", columns, self, blank, **options)
            self.fields.update(self.rows.fields())

    form = Form()
    return form, form.rows


def texts(form, rows):
    assert form.is_valid(), form.errors
    return [values["text"] for _, values in rows.cleaned()]


def test_stored_rows_come_first_and_a_blank_one_is_offered():
    _, rows = make({17: (1, "a")})
    assert [(row.id, row.is_new) for row in rows] == [("17", False), ("ny1", True)]


def test_another_row_on_request_keeps_what_was_typed_and_asks_for_nothing():
    data = {"rad-ny1-text": "b", "lagg-till": "rad"}
    form, rows = make({17: (1, "a")}, data)
    assert rows.ids == ["17", "ny1", "ny2"]
    assert form["rad-ny1-text"].value() == "b"
    assert form["rad-ny2-text"].field.widget.attrs["autofocus"]
    assert form.errors == {}
    assert not form.is_valid()  # so that it cannot be saved by mistake


def test_a_row_is_gone_when_it_is_ticked_or_empty():
    stored = {1: (1, "a"), 2: (2, "b"), 3: (3, "c")}
    data = {"rad-1-text": "a", "rad-1-bort": "on", "rad-2-text": "", "rad-3-text": "c"}
    form, rows = make(stored, data)
    assert texts(form, rows) == ["c"]
    assert rows.removed() == ["1", "2"]


def test_what_is_removed_need_not_be_right_and_counts_as_empty():
    form, rows = make({1: (1, "a")}, {"rad-1-text": "x" * 9, "rad-1-bort": "on"})
    form.fields["rad-1-text"].max_length = 1
    assert texts(form, rows) == []
    assert set(form.values().values()) == {""}


def test_the_place_alone_is_not_a_row():
    form, rows = make({}, {"rad-ny1-text": "", "rad-ny1-ordning": "3"}, ordered=True)
    assert texts(form, rows) == []


def test_each_field_says_in_which_row_it_stands():
    form, rows = make({17: (1, "a")}, noun="rad", needed=("text",))
    field = form.fields["rad-17-text"]
    assert (field.label, field.short, field.is_needed) == ("Text, rad 1", "Text", True)
    assert form.fields["rad-ny1-bort"].label == "Ta bort, rad 2"


def test_there_is_an_empty_row_for_a_script_to_copy():
    _, rows = make({17: (1, "a")}, ordered=True)
    pattern = rows.pattern
    assert pattern.fields[0].html_name == "rad-ny0-text"
    assert pattern.remove.html_name == "rad-ny0-bort"
    assert not pattern.fields[0].value()


# --- Order ---------------------------------------------------------------------------------------


def test_rows_stand_in_their_places_and_new_ones_last():
    stored = {1: (5, "sist"), 2: (2, "först")}
    form, rows = make(stored, {"rad-1-text": "sist", "rad-2-text": "först", "rad-ny1-text": "ny"}, ordered=True)  # fmt: skip
    assert texts(form, rows) == ["först", "sist", "ny"]
    assert rows.places() == {"2": 2, "1": 5, "ny1": 6}


def test_a_row_that_was_removed_by_another_comes_back_to_its_place():
    data = {"rad-9-text": "mitten", "rad-9-ordning": "2", "rad-1-text": "a", "rad-3-text": "c"}
    form, rows = make({1: (1, "a"), 3: (3, "c")}, data, ordered=True)
    assert texts(form, rows) == ["a", "mitten", "c"]


def test_two_rows_never_get_the_same_place():
    data = {"rad-1-ordning": "2", "rad-1-text": "a", "rad-2-ordning": "2", "rad-2-text": "b"}
    form, rows = make({1: (1, "a"), 2: (2, "b")}, data, ordered=True)
    assert form.is_valid()
    assert rows.places() == {"1": 2, "2": 3}
    assert rows.places(taken={3}) == {"1": 2, "2": 4}


@pytest.mark.parametrize(
    ("pressed", "order"),
    [
        ("rad-2-upp", ["b", "a", "c"]),
        ("rad-2-ner", ["a", "c", "b"]),
        ("rad-1-upp", ["a", "b", "c"]),
        ("rad-ny1-upp", ["a", "c", "b"]),
        ("rad-77-upp", ["a", "b", "c"]),
        ("rad--upp", ["a", "b", "c"]),
    ],
)
def test_a_row_is_moved_on_the_page_and_nothing_is_stored(pressed, order):
    posted = QueryDict(mutable=True)
    posted.update({"rad-1-text": "a", "rad-2-text": "b", "rad-ny1-text": "c", "lagg-till": pressed})
    form, rows = make({1: (1, "a"), 2: (2, "b")}, posted, ordered=True)
    assert [row.fields[0].value() for row in rows][:3] == order
    # What the page now holds is saved in that order.
    saved = {row.order.html_name: str(row.order.value() or "") for row in rows}
    again, rows = make({1: (1, "a"), 2: (2, "b")}, {**posted.dict(), **saved, "lagg-till": ""}, ordered=True)  # fmt: skip
    del again.data["lagg-till"]
    again.full_clean()
    assert [values["text"] for _, values in rows.cleaned()] == order


@given(some.text(max_size=8))
def test_a_place_is_a_number_or_nothing(typed):
    found = read_place(typed)
    assert found is None or 0 <= found <= 9999


@given(some.text(max_size=40))
def test_a_line_has_no_line_breaks_and_stays_as_it_is(typed):
    field = LineField(required=False)
    line = field.clean(typed)
    assert "\n" not in line
    assert field.clean(line) == line


actions = some.lists(
    some.one_of(
        some.tuples(some.just("add"), some.text("abcåäö", min_size=1, max_size=3)),
        some.tuples(some.just("remove"), some.integers(0, 5)),
        some.tuples(some.just("move"), some.integers(0, 5)),
        some.tuples(some.just("write"), some.integers(0, 5)),
    ),
    max_size=8,
)


@given(actions)
def test_rows_added_moved_and_removed_in_any_order_are_what_one_sees(done):
    stored, seen, following = {}, [], 1
    for act, what in done:
        data = {}
        for row, (place, text) in stored.items():
            data |= {f"rad-{row}-text": text, f"rad-{row}-ordning": str(place)}
        order = sorted(stored, key=lambda row: stored[row][0])
        if act == "add":
            data["rad-ny1-text"] = what
            seen.append(what)
        elif order:
            at = what % len(order)
            row = order[at]
            if act == "remove":
                data[f"rad-{row}-bort"] = "on"
                seen.pop(at)
            elif act == "write":
                data[f"rad-{row}-text"] = seen[at] = f"{seen[at]}!"
            else:
                form, _ = make(stored, data | {"lagg-till": f"rad-{row}-upp"}, ordered=True)
                data = {name: text for name, text in form.data.items() if name != "lagg-till"}
                seen.insert(max(at - 1, 0), seen.pop(at))
        form, rows = make(stored, data, ordered=True)
        assert texts(form, rows) == seen
        places = rows.places()
        kept = {}
        for row, values in rows.cleaned():
            number = row if row.isdigit() else str(100 + following)
            following += not row.isdigit()
            kept[number] = (places[row], values["text"])
        stored = kept
