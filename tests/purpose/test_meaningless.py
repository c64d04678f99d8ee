"""Words that say nothing about any picture, and short words that do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alttext.purpose import meaningless

GIVEN = [
    "IMG_1234",
    "IMG_20240131_154501",
    "img-0042",
    "DSC01234.JPG",
    "_DSC0042",
    "DSCF1234",
    "P1010042",
    "PXL_20240131_154501123.jpg",
    "MVIMG_20240131_154501",
    "GOPR0042",
    "DJI_0042",
    "20240131_154501",
    "image1",
    "Image (3)",
    "image-20240131-154501",
    "Picture 12",
    "Foto 3",
    "unnamed (1)",
    "download(2)",
    "Screenshot 2024-01-31 at 15.45.01",
    "Screen Shot 2024-01-31 at 3.45.01 PM",
    "Screenshot from 2024-01-31 15-45-01",
    "Bildschirmfoto 2024-01-31 um 15.45.01",
    "Capture d’écran 2024-01-31 à 15.45.01",
    "WhatsApp Image 2024-01-31 at 15.45.01",
    "signal-2024-01-31-154501",
    "9f86d081884c7d65",
    "123e4567-e89b-12d3-a456-426614174000",
    "49382719_n",
]


@pytest.mark.parametrize("alt", GIVEN)
def test_names_that_machines_give_to_files(alt):
    assert meaningless.is_given_by_machine(alt)


WORDS = [
    "Ada",
    "UK",
    "P5",
    "SAM 2",
    "GP 2",
    "1984",
    "2024",
    "42",
    "Image processing in 3 steps",
    "Picture of 2 dogs",
    "Photo by Kim, 2024",
    "Screenshot of the 2024 settings",
    "Screenshot at dawn",
    "IMG tag",
    "DSC conference 2024 in Rome",
    "Download 3 files",
    "WhatsApp",
    "Facade",
    "deadbeef",
    "effaced",
    "F-16",
    "COVID-19",
    "",
]


@pytest.mark.parametrize("alt", WORDS)
def test_words_with_numbers_that_people_write(alt):
    assert not meaningless.is_given_by_machine(alt)


PLACEHOLDERS = [
    "Alt text",
    "[alt text]",
    "alt text here...",
    "Image of",
    "An image of:",
    "picture  of",
    "todo",
    "TBD",
    "Untitled",
    "placeholder",
    "No description has been provided for this image",
    "No alt text provided.",
    "Bildbeschreibung",
    "sans titre",
    "texto alternativo",
]


@pytest.mark.parametrize("alt", PLACEHOLDERS)
@pytest.mark.parametrize("may_be_noun", [False, True])
def test_placeholders_say_nothing_anywhere(alt, may_be_noun):
    assert meaningless.is_placeholder(alt, may_be_noun=may_be_noun)


@pytest.mark.parametrize("alt", ["image", "Photo", "(picture)", "Foto", "画像", "screenshot"])
def test_the_medium_alone_says_nothing_but_can_name_a_button(alt):
    assert meaningless.is_placeholder(alt)
    assert not meaningless.is_placeholder(alt, may_be_noun=True)


NO_PLACEHOLDERS = [
    "Logo of the W3C",
    "Logo",
    "Map",
    "Chart",
    "Ada",
    "Photo booth",
    "Image gallery",
    "Picture of a barn",
    "Alternative",
    "Nan with her dog",
    "Nan",
    "To do",
    "Description of a struggle, book cover",
    "Untitled (Black on Grey), painting by Mark Rothko",
    "*",
    "+",
    "–",
    "…",
    "😀",
    "∑",
    "",
]


@pytest.mark.parametrize("alt", NO_PLACEHOLDERS)
def test_short_words_and_signs_can_be_all_there_is_to_say(alt):
    assert not meaningless.is_placeholder(alt)


@given(st.text(alphabet="a1_- .:()'’", max_size=400))
def test_every_text_is_judged(alt):
    assert meaningless.is_given_by_machine(alt) in {True, False}
    assert meaningless.is_placeholder(alt) in {True, False}


def test_a_sentence_is_no_name_of_a_file_however_long():
    assert not meaningless.is_given_by_machine("IMG_" + "1" * 5000)


@pytest.mark.parametrize("alt", ["lake.jpg", "LAKE.PNG", "a b.jpeg", "a.heic"])
def test_suffixes_of_pictures(alt):
    assert meaningless.has_picture_suffix(alt)


@pytest.mark.parametrize("alt", ["Node.js", "lake.", "jpg", "report.pdf", "lake.jpg by Kim"])
def test_other_suffixes(alt):
    assert not meaningless.has_picture_suffix(alt)


@pytest.mark.parametrize("alt", ["red_barn", "red-barn-2", "two-red-barns", "12345"])
def test_spelled_like_a_file(alt):
    assert meaningless.is_spelled_like_file(alt)


@pytest.mark.parametrize("alt", ["Paris", "e-mail", "COVID-19", "python3", "1984", "a_b c", "red barn"])
def test_spelled_like_words(alt):
    assert not meaningless.is_spelled_like_file(alt)
