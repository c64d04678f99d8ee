"""Pictures that are the same wherever they are drawn: whole numbers, no fonts, no resizing.

The trained weights and the shipped graph are compared on them, here and in the tests.
"""

import numpy as np
from PIL import Image, ImageDraw

DRAWINGS = 16


def drawing(number: int, side: int) -> Image.Image:
    """Picture `number` of `side` times `side` pixels."""
    rows, columns = np.mgrid[0:side, 0:side]
    planes = [
        (rows * (number + 1) + columns * (3 * number + channel)) // (2 + number % 5) % 256
        for channel in range(3)
    ]
    image = Image.fromarray(np.stack(planes, axis=2).astype(np.uint8))
    pen = ImageDraw.Draw(image)
    for step in range(number):
        left, top = (step * 37 + number * 11) % side, (step * 53 + number * 7) % side
        pen.rectangle((left, top, left + 40, top + 25), fill=((step * 80) % 256, (number * 30) % 256, 128))
    return image
