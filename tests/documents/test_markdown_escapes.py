import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alttext.documents import markdown_escapes


@pytest.mark.parametrize(
    "words",
    [
        "A dog, on a beach.",
        'A dog\'s "life" - 5 * 3 = 15 (really)!',
        "R&D and AT&T on page #1, 50% off: see https://example.org/a-b_c",
        "snake_case, ~50 people, x^2",
        "Ein Hund läuft über die Straße → 犬",
    ],
)
def test_ordinary_sentences_stay_as_they_are(words):
    assert markdown_escapes.in_brackets(words) == words


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("[a]", "\\[a\\]"),
        ("a\\b", "a\\\\b"),
        ("*a*", "\\*a\\*"),
        ("_a_", "\\_a\\_"),
        ("`a`", "&#96;a&#96;"),
        ("$a$", "&#36;a&#36;"),
        ("a|b", "a&#124;b"),
        ("{a}", "&#123;a&#125;"),
        ("<a>", "&lt;a&gt;"),
        ("a --> b", "a --&gt; b"),
        ("&amp;", "&amp;amp;"),
        ("~~a~~", "&#126;&#126;a&#126;&#126;"),
        ("^a", "&#94;a"),
        ("", ""),
    ],
)
def test_markup_is_escaped_in_brackets(words, escaped):
    assert markdown_escapes.in_brackets(words) == escaped


@given(st.text(st.characters(exclude_characters="&")))
def test_values_hold_nothing_that_ends_them_and_are_read_back(words):
    escaped = markdown_escapes.in_value(words)
    assert not set('"<>') & set(escaped)
    assert html.unescape(escaped) == words


@pytest.mark.parametrize("words", ["&amp;", "&#65;", "&#x41;", "AT&T &copy; & so"])
def test_references_in_words_stay_words(words):
    assert html.unescape(markdown_escapes.in_value(words)) == words
