"""A slip of the pen is answered with the word that was meant, if there is one."""

import pytest

from alttext.nearest import nearest

WORDS = ("missing-alt", "blank-alt", "filename-alt")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("missing-alts", "did you mean missing-alt?"),
        ("mising-alt", "did you mean missing-alt?"),
        ("zither", "see the list"),
        ("", "see the list"),
    ],
)
def test_a_close_word_is_told_or_else_what_else_helps(word, said):
    assert nearest(word, WORDS, "see the list") == said


def test_where_nothing_is_known_nothing_is_close():
    assert nearest("missing-alt", (), "see the list") == "see the list"
