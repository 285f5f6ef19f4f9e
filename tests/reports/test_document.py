"""A document as data: nothing is lost on the way to JSON and back."""

import json

import pytest

from reports.document import from_data, to_data
from reports.renderers import FORMATS, render
from tests.sample import document


@pytest.mark.parametrize("contents", [False, True])
def test_a_document_comes_back_from_json_as_it_was(contents):
    original = document(contents=contents)
    assert from_data(json.loads(json.dumps(to_data(original)))) == original


def test_the_json_file_holds_the_whole_document():
    original = document()
    assert from_data(json.loads(render(original, "json"))) == original


def test_section_keys_are_unique_so_that_every_part_has_one_address():
    keys = [section.key for _, section in document(contents=True).walk()]
    assert len(keys) == len(set(keys))


def test_the_raw_rows_stand_last():
    assert list(document().grids())[-1].key == "underlag"


def test_an_unknown_format_is_refused():
    with pytest.raises(KeyError):
        render(document(), "odt")


def test_every_format_has_a_module_that_draws():
    assert all(callable(item.render) for item in FORMATS.values())
