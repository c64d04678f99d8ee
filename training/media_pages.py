"""Screenshots and pictures of text, drawn with Pillow."""

import random

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from training.media_sheet import Drawing
from training.media_words import Colour, bright, dark, font, pale, phrase, title, word

_SCREEN = ("a screenshot", "a screenshot of a computer screen")
_TEXT = ("a page of text", "a picture of text", "text")


def _lines(
    draw: ImageDraw.ImageDraw,
    chance: random.Random,
    area: tuple[float, float, float, float],
    size: float,
    ink: Colour,
) -> None:
    left, top, right, bottom = area
    letters = font(chance, size)
    y = top
    while y + size < bottom:
        end = right if chance.random() < 0.8 else left + (right - left) * chance.uniform(0.2, 0.9)
        text = phrase(chance, 30)
        draw.text((left, y), text[: max(3, int((end - left) / (size * 0.52)))], fill=ink, font=letters)
        y += size * (1.35 if chance.random() < 0.9 else 2.2)


def _photo_like(chance: random.Random, size: tuple[int, int]) -> Image.Image:
    noise = np.random.default_rng(chance.getrandbits(32)).integers(0, 255, (6, 8, 3), dtype=np.uint8)
    return Image.fromarray(noise).resize((max(1, size[0]), max(1, size[1])), Image.Resampling.BICUBIC)


def web_page(chance: random.Random) -> Drawing:
    """A site in a browser: bar, navigation, columns, cards."""
    width, height = chance.randint(320, 560), chance.randint(220, 420)
    night = chance.random() < 0.25
    ground, ink = ((30, 32, 38), (215, 215, 220)) if night else ((255, 255, 255), dark(chance))
    image = Image.new("RGB", (width, height), ground)
    draw = ImageDraw.Draw(image)
    top = 0
    if chance.random() < 0.6:
        top = _browser_bar(draw, chance, width)
    draw.rectangle((0, top, width, top + 26), fill=bright(chance))
    for number in range(chance.randint(2, 6)):
        draw.text(
            (12 + number * 62, top + 7),
            word(chance),
            fill=(255, 255, 255),
            font=font(chance, 11, "DejaVuSans"),
        )
    draw.text((14, top + 36), title(chance), fill=ink, font=font(chance, 20))
    edge = width * chance.choice((0.25, 0.7, 1))
    _lines(draw, chance, (14, top + 68, edge - 14, height), chance.choice((8, 10, 11)), ink)
    for number in range(chance.randint(0, 3)):
        y = top + 66 + number * 92
        image.paste(_photo_like(chance, (round(width * 0.2), 60)), (round(width * 0.74), y))
        draw.text((width * 0.74, y + 66), word(chance), fill=ink, font=font(chance, 10, "DejaVuSans"))
    return image, ("a screenshot of a web page", "a screenshot of a website", *_SCREEN)


def _browser_bar(draw: ImageDraw.ImageDraw, chance: random.Random, width: int) -> int:
    draw.rectangle((0, 0, width, 24), fill=(222, 225, 230))
    for number, colour in enumerate(((237, 106, 94), (245, 191, 79), (98, 197, 84))):
        draw.circle((12 + number * 15, 12), 5, fill=colour)
    draw.rounded_rectangle((70, 5, width - 20, 19), radius=7, fill=(255, 255, 255))
    draw.text(
        (78, 7),
        f"www.{word(chance)}.com/{word(chance)}",
        fill=(90, 90, 90),
        font=font(chance, 9, "DejaVuSans"),
    )
    return 24


