"""Images that stand for what a link or button does, and images in links that do not."""

import pytest

import alttext
from alttext import purpose
from alttext.types import Purpose


def verdict(markup, at=0):
    return purpose.classify(alttext.find_images(markup)[at])


FUNCTIONAL = {
    "all of a link": ('<a href="/lakes"><img src="lake.jpg"></a>', "sole-content-of-link"),
    "all of a link with spaces": ('<a href="/lakes">\n <img src="lake.jpg">\n</a>', "sole-content-of-link"),
    "all of a link in a picture": (
        '<a href="/lakes"><picture><source srcset="l.webp"><img src="lake.jpg"></picture></a>',
        "sole-content-of-link",
    ),
    "all of a link beside an ornament": (
        '<a href="/lakes"><img src="lake.jpg"><img src="bar.png" alt=""></a>',
        "sole-content-of-link",
    ),
    "a chart that is all of a link": ('<a href="/r"><img src="chart.png"></a>', "sole-content-of-link"),
    "a logo that is all of a link": ('<a href="/"><img src="logo.png"></a>', "sole-content-of-link"),
    "all of a button": ('<button><img src="x.svg"></button>', "sole-content-of-button"),
    "all of what works as a button": ('<span role=button><img src="x.svg"></span>', "sole-content-of-button"),
    "in a link that has a name": (
        '<a href="/l" aria-label="Lakes"><img src="lake.jpg"></a>',
        "named-by-link",
    ),
    "in a link with a title": ('<a href="/l" title="Lakes"><img src="lake.jpg"></a>', "named-by-link"),
    "an image button": ('<form><input type="image" src="go.png"></form>', "image-button"),
    "an area": ('<map><area href="/north" shape="rect"></map>', "image-map-area"),
}


@pytest.mark.parametrize(("markup", "reason"), FUNCTIONAL.values(), ids=FUNCTIONAL)
def test_an_image_that_does_something_is_functional(markup, reason):
    found = verdict(markup)
    assert (found.purpose, found.reason) == (Purpose.FUNCTIONAL, reason)


NOT_FUNCTIONAL = {
    "beside a link": '<p><img src="lake.jpg"> <a href="/lakes">Lakes</a></p>',
    "in an anchor without target": '<a name="lake"><img src="lake.jpg"></a>',
    "in a link that has text": '<a href="/lakes"><img src="lake.jpg"> Lakes</a>',
    "in a link with hidden words for readers": (
        '<a href="/lakes"><img src="lake.jpg"><span class="visually-hidden">Lakes</span></a>'
    ),
    "in a button that has text": '<button><img src="x.svg"> Close</button>',
    "in a card with a heading": '<a href="/l"><div><img src="lake.jpg"><h3>Lakes of the north</h3></div></a>',
    "marked as decorative in a link": '<a href="/lakes"><img src="lake.jpg" alt=""></a>',
    "in a figure": '<figure><img src="lake.jpg"><figcaption><a href="/l">Lakes</a></figcaption></figure>',
    "an ordinary input": '<form><input type="submit"></form><img src="lake.jpg">',
}


@pytest.mark.parametrize("markup", NOT_FUNCTIONAL.values(), ids=NOT_FUNCTIONAL)
def test_an_image_that_does_nothing_by_itself_is_not_functional(markup):
    assert verdict(markup).purpose is not Purpose.FUNCTIONAL


OPENS_ITSELF = {
    "in a link that opens it": '<a href="lake.jpg"><img src="lake-300x200.jpg"></a>',
    "in a link that opens its original": '<a href="/full/lake.jpg"><img src="/thumbs/lake.jpg"></a>',
    "a photograph of any name in a link to a picture": '<a href="x.png"><img src="t.jpg"></a>',
    "with a name of the link": '<a href="lake.jpg" title="Enlarge"><img src="lake-small.png"></a>',
    "in a gallery": '<a class="lightbox" href="img/1.jpg"><img src="thumbs/a.jpg"></a>',
}


@pytest.mark.parametrize("markup", OPENS_ITSELF.values(), ids=OPENS_ITSELF)
def test_an_image_whose_link_opens_it_larger_is_left_for_a_person(markup):
    found = verdict(markup)
    assert (found.purpose, found.reason) == (Purpose.FUNCTIONAL, "link-to-image-file")
    assert not found.certain


OPENS_ANOTHER = {
    "an icon": '<a href="lake.jpg"><img src="zoom.png"></a>',
    "a drawing": '<a href="lake.jpg"><img src="chart.svg"></a>',
    "a photograph in a link to a page": '<a href="lake.html"><img src="lake.jpg"></a>',
    "a photograph beside another one": '<a href="x.jpg"><img src="lake.jpg"><img src="b.jpg" alt="B"></a>',
    "a photograph in a button": '<button formaction="x.jpg"><img src="lake.jpg"></button>',
    "a photograph beside words": '<a href="x.jpg"><img src="lake.jpg"> Lakes</a>',
}


