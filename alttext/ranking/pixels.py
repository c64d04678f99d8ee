"""From an image of any mode and size to the square of pixels that the embedded model sees."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_WHITE = (255, 255, 255)
_CORNER = 0.64  # of width and height


def square(image: Image.Image, size: int) -> Image.Image:
    """The image as RGB, squashed to `size` x `size`; transparency falls on white."""
    return opaque(image).resize((size, size), Image.Resampling.BICUBIC, reducing_gap=2.0)


def opaque(image: Image.Image) -> Image.Image:
    """The image as RGB on white; one that is RGB as it is."""
    return image if image.mode == "RGB" else on_white(image)


def on_white(image: Image.Image) -> Image.Image:
    """The image as RGB, with what is transparent in white."""
    if not image.has_transparency_data:
        return image if image.mode == "RGB" else image.convert("RGB")
    layer = image.convert("RGBA")
    ground = Image.new("RGBA", layer.size, (*_WHITE, 255))
    return Image.alpha_composite(ground, layer).convert("RGB")


def reduction(size: tuple[int, int], side: int) -> int:
    """By which whole number edges can be divided and stay at least `side` long; 0 asks for no change."""
    return max(1, min(size) // side) if side else 1


def fitted(image: Image.Image, side: int) -> Image.Image:
    """The image with a shorter side of `side` if that is longer; 0 leaves it as it is."""
    shorter = min(image.size)
    if not 0 < side < shorter:
        return image
    width, height = (edge * side // shorter for edge in image.size)
    return image.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=2.0)


def batch(images: Sequence[Image.Image], size: int) -> NDArray[np.uint8]:
    """`(n, size, size, 3)` pixels of `n` images."""
    return np.stack([np.asarray(square(image, size)) for image in images])


def corners(image: Image.Image) -> list[Image.Image]:
    """Four overlapping parts of the image, one at each corner, in which small things are larger."""
    width, height = (max(1, round(side * _CORNER)) for side in image.size)
    lefts, tops = (0, image.width - width), (0, image.height - height)
    return [image.crop((left, top, left + width, top + height)) for top in tops for left in lefts]
