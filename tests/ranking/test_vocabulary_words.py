import pytest

from alttext.ranking.vocabulary_words import ALLOWED, EXCLUDED, excluded


@pytest.mark.parametrize(
    ("text", "word", "reason"),
    [
        ("a woman", "woman", "gender"),
        ("three brothers", "brother", "gender"),
        ("a teenager", "teenager", "age"),
        ("the Japanese garden", "japanese", "origin"),
        ("dark-skinned", "dark-skinned", "origin"),
        ("a Buddhist monk", "buddhist", "belief"),
        ("a blind person", "blind", "health"),
        ("beauties", "beauty", "looks"),
        ("a sexy dress", "sexy", "sexuality"),
        ("a thief's mask", "thief", "crime"),
        ("a homeless person", "homeless", "poverty"),
        ("drugs", "drug", "drugs"),
        ("waitresses", "waitress", "occupation"),
        ("the doctors' room", "doctor", "occupation"),
        ("a sad person", "sad", "feelings"),
        ("a gorilla", "gorilla", "apes"),
        ("a Ferrari", "ferrari", "brands"),
        ("in Paris", "paris", "brands"),
    ],
)
def test_a_word_that_no_picture_can_justify_is_refused_with_the_reason(text, word, reason):
    found = dict(excluded(text))
    assert word in found
    assert reason in found[word]


@pytest.mark.parametrize(
    "text",
    [
        "a person", "a group of people", "a person smiling", "an umbrella", "a manhole cover",
        "a cowboy hat", "a police car", "window blinds", "a German shepherd", "French fries", "a snowman",
        "a screwdriver", "a uniform", "a wheelchair", "a face mask", "Romanesque arch", "a sandwich",
        "a person's face",
    ],
)  # fmt: skip
def test_words_that_only_look_alike_are_fine(text):
    assert excluded(text) == []


def test_an_allowed_name_does_not_allow_its_words_elsewhere():
    assert [word for word, _ in excluded("a cowboy with a cowboy hat")] == ["cowboy"]


def test_every_word_is_listed_once_and_can_be_found():
    words = [word for listed in EXCLUDED.values() for word in listed.split()]
    assert len(words) == len(set(words))
    assert all(excluded(word) for word in words)


@pytest.mark.parametrize("name", ALLOWED)
def test_every_allowed_name_is_needed(name):
    words = {word for listed in EXCLUDED.values() for word in listed.split()}
    singular = {part.removesuffix("s").removesuffix("'") for part in name.split()} | set(name.split())
    assert words & singular
