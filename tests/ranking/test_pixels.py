"""Any image becomes a square of RGB bytes."""

import numpy as np
import pytest
from PIL import Image

from alttext.ranking.pixels import batch, corners, fitted, opaque, reduction, square

MODES = ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "LAB", "HSV", "I", "F", "I;16"]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("size", [(1, 1), (300, 2), (7, 500), (64, 64)])
def test_every_mode_and_size_becomes_a_square_of_rgb(mode, size):
    view = square(Image.new(mode, size), 32)
    assert (view.mode, view.size) == ("RGB", (32, 32))


def test_transparency_falls_on_white():
    assert opaque(Image.new("RGBA", (4, 4), (255, 0, 0, 0))).getpixel((0, 0)) == (255, 255, 255)
    assert opaque(Image.new("RGBA", (4, 4), (0, 0, 0, 127))).getpixel((0, 0))[0] in range(126, 130)


def test_a_transparent_palette_entry_falls_on_white():
    image = Image.new("P", (4, 4), 0)
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.info["transparency"] = 0
    assert opaque(image).getpixel((0, 0)) == (255, 255, 255)


def test_an_rgb_image_is_not_copied():
    image = Image.new("RGB", (3, 3))
    assert opaque(image) is image


def test_squashing_keeps_the_whole_image():
    image = Image.new("RGB", (400, 100), (0, 0, 0))
    image.paste((255, 255, 255), (200, 0, 400, 100))
    pixels = np.asarray(square(image, 32))
    assert pixels[:, :14].max() < 10
    assert pixels[:, 18:].min() > 245


@pytest.mark.parametrize(
    ("size", "side", "expected"),
    [
        ((900, 600), 200, (300, 200)),
        ((600, 901), 200, (200, 300)),
        ((4000, 10), 5, (2000, 5)),
        ((300, 200), 200, (300, 200)),
        ((300, 100), 200, (300, 100)),
        ((900, 600), 0, (900, 600)),
    ],
)
def test_the_shorter_side_of_a_large_image_is_made_to_fit(size, side, expected):
    assert fitted(Image.new("RGB", size), side).size == expected


@pytest.mark.parametrize(
    ("size", "side", "expected"),
    [
        ((900, 600), 200, 3),
        ((600, 900), 250, 2),
        ((900, 600), 301, 1),
        ((900, 600), 601, 1),
        ((900, 600), 0, 1),
    ],
)
def test_sides_are_divided_by_a_whole_number_to_no_less_than_is_asked_for(size, side, expected):
    assert reduction(size, side) == expected


def test_a_batch_is_rows_columns_channels_of_bytes():
    images = [Image.new("RGB", (10, 20), (1, 2, 3)), Image.new("L", (5, 5), 9)]
    pixels = batch(images, 16)
    assert (pixels.shape, pixels.dtype) == ((2, 16, 16, 3), np.uint8)
    assert pixels[0, 0, 0].tolist() == [1, 2, 3]
    assert pixels[1, 15, 15].tolist() == [9, 9, 9]


@pytest.mark.parametrize("size", [(200, 100), (101, 333), (1, 1)])
def test_four_parts_of_like_shape_cover_an_image_from_its_corners(size):
    width, height = size
    image = Image.new("RGB", size)
    for x, y in ((0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)):
        image.putpixel((x, y), (1 + x % 250, 1 + y % 250, 9))
    parts = corners(image)
    assert {part.size for part in parts} == {parts[0].size}
    assert parts[0].width * 2 >= width
    assert parts[0].height * 2 >= height
    at = [(0, 0), (-1, 0), (0, -1), (-1, -1)]
    for part, (x, y) in zip(parts, at, strict=True):
        own = part.getpixel((x % part.width, y % part.height))
        assert own == image.getpixel((x % width, y % height)) != (0, 0, 0)
