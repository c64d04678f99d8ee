"""Which alternatives a picture can confirm or refute."""

import pytest

from alttext.ranking import telling
from alttext.types import Term

TERMS = (
    Term("dog", "object", "a dog", ("dog", "hound")),
    Term("berry", "object", "a berry", ("berry",), grammar=(("plural", "berries"),)),
    Term("beach", "scene", "a beach", ("beach", "sea shore")),
    Term("pass", "scene", "a mountain pass", ("mountain pass",)),
    Term("playing", "activity", "playing ball", ("playing ball",)),
    Term("child", "people", "a child", ("child",)),
    Term("photograph", "medium", "a photograph", ("photograph",)),
    Term("calm", "mood", "a calm", ("calm",)),
    Term("nudity", "sensitive", "nudity", ("nude",)),
)
VISIBLE = telling.visible_words(TERMS)


@pytest.mark.parametrize("word", ["dog", "hound", "berries", "beach", "playing", "ball", "woman"])
def test_names_of_what_is_seen_are_visible(word):
    assert word in VISIBLE


@pytest.mark.parametrize("word", ["a", "photograph", "calm", "nude", "mountain", "pass", "shore"])
def test_media_moods_sensitive_terms_and_parts_of_names_are_not(word):
    assert word not in VISIBLE


@pytest.mark.parametrize(
    "text",
    [
        "A dog on a beach",
        "A DOG ON A BEACH",
        "Two dogs",
        "dog",
        "A dog",
        "Children playing.",
        "Ada with her dog on the beach",
        "The dog is on the beach, in the photograph of a lifetime",
        "Rex und a dog on the beach of a resort",
    ],
)
def test_what_names_visible_things_is_judged(text):
    assert telling.can_be_judged(text, VISIBLE)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "Our values",
        "Photograph",
        "Ada Lovelace",
        "Our dog",
        "The dog of my childhood",
        "A dog named after Marie Curie by Pierre Joliot on the beach",
        "Une plage, un dog et la beach dans des dunes",
        "Ein Hund am Strand",
        "犬",
    ],
)
def test_names_meanings_and_other_languages_are_not_judged(text):
    assert not telling.can_be_judged(text, VISIBLE)
