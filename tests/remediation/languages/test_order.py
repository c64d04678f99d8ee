"""The order that English, French and Spanish share, with words that tell where they come from."""

import pytest

from alttext.remediation.languages.order import Words, arranged, finished, spaced
from alttext.remediation.languages.plan import Plan
from alttext.types import Term


def joined(things):
    return "+".join(term.id for term in things)


WORDS = Words(
    "with",
    joined,
    lambda things: f"with {joined(things)}",
    lambda plan: "-".join(each.id for each in (plan.who, *plan.worn, plan.doing) if each),
    lambda term: f"at-{term.id}",
    lambda term: term.id if term.facet == "scene" else "",
)


def parts(who="", doing="", worn="", main="", background="", place="", around="", place_leads=True):
    def terms(names, facet):
        return tuple(Term(name, facet, name, (name,)) for name in names.split())

    return Plan(
        next(iter(terms(who, "people")), None),
        next(iter(terms(doing, "activity")), None),
        terms(worn, "object"),
        terms(main, "object"),
        terms(background, "object"),
        next(iter(terms(place, "scene")), None),
        terms(around, "weather"),
        place_leads,
    )


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (parts(main="dog cat", place="park", around="rain"), "dog+cat at-park at-rain"),
        (parts(main="dog", background="tree", place="park"), "dog at-park with tree"),
        (parts(main="dog", background="tree"), "dog+tree"),
        (parts(background="tree", place="park"), "park with tree"),
        (parts(background="tree", place="park", place_leads=False), "tree at-park"),
        (parts(place="park", around="rain night"), "park at-rain at-night"),
        (parts(around="rain"), ""),
        (parts(), ""),
        (parts(who="person", main="dog", place="park"), "person with dog at-park"),
        (parts(who="person", background="tree house"), "person+tree+house"),
        (parts(who="person", main="dog", background="tree"), "person with dog+tree"),
        (parts(who="person", background="tree", place="park", around="r"), "person at-park with tree at-r"),
        (parts(who="person", doing="reads", main="dog", place="park"), "person-reads at-park with dog"),
        (parts(who="person", doing="reads", main="dog", around="rain"), "person-reads at-rain, with dog"),
        (parts(who="person", worn="hat", main="dog"), "person-hat, with dog"),
        (parts(who="person", worn="hat", doing="reads", place="park"), "person-hat-reads at-park"),
    ],
)  # fmt: skip
def test_parts_get_their_places(plan, expected):
    assert arranged(plan, WORDS) == expected


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        (("a", "", "b"), "a b"),
        (("a with b", "with c"), "a with b, with c"),
        (("a without b", "with c"), "a without b with c"),
        (("a", ", at night"), "a, at night"),
        (("", ""), ""),
    ],
)
def test_pieces_are_spaced(pieces, expected):
    assert spaced("with", *pieces) == expected


def test_a_sentence_begins_with_a_capital_and_keeps_those_that_it_has():
    assert finished("a German shepherd") == "A German shepherd."
    assert finished("") is None
