"""What is wrong with an alternative follows from its entries alone."""

import pytest

from alttext.ledger.entry import Entry, alt_hash
from alttext.ledger.judge import Index, Place, Use, problems, settled

DOG, CAT, EMPTY = alt_hash("A dog"), alt_hash("A cat"), alt_hash("")
HERE = Place("a.html", "a.jpg", DOG)


def entry(state="unreviewed", image="old", document="a.html", source="a.jpg", alt=DOG, **facts):
    origin = "machine" if state == "unreviewed" else "person"
    return Entry(document, source, image, alt, state, origin, **facts)


CASES = {
    "nobody knows it": ([], "old", ()),
    "a machine wrote it": ([entry()], "old", ("unreviewed-alt",)),
    "a person agreed": ([entry("accepted")], "old", ()),
    "a person agreed on another branch": ([entry(), entry("accepted")], "old", ()),
    "a person agreed, then the picture changed": ([entry("accepted")], "new", ("stale-alt",)),
    "a machine wrote it, then the picture changed": ([entry()], "new", ("stale-alt", "unreviewed-alt")),
    "a person agreed after the picture changed": (
        [entry("accepted"), entry("accepted", image="new")],
        "new",
        (),
    ),
    "a machine wrote the same for the new picture": (
        [entry("accepted"), entry(image="new")],
        "new",
        ("unreviewed-alt",),
    ),
    "the picture is missing now": ([entry("accepted")], "", ()),
    "the picture is missing now and nobody agreed": ([entry()], "", ("unreviewed-alt",)),
    "the picture was missing then": ([entry(image="")], "new", ("unreviewed-alt",)),
    "a person edited it": ([entry(alt=CAT)], "old", ()),
    "a machine wrote it about another image of the page": ([entry(source="b.jpg")], "other", ()),
    "it was copied from another page": ([entry(document="b.html")], "old", ("unreviewed-alt",)),
    "it was copied after a person agreed": ([entry("accepted", document="b.html")], "old", ()),
    "a person agreed to the original and not to a copy": (
        [entry("accepted", document="b.html"), entry()],
        "old",
        ("unreviewed-alt",),
    ),
    "the same words are about another picture": ([entry(document="b.html")], "new", ()),
    "a copy whose picture is missing": ([entry(document="b.html", image="")], "", ()),
}


@pytest.mark.parametrize(("entries", "image", "expected"), CASES.values(), ids=CASES)
def test_what_is_wrong_is_told_where(entries, image, expected):
    assert problems(Index(entries), HERE, lambda: image) == expected


def test_empty_alternatives_of_two_places_have_nothing_to_do_with_each_other():
    index = Index([entry(document="b.html", alt=EMPTY)])
    assert problems(index, Place("a.html", "a.jpg", EMPTY), lambda: "old") == ()


def test_pictures_are_only_looked_at_where_an_entry_is_about_them():
    def never():
        raise AssertionError

    index = Index([entry(document="b.html", alt=CAT), entry(image="", source="c.jpg")])
    assert problems(index, HERE, never) == ()
    assert problems(index, HERE._replace(source="c.jpg"), never) == ("unreviewed-alt",)


USE = Use("old", "informative", "en", "")


def accepted(text, **facts):
    return entry("accepted", alt=alt_hash(text), text=text, purpose="informative", language="en", **facts)


TEXTS = {
    "nothing was accepted": ([entry()], None),
    "one was accepted": ([accepted("A dog")], "A dog"),
    "the same was accepted twice": ([accepted("A dog"), accepted("A dog", document="b.html")], "A dog"),
    "two that differ were accepted": ([accepted("A dog"), accepted("Rex")], None),
    "one was accepted for another picture": ([accepted("A dog", image="new")], None),
    "one was accepted of a picture that was missing": ([accepted("A dog", image="")], None),
}


@pytest.mark.parametrize(("entries", "expected"), TEXTS.values(), ids=TEXTS)
def test_an_alternative_can_be_used_again_if(entries, expected):
    assert Index(entries).accepted_text(USE) == expected


@pytest.mark.parametrize(
    ("known", "standing", "gone", "edited"),
    [
        ([HERE], [HERE], [], []),
        ([HERE], [], [HERE], []),
        ([HERE], [HERE._replace(alt=CAT)], [HERE], [HERE._replace(alt=CAT)]),
        ([HERE], [HERE._replace(source="b.jpg")], [HERE], []),
        ([HERE], [HERE, HERE._replace(alt=CAT)], [], []),
        ([], [HERE], [], []),
    ],
)
def test_what_was_edited_is_a_persons_and_what_is_gone_is_gone(known, standing, gone, edited):
    assert settled(known, standing) == (frozenset(gone), frozenset(edited))
