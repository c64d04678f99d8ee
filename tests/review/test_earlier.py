"""Words of a person are offered where the same picture comes again, and nowhere else."""

import shutil

import pytest

from alttext.review import earlier

PICTURE = '<p><img src="a.png"></p>'


@pytest.fixture
def pair(site, asked):
    """Two images, the first of which is answered: `given(first, second)` are two pages."""

    def made(first, second):
        root = site("a.png", "other.png", files={"1.html": first, "2.html": second})
        shutil.copy(root / "a.png", root / "same.png")
        return asked("1.html", "2.html")

    return made


ALIKE = {
    "the same file": (PICTURE, PICTURE),
    "the same picture under another name": (PICTURE, '<p><img src="same.png"></p>'),
    "the same language in another region": (f"<html lang=en-GB>{PICTURE}", f"<html lang=EN>{PICTURE}"),
    "links to the same page": tuple(f'<a href="/x"><img src="{name}.png"></a>' for name in ("a", "same")),
}
UNLIKE = {
    "another picture": (PICTURE, '<p><img src="other.png"></p>'),
    "a picture that is not there": ('<p><img src="gone.png"></p>', '<p><img src="gone.png"></p>'),
    "another language": (f"<html lang=en>{PICTURE}", f"<html lang=de>{PICTURE}"),
    "another purpose": (PICTURE, '<a href="/x"><img src="a.png"></a>'),
    "a link to another page": tuple(f'<a href="/{to}"><img src="a.png"></a>' for to in "xy"),
}


@pytest.mark.parametrize("case", ALIKE)
def test_words_are_offered_again_for(pair, case):
    first, second = pair(*ALIKE[case])
    assert earlier.noted(second, [(first, "Rex")]).earlier == "Rex"


@pytest.mark.parametrize("case", UNLIKE)
def test_words_are_not_offered_for(pair, case):
    first, second = pair(*UNLIKE[case])
    assert earlier.noted(second, [(first, "Rex")]).earlier == ""


@pytest.mark.parametrize("alt", ["", None], ids=["decorative", "skipped"])
def test_only_words_are_offered(pair, alt):
    first, second = pair(PICTURE, PICTURE)
    assert earlier.noted(second, [(first, alt)]).earlier == ""


def test_the_last_words_count(pair):
    first, second = pair(PICTURE, PICTURE)
    assert earlier.noted(second, [(first, "A dog"), (first, "Rex")]).earlier == "Rex"


def test_an_image_is_not_told_its_own_answer(pair):
    first, _ = pair(PICTURE, PICTURE)
    assert earlier.noted(first, [(first, "Rex")]).earlier == ""


def test_words_that_were_taken_back_are_no_longer_offered(pair):
    first, second = pair(PICTURE, PICTURE)
    offered = earlier.noted(second, [(first, "Rex")])
    assert earlier.noted(offered, []).earlier == ""
