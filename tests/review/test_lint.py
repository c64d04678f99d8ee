"""Remarks on what a person types: what check would say, and what helps beyond that."""

import pytest

from alttext import find_images
from alttext.review import lint

IMAGE = '<img src="dog.jpg">'
LINK = '<a href="/"><img src="dog.jpg"></a>'
FIGURE = '<figure><img src="dog.jpg"><figcaption>Rex runs on the beach</figcaption></figure>'
REMARKED = {
    "too long": (IMAGE, "a " * 76 + "b", ["long"]),
    "the medium first": (IMAGE, "An image of a dog", ["medium-first"]),
    "the medium first in German": (IMAGE, "Ein Bild von einem Hund", ["medium-first"]),
    "a file name": (IMAGE, "dog.jpg", ["filename-alt"]),
    "a name of a camera": (IMAGE, "IMG_1234", ["filename-alt"]),
    "words that end like a file": (IMAGE, "a dog.jpg", ["filename-alt"]),
    "a placeholder": (IMAGE, "placeholder", ["placeholder-alt"]),
    "the word image": (IMAGE, "Image", ["placeholder-alt"]),
    "no letters": (IMAGE, "...", ["no-words"]),
    "white space": (IMAGE, "  ", ["blank-alt"]),
    "the caption": (FIGURE, "Rex runs on the beach", ["redundant-alt"]),
    "a part of the caption": (FIGURE, "Rex runs on", ["redundant-alt"]),
    "nothing where a link needs a name": (LINK, "", ["link-without-name"]),
    "nothing where a button needs a name": ('<input type="image" src="a.png">', "", ["button-without-name"]),
    "a placeholder for a drawing": ('<svg role="img"></svg>', "image", ["placeholder-alt"]),
}
FINE = {
    "a sentence": (IMAGE, "A dog runs on a beach."),
    "exactly as long as is well": (IMAGE, "a" * lint.LONGEST),
    "decorative": (IMAGE, ""),
    "a short name": (IMAGE, "Ada"),
    "a kind of work that matters": (IMAGE, "Painting of a dog"),
    "a word that only begins like a medium": (IMAGE, "Images on a wall, of a dog"),
    "the name of a link": (LINK, "Home"),
    "more than the caption says": (FIGURE, "A brown dog with a ball"),
    "a name in another script": (IMAGE, "犬"),
}


@pytest.mark.parametrize(("markup", "alt", "ids"), REMARKED.values(), ids=REMARKED)
def test_it_remarks_on(markup, alt, ids):
    (ref,) = find_images(markup)
    found = lint.remarks(alt, ref)
    assert sorted({remark.id for remark in found}) == ids
    assert all(remark.text.endswith(".") for remark in found)


@pytest.mark.parametrize(("markup", "alt"), FINE.values(), ids=FINE)
def test_it_says_nothing_of(markup, alt):
    (ref,) = find_images(markup)
    assert lint.remarks(alt, ref) == ()


def test_each_thing_is_remarked_on_once():
    (ref,) = find_images(FIGURE)
    ids = [remark.id for remark in lint.remarks("Rex runs on the beach", ref)]
    assert len(ids) == len(set(ids))
