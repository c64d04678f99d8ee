"""Diagrams, drawn with Pillow."""

import math
import random
from itertools import pairwise

from PIL import Image, ImageDraw

from training.media_sheet import Drawing, Point
from training.media_words import Colour, bright, dark, font, pale, word

_DIAGRAM = ("a diagram", "a schematic diagram", "an illustration with labels")


def _canvas(chance: random.Random, low: int = 180, high: int = 480) -> Image.Image:
    colour = (255, 255, 255) if chance.random() < 0.7 else pale(chance)
    return Image.new("RGB", (chance.randint(low, high), chance.randint(low, high)), colour)


def _box(
    draw: ImageDraw.ImageDraw,
    chance: random.Random,
    at: Point,
    size: Point,
    fill: Colour | None,
) -> None:
    (x, y), (w, h) = at, size
    box = (x - w / 2, y - h / 2, x + w / 2, y + h / 2)
    shape = chance.choice(("box", "round", "oval", "diamond"))
    if shape == "box":
        draw.rectangle(box, fill=fill, outline=dark(chance), width=2)
    elif shape == "round":
        draw.rounded_rectangle(box, radius=8, fill=fill, outline=dark(chance), width=2)
    elif shape == "oval":
        draw.ellipse(box, fill=fill, outline=dark(chance), width=2)
    else:
        draw.polygon([(x, box[1]), (box[2], y), (x, box[3]), (box[0], y)], fill=fill, outline=dark(chance))
    draw.text((x, y), word(chance), fill=dark(chance), font=font(chance, h * 0.32), anchor="mm")


def _arrow(draw: ImageDraw.ImageDraw, start: Point, end: Point, colour: Colour) -> None:
    draw.line((start, end), fill=colour, width=2)
    angle = math.atan2(end[1] - start[1], end[0] - start[0])
    wings = [(end[0] - 9 * math.cos(angle + s), end[1] - 9 * math.sin(angle + s)) for s in (0.45, -0.45)]
    draw.polygon([end, *wings], fill=colour)


def flow_chart(chance: random.Random) -> Drawing:
    """Boxes on a grid with arrows between them."""
    image = _canvas(chance)
    draw = ImageDraw.Draw(image)
    columns, rows = chance.randint(1, 4), chance.randint(2, 5)
    step = (image.width / columns, image.height / rows)
    places = [((c + 0.5) * step[0], (r + 0.5) * step[1]) for r in range(rows) for c in range(columns)]
    size = (step[0] * 0.7, step[1] * 0.55)
    line = dark(chance)
    for start, end in pairwise(places):
        _arrow(draw, start, (end[0], end[1] - size[1] / 2) if end[0] == start[0] else end, line)
    fill = pale(chance) if chance.random() < 0.7 else (255, 255, 255)
    for place in places:
        _box(draw, chance, place, size, fill)
    return image, ("a flow chart", "a diagram of boxes and arrows", *_DIAGRAM)


def tree(chance: random.Random) -> Drawing:
    """A hierarchy from the top down."""
    image = _canvas(chance)
    draw = ImageDraw.Draw(image)
    levels, line, fill = chance.randint(3, 4), dark(chance), pale(chance)
    step = image.height / levels
    for level in range(levels):
        count = 2**level
        for number in range(count):
            x, y = (number + 0.5) * image.width / count, (level + 0.5) * step
            if level:
                parent = ((number // 2 + 0.5) * image.width / (count / 2), y - step)
                draw.line((parent, (x, y)), fill=line, width=2)
    for level in range(levels):
        count = 2**level
        for number in range(count):
            at = ((number + 0.5) * image.width / count, (level + 0.5) * step)
            _box(draw, chance, at, (min(90, image.width / count * 0.85), step * 0.45), fill)
    return image, ("a tree diagram", "a hierarchy diagram", "an organisation chart", *_DIAGRAM)


def network(chance: random.Random) -> Drawing:
    """Circles joined by lines."""
    image = _canvas(chance)
    draw = ImageDraw.Draw(image)
    count, radius = chance.randint(5, 14), min(image.size) * chance.uniform(0.03, 0.08)
    nodes = [
        (chance.uniform(0.1, 0.9) * image.width, chance.uniform(0.1, 0.9) * image.height)
        for _ in range(count)
    ]
    line = dark(chance)
    for start in nodes:
        for end in chance.sample(nodes, 2):
            draw.line((start, end), fill=line, width=chance.randint(1, 3))
    colours = [bright(chance) for _ in range(3)]
    for node in nodes:
        draw.circle(node, radius, fill=chance.choice(colours), outline=line)
        if chance.random() < 0.6:
            draw.text(node, word(chance)[:4], fill=dark(chance), font=font(chance, radius), anchor="mm")
    return image, ("a network diagram", "a diagram of connected circles", *_DIAGRAM)


def labelled_figure(chance: random.Random) -> Drawing:
    """Shapes with names on leader lines, as in a textbook."""
    image = _canvas(chance, 220)
    draw = ImageDraw.Draw(image)
    for _ in range(chance.randint(2, 5)):
        x, y = chance.uniform(0.3, 0.7) * image.width, chance.uniform(0.2, 0.8) * image.height
        w, h = chance.uniform(0.1, 0.3) * image.width, chance.uniform(0.1, 0.3) * image.height
        points = [
            (x + w * math.cos(a) * chance.uniform(0.7, 1), y + h * math.sin(a) * chance.uniform(0.7, 1))
            for a in (n * math.tau / 18 for n in range(18))
        ]
        draw.polygon(points, fill=chance.choice((pale(chance), bright(chance))), outline=dark(chance))
        side = chance.choice((0.06, 0.94))
        label = (side * image.width, chance.uniform(0.05, 0.95) * image.height)
        draw.line(((x, y), label), fill=dark(chance), width=1)
        draw.text(
            label, word(chance), fill=dark(chance), font=font(chance, 14), anchor="lm" if side < 0.5 else "rm"
        )
    return image, ("a labelled diagram", "a diagram with labelled parts", *_DIAGRAM)
