"""What is heard before and after fix, for every image of a page; and nothing is written."""

import pytest

from alttext.review.preview import heard

PAGE = '<img src="certain.png"><a href="/"><img src="home.png"></a><img src="x.png" alt="Rex">'


@pytest.fixture
def listen(pipeline):
    def run(name):
        (result,) = pipeline.fix_paths([name], write=False)
        return list(heard(result))

    return run


def test_every_image_is_heard_before_and_after(site, listen):
    root = site("certain.png", "home.png", files={"a.html": PAGE})
    fixed, left, kept = listen("a.html")
    assert fixed.before.startswith("unlabelled graphic")
    assert (fixed.after, fixed.suggested) == ("graphic, A dog.", None)
    assert (left.before, left.after) == ("link, graphic, home.png", "link, graphic, home.png")
    assert left.suggested == "link, graphic, Home"
    assert (kept.before, kept.after, kept.decision) == ("graphic, Rex", "graphic, Rex", None)
    assert (root / "a.html").read_text() == PAGE


@pytest.mark.parametrize(
    "text",
    ['<img src="a.png" alt="Rex">', '<img src="a.png" alt="">', '<!-- alttext: ignore --><img src="a.png">'],
)
def test_what_fix_leaves_alone_sounds_the_same(site, listen, text):
    root = site("a.png", files={"a.html": text})
    (image,) = listen("a.html")
    assert image.before == image.after
    assert image.suggested is None
    assert (root / "a.html").read_text() == text


def test_a_page_without_images_is_silent(site, listen):
    site(files={"a.html": "<p>Nothing</p>"})
    assert listen("a.html") == []


def test_places_are_those_of_the_page_as_it_is(site, listen):
    site("certain.png", files={"a.html": '<img src="certain.png"><br>\n <img src="certain.png">'})
    assert [(image.line, image.column) for image in listen("a.html")] == [(1, 1), (2, 2)]
