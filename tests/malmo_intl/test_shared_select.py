"""A select whose options are drawn once says the same as Django's own."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from malmo_intl.shared_select import SharedChoices, shared_choice

CHOICES = [
    ("", "Ingen"),
    ("2022", [("1", "2022, fråga 1: Vad & varför?"), ('2" x', "Två")]),
    ("3", "<b>Tre</b>"),
]


def drawn(field, value, **attrs):
    return parse_html(field.widget.render("fraga", value, {"id": "id_fraga", **attrs}))


@pytest.mark.parametrize("value", ["", None, "1", '2" x', "3", "9", 1])
def test_every_choice_is_drawn_as_in_any_select(value):
    shared = shared_choice(SharedChoices(CHOICES), required=False)
    own = forms.Select(choices=CHOICES)
    ordinary = own.render("fraga", value, {"id": "id_fraga"}, renderer=DjangoTemplates())
    assert drawn(shared, value) == parse_html(ordinary)


@pytest.mark.parametrize("value", ["", "1", '2" x', "3"])
def test_our_own_template_of_a_select_says_what_djangos_does(value):
    widget, attrs = forms.Select(choices=CHOICES), {"id": "id_fraga", "disabled": True}
    ordinary = widget.render("fraga", value, attrs, renderer=DjangoTemplates())
    assert parse_html(widget.render("fraga", value, attrs)) == parse_html(ordinary)


def test_many_fields_share_the_choices_and_each_has_its_own_chosen():
    shared = SharedChoices(CHOICES)
    first, second = shared_choice(shared), shared_choice(shared)
    assert drawn(first, "1") != drawn(second, "3")
    assert first.choices is second.choices is shared
    assert first.clean("1") == "1"
    with pytest.raises(forms.ValidationError):
        first.clean("9")
