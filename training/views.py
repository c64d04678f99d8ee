"""Views of one image: what the encoder sees at run time, and disturbed ones to learn from."""

import random

from PIL import Image, ImageEnhance, ImageOps

from alttext.ranking.pixels import square

PADDING = ((0, 0, 0), (255, 255, 255), (127, 127, 127), (240, 240, 240))


def plain(image: Image.Image, size: int, _chance: random.Random) -> Image.Image:
    """The view of run time."""
    return square(image, size)


def flipped(image: Image.Image, size: int, _chance: random.Random) -> Image.Image:
    """The mirror image; text never says left or right."""
    return ImageOps.mirror(square(image, size))


def letterboxed(image: Image.Image, size: int, chance: random.Random) -> Image.Image:
    """The whole image between bars. A square one is given the shape of a photograph first."""
    width, height = image.size
    if 0.9 < width / height < 1.1:
        width, height = chance.choice(((4, 3), (3, 2), (16, 9), (3, 4), (2, 3)))
    scale = size / max(width, height)
    inner = image.resize(
        (max(1, round(width * scale)), max(1, round(height * scale))), Image.Resampling.BICUBIC
    )
    view = Image.new("RGB", (size, size), chance.choice(PADDING))
    view.paste(inner, ((size - inner.width) // 2, (size - inner.height) // 2))
    return view


def cropped(image: Image.Image, size: int, chance: random.Random) -> Image.Image:
    """A random part with other colours, half of the time mirrored."""
    area = image.width * image.height * chance.uniform(0.35, 1.0)
    ratio = chance.uniform(3 / 4, 4 / 3) * image.width / image.height
    width = min(image.width, max(1, round((area * ratio) ** 0.5)))
    height = min(image.height, max(1, round((area / ratio) ** 0.5)))
    left, top = chance.randint(0, image.width - width), chance.randint(0, image.height - height)
    view = square(image.crop((left, top, left + width, top + height)), size)
    for enhancer in (ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color):
        view = enhancer(view).enhance(chance.uniform(0.75, 1.25))
    return ImageOps.mirror(view) if chance.random() < 0.5 else view


VIEWS = (plain, flipped, letterboxed, cropped, cropped, cropped)
