"""Logos, icons and ornaments: plain shapes, drawn with Pillow."""

import math
import random

from PIL import Image, ImageDraw, ImageFilter

from training.media_sheet import Drawing, Point, somewhere
from training.media_words import Colour, bright, dark, font, pale, word

_GLYPHS = "★☆☎☀☁☂☃☕☘☠☢☮☯☺♞♠♣♥♦♪♫♻⚓⚙⚠⚡⛔✂✈✉✎✓✔✖✚✦❄❤➔➜⌂⌘⏏⏰"
_DECORATIVE = ("a decorative graphic", "a decorative background", "an abstract background")


def _shape(draw: ImageDraw.ImageDraw, chance: random.Random, centre: Point, r: float, fill: Colour) -> None:
    x, y = centre
    kind = chance.randrange(6)
    if kind == 0:
        draw.circle(centre, r, fill=fill)
    elif kind == 1:
        draw.rounded_rectangle((x - r, y - r, x + r, y + r), radius=r * chance.uniform(0, 0.5), fill=fill)
    elif kind == 2:
        draw.regular_polygon((x, y, r), chance.randint(3, 8), rotation=chance.randint(0, 90), fill=fill)
    elif kind == 3:
        draw.ellipse(
            (x - r, y - r, x + r, y + r), outline=fill, width=max(2, round(r * chance.uniform(0.1, 0.4)))
        )
    elif kind == 4:
        points = [
            (x + r * f * math.cos(a), y + r * f * math.sin(a))
            for f, a in ((1 if n % 2 else 0.45, n * math.pi / 5) for n in range(10))
        ]
        draw.polygon(points, fill=fill)
    else:
        draw.pieslice(
            (x - r, y - r, x + r, y + r), chance.randint(0, 180), chance.randint(200, 360), fill=fill
        )


def logo(chance: random.Random) -> Drawing:
    """A mark and a name."""
    wide = chance.random() < 0.6
    size = (chance.randint(200, 420), chance.randint(80, 160)) if wide else (chance.randint(160, 300),) * 2
    ground, ink = chance.choice(
        (((255, 255, 255), bright(chance)), (pale(chance), dark(chance)), (dark(chance), (255, 255, 255)))
    )
    image = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(image)
    name = word(chance) if chance.random() < 0.6 else word(chance) + word(chance)
    name = chance.choice((name.upper(), name.capitalize(), name))
    mark = (size[1] * 0.5, size[1] * 0.5) if wide else (size[0] * 0.5, size[1] * 0.38)
    radius = size[1] * (0.32 if wide else 0.25)
    for shrink in (1, chance.uniform(0.3, 0.7)):
        _shape(
            draw,
            chance,
            mark,
            radius * shrink,
            ink if shrink == 1 else chance.choice((ground, bright(chance))),
        )
    letters = font(
        chance,
        min(size[1] * 0.34, (size[0] - size[1]) * 1.5 / len(name))
        if wide
        else min(size[0] * 0.14, size[0] * 1.2 / len(name)),
    )
    at, anchor = ((size[1], size[1] / 2), "lm") if wide else ((size[0] / 2, size[1] * 0.8), "mm")
    draw.text(at, name, fill=ink, font=letters, anchor=anchor)
    return image, (
        "a logo",
        "the logo of a company",
        "a brand logo with a name",
        "a logo with letters and a symbol",
    )


def icon(chance: random.Random) -> Drawing:
    """One simple flat sign."""
    side = chance.choice((64, 96, 128, 256))
    ground = chance.choice(((255, 255, 255), (255, 255, 255), pale(chance), bright(chance)))
    image = Image.new("RGB", (side * 4, side * 4), ground)
    draw = ImageDraw.Draw(image)
    ink = dark(chance) if chance.random() < 0.6 else bright(chance)
    chance.choice((_glyph_icon, _shape_icon, _line_icon))(draw, chance, side * 4, ink)
    return image.resize((side, side), Image.Resampling.LANCZOS), (
        "an icon",
        "a simple icon",
        "a flat symbol",
        "a pictogram",
    )


