"""The vocabulary as arrays: which terms are what, and parents that are never below their children."""

import numpy as np
import pytest

from alttext.ranking.term_rows import TermRows
from alttext.ranking.vocabulary import Vocabulary
from tests.ranking.bench import ANIMALS, BEACH, MONKEY, SCRAP, SOMEBODY, WARD, forest, term

INDOORS = term("indoors", facet="scene")._replace(grammar=(("vague", "alone"),))
ROWS = TermRows(Vocabulary((*ANIMALS, MONKEY, BEACH, WARD, INDOORS, SOMEBODY, SCRAP)))


def named(mask):
    return [each.id for each, is_one in zip(ROWS.vocabulary.terms, mask, strict=True) if is_one]


@pytest.mark.parametrize(
    ("facets", "found"),
    [
        (("scene",), ["beach", "ward", "indoors"]),
        (("people", "distractor"), ["somebody", "scrap"]),
        (("weather",), []),
        ((), []),
    ],
)
def test_terms_are_found_by_their_facets(facets, found):
    assert named(ROWS.are_of(*facets)) == found


def test_terms_are_found_by_their_forms():
    assert named(ROWS.are_insults) == ["monkey"]
    assert named(ROWS.are_sensitive_scenes) == ["ward"]
    assert named(ROWS.are_vague) == ["indoors"]
    assert named(ROWS.have("plural", "dogs")) == []


def test_silent_terms_are_those_that_are_never_said():
    assert named(ROWS.are_silent) == ["scrap"]


def test_above_a_term_are_its_parent_and_what_is_above_that():
    above = dict(zip(ROWS.vocabulary.row, ROWS.above, strict=True))
    row = ROWS.vocabulary.row
    assert above["collie"] == (row["dog"], row["animal"])
    assert above["animal"] == ()


@pytest.mark.parametrize("seed", range(8))
def test_a_parent_gets_the_most_that_anything_below_it_has(seed):
    random = np.random.default_rng(seed)
    terms = tuple(forest(random))
    rows = TermRows(Vocabulary(terms))
    before = random.normal(size=(3, len(terms))).astype(np.float32)
    after = before.copy()
    rows.raise_parents(after)
    for row in range(len(terms)):
        below = [other for other in range(len(terms)) if other == row or row in rows.above[other]]
        assert np.array_equal(after[:, row], before[:, below].max(axis=1))


def test_masks_of_an_empty_vocabulary_are_empty():
    rows = TermRows(Vocabulary(()))
    assert (len(rows.are_of("scene")), len(rows.are_silent), rows.above) == (0, 0, [])
