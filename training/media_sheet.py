"""What drawn pictures have in common."""

import random

from PIL import Image

Drawing = tuple[Image.Image, tuple[str, ...]]  # a picture and the sentences that are true of it
Point = tuple[float, float]


def somewhere(chance: random.Random, image: Image.Image) -> Point:
    """Any place on a picture."""
    return chance.uniform(0, 1) * image.width, chance.uniform(0, 1) * image.height
