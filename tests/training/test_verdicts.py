"""A term agrees with those above it and below it, whatever is found out about one of them."""

import pytest

from alttext.ranking.vocabulary import Vocabulary
from alttext.types import Term
from training.verdicts import FALSE, OPEN, TRUE, Tree, Verdicts

PARENTS = {"animal": "", "dog": "animal", "poodle": "dog", "beagle": "dog", "cat": "animal", "rain": ""}
FACETS = {"rain": "weather"}
WORDS = Vocabulary(
    tuple(
        Term(name, FACETS.get(name, "object"), f"a {name}", (name,), parent=parent)
        for name, parent in PARENTS.items()
    )
)
TREE = Tree(WORDS)


def judged(**known):
    """Verdicts of which these are known, and the rest is false."""
    verdicts = Verdicts(TREE)
    for name in PARENTS:
        verdicts[name] = known.get(name, FALSE)
    return verdicts


def those(verdicts, value):
    return {name for name in PARENTS if verdicts[name] == value}


def test_at_first_nothing_is_known():
    assert those(Verdicts(TREE), OPEN) == set(PARENTS)


@pytest.mark.parametrize(
    ("name", "above"),
    [("poodle", {"poodle", "dog", "animal"}), ("animal", {"animal"}), ("rain", {"rain"})],
)
def test_what_is_above_a_true_term_is_true(name, above):
    verdicts = judged()
    verdicts.set_true(name)
    assert those(verdicts, TRUE) == above


@pytest.mark.parametrize(
    ("root", "known", "left"),
    [
        ("dog", {}, {"animal", "cat", "rain"}),
        ("animal", {}, {"rain"}),
        ("animal", {"poodle": TRUE}, set(PARENTS) - {"poodle"}),
    ],
)
def test_what_is_below_a_false_term_is_false_unless_some_of_it_is_known_to_be_true(root, known, left):
    verdicts = judged(**(dict.fromkeys(PARENTS, OPEN) | known))
    verdicts.set_false(root)
    assert those(verdicts, OPEN) == left


def test_all_kinds_of_a_term_can_be_judged_alike_and_so_can_a_facet():
    verdicts = judged()
    verdicts.set_kinds("dog", OPEN)
    assert those(verdicts, OPEN) == {"dog", "poodle", "beagle"}
    verdicts.set_facet("object", TRUE)
    assert those(verdicts, TRUE) == set(PARENTS) - {"rain"}


def test_what_is_above_an_open_term_cannot_be_false_but_can_be_true():
    verdicts = judged(poodle=OPEN, animal=TRUE)
    verdicts.open_above(["weather", "object"])
    assert those(verdicts, OPEN) == {"poodle", "dog"}
    assert those(verdicts, TRUE) == {"animal"}


@pytest.mark.parametrize(
    ("known", "left_open"),
    [
        ({"dog"}, {"poodle", "beagle"}),
        ({"dog", "beagle"}, set()),
        ({"animal"}, {"dog", "poodle", "beagle", "cat"}),
        ({"animal", "dog"}, {"poodle", "beagle"}),
        (set(), set()),
    ],
)
def test_kinds_are_open_where_nobody_said_which_it_is(known, left_open):
    verdicts = judged(**dict.fromkeys(known, TRUE))
    verdicts.open_below("object")
    assert those(verdicts, OPEN) == left_open


@pytest.mark.parametrize(
    ("name", "roots", "expected"),
    [("poodle", ["animal"], True), ("dog", ["rain", "dog"], True), ("animal", ["dog"], False)],
)
def test_a_term_is_below_itself_and_all_above_it(name, roots, expected):
    assert TREE.is_below(name, roots) is expected
