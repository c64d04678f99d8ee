import pytest
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from alttext.documents.markdown_lines import OFFSETS, line_of, push_lines


def state_of(text):
    parser = MarkdownIt("commonmark")
    return StateBlock(text, parser, {}, [])


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("one\ntwo", "one\ntwo"),
        ("  one  \n\t two ", "one  \n\t two"),
        ("x\nx\n\nx", "x\nx\n\nx"),
        (" \n\f\none", "\f\none"),
    ],
)
def test_every_character_of_a_content_is_found_in_its_line(text, content):
    state = state_of(text)
    push_lines(state, 0, state.lineMax)
    (token,) = state.tokens
    assert token.content == content
    for index, character in enumerate(content):
        if character not in " \t\n":
            assert text[token.meta[OFFSETS].at(index)] == character


def test_lines_are_told_apart_even_if_they_are_alike():
    state = state_of("aa\naa\naa")
    push_lines(state, 0, 3)
    assert [state.tokens[0].meta[OFFSETS].at(index) for index in (0, 3, 6)] == [0, 3, 6]


@pytest.mark.parametrize(("offset", "line"), [(3, 0), (7, 1), (12, 2), (2, None), (5, None), (99, None)])
def test_a_line_is_known_by_the_offset_that_ends_its_words(offset, line):
    assert line_of(state_of("one\ntwo \nabc"), offset, 0, 3) == line
