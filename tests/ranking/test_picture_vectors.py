import numpy as np
import pytest
from PIL import Image

from alttext.errors import ImageError
from alttext.ranking import decode
from alttext.ranking.cache import Cache
from alttext.ranking.decode import DecodedImage, DecodeOptions
from alttext.ranking.picture_cache import PictureCache
from alttext.ranking.picture_vectors import CORNERS, PictureVectors, pixels_of

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


class MeanColour:
    """An encoder whose vectors are mean colours; counts what it looks at."""

    model_id, dim = "mean", 3

    def __init__(self):
        self.looked_at = 0

    def encode_images(self, images):
        self.looked_at += len(images)
        rows = np.array([np.asarray(image, float).mean(axis=(0, 1)) for image in images]).reshape(-1, 3)
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def encoder():
    return MeanColour()


@pytest.fixture
def vectors(tmp_path, encoder):
    return PictureVectors(encoder, PictureCache(Cache(tmp_path / "cache"), DecodeOptions()))


@pytest.fixture
def loaded(tmp_path):
    """Loads a picture of one colour."""

    def load(colour, name="picture.png"):
        Image.new("RGB", (40, 30), colour).save(tmp_path / name)
        return decode.load_file(tmp_path / name, DecodeOptions())

    return load


def test_each_picture_has_a_row_in_the_order_given_and_is_encoded_once(vectors, loaded, encoder):
    red, green = loaded(RED), loaded(GREEN)
    rows = vectors.of([red, green, red])
    np.testing.assert_array_equal(rows, [[RED], [GREEN], [RED]] / np.float32(255))
    assert encoder.looked_at == 2
    np.testing.assert_array_equal(vectors.of([loaded(BLUE), green])[:, 0], [[0, 0, 1], [0, 1, 0]])
    assert encoder.looked_at == 3


def test_a_view_has_a_row_for_each_of_its_parts(vectors, encoder, tmp_path):
    halves = Image.new("RGB", (100, 100), RED)
    halves.paste(BLUE, (50, 0, 100, 100))
    halves.save(tmp_path / "halves.png")
    (parts,) = vectors.of([decode.load_file(tmp_path / "halves.png", DecodeOptions())], CORNERS)
    assert parts.shape == (4, 3)
    red_first = parts[:, 0] > parts[:, 2]
    assert red_first.tolist() == [True, False, True, False]  # left, right, left, right
    np.testing.assert_array_equal(vectors.of_pixels([halves], CORNERS)[0], parts)


def test_no_pictures_have_no_rows_and_need_no_look(vectors, encoder):
    assert vectors.of([]).shape == (0, 1, 3)
    assert vectors.of_pixels([]).shape == (0, 1, 3)
    assert encoder.looked_at == 0


def test_what_is_kept_needs_no_pixels(vectors, loaded, encoder):
    red = loaded(RED)
    assert not vectors.knows(red)
    expected = vectors.of([red])
    assert vectors.knows(red)
    assert not vectors.knows(red, CORNERS)

    def refuse(min_side):
        raise AssertionError("decoded again")

    again = DecodedImage(red.width, red.height, red.format, red.sha256, red.source, decode=refuse)
    np.testing.assert_array_equal(vectors.of([again]), expected)
    assert encoder.looked_at == 1


def test_a_drawing_has_no_pixels(vectors):
    drawing = DecodedImage(30, 20, "SVG", "a" * 64, "mill.svg")
    with pytest.raises(ValueError, match=r"mill\.svg"):
        pixels_of(drawing)
    with pytest.raises(ValueError, match=r"mill\.svg"):
        vectors.of([drawing])


def test_a_picture_that_is_decoded_late_and_is_damaged_says_so(vectors):
    def decode_late(min_side):
        raise ImageError("image-unreadable", "cut.png: damaged")

    late = DecodedImage(30, 20, "PNG", "a" * 64, "cut.png", decode=decode_late)
    with pytest.raises(ImageError):
        vectors.of([late])
