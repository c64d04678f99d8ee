"""What is wrong with words that are there already, and what only looks wrong."""

import pytest

import alttext
from alttext import purpose


def problem(markup, format="html"):
    return purpose.problem(alttext.find_images(markup, format)[0])


PROBLEMS = {
    "a file name": ('<img src="a.jpg" alt="red-barn.jpg">', "filename-alt"),
    "the file name with spaces": ('<img src="red%20barn.jpg" alt="red barn.jpg">', "filename-alt"),
    "a name that a camera gave": ('<img src="a.jpg" alt="IMG_1234">', "filename-alt"),
    "a name that a phone gave": ('<img src="a.jpg" alt="PXL_20240101_120000">', "filename-alt"),
    "a name that a screenshot tool gave": (
        '<img src="a.png" alt="Screenshot 2024-03-01 at 10.20.30">',
        "filename-alt",
    ),
    "the stem of the file name as it is spelled": ('<img src="red_barn.jpg" alt="red_barn">', "filename-alt"),
    "the stem of a file name with numbers": ('<img src="red-barn-2.jpg" alt="red-barn-2">', "filename-alt"),
    "a hash": ('<img src="a.jpg" alt="9f86d081884c7d659a2feaa0c55ad015">', "filename-alt"),
    "the noun": ('<img src="a.jpg" alt="image">', "placeholder-alt"),
    "the noun with a capital and a full stop": ('<img src="a.jpg" alt="Photo.">', "placeholder-alt"),
    "the noun in German": ('<img src="a.jpg" alt="Bild">', "placeholder-alt"),
    "the beginning of a sentence": ('<img src="a.jpg" alt="Image of">', "placeholder-alt"),
    "words of a template": ('<img src="a.jpg" alt="alt text">', "placeholder-alt"),
    "a note to oneself": ('<img src="a.jpg" alt="TODO">', "placeholder-alt"),
    "what a notebook writes": (
        '<img src="a.png" alt="No description has been provided for this image">',
        "missing-alt",
    ),
    "white space": ('<img src="a.jpg" alt=" ">', "blank-alt"),
    "white space and a title, which is not read": ('<img src="a.jpg" alt=" " title="A lake">', "blank-alt"),
    "white space that does not break": ('<img src="a.jpg" alt="&nbsp;">', "blank-alt"),
    "the words of its link": ('<a href="/l"><img src="a.jpg" alt="Lakes"> Lakes</a>', "redundant-alt"),
    "the words of its caption": (
        '<figure><img src="a.jpg" alt="A lake at dawn"><figcaption>A lake at dawn.</figcaption></figure>',
        "redundant-alt",
    ),
    "nothing for a button": ('<form><input type="image" src="go.png" alt=""></form>', "button-without-name"),
    "nothing for all of a link": ('<a href="/l"><img src="a.jpg" alt=""></a>', "link-without-name"),
    "nothing for all of a link, and a title, which is not read": (
        '<a href="/l"><img src="a.jpg" alt="" title="Lakes"></a>',
        "link-without-name",
    ),
    "a role of decoration for all of a link": (
        '<a href="/l"><img src="a.jpg" role="none"></a>',
        "link-without-name",
    ),
    "an empty alternative and a name": (
        '<img src="a.jpg" alt="" aria-label="A lake">',
        "decorative-but-named",
    ),
}


@pytest.mark.parametrize(("markup", "rule"), PROBLEMS.values(), ids=PROBLEMS)
def test_words_that_say_nothing_are_a_problem(markup, rule):
    assert problem(markup) == rule


FINE = {
    "a sentence": '<img src="a.jpg" alt="Two dogs run over a frozen lake.">',
    "a short name": '<img src="ada.jpg" alt="Ada">',
    "a name that is the name of the file": '<img src="paris.jpg" alt="Paris">',
    "a name with a hyphen that is the name of the file": '<img src="e-mail.png" alt="E-mail">',
    "a disease": '<img src="covid-19.jpg" alt="COVID-19">',
    "a year": '<img src="1984.jpg" alt="1984">',
    "a model": '<img src="a.jpg" alt="Canon EOS R6">',
    "a letter": '<img src="b.png" alt="B">',
    "a plus": '<img src="plus.png" alt="+">',
    "a word with the noun in it": '<img src="a.jpg" alt="Photo of Ada Lovelace">',
    "a sentence about a file": '<img src="a.jpg" alt="The file red-barn.jpg in a list">',
    "an image that is about images": '<img src="a.jpg" alt="Image gallery">',
    "a photographer": '<img src="a.jpg" alt="Photographer">',
    "a spacer as a word": '<img src="a.jpg" alt="Spacer bar of a keyboard">',
    "an empty alternative": '<img src="a.jpg" alt="">',
    "a valueless alternative": "<img src=a.jpg alt>",
    "an empty alternative beside link text": '<a href="/l"><img src="a.jpg" alt=""> Lakes</a>',
    "an empty alternative in a named link": '<a href="/l" aria-label="Lakes"><img src="a.jpg" alt=""></a>',
    "another caption": (
        '<figure><img src="a.jpg" alt="A lake at dawn"><figcaption>Lake Bled, 2019</figcaption></figure>'
    ),
    "other words in its link": '<a href="/l"><img src="a.jpg" alt="A lake"> All lakes</a>',
    "a button that inserts an image": '<button><img src="a.svg" alt="Image"></button>',
    "an icon that offers a file": '<a href="a.jpg">Download <img src="a.png" alt="a.jpg"></a>',
    "a decorative role": '<img src="a.jpg" role="presentation">',
    "a name by ARIA": '<img src="a.jpg" aria-label="A lake">',
    "a label of a button and nothing else": '<label>Go <input type="image" src="a.png" alt=""></label>',
    "a label of a button and a poor alternative": '<label>Go <input type="image" alt="a.png"></label>',
    "a name by ARIA and a poor alternative": '<img src="a.jpg" alt="image" aria-label="A lake">',
    "a title": '<img src="a.jpg" title="A lake">',
    "white space and a name by ARIA": '<img src="a.jpg" alt=" " aria-label="A lake">',
    "a template": '<img src="a.jpg" alt="{{ photo.alt }}">',
}


@pytest.mark.parametrize("markup", FINE.values(), ids=FINE)
def test_an_answer_of_the_author_is_no_problem(markup):
    assert problem(markup) is None


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ("![Image](a.jpg)", "placeholder-alt"),
        ("![red-barn.jpg](a.jpg)", "filename-alt"),
        ("![A red barn](a.jpg)", None),
        ("![Paris](paris.jpg)", None),
    ],
)
def test_words_in_markdown_are_judged_alike(markup, rule):
    assert problem(markup, "markdown") == rule
