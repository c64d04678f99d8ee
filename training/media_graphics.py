"""Diagrams, maps, logos, icons and decoration, drawn with Pillow."""

import math
import random
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFilter

from training.media_words import Colour, bright, dark, font, pale, title, word

Drawing = tuple[Image.Image, tuple[str, ...]]
_DIAGRAM = ("a diagram", "a schematic diagram", "an illustration with labels")
_MAP = ("a map",)


def _canvas(chance: random.Random, low: int = 180, high: int = 480) -> Image.Image:
    colour = (255, 255, 255) if chance.random() < 0.7 else pale(chance)
    return Image.new("RGB", (chance.randint(low, high), chance.randint(low, high)), colour)


def _box(
    draw: ImageDraw.ImageDraw,
    chance: random.Random,
    at: tuple[float, float],
    size: tuple[float, float],
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


def _arrow(
    draw: ImageDraw.ImageDraw, start: tuple[float, float], end: tuple[float, float], colour: Colour
) -> None:
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


def _coast(chance: random.Random, centre: tuple[float, float], radius: float) -> list[tuple[float, float]]:
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
        centre = (chance.uniform(0, 1) * image.width, chance.uniform(0, 1) * image.height)
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
        spot = (chance.uniform(0, 1) * image.width, chance.uniform(0, 1) * image.height)
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
            centre = (chance.uniform(0, 1) * image.width, chance.uniform(0, 1) * image.height)
            draw.polygon(_coast(chance, centre, chance.uniform(0.08, 0.2) * image.width), fill=colour)
    tilt = chance.uniform(-0.6, 0.6)
    for width, colour in ((3, (255, 255, 255)), (2, (205, 205, 205)), (7, (250, 215, 120))):
        for _ in range(chance.randint(3, 12)):
            angle = tilt + chance.choice((0, math.pi / 2)) + chance.uniform(-0.1, 0.1)
            x, y = chance.uniform(0, 1) * image.width, chance.uniform(0, 1) * image.height
            reach = 600
            draw.line(
                (
                    x - reach * math.cos(angle),
                    y - reach * math.sin(angle),
                    x + reach * math.cos(angle),
                    y + reach * math.sin(angle),
                ),
                fill=colour,
                width=width,
            )
    for _ in range(chance.randint(3, 10)):
        draw.text(
            (chance.uniform(0, 1) * image.width, chance.uniform(0, 1) * image.height),
            title(chance),
            fill=(90, 90, 90),
            font=font(chance, 9),
        )
    if chance.random() < 0.6:
        x, y = chance.uniform(0.2, 0.8) * image.width, chance.uniform(0.2, 0.8) * image.height
        draw.circle((x, y), 8, fill=(220, 40, 40))
        draw.polygon(((x - 8, y + 2), (x + 8, y + 2), (x, y + 20)), fill=(220, 40, 40))
    return image, ("a street map", "a map of a city", "a road map", *_MAP)


def _shape(
    draw: ImageDraw.ImageDraw, chance: random.Random, centre: tuple[float, float], r: float, fill: Colour
) -> None:
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


_GLYPHS = "★☆☎☀☁☂☃☕☘☠☢☮☯☺♞♠♣♥♦♪♫♻⚓⚙⚠⚡⛔✂✈✉✎✓✔✖✚✦❄❤➔➜⌂⌘⏏⏰"


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


_DECORATIVE = ("a decorative graphic", "a decorative background", "an abstract background")


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
                (chance.uniform(0, 1) * size[0], chance.uniform(0, 1) * size[1]),
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
