"""What addresses of links give away."""

import pytest

from alttext.purpose import link_targets


@pytest.mark.parametrize("target", ["", "#", "#!", "#/", "javascript:void(0)", "JavaScript:open()", " # "])
def test_a_link_that_stays_where_it_is_leads_nowhere(target):
    assert link_targets.is_nowhere(target)


@pytest.mark.parametrize("target", ["/", "/lakes", "#lakes", "lakes.html", "https://a.example", "?page=2"])
def test_a_link_to_a_place_leads_somewhere(target):
    assert not link_targets.is_nowhere(target)


@pytest.mark.parametrize("target", ["/", "./", "index.html", "/index.html#top", "/?from=logo", "../"])
def test_the_start_of_a_site(target):
    assert link_targets.is_home(target)


@pytest.mark.parametrize("target", ["", "/lakes", "lakes/index.html", "https://a.example/"])
def test_another_page_is_not_the_start_of_the_site(target):
    assert not link_targets.is_home(target)


@pytest.mark.parametrize("target", ["lake.jpg", "/img/LAKE.PNG?w=2000", "https://a.example/lake.webp#x"])
def test_the_address_of_a_picture(target):
    assert link_targets.is_picture(target)


@pytest.mark.parametrize("target", ["/lake", "lake.html", "lake.jpg.html", "?img=lake.jpg", "lake.pdf"])
def test_the_address_of_something_else(target):
    assert not link_targets.is_picture(target)


SAME = [
    ("lake.jpg", "lake.jpg"),
    ("/full/lake.jpg", "/thumbs/lake.webp"),
    ("lake.jpg", "lake-300x200.jpg"),
    ("lake.jpg", "lake@2x.jpg"),
    ("lake_large.jpg", "lake_small.jpg"),
    ("1234.jpg", "1234_thumb.jpg"),
    ("red-fox-in-snow.jpg", "red-fox.jpg"),
]


@pytest.mark.parametrize(("target", "src"), SAME)
def test_copies_of_one_picture(target, src):
    assert link_targets.is_same_picture(target, src)


@pytest.mark.parametrize(
    ("target", "src"),
    [
        ("lake.jpg", "river.jpg"),
        ("1234.jpg", "1235.jpg"),
        ("map.jpg", "icon.png"),
        ("", ""),
        ("lake.jpg", ""),
    ],
)
def test_two_pictures(target, src):
    assert not link_targets.is_same_picture(target, src)


NAMES = {
    "mailto:kim@a.example?subject=Lakes": "kim@a.example",
    "tel:+1-555-0100": "+1-555-0100",
    "https://github.com/someone": "GitHub",
    "https://www.facebook.com/": "Facebook",
    "//mastodon.social/@kim": "Mastodon",
    "https://www.linkedin.com/company/acme": "LinkedIn",
    "https://www.youtube.com/@lakes": "YouTube",
}


@pytest.mark.parametrize(("target", "name"), NAMES.items())
def test_an_address_that_names_somebody_or_something(target, name):
    assert link_targets.known_name(target) == name


NAMELESS = [
    "https://github.com/someone/project",
    "https://github.com/someone/project/issues/1",
    "https://www.youtube.com/watch?v=abc",
    "https://youtu.be/abc",
    "https://twitter.com/someone/status/1",
    "https://notgithub.com/someone",
    "https://a.example/",
    "/github.com",
    "lakes.html",
    "https://[broken",
    "",
]


@pytest.mark.parametrize("target", NAMELESS)
def test_an_address_of_one_page_among_many_has_no_name(target):
    assert link_targets.known_name(target) == ""


@pytest.mark.parametrize("words", ["https://a.example", "a.example/lakes", "www.a.example", "12", "[1]", "→"])
def test_words_that_only_spell_an_address_or_a_number(words):
    assert link_targets.is_address(words)


@pytest.mark.parametrize("words", ["Lakes", "Lakes and/or rivers", "CircuitPython.org", "@kim", "4 lakes"])
def test_words_that_name_a_place(words):
    assert not link_targets.is_address(words)
