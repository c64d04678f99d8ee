"""What the markup gives away: the words of names, sizes and surroundings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import alttext
from alttext.purpose import evidence


def first(markup):
    return alttext.find_images(markup)[0]


WORDS = {
    "barChart_2-final": ("bar", "chart", "2", "final"),
    "HTMLPage": ("html", "page"),
    "IMG_1234": ("img", "1234"),
    "a lake's shore": ("a", "lakes", "shore"),
    "Übergröße": ("übergröße",),
    "": (),
    "...": (),
    "photograph": ("photograph",),
}


@pytest.mark.parametrize(("text", "words"), WORDS.items())
def test_words_of_names_and_sentences(text, words):
    assert evidence.words(text) == words


FILES = {
    "assets/a%20b.png?v=2": ("a b.png", "a b", ".png"),
    "https://a.example/x/lake.JPG#top": ("lake.JPG", "lake", ".jpg"),
    "C:\\pictures\\lake.gif": ("lake.gif", "lake", ".gif"),
    "/_next/image?url=%2Fimg%2Flake.jpg&w=640": ("lake.jpg", "lake", ".jpg"),
    "/.netlify/images?url=/img/lake.jpg": ("lake.jpg", "lake", ".jpg"),
    "data:image/png;base64,iVBORw0KGgo=": ("", "", ""),
    "https://[broken/lake.jpg": ("", "", ""),
    "lake": ("lake", "lake", ""),
    "": ("", "", ""),
}


@pytest.mark.parametrize(("src", "expected"), FILES.items())
def test_the_name_of_a_file(src, expected):
    assert (evidence.file_name(src), evidence.stem(src), evidence.suffix(src)) == expected


@given(st.text())
def test_no_address_is_too_odd_to_read(src):
    assert evidence.stem(src) in evidence.file_name(src)
    assert all(word == word.lower() for word in evidence.words(src))


@pytest.mark.parametrize(
    ("src", "words"),
    [
        ("trail-map_final_v2.png", ("trail", "map")),
        ("photo-of-red-fox-scaled-1024x768.jpg", ("of", "red", "fox")),
        ("IMG_1234.jpg", ()),
        ("a.jpg", ()),
    ],
)
def test_words_that_only_tell_about_the_file_are_left_out(src, words):
    assert evidence.telling(src) == words


@pytest.mark.parametrize(
    ("phrase", "about"),
    [
        ("trail map", "map"),
        ("map marker", "marker"),
        ("map of europe", "map"),
        ("the map", "map"),
        ("in the woods", "woods"),
        ("the", ""),
        ("", ""),
    ],
)
def test_a_compound_is_about_its_last_noun(phrase, about):
    assert evidence.head(phrase.split()) == about


def test_neighbouring_words_form_a_pair():
    assert evidence.has_pair(("old", "dining", "table"), {"dining table"})
    assert not evidence.has_pair(("dining", "old", "table"), {"dining table"})
    assert not evidence.has_pair((), {"dining table"})


def test_words_come_from_the_element_its_folders_and_its_surroundings():
    ref = first('<ul class="sponsorList"><li id="gold-1"><a><img class="w-4" id="x" src="/i/logos/a.png">')
    assert evidence.of_element(ref) == {"w", "4", "x"}
    assert evidence.of_folders(ref) >= {"logos"}
    assert evidence.of_surroundings(ref) == {"gold", "1"}
    assert evidence.of_surroundings(ref, 3) == {"gold", "1", "sponsor", "list"}
    assert evidence.of_surroundings(first("<p><img src=a.png>")) == frozenset()


SIZES = {
    'width="20" height="10px"': (20, 10),
    'width=" 1.5 "': (1.5, None),
    'width="50%" height="auto"': (None, None),
    'width="-1" height="1e3"': (None, None),
    "": (None, None),
}


@pytest.mark.parametrize(("attributes", "size"), SIZES.items())
def test_the_size_that_attributes_state(attributes, size):
    assert evidence.stated_size(first(f"<img src=a.png {attributes}>")) == size


@pytest.mark.parametrize(
    ("style", "size"),
    [
        ("width:20px; HEIGHT: 1.5px", (20, 1.5)),
        ("width:50%;height:2em", (None, None)),
        ("max-width:20px;line-height:2px", (None, None)),
    ],
)
def test_the_size_that_a_style_gives(style, size):
    assert evidence.styled_size(first(f'<img src=a.png style="{style}">')) == size


@pytest.mark.parametrize(
    ("size", "is_within"), [((3, 3), True), ((3, 4), False), ((None, 1), False), ((None, None), False)]
)
def test_both_sides_have_to_be_known(size, is_within):
    assert evidence.is_within(size, 3) is is_within


def test_attributes_are_stripped_and_may_be_missing():
    ref = first('<img src="a.png" class=" x " hidden>')
    assert (evidence.attribute(ref, "class"), evidence.attribute(ref, "id")) == ("x", "")
    assert evidence.has_attribute(ref, "id", "hidden")
    assert not evidence.has_attribute(ref, "id")


@pytest.mark.parametrize(
    ("lang", "is_english"), [("", False), ("en-GB", True), ("EN_us", True), ("de", False), ("enm", False)]
)
def test_english_pages(lang, is_english):
    assert evidence.is_english(first(f'<html lang="{lang}"><img src=a.png>')) is is_english


def test_a_page_that_declares_no_language_counts_as_english():
    assert evidence.is_english(first("<html><img src=a.png>"))
