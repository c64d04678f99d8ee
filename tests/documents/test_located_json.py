import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alttext.documents import located_json
from alttext.documents.offsets import OffsetMap
from alttext.errors import ParseError
from alttext.types import Span

CHARACTERS = st.characters()
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(CHARACTERS),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(CHARACTERS), inner, max_size=4),
    max_leaves=10,
)


def strings(value):
    if isinstance(value, located_json.LocatedString):
        yield value
    elif isinstance(value, list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


@settings(deadline=None)
@given(VALUES, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_values_are_those_of_the_standard_library_and_strings_know_their_place(value, ascii_only, indent):
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    loaded = located_json.loads(text)
    assert loaded == value
    for string in strings(loaded):
        assert json.loads(f'"{text[string.start : string.end]}"') == string


@settings(deadline=None)
@given(st.text(CHARACTERS, max_size=30), st.booleans(), st.integers(0, 30), st.integers(0, 30))
def test_parts_of_a_string_lead_back_to_how_they_are_spelled(words, ascii_only, one, other):
    text = json.dumps({"key": words}, ensure_ascii=ascii_only)
    string = located_json.loads(text)["key"]
    offsets = OffsetMap()
    located_json.add_offsets(offsets, 0, text, string)
    start, end = sorted((min(one, len(words)), min(other, len(words))))
    back = offsets.span(Span(start, end))
    assert json.loads(f'"{text[back.start : back.end]}"') == words[start:end]


@pytest.mark.parametrize("text", ["", "{", '{"a": 1,}', "[1 2]", '"\n"', "nul", '{"a": "\\x"}'])
def test_errors_tell_the_place(text):
    with pytest.raises(ParseError, match=r"line \d+, column \d+"):
        located_json.loads(text)


def test_deep_nesting_is_an_error_of_the_document():
    with pytest.raises(ParseError, match="nested"):
        located_json.loads("[" * 100_000)


def test_numbers_of_any_length_are_read():
    assert located_json.loads('{"a": ' + "9" * 5000 + ', "b": "c"}')["b"] == "c"
