"""What is cut out of a picture is, pixel for pixel, what the processor of the checkpoint cuts out."""

import numpy as np
import pytest
import torch
from PIL import Image
from transformers import CLIPImageProcessor, SiglipImageProcessor

from alttext.ranking import frame
from alttext.ranking.frame import Frame, Scaling
from alttext.ranking.pixels import fitted, opaque

SQUARE = {"height": 24, "width": 24}
PROCESSORS = {
    "clip": lambda: CLIPImageProcessor(size={"shortest_edge": 24}, crop_size=SQUARE),
    "clip with a rim": lambda: CLIPImageProcessor(size={"shortest_edge": 32}, crop_size=SQUARE),
    "clip, bilinear": lambda: CLIPImageProcessor(size={"shortest_edge": 24}, crop_size=SQUARE, resample=2),
    "siglip": lambda: SiglipImageProcessor(size=SQUARE),
    "siglip, higher than wide": lambda: SiglipImageProcessor(size={"height": 32, "width": 16}),
    "without normalising": lambda: SiglipImageProcessor(size=SQUARE, do_normalize=False),
    "without rescaling": lambda: SiglipImageProcessor(size=SQUARE, do_rescale=False),
    "of one mean": lambda: SiglipImageProcessor(size=SQUARE, image_mean=0.4, image_std=0.2),
}
SIZES = [(24, 24), (60, 40), (40, 61), (7, 5), (1, 90), (200, 30), (25, 24)]


def noise(size) -> Image.Image:
    width, height = size
    return Image.fromarray(np.random.default_rng(1).integers(0, 256, (height, width, 3), dtype=np.uint8))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PROCESSORS)
def test_a_frame_gives_the_numbers_that_the_processor_gives(name, size):
    processor = PROCESSORS[name]()
    shape, scaling = frame.of_processor(processor)
    image = noise(size)
    smaller = fitted(image, shape.shorter or min(shape.width, shape.height))
    theirs = processor([smaller], return_tensors="pt")["pixel_values"]
    ours = scaling.of(torch.from_numpy(shape.pixels([image])))
    assert ours.shape == theirs.shape
    levels = (ours - theirs).abs() * torch.tensor(scaling.deviation).reshape(3, 1, 1)
    assert levels.max() < 1.01  # of 256; where a cut is between pixels, rounding may differ
    assert (levels > 0.01).float().mean() < 0.01


OTHERS = {
    "any shape": lambda: CLIPImageProcessor(size={"shortest_edge": 24}, do_center_crop=False),
    "a cut of what is smaller": lambda: CLIPImageProcessor(
        size={"shortest_edge": 16}, crop_size={"height": 24, "width": 24}
    ),
    "squashed and cut": lambda: CLIPImageProcessor(size={"height": 32, "width": 32}, crop_size=SQUARE),
    "no size": lambda: CLIPImageProcessor(do_resize=False),
    "padded": lambda: CLIPImageProcessor(do_pad=True),
    "nothing known": object,
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_neither_squashed_nor_cut_out_has_no_frame(name):
    assert frame.of_processor(OTHERS[name]()) is None


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK"])
def test_images_of_any_mode_are_seen_in_colour_on_white(mode):
    image = noise((40, 30)).convert(mode)
    shape = Frame(8, 8, 8, Image.Resampling.BICUBIC)
    assert np.array_equal(shape.pixels([image]), shape.pixels([opaque(image)]))


def test_an_image_that_is_far_too_long_is_never_resized_as_a_whole():
    """As a whole it would have 14 gigapixels."""
    long = Image.new("RGB", (65_000, 1), (10, 200, 30))
    pixels = Frame(224, 224, 224, Image.Resampling.BICUBIC).pixels([long])
    assert pixels.shape == (1, 224, 224, 3)
    assert (pixels == (10, 200, 30)).all()


def test_pixels_are_scaled_by_colour():
    pixels = torch.tensor([[[[255, 0, 51]]]], dtype=torch.uint8)
    assert Scaling([0, 51, 51], [255, 51, 1]).of(pixels).flatten().tolist() == [1, -1, 0]