def window(chance: random.Random) -> Drawing:
    """A dialog or program with menu, fields and buttons."""
    width, height = chance.randint(260, 520), chance.randint(180, 400)
    image = Image.new("RGB", (width, height), chance.choice(((240, 240, 240), (250, 250, 250), (45, 48, 55))))
    draw = ImageDraw.Draw(image)
    ink = (230, 230, 230) if image.getpixel((0, 0))[0] < 90 else (30, 30, 30)
    draw.rectangle((0, 0, width, 24), fill=chance.choice(((255, 255, 255), bright(chance), (60, 60, 65))))
    draw.text((10, 6), title(chance), fill=(120, 120, 120), font=font(chance, 11, "DejaVuSans"))
    draw.text((10, 30), "File   Edit   View   Tools   Help", fill=ink, font=font(chance, 10, "DejaVuSans"))
    y = 54
    while y < height - 50:
        draw.text((14, y), word(chance).capitalize() + ":", fill=ink, font=font(chance, 10, "DejaVuSans"))
        draw.rectangle(
            (width * 0.35, y - 2, width - 16, y + 14), fill=(255, 255, 255), outline=(160, 160, 160)
        )
        draw.text((width * 0.36, y), phrase(chance, 2), fill=(60, 60, 60), font=font(chance, 9, "DejaVuSans"))
        y += chance.choice((24, 24, 40))
    for number in range(chance.randint(1, 3)):
        x = width - 80 * (number + 1)
        draw.rounded_rectangle(
            (x, height - 34, x + 70, height - 12),
            radius=4,
            fill=(70, 120, 210) if not number else (200, 200, 200),
        )
        draw.text(
            (x + 35, height - 23),
            word(chance),
            fill=(255, 255, 255) if not number else (20, 20, 20),
            font=font(chance, 10, "DejaVuSans"),
            anchor="mm",
        )
    return image, (
        "a screenshot of a computer program",
        "a screenshot of a dialog window",
        "a screenshot of a form",
        *_SCREEN,
    )


def terminal(chance: random.Random) -> Drawing:
    """Lines of code or commands in a fixed-width font."""
    light = chance.random() < 0.3
    image = Image.new(
        "RGB",
        (chance.randint(280, 560), chance.randint(160, 380)),
        (253, 246, 227) if light else chance.choice(((0, 0, 0), (40, 42, 54), (30, 30, 30))),
    )
    draw = ImageDraw.Draw(image)
    palette = (
        [dark(chance) for _ in range(4)]
        if light
        else [(230, 230, 230), (120, 220, 120), (240, 200, 110), (130, 180, 250), (255, 120, 160)]
    )
    y, indent = 8, 0
    while y < image.height - 12:
        x = 10 + indent * 18
        for _ in range(chance.randint(1, 7)):
            token = chance.choice(
                (
                    word(chance),
                    f"{word(chance)}()",
                    "=",
                    "$",
                    f'"{word(chance)}"',
                    "{",
                    "}",
                    "->",
                    "if",
                    "return",
                    "--" + word(chance),
                )
            )
            draw.text((x, y), token, fill=chance.choice(palette), font=font(chance, 11, "DejaVuSansMono"))
            x += 7 * (len(token) + 1)
        indent = max(0, min(4, indent + chance.choice((-1, 0, 0, 1))))
        y += 15
    return image, (
        "a screenshot of code",
        "a screenshot of a terminal",
        "a screenshot of source code in an editor",
        *_SCREEN,
    )


def phone(chance: random.Random) -> Drawing:
    """A phone's screen: a list, tiles or messages."""
    width, height = chance.randint(180, 240), chance.randint(330, 440)
    ground = chance.choice(((255, 255, 255), (242, 242, 247), (20, 20, 24)))
    ink = (235, 235, 235) if ground[0] < 90 else (30, 30, 30)
    image = Image.new("RGB", (width, height), ground)
    draw = ImageDraw.Draw(image)
    draw.text((10, 4), "9:41", fill=ink, font=font(chance, 10, "DejaVuSans-Bold"))
    draw.text((14, 26), title(chance)[:14], fill=ink, font=font(chance, 18, "DejaVuSans-Bold"))
    messages = chance.random() < 0.4
    for y in range(60, height - 50, chance.choice((38, 46, 54))):
        if messages:
            mine = chance.random() < 0.5
            box = (width * 0.3, y, width - 10, y + 30) if mine else (10, y, width * 0.7, y + 30)
            draw.rounded_rectangle(box, radius=12, fill=(60, 130, 250) if mine else (215, 215, 220))
            draw.text(
                (box[0] + 8, y + 9),
                phrase(chance, 2),
                fill=(255, 255, 255) if mine else (20, 20, 20),
                font=font(chance, 10, "DejaVuSans"),
            )
        else:
            draw.rounded_rectangle((12, y, 40, y + 28), radius=6, fill=bright(chance))
            draw.text((50, y + 8), phrase(chance, 2), fill=ink, font=font(chance, 11, "DejaVuSans"))
            draw.line((50, y + 34, width, y + 34), fill=(200, 200, 200))
    draw.line((0, height - 40, width, height - 40), fill=(190, 190, 190))
    for number in range(4):
        draw.circle((width * (number + 0.5) / 4, height - 20), 8, fill=bright(chance))
    return image, ("a screenshot of a phone", "a screenshot of a mobile app", *_SCREEN)


