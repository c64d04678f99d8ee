"""Maps, drawn with Pillow."""

import math
import random

from PIL import Image, ImageDraw

from training.media_sheet import Drawing, Point, somewhere
from training.media_words import Colour, bright, dark, font, pale, title, word

_MAP = ("a map",)


def _coast(chance: random.Random, centre: Point, radius: float) -> list[Point]:
    waves = [
        (chance.randint(2, 11), chance.uniform(0, math.tau), chance.uniform(0.02, 0.12)) for _ in range(7)
    ]
    points = []
    for step in range(90):
        angle = step / 90 * math.tau
        reach = radius * (1 + sum(size * math.sin(n * angle + shift) for n, shift, size in waves))
        points.append((centre[0] + reach * math.cos(angle), centre[1] + reach * math.sin(angle)))
    return points


def region_map(chance: random.Random) -> Drawing:
    """Lands in a sea, with borders and names."""
    sea = chance.choice(((170, 205, 230), (200, 225, 245), (255, 255, 255), (120, 170, 210)))
    image = Image.new("RGB", (chance.randint(220, 480), chance.randint(180, 400)), sea)
    draw = ImageDraw.Draw(image)
    palette = [chance.choice((pale(chance), bright(chance))) for _ in range(4)]
    for _ in range(chance.randint(3, 9)):
        centre = somewhere(chance, image)
        draw.polygon(
            _coast(chance, centre, chance.uniform(0.12, 0.4) * image.width),
            fill=chance.choice(palette),
            outline=dark(chance),
        )
        if chance.random() < 0.7:
            draw.text(
                centre,
                word(chance).upper(),
                fill=dark(chance),
                font=font(chance, chance.uniform(9, 18)),
                anchor="mm",
            )
    for _ in range(chance.randint(0, 8)):
        spot = somewhere(chance, image)
        draw.circle(spot, 3, fill=dark(chance))
        draw.text(
            (spot[0] + 5, spot[1]),
            word(chance).capitalize(),
            fill=dark(chance),
            font=font(chance, 10),
            anchor="lm",
        )
    return image, ("a map", "a map of countries", "a political map with borders", *_MAP)


def street_map(chance: random.Random) -> Drawing:
    """Roads, blocks, water and parks from above."""
    image = Image.new(
        "RGB",
        (chance.randint(220, 480), chance.randint(180, 420)),
        chance.choice(((240, 238, 232), (250, 250, 245), (228, 228, 228))),
    )
    draw = ImageDraw.Draw(image)
    for colour in ((200, 225, 180), (170, 205, 230), (215, 210, 200)):
        for _ in range(chance.randint(0, 3)):
            centre = somewhere(chance, image)
            draw.polygon(_coast(chance, centre, chance.uniform(0.08, 0.2) * image.width), fill=colour)
    tilt = chance.uniform(-0.6, 0.6)
    for width, colour in ((3, (255, 255, 255)), (2, (205, 205, 205)), (7, (250, 215, 120))):
        for _ in range(chance.randint(3, 12)):
            angle = tilt + chance.choice((0, math.pi / 2)) + chance.uniform(-0.1, 0.1)
            _road(draw, somewhere(chance, image), angle, width, colour)
    for _ in range(chance.randint(3, 10)):
        draw.text(somewhere(chance, image), title(chance), fill=(90, 90, 90), font=font(chance, 9))
    if chance.random() < 0.6:
        _pin(draw, (chance.uniform(0.2, 0.8) * image.width, chance.uniform(0.2, 0.8) * image.height))
    return image, ("a street map", "a map of a city", "a road map", *_MAP)


def _road(draw: ImageDraw.ImageDraw, through: Point, angle: float, width: int, colour: Colour) -> None:
    """A straight line from edge to edge, since no map is as wide as this is long."""
    (x, y), reach = through, 600
    across, down = reach * math.cos(angle), reach * math.sin(angle)
    draw.line((x - across, y - down, x + across, y + down), fill=colour, width=width)


def _pin(draw: ImageDraw.ImageDraw, at: Point) -> None:
    x, y = at
    draw.circle(at, 8, fill=(220, 40, 40))
    draw.polygon(((x - 8, y + 2), (x + 8, y + 2), (x, y + 20)), fill=(220, 40, 40))
