"""Lists of words in the clue tables."""

from alttext.purpose.word_lists import phrase_set, word_set


def test_words_are_separated_by_white_space():
    assert word_set("a  b\n    c") == {"a", "b", "c"}


def test_phrases_are_separated_by_commas_wherever_the_line_breaks():
    assert phrase_set("dining table, red\n    chair,\n  sofa,") == {"dining table", "red chair", "sofa"}


def test_an_empty_list_is_empty():
    assert word_set(" ") == phrase_set(" , ") == frozenset()
