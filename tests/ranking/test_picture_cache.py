import numpy as np
import pytest

from alttext.ranking.author_text import AuthorText
from alttext.ranking.cache import Cache
from alttext.ranking.decode import DecodeOptions, Facts
from alttext.ranking.picture_cache import PictureCache
from alttext.types import TextLine

FACTS = Facts(4000, 3000, "JPEG", author_text=AuthorText("Ein Hund", "dc:description", "de", certain=True))
LINES = (TextLine("Closed", 0.99, (0.1, 0.2, 0.9, 0.4)), TextLine("", 0.0, (0.0, 0.0, 0.1, 0.1)))
ROWS = np.array([[1, 0, 0], [0, 0.6, -0.8]], np.float32)
KIND = ("a" * 64, "model-1", "whole")


@pytest.fixture
def open_cache(tmp_path):
    """Opens what may have been kept before, for pictures decoded with some options."""
    return lambda **options: PictureCache(Cache(tmp_path), DecodeOptions(**options))


def test_facts_come_back_as_they_were_for_the_language_that_they_are_for(open_cache):
    open_cache().keep_facts("a" * 64, "de", FACTS)
    assert open_cache().facts("a" * 64, "de") == FACTS
    assert open_cache().facts("a" * 64, "en") is None
    assert open_cache().facts("b" * 64, "de") is None


def test_facts_of_what_is_too_large_for_other_settings_do_not_count(open_cache):
    open_cache(max_pixels=80_000_000).keep_facts("a" * 64, "de", FACTS)
    assert open_cache(max_pixels=1_000_000).facts("a" * 64, "de") is None


def test_vectors_come_back_to_the_last_bit(open_cache):
    open_cache().keep_vectors(*KIND, ROWS)
    found = open_cache().vectors(*KIND, dim=3)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, ROWS)


@pytest.mark.parametrize(
    "other",
    [("b" * 64, "model-1", "whole"), ("a" * 64, "model-2", "whole"), ("a" * 64, "model-1", "corners")],
)
def test_vectors_of_another_picture_model_or_view_are_others(open_cache, other):
    open_cache().keep_vectors(*KIND, ROWS)
    assert open_cache().vectors(*other, dim=3) is None


def test_vectors_of_pictures_that_were_reduced_differently_are_others(open_cache):
    open_cache(min_side=256).keep_vectors(*KIND, ROWS)
    assert open_cache(min_side=512).vectors(*KIND, dim=3) is None


@pytest.mark.parametrize(
    "rows",
    [np.zeros((0, 3)), np.ones((1, 4)), np.ones((1, 3)), np.full((1, 3), np.nan)],
    ids=["empty", "of another dimension", "of another length", "no numbers"],
)
def test_what_cannot_be_unit_rows_does_not_count(open_cache, rows):
    open_cache().keep_vectors(*KIND, rows)
    assert open_cache().vectors(*KIND, dim=3) is None


def test_text_comes_back_as_it_was_read(open_cache):
    open_cache().keep_lines("a" * 64, "reader 1", LINES)
    open_cache().keep_lines("b" * 64, "reader 1", ())
    assert open_cache().lines("a" * 64, "reader 1") == LINES
    assert open_cache().lines("b" * 64, "reader 1") == ()  # read, and nothing was there
    assert open_cache().lines("a" * 64, "reader 2") is None
    assert open_cache(min_side=512).lines("a" * 64, "reader 1") is None


@pytest.mark.parametrize("blob", [b"", b"\xff", b'{"width": "wide"}', b'[{"text": 1}]'])
def test_facts_and_texts_that_are_damaged_do_not_count(tmp_path, monkeypatch, blob):
    monkeypatch.setattr(Cache, "get", lambda self, key: blob)
    cache = PictureCache(Cache(tmp_path), DecodeOptions())
    assert cache.facts("a" * 64, "en") is None
    assert cache.lines("a" * 64, "reader") is None
    assert cache.vectors(*KIND, dim=3) is None