def scan(chance: random.Random) -> Drawing:
    """A page of print, a little skewed and noisy."""
    image = Image.new(
        "RGB",
        (chance.randint(260, 420), chance.randint(280, 520)),
        chance.choice(((255, 255, 255), (250, 246, 235), (238, 232, 215))),
    )
    draw = ImageDraw.Draw(image)
    margin, ink = image.width * chance.uniform(0.06, 0.14), dark(chance)
    top = margin
    if chance.random() < 0.7:
        draw.text((margin, top), title(chance), fill=ink, font=font(chance, 18))
        top += 34
    columns = chance.choice((1, 1, 2))
    span = (image.width - margin * (columns + 1)) / columns
    size = chance.choice((6, 8, 10, 12))
    for column in range(columns):
        left = margin + column * (span + margin)
        _lines(draw, chance, (left, top, left + span, image.height - margin), size, ink)
    if chance.random() < 0.6:
        image = image.rotate(
            chance.uniform(-2, 2), fillcolor=(225, 222, 215), resample=Image.Resampling.BICUBIC
        )
        image = image.filter(ImageFilter.GaussianBlur(chance.uniform(0, 0.7)))
    return image, ("a scanned page of text", "a scanned document", "a page of printed text", *_TEXT)


def sign(chance: random.Random) -> Drawing:
    """A few large words: a banner, a quotation, a heading as a picture."""
    ground, ink = chance.choice(
        (((255, 255, 255), dark(chance)), (bright(chance), (255, 255, 255)), (dark(chance), pale(chance)))
    )
    image = Image.new("RGB", (chance.randint(240, 520), chance.randint(80, 280)), ground)
    draw = ImageDraw.Draw(image)
    rows = chance.randint(1, 4)
    for row in range(rows):
        text = chance.choice((str.upper, str.capitalize))(phrase(chance, chance.randint(1, 4)))
        size = min(image.height / rows * 0.6, image.width / len(text) * 1.5)
        draw.text(
            (image.width / 2, image.height * (row + 0.5) / rows),
            text,
            fill=ink,
            font=font(chance, size),
            anchor="mm",
        )
    return image, ("an image of text", "a banner with text", "large words on a plain background", *_TEXT)


def table(chance: random.Random) -> Drawing:
    """Rows and columns of numbers and words."""
    columns, rows = chance.randint(2, 6), chance.randint(3, 12)
    image = Image.new("RGB", (columns * 76, rows * 24 + 4), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    head, band = chance.choice((pale(chance), bright(chance), (255, 255, 255))), pale(chance)
    for row in range(rows):
        fill = head if row == 0 else band if row % 2 else (255, 255, 255)
        draw.rectangle((0, row * 24, image.width, row * 24 + 24), fill=fill, outline=(150, 150, 150))
        for column in range(columns):
            text = word(chance) if row == 0 or column == 0 else str(chance.randint(0, 9999))
            draw.text(
                (column * 76 + 6, row * 24 + 6), text, fill=dark(chance), font=font(chance, 11, "DejaVuSans")
            )
    if chance.random() < 0.6:
        for column in range(1, columns):
            draw.line((column * 76, 0, column * 76, image.height), fill=(150, 150, 150))
    return image, ("a table", "a table of numbers", "a table with rows and columns", *_TEXT)


def slide(chance: random.Random) -> Drawing:
    """A heading and bullets."""
    image = Image.new(
        "RGB", (400, chance.choice((225, 300))), chance.choice(((255, 255, 255), pale(chance), dark(chance)))
    )
    draw = ImageDraw.Draw(image)
    ink = (245, 245, 245) if sum(image.getpixel((0, 0))) < 300 else dark(chance)
    draw.rectangle((0, 0, 400, chance.choice((6, 50))), fill=bright(chance))
    draw.text((24, 14), title(chance), fill=ink, font=font(chance, 24))
    for number in range(chance.randint(2, 5)):
        draw.text(
            (34, 72 + number * 34),
            "• " + phrase(chance, chance.randint(2, 6)),
            fill=ink,
            font=font(chance, 15, "DejaVuSans"),
        )
    return image, ("a presentation slide with text", "a slide with bullet points", *_TEXT)