@pytest.mark.parametrize("markup", OPENS_ANOTHER.values(), ids=OPENS_ANOTHER)
def test_what_is_no_thumbnail_is_not_described_for_its_link(markup):
    assert verdict(markup).reason != "link-to-image-file"


@pytest.mark.parametrize("markup", ["[![](t.jpg)](x.jpg)", "[![](lake-small.png)](lake.png)"])
def test_a_thumbnail_in_markdown_is_one(markup):
    (ref,) = alttext.find_images(markup, "markdown")
    assert (ref.purpose, ref.reason) == (Purpose.FUNCTIONAL, "link-to-image-file")


WORDS_OF_THE_DOCUMENT = {
    "another link to the same place": (
        '<a href="/lakes"><img src="lake.jpg"></a> <a href="/lakes">All lakes</a>',
        "All lakes",
    ),
    "another link before it": ('<a href="/l">Lakes</a><a href="/l"><img src="lake.jpg"></a>', "Lakes"),
    "the name of its link": ('<a href="/l" aria-label="Lakes"><img src="lake.jpg"></a>', ""),
    "another link to the place of an area": (
        '<map><area href="/north"></map><p><a href="/north">The north</a></p>',
        "The north",
    ),
}


@pytest.mark.parametrize(("markup", "said"), WORDS_OF_THE_DOCUMENT.values(), ids=WORDS_OF_THE_DOCUMENT)
def test_words_of_the_document_are_certain(markup, said):
    images = alttext.find_images(markup)
    found = purpose.classify(images[0])
    assert (found.alternative, found.certain) == (said, True)


LEFT_FOR_A_PERSON = {
    "nothing to go by": ('<a href="/lakes"><img src="lake.jpg"></a>', None),
    "another link that says read more": (
        '<a href="/l"><img src="lake.jpg"></a><a href="/l">Read more</a>',
        None,
    ),
    "another link that goes nowhere": ('<a href="#"><img src="x.png"></a><a href="#">Top</a>', None),
    "another link that spells the address": (
        '<a href="/l"><img src="lake.jpg"></a><a href="/l">https://a.example/l</a>',
        None,
    ),
    "another link that names a file": (
        '<a href="/l"><img src="lake.jpg"></a><a href="/l">IMG_1234.jpg</a>',
        None,
    ),
    "another link that counts": ('<a href="/l"><img src="lake.jpg"></a><a href="/l">12</a>', None),
    "another link that a template fills in": (
        '<a href="/l"><img src="lake.jpg"></a><a href="/l">{{ title }}</a>',
        None,
    ),
    "a link whose name says nothing": ('<a href="/l" title="Read more"><img src="lake.jpg"></a>', ""),
    "the start of the site": ('<a href="/"><img src="picture.png"></a>', "Home"),
    "an address to write to": (
        '<a href="mailto:kim@a.example?subject=x"><img src="m.png"></a>',
        "kim@a.example",
    ),
    "a number to call": ('<a href="tel:+15550100"><img src="t.png"></a>', "+15550100"),
    "a button that searches": ('<form><input type="image" src="search.gif"></form>', "Search"),
    "a button with a value": ('<form><input type="image" src="x.gif" value="Find"></form>', "Find"),
    "a button without a hint": ('<form><input type="image" src="x1.gif"></form>', None),
    "a button that closes": ('<button class="close"><img src="x.svg"></button>', "Close"),
    "a button of another language": ('<html lang="de"><button><img src="close.svg"></button>', None),
    "the start of a site in another language": ('<html lang="de"><a href="/"><img src="a.png"></a>', None),
}


@pytest.mark.parametrize(("markup", "suggestion"), LEFT_FOR_A_PERSON.values(), ids=LEFT_FOR_A_PERSON)
def test_what_the_document_does_not_say_is_only_suggested(markup, suggestion):
    found = verdict(markup)
    assert (found.purpose, found.alternative) == (Purpose.FUNCTIONAL, suggestion)
    assert not found.certain


def test_a_link_to_another_picture_is_a_destination_and_not_the_picture():
    found = verdict('<a href="map.jpg"><img src="compass-rose.svg"></a>')
    assert (found.purpose, found.reason) == (Purpose.FUNCTIONAL, "sole-content-of-link")


@pytest.mark.parametrize("src", ["lake.jpg", "red-fox.jpg", "kim-doe.jpg", "IMG_1234.jpg"])
def test_the_picture_in_a_link_is_never_what_its_alternative_says(src):
    assert verdict(f'<a href="/somewhere"><img src="{src}"></a>').alternative is None
