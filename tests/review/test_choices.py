"""Phrases to choose from: likely ones, by what they are about, each to be put after what is there."""

from dataclasses import replace

import pytest

from alttext.review import choices
from alttext.types import Candidate, Term


def candidate(facet, phrase, confidence, emit=True):
    return Candidate(Term(phrase.replace(" ", "-"), facet, phrase, (phrase,), emit=emit), 0, confidence)


@pytest.fixture(name="task")
def fixture_task(site, asked):
    site("dog.png", files={"a.html": '<img src="dog.png">'})
    return asked("a.html")[0]


def with_candidates(task, *candidates):
    described = replace(task.finding.description, candidates=candidates)
    return replace(task, finding=replace(task.finding, description=described))


def phrases(task):
    return {title: [each.phrase for each in some] for title, some in choices.by_facet(task).items()}


def test_facets_come_in_the_order_of_a_sentence_and_the_likeliest_first(task):
    task = with_candidates(
        task,
        candidate("weather", "snow", 0.9),
        candidate("object", "a ball", 0.3),
        candidate("object", "a dog", 0.6),
        candidate("people", "a child", 0.2),
    )
    assert list(phrases(task).items()) == [
        ("People", ["a child"]),
        ("Things", ["a dog", "a ball"]),
        ("Weather", ["snow"]),
    ]


@pytest.mark.parametrize(
    "unsaid",
    [
        candidate("object", "a cat", choices.LEAST - 0.01),
        candidate("object", "a stand-in", 0.9, emit=False),
        candidate("sensitive", "a weapon", 0.9),
        candidate("distractor", "an error", 0.9),
        candidate("medium", "decoration", 0.9),
    ],
    ids=["unlikely", "never said", "sensitive", "a distractor", "a decorative graphic"],
)
def test_what_is_never_offered(task, unsaid):
    assert phrases(with_candidates(task, candidate("object", "a dog", 0.5), unsaid)) == {"Things": ["a dog"]}


def test_only_the_best_of_many_are_offered(task):
    many = [candidate("object", f"thing {number}", 0.5 + number / 100) for number in range(20)]
    found = phrases(with_candidates(task, *many))["Things"]
    assert found == [f"thing {number}" for number in range(19, 19 - choices.MOST, -1)]


def test_every_facet_of_the_vocabulary_that_may_be_said_has_a_title():
    from alttext.ranking import vocabulary

    said = {term.facet for term in vocabulary.load().terms if term.emit}
    assert said <= set(choices.TITLES)


def test_whole_texts_are_the_suggestion_and_what_is_there(site, asked):
    site("dog.png", files={"a.html": '<img src="dog.png" alt="image">', "b.html": '<img src="dog.png">'})
    placeholder, missing = asked("a.html", "b.html")
    assert [each.phrase for each in choices.whole(placeholder)] == ["image"]
    assert [(each.phrase, each.confidence) for each in choices.whole(missing)] == [("A dog on a beach.", 0.6)]


def test_words_of_a_person_come_first(task):
    own, guess = choices.whole(replace(task, earlier="Rex"))
    assert (own.phrase, own.is_own, own.confidence) == ("Rex", True, 0.0)
    assert not guess.is_own
    assert choices.phrase_of(replace(task, earlier="Rex"), own.key) == "Rex"


def test_a_form_names_what_was_offered_and_nothing_else(task):
    assert choices.phrase_of(task, "dog") == "a dog"
    assert choices.phrase_of(task, "suggestion") == "A dog on a beach."
    for unknown in ("", "present", "weapon", "a dog"):
        assert choices.phrase_of(task, unknown) == ""


@pytest.mark.parametrize(
    ("text", "phrase", "expected"),
    [
        ("", "a dog", "A dog"),
        ("  ", "a dog", "A dog"),
        ("A dog", "snow", "A dog, snow"),
        ("A dog ", "snow", "A dog, snow"),
        ("A dog,", "snow", "A dog, snow"),
        ("Seen: ", "a dog", "Seen: a dog"),
        ("A dog (", "a beagle", "A dog (a beagle"),
    ],
)
def test_a_phrase_goes_after_what_was_written_which_stays(text, phrase, expected):
    assert choices.added(text, phrase) == expected