def _glyph_icon(draw: ImageDraw.ImageDraw, chance: random.Random, side: int, ink: Colour) -> None:
    draw.text(
        (side / 2, side / 2),
        chance.choice(_GLYPHS),
        fill=ink,
        font=font(chance, side * 0.7, "DejaVuSans"),
        anchor="mm",
    )


def _shape_icon(draw: ImageDraw.ImageDraw, chance: random.Random, side: int, ink: Colour) -> None:
    _shape(draw, chance, (side / 2, side / 2), side * 0.42, ink)
    _shape(draw, chance, (side / 2, side / 2), side * chance.uniform(0.1, 0.25), (255, 255, 255))


def _line_icon(draw: ImageDraw.ImageDraw, chance: random.Random, side: int, ink: Colour) -> None:
    width = round(side * chance.uniform(0.04, 0.1))
    for _ in range(chance.randint(2, 4)):
        a, b = sorted(chance.uniform(0.12, 0.88) * side for _ in range(2))
        c, d = sorted(chance.uniform(0.12, 0.88) * side for _ in range(2))
        chance.choice((draw.rectangle, draw.ellipse))(
            (a, c, b + width * 2, d + width * 2), outline=ink, width=width
        )


def gradient(chance: random.Random) -> Drawing:
    """Colours that run into each other."""
    points = [bright(chance) for _ in range(4)]
    if chance.random() < 0.5:
        points = [points[0], points[0], points[1], points[1]]
    small = Image.new("RGB", (2, 2))
    small.putdata(points)
    size = (chance.randint(120, 480), chance.randint(60, 320))
    image = small.resize(size, Image.Resampling.BICUBIC).rotate(chance.choice((0, 180)))
    if chance.random() < 0.5:
        draw = ImageDraw.Draw(image)
        for _ in range(chance.randint(1, 6)):
            _shape(
                draw,
                chance,
                somewhere(chance, image),
                chance.uniform(0.05, 0.4) * size[1],
                bright(chance),
            )
        image = image.filter(ImageFilter.GaussianBlur(chance.uniform(5, 25)))
    return image, ("a colour gradient", "a smooth gradient of colours", *_DECORATIVE)


def divider(chance: random.Random) -> Drawing:
    """A thin rule with or without an ornament."""
    image = Image.new(
        "RGB",
        (chance.randint(240, 600), chance.randint(8, 60)),
        chance.choice(((255, 255, 255), pale(chance))),
    )
    draw = ImageDraw.Draw(image)
    middle, ink = image.height / 2, bright(chance)
    draw.line((image.width * 0.05, middle, image.width * 0.95, middle), fill=ink, width=chance.randint(1, 4))
    for number in range(chance.randint(0, 7)):
        _shape(draw, chance, (image.width * (0.2 + 0.1 * number), middle), image.height * 0.3, ink)
    return image, ("a decorative divider", "a dividing line", "an ornamental border", *_DECORATIVE)


def pattern(chance: random.Random) -> Drawing:
    """A shape repeated: dots, stripes, tiles, waves."""
    image = Image.new(
        "RGB",
        (chance.randint(160, 480), chance.randint(120, 360)),
        chance.choice((pale(chance), bright(chance))),
    )
    draw = ImageDraw.Draw(image)
    step, ink, kind = chance.randint(12, 48), bright(chance), chance.getrandbits(32)
    for x in range(0, image.width + step, step):
        if kind % 3 == 0:
            draw.line((x, 0, x + (kind % 7 - 3) * step, image.height), fill=ink, width=step // 3)
            continue
        for y in range(0, image.height + step, step):
            shift = step // 2 if kind % 2 and (y // step) % 2 else 0
            _shape(draw, random.Random(kind), (x + shift, y), step * 0.35, ink)
    return image, ("a repeating pattern", "a decorative pattern", *_DECORATIVE)
