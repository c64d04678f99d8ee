from dataclasses import replace

import pytest

from alttext.reports import words
from alttext.types import Candidate, Term


def finding(made):
    return made.result().findings[0]


def message(made):
    return words.message(finding(made))


def test_a_review_says_what_why_and_what_next(page):
    assert message(page('<img src="a.jpg">').review("a.jpg", "low-confidence")) == (
        "Image without a text alternative: a.jpg. No description was certain enough. "
        "Look at the image and write what it is there for."
    )


def test_a_suggestion_comes_last_with_its_confidence(page, candidate):
    made = page('<img src="a.jpg">').review(
        "a.jpg", "low-confidence", "A street.", 0.4, (candidate("scene", "a street", 0.4),)
    )
    assert message(made).endswith(' Suggestion: "A street." (confidence 0.40)')


def test_what_is_written_asks_nobody_to_write(page):
    assert message(page('<img src="a.jpg">').write("a.jpg", "A dog.")) == (
        "Image without a text alternative: a.jpg. The description was certain enough. "
        'Alternative: "A dog." (confidence 0.87)'
    )


def test_an_empty_suggestion_is_told_as_what_it_means(page):
    made = page('<img src="a.jpg">').review("a.jpg", "divider", "")
    assert message(made).endswith('Suggestion: an empty alternative (alt=""), which marks it as decorative')


def test_a_reason_that_is_the_problem_is_told_once(page):
    made = page('<img src="a.jpg">').review("a.jpg", "filename-alt", rule="filename-alt")
    assert message(made) == (
        "Alternative is a file name: a.jpg. Look at the image and write what it is there for."
    )


def test_what_is_kept_has_a_reason_and_no_advice(page):
    assert message(page('<img src="a.jpg">').keep("a.jpg")) == (
        "Image without a text alternative: a.jpg. A comment in the document asks to leave it alone."
    )


def test_ids_that_are_not_in_the_catalogue_are_told_as_they_are(page):
    assert message(page('<img src="a.jpg">').review("a.jpg", "new-reason", rule="new")) == "new: a.jpg."


@pytest.mark.parametrize(
    ("src", "shown"),
    [
        ("images/dog.jpg", "images/dog.jpg"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
        ("", "<img>"),
    ],
)
def test_a_picture_is_named_by_its_source(page, src, shown):
    found = finding(page('<img src="a.jpg">').review("a.jpg", "icon"))
    assert words.source(replace(found, image=replace(found.image, src=src))) == shown


def test_ranked_terms_are_the_best_of_each_facet_and_a_mood_lends_nobody_its_article():
    def candidate(facet, phrase, confidence):
        return Candidate(Term(phrase, facet, phrase, ()), 0.0, confidence)

    some = [
        candidate("scene", "a beach", 0.5),
        candidate("object", "a dog", 0.25),
        candidate("object", "a cat", 0.75),
        candidate("object", "a cup", 0.125),
        candidate("mood", "a calm", 0.0625),
    ]
    assert list(words.ranked(some, 2).items()) == [
        ("object", ["a cat 0.75", "a dog 0.25"]),
        ("scene", ["a beach 0.50"]),
        ("mood", ["calm 0.06"]),
    ]


def test_what_is_special_to_an_image_is_said_between_the_problem_and_the_advice(page):
    told = finding(page('<img src="a.jpg">').review("a.jpg", "mismatched-alt", rule="mismatched-alt"))
    noted = replace(told, decision=replace(told.decision, note="It seems to belong to b.jpg."))
    assert words.message(noted) == (
        "Alternative that does not seem to be about its picture: a.jpg. It seems to belong to b.jpg. "
        "Compare the two: the file or the alternative may belong elsewhere."
    )


@pytest.mark.parametrize(("number", "said"), [(0, "0 files"), (1, "1 file"), (2, "2 files")])
def test_things_are_counted_in_words(number, said):
    assert words.plural(number, "file") == said


def test_sizes_are_told_in_megabytes():
    assert words.megabytes(605_200_000) == "605.2 MB"
