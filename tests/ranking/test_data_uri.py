"""Pictures written into the document."""

import base64
from urllib.parse import quote_from_bytes

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alttext.errors import ImageError
from alttext.ranking import data_uri

LIMIT = 1000


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("data:image/png;base64,aGVsbG8=", b"hello"),
        ("DATA:image/png;BASE64,aGVsbG8=", b"hello"),
        (" data:image/png;base64,aGVsbG8=", b"hello"),
        ("data:;base64,aGVsbG8=", b"hello"),
        ("data:image/png;charset=x;base64,aGVsbG8=", b"hello"),
        ("data:image/png;base64,aGVs\n  bG8=", b"hello"),
        ("data:image/png;base64,aGVsbG8", b"hello"),
        ("data:image/png;base64,aGVsbG8%3D", b"hello"),
        ("data:image/svg+xml,%3Csvg/%3E", b"<svg/>"),
        ("data:image/svg+xml;utf8,<svg a=','/>", b"<svg a=','/>"),
        ("data:,", b""),
    ],
)
def test_content_is_read_as_browsers_do(source, expected):
    assert data_uri.is_data_uri(source)
    assert data_uri.read(source, LIMIT) == expected


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("data:image/png;base64", "image-unreadable"),
        ("data:image/png;base64,a", "image-unreadable"),
        ("data:image/png;base64,&&&&", "image-unreadable"),
        ("data:image/png;base64,aGVsbG8\u20ac", "image-unreadable"),
        ("data:,".ljust(LIMIT + 7, "x"), "image-too-large"),
        ("data:;base64,".ljust(10 * LIMIT, "A"), "image-too-large"),
    ],
)
def test_broken_and_oversized_content_says_why(source, reason):
    with pytest.raises(ImageError) as caught:
        data_uri.read(source, LIMIT)
    assert caught.value.reason == reason
    assert len(str(caught.value)) < 250


def test_content_of_just_the_limit_is_read():
    data = bytes(LIMIT)
    assert data_uri.read("data:;base64," + base64.b64encode(data).decode(), LIMIT) == data


@pytest.mark.parametrize("source", ["photo.png", "data/photo.png", "database:x", ""])
def test_paths_are_no_data_uris(source):
    assert not data_uri.is_data_uri(source)


@settings(deadline=None)
@given(st.binary(max_size=LIMIT))
def test_every_content_survives_both_spellings(data):
    assert data_uri.read("data:x/y;base64," + base64.b64encode(data).decode(), LIMIT) == data
    assert data_uri.read("data:x/y," + quote_from_bytes(data), LIMIT) == data
