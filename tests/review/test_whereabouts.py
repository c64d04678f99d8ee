"""An image is found again where it has only moved, and never mistaken for another one."""

import pytest

from alttext import find_images
from alttext.errors import StaleError
from alttext.review import whereabouts

A = '<img src="a.png">'
FIRST = {  # the first image of the first text is at this place in the second
    "nothing has changed": (A, A, 0),
    "text has come before it": (A, f"<p>x</p>{A}", 8),
    "a copy has come elsewhere": (f"<p>One {A}</p>", f"<p>Two {A}</p><p>One {A}</p>", 35),
    "its twin was answered": (
        f"<p>1 {A}</p><p>2 {A}</p>",
        f'<p>1 {A}</p><p>2 <img src="a.png" alt="B"></p>',
        5,
    ),
    "its link is the same": (f'<a href="/">{A}</a>', f'<p><a href="/">{A} Home</a>', 15),
}
LOST = {
    "it is gone": (A, "<p>x</p>", "not in the document any more"),
    "it has got an attribute": (A, '<img src="a.png" id="x">', "has changed"),
    "its link leads elsewhere": (f'<a href="/">{A}</a>', f'<a href="/x">{A}</a>', "the link or caption"),
    "its caption has changed": (
        f"<figure>{A}<figcaption>A</figcaption></figure>",
        f"<figure>{A}<figcaption>B</figcaption></figure>",
        "the link or caption",
    ),
    "a copy has come beside it": (A, A + A, "cannot be told"),
    "one of two is gone": (A + A, A, "cannot be told"),
    "it is one of two and its text has changed": (
        f"<p>One {A}</p><p>Two {A}</p>",
        f"<p>Nil {A}</p><p>Two {A}</p>",
        "cannot be told",
    ),
    "it was answered, and its twin was not": (A + A, f'<img src="a.png" alt="B">{A}', "cannot be told"),
}


def known(text):
    refs = find_images(text)
    return whereabouts.of(text, refs, refs[0])


@pytest.mark.parametrize(("before", "after", "start"), FIRST.values(), ids=FIRST)
def test_an_image_is_found_where(before, after, start):
    assert whereabouts.find(after, find_images(after), known(before)).span.start == start


@pytest.mark.parametrize(("before", "after", "why"), LOST.values(), ids=LOST)
def test_an_image_is_not_found_where(before, after, why):
    with pytest.raises(StaleError, match=why):
        whereabouts.find(after, find_images(after), known(before))


def test_long_sources_are_cut_in_messages():
    markup = f'<img src="data:image/png;base64,{"A" * 500}">'
    with pytest.raises(StaleError) as raised:
        whereabouts.find("", [], known(markup))
    assert len(str(raised.value)) < 200
