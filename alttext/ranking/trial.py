"""Pictures and texts to compare two ways of computing on: drawn here, the same ones everywhere."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

SIZES = ((400, 300), (300, 400), (224, 224), (64, 48), (1200, 200), (160, 900))  # wide, tall, small, long
_TEXTS = 64  # of a vocabulary


def pictures() -> list[Image.Image]:
    """Twelve pictures that differ in what they show, and in size, shape and mode."""
    return [picture for number, size in enumerate(SIZES) for picture in _pair(number, *size)]


def _pair(number: int, width: int, height: int) -> Iterator[Image.Image]:
    """A soft one, as photographs are, and a drawn one."""
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    waves = [np.sin((number + 2) * (across + turn * down) + turn) for turn in (0.3, 1.1, 2.4)]
    soft = Image.fromarray(_bytes(np.stack(waves, axis=-1) * 100 + 128))
    yield soft.convert(("RGB", "L", "P")[number % 3])
    yield _drawn(number, width, height)


def _drawn(number: int, width: int, height: int) -> Image.Image:
    colours = np.random.default_rng(number).integers(0, 256, (8, 3)).tolist()
    mode, ground = ("RGBA", (*colours[0], 0)) if number % 2 else ("RGB", tuple(colours[0]))
    picture = Image.new(mode, (width, height), ground)
    pen = ImageDraw.Draw(picture)
    for place, colour in enumerate(colours[1:]):
        left, top = width * place // 9, height * ((place * (number + 3)) % 7) // 9
        draw = pen.ellipse if (place + number) % 2 else pen.rectangle
        draw((left, top, left + width // 4, top + height // 3), fill=tuple(colour))
    return picture


def _bytes(numbers: NDArray[np.float64]) -> NDArray[np.uint8]:
    return np.clip(numbers, 0, 255).astype(np.uint8)


def texts(of_vocabulary: Sequence[str]) -> list[str]:
    """Some of the texts that a vocabulary is made of, and some that are unlike them."""
    count = min(_TEXTS, len(of_vocabulary))
    some = [of_vocabulary[number * len(of_vocabulary) // count] for number in range(count)]
    return [*some, "Dogs, cats & co. (2024)", "ein Haus am See", "snow " * 100]
