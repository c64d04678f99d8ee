"""From a decoded picture of any mode to RGB on white, strip by strip: copies of large ones fill memory."""

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from alttext.ranking.pixels import on_white, reduction

_STRIP = 1 << 22  # pixels that are turned at a time


def flat(picture: Image.Image, side: int = 0) -> Image.Image:
    """RGB pixels with transparent parts in white, made smaller to sides of at least `side`; 0: not at all."""
    factor = reduction(picture.size, side)
    to_rgb = _grey_to_rgb(picture) if _is_deep_grey(picture) else on_white
    width, height = (-(-edge // factor) for edge in picture.size)
    whole = Image.new("RGB", (width, height))
    for top, strip in _strips(picture, factor):
        rgb = to_rgb(strip)
        whole.paste(rgb.reduce(factor) if factor > 1 else rgb, (0, top // factor))
    return whole


def _strips(picture: Image.Image, factor: int = 1) -> Iterator[tuple[int, Image.Image]]:
    """Parts from top to bottom, each with where it begins: at a multiple of `factor`."""
    width, height = picture.size
    step = max(1, _STRIP // width // factor) * factor
    for top in range(0, height, step):
        yield top, picture.crop((0, top, width, min(top + step, height)))


def _is_deep_grey(picture: Image.Image) -> bool:
    return picture.mode in {"I", "F"} or picture.mode.startswith("I;16")


def _grey_to_rgb(picture: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """What scales deep grey values to 0..255 as the whole picture needs it; Pillow would cut them off."""
    top = max(float(_values(strip).max(initial=0)) for _, strip in _strips(picture))
    full = next((limit for limit in (1.0, 255.0, 65535.0) if top <= limit), top)
    if picture.mode.startswith("I") and full == 1.0:
        full = 255.0

    def to_rgb(strip: Image.Image) -> Image.Image:
        scaled = np.clip(_values(strip) * (255 / full), 0, 255).astype(np.uint8)
        return Image.fromarray(scaled).convert("RGB")

    return to_rgb


def _values(picture: Image.Image) -> NDArray[np.float32]:
    return np.nan_to_num(np.asarray(picture, dtype=np.float32), posinf=0, neginf=0)
