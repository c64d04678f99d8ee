"""Addresses are read in one way, and only what is plainly a listed host is allowed."""

import pytest

from alttext.errors import ConfigError, ImageError
from alttext.ranking.web_address import Hosts, parse

READ = {
    "https://cdn.example.org/a.png": "https://cdn.example.org/a.png",
    "HTTPS://CDN.Example.ORG/A.png": "https://cdn.example.org/A.png",
    "https://cdn.example.org": "https://cdn.example.org/",
    "https://cdn.example.org:443/a.png": "https://cdn.example.org/a.png",
    "http://cdn.example.org:80/a.png": "http://cdn.example.org/a.png",
    "http://cdn.example.org:443/a.png": "http://cdn.example.org:443/a.png",
    "https://cdn.example.org./a.png": "https://cdn.example.org/a.png",
    "https://cdn.example.org/a.png#part": "https://cdn.example.org/a.png",
    "https://cdn.example.org/a b.png": "https://cdn.example.org/a%20b.png",
    "https://cdn.example.org/a%20b.png": "https://cdn.example.org/a%20b.png",
    "https://cdn.example.org/grün.png?w=1&h=2": "https://cdn.example.org/gr%C3%BCn.png?w=1&h=2",
    "https://cdn.example.org/?x=a\x7fb": "https://cdn.example.org/?x=a%7Fb",
    "https://grün.example.org/": "https://xn--grn-ioa.example.org/",
    "https://cdn。example。org/": "https://cdn.example.org/",
}


@pytest.mark.parametrize(("url", "expected"), READ.items())
def test_one_spelling_stands_for_all(url, expected):
    assert parse(url).url == expected


REFUSED = [
    "ftp://cdn.example.org/a.png",
    "file:///etc/passwd",
    "gopher://cdn.example.org/",
    "//cdn.example.org/a.png",
    "a.png",
    "",
    "https://",
    "https:///a.png",
    "https://name@cdn.example.org/",
    "https://name:password@cdn.example.org/",
    "https://cdn.example.org:443@evil.example/",
    "https://cdn.example.org\\@evil.example/",
    "https://evil.example\\.cdn.example.org/",
    "https://%63dn.example.org/",
    "https://[::1]/",
    "https://[::ffff:169.254.169.254]/",
    "https://[fe80::1%25eth0]/",
    "https://[::1/",
    "https://cdn.example.org:70000/",
    "https://cdn.example.org:x/",
    "https://cdn..example.org/",
    "https://-cdn.example.org/",
    "https://cdn example.org/",
    "https://cdn.example.org%00.evil.example/",
    f"https://{'ü' * 70}.example.org/",
]


@pytest.mark.parametrize("url", REFUSED)
def test_what_two_readers_might_read_differently_is_refused(url):
    with pytest.raises(ImageError) as caught:
        parse(url)
    assert caught.value.reason == "remote-refused"


@pytest.mark.parametrize(
    ("entry", "url", "allowed"),
    [
        ("cdn.example.org", "https://cdn.example.org/a.png", True),
        ("CDN.example.org", "https://cdn.example.org/a.png", True),
        ("cdn.example.org", "https://cdn.example.org./a.png", True),
        ("grün.example", "https://xn--grn-ioa.example/a.png", True),
        ("cdn.example.org", "http://cdn.example.org/a.png", False),
        ("cdn.example.org", "https://cdn.example.org:8443/a.png", False),
        ("cdn.example.org", "https://example.org/a.png", False),
        ("cdn.example.org", "https://evil.cdn.example.org/a.png", False),
        ("cdn.example.org", "https://cdn.example.org.evil.example/a.png", False),
        ("cdn.example.org", "https://evilcdn.example.org/a.png", False),
        ("cdn.example.org", "https://evil.example/cdn.example.org", False),
        ("*.example.org", "https://cdn.example.org/a.png", True),
        ("*.example.org", "https://a.b.example.org/a.png", True),
        ("*.example.org", "https://example.org/a.png", False),
        ("*.example.org", "https://evilexample.org/a.png", False),
        ("http://cdn.example.org", "http://cdn.example.org/a.png", True),
        ("http://cdn.example.org", "https://cdn.example.org/a.png", False),
        ("http://cdn.example.org:8080", "http://cdn.example.org:8080/a.png", True),
        ("http://cdn.example.org:8080", "http://cdn.example.org/a.png", False),
        ("https://*.example.org:8443", "https://cdn.example.org:8443/a.png", True),
    ],
)
def test_a_host_is_allowed_if_an_entry_means_it(entry, url, allowed):
    assert Hosts([entry]).allow(parse(url)) is allowed


def test_any_entry_will_do_and_none_allows_nothing():
    address = parse("https://cdn.example.org/a.png")
    assert Hosts(["example.net", "*.example.org"]).allow(address)
    assert not Hosts([]).allow(address)


@pytest.mark.parametrize(
    "entry",
    [
        *("", "*", "*.org", ".org", "*.*.example.org", "cdn.*.org", "cdn example.org", "[::1]", "a:x"),
        *("https://cdn.example.org/", "example.org/pictures", "ftp://cdn.example.org", "name@example.org"),
    ],
)
def test_an_entry_that_is_no_host_is_an_error_that_names_it(entry):
    with pytest.raises(ConfigError, match=r"remote: .* is not a host; write"):
        Hosts([entry])


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/b.png", "https://cdn.example.org/b.png"),
        ("b.png", "https://cdn.example.org/a/b.png"),
        ("//other.example/b.png", "https://other.example/b.png"),
        ("http://other.example/b.png", "http://other.example/b.png"),
    ],
)
def test_a_location_is_relative_to_the_address(location, expected):
    assert parse("https://cdn.example.org/a/a.png").joined(location).url == expected


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "https://[::1", "https://a@b/", "data:image/png,"]
)
def test_a_location_that_is_no_plain_address_is_refused(location):
    with pytest.raises(ImageError) as caught:
        parse("https://cdn.example.org/").joined(location)
    assert caught.value.reason == "remote-refused"
