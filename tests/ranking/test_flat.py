"""Large pictures are turned into RGB in strips that nobody sees."""

import numpy as np
import pytest
from PIL import Image

from alttext.ranking import flat as module
from alttext.ranking.flat import flat

NOISE = np.random.default_rng(1).integers(0, 256, (50, 70, 4), dtype=np.uint8)


def picture(mode):
    if mode.startswith("I") or mode == "F":
        values = NOISE[..., 0].astype({"I": np.int32, "F": np.float32, "I;16": np.uint16}[mode])
        return Image.fromarray(values * 200)
    made = Image.fromarray(NOISE, "RGBA").convert("RGBA" if mode == "P" else mode)
    return made.quantize(16) if mode == "P" else made


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F"])
@pytest.mark.parametrize("side", [0, 10, 25, 60])
@pytest.mark.parametrize("strip", [1, 71, 700, 1000])
def test_strips_of_any_height_give_the_same_pixels(monkeypatch, mode, side, strip):
    whole = flat(picture(mode), side)
    monkeypatch.setattr(module, "_STRIP", strip)
    parts = flat(picture(mode), side)
    assert parts.size == whole.size
    assert (np.asarray(parts) == np.asarray(whole)).all()


@pytest.mark.parametrize(
    ("side", "size"), [(0, (70, 50)), (10, (14, 10)), (20, (35, 25)), (24, (35, 25)), (26, (70, 50))]
)
def test_sides_stay_as_long_as_is_asked_for(side, size):
    assert flat(picture("RGB"), side).size == size


def test_what_is_transparent_becomes_white_before_it_is_made_smaller():
    clear = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    assert flat(clear, 8).getcolors() == [(64, (255, 255, 255))]


def test_a_grey_is_scaled_by_the_brightest_of_all_strips(monkeypatch):
    monkeypatch.setattr(module, "_STRIP", 1)
    values = np.array([[0], [30_000], [60_000]], np.int32)
    assert [flat(Image.fromarray(values)).getpixel((0, y))[0] for y in range(3)] == [0, 116, 233]
