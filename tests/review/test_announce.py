"""What is heard at an image: role, name, link, button and figure."""

import pytest

from alttext import find_images
from alttext.review import announce

NAMELESS = "unlabelled graphic; some screen readers read the file name, dog.jpg"
HEARD = {
    "an image": ('<img src="dog.jpg" alt="A dog.">', "graphic, A dog."),
    "an image without a name": ('<img src="/x/dog.jpg?v=2">', NAMELESS),
    "a picture in the document": ('<img src="data:image/gif;base64,R0lGOD">', "unlabelled graphic"),
    "a title where there is no alternative": ('<img src="dog.jpg" title="Rex">', "graphic, Rex"),
    "a label before an alternative": ('<img src="dog.jpg" alt="A" aria-label="Rex">', "graphic, Rex"),
    "a label of an empty alternative": ('<img src="dog.jpg" alt="" aria-label="Rex">', "graphic, Rex"),
    "a drawing": ('<svg role="img"><title>A dog</title></svg>', "graphic, A dog"),
    "the sole content of a link": ('<a href="/"><img src="dog.jpg" alt="Home"></a>', "link, graphic, Home"),
    "a link without a name": ('<a href="/x/"><img src="dog.jpg"></a>', "link, graphic, dog.jpg"),
    "a link without a name to a page": ('<a href="/x/"><svg role="img"></svg></a>', "link, x"),
    "a decorative image alone in a link": ('<a href="/x/y.html"><img src="a" alt=""></a>', "link, y.html"),
    "a link to another site": ('<a href="https://example.com/"><img alt=""></a>', "link, example.com"),
    "an image before the words of a link": (
        '<a href="/"><img src="dog.jpg" alt="A dog."> More</a>',
        "link, graphic, A dog, More",
    ),
    "an image behind the words of a link": (
        '<a href="/">More <img src="dog.jpg" alt="A dog."></a>',
        "link, More, graphic, A dog.",
    ),
    "a decorative image beside the words of a link": (
        '<a href="/">More <img src="dog.jpg" alt=""></a>',
        "link, More",
    ),
    "a nameless image beside the words of a link": ('<a href="/">More <img src="dog.jpg"></a>', "link, More"),
    "a link with a name of its own": (
        '<a href="/" aria-label="Home"><img src="dog.jpg" alt="A dog."></a>',
        "link, Home",
    ),
    "one of two images of a link": (
        '<a href="/"><img src="dog.jpg" alt=""><img src="cat.jpg" alt="A cat."></a>',
        "link, …",
    ),
    "a button": ('<button><img src="dog.jpg" alt="Search"></button>', "button, Search"),
    "a button with words": ('<button><img src="dog.jpg" alt="Fast"> Search</button>', "button, Fast Search"),
    "a button without a name": ('<button><img src="dog.jpg"></button>', "unlabelled button"),
    "an image button": ('<input type="image" src="go.png" alt="Go">', "button, Go"),
    "an image button with a label": (
        '<label>Go <input type="image" src="go.png" alt="No"></label>',
        "button, Go",
    ),
    "an image button without a name": ('<input type="image" src="go.png">', "button, Submit"),
    "an area": ('<map><area href="/c.html" alt="Contact"></map>', "link, Contact"),
    "an area without a name": ('<map><area href="/c.html"></map>', "link, c.html"),
    "a figure": (
        '<figure><img src="dog.jpg" alt="A dog."><figcaption>Rex</figcaption></figure>',
        "figure, Rex, graphic, A dog.",
    ),
    "a figure whose caption is a sentence": (
        '<figure><img src="dog.jpg" alt="A dog."><figcaption>Rex ran.</figcaption></figure>',
        "figure, Rex ran, graphic, A dog.",
    ),
    "a figure with a decorative image": (
        '<figure><img src="dog.jpg" alt=""><figcaption>Rex</figcaption></figure>',
        "figure, Rex",
    ),
}
SILENT = {
    "an empty alternative": '<img src="dog.jpg" alt="">',
    "a presentational role": '<img src="dog.jpg" role="presentation">',
    "a hidden image": '<img src="dog.jpg" alt="A dog." aria-hidden="true">',
    "an image in something hidden": '<div hidden><img src="dog.jpg" alt="A dog."></div>',
}


@pytest.mark.parametrize(("markup", "heard"), HEARD.values(), ids=HEARD)
def test_it_says(markup, heard):
    assert announce.announced(find_images(markup)[0]) == heard


@pytest.mark.parametrize("markup", SILENT.values(), ids=SILENT)
def test_nothing_is_said_of(markup):
    assert announce.announced(find_images(markup)[0]) == announce.NOTHING


def test_nothing_is_said_of_empty_brackets():
    assert announce.announced(find_images("![](dog.jpg)", "markdown")[0]) == announce.NOTHING


@pytest.mark.parametrize(
    ("markup", "alt", "heard"),
    [
        ('<img src="dog.jpg">', "A dog.", "graphic, A dog."),
        ('<img src="dog.jpg">', "", ""),
        ('<img src="dog.jpg" alt="image">', "A dog.", "graphic, A dog."),
        ('<svg role="img"></svg>', "A dog.", "graphic, A dog."),
        ('<object type="image/png" data="dog.png"></object>', "A dog.", "graphic, A dog."),
        ('<a href="/"><img src="dog.jpg"></a>', "Home", "link, graphic, Home"),
        ('<input type="image" src="go.png">', "Go", "button, Go"),
    ],
)
def test_with_an_alternative_it_says(markup, alt, heard):
    (ref,) = find_images(markup)
    assert announce.with_alternative(ref, alt) == heard
