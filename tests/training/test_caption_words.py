"""What captions say of terms, what they leave open, and what they would have mentioned."""

import pytest

from alttext.ranking import vocabulary
from training.caption_words import CaptionWords
from training.verdicts import FALSE, OPEN, TRUE, Tree, Verdicts

TREE = Tree(vocabulary.load())
WORDS = CaptionWords(TREE)


def verdicts(*captions):
    judged = Verdicts(TREE)
    WORDS.judge(judged, captions)
    return judged


@pytest.mark.parametrize(
    ("caption", "name", "expected"),
    [
        ("A dog runs .", "dog", TRUE),
        ("A dog runs .", "animal", TRUE),
        ("A dog runs .", "cat", FALSE),
        ("A dog runs .", "running", TRUE),
        ("A dog runs .", "poodle", OPEN),
        ("Two DOGS", "dog", TRUE),
        ("A hotdog stand", "dog", FALSE),
        ("A bird soars", "flying", OPEN),
        ("A bird is flying", "flying", TRUE),
    ],
)
def test_a_term_is_true_where_it_is_said_and_false_where_it_is_not(caption, name, expected):
    assert verdicts(caption)[name] == expected


@pytest.mark.parametrize("name", ["photograph", "calm"])
def test_captions_do_not_tell_the_medium_or_the_mood(name):
    assert verdicts("A calm photograph of a lake")[name] == OPEN


ONE, TWO = "A man runs", "A man and a woman run"


@pytest.mark.parametrize(
    ("captions", "person", "people", "crowd"),
    [
        (["A dog runs"] * 5, FALSE, FALSE, FALSE),
        ([ONE] * 5, TRUE, FALSE, FALSE),
        ([ONE] * 4 + [TWO], OPEN, OPEN, OPEN),
        ([ONE] * 2 + [TWO] * 3, OPEN, TRUE, FALSE),
        (["A crowd cheers"] * 3, OPEN, TRUE, TRUE),
    ],
)
def test_one_person_or_several_by_most_captions(captions, person, people, crowd):
    judged = verdicts(*captions)
    assert (judged["person"], judged["people"], judged["crowd"]) == (person, people, crowd)
