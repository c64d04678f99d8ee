"""Words, fonts and colours for drawn pictures."""

import random
from functools import cache
from pathlib import Path

import matplotlib as mpl
from PIL import ImageFont

_WORDS = [
    "report",
    "water",
    "year",
    "total",
    "value",
    "people",
    "energy",
    "market",
    "growth",
    "price",
    "city",
    "region",
    "model",
    "input",
    "output",
    "time",
    "cost",
    "sales",
    "north",
    "south",
    "east",
    "west",
    "level",
    "rate",
    "stock",
    "data",
    "user",
    "system",
    "service",
    "project",
    "team",
    "plan",
    "order",
    "home",
    "about",
    "contact",
    "news",
    "search",
    "login",
    "settings",
    "profile",
    "welcome",
    "summer",
    "school",
    "health",
    "travel",
    "food",
    "open",
    "file",
    "edit",
    "view",
    "help",
    "science",
    "figure",
    "result",
    "sample",
    "group",
    "control",
    "cell",
    "plant",
    "river",
    "road",
    "station",
    "museum",
    "park",
    "garden",
    "music",
    "art",
    "book",
    "history",
    "learn",
    "more",
    "read",
    "next",
    "back",
    "save",
    "cancel",
    "submit",
    "password",
    "email",
    "address",
    "phone",
    "message",
    "the",
    "of",
    "and",
    "to",
    "in",
    "for",
    "with",
    "is",
    "on",
    "by",
    "from",
    "that",
    "at",
    "as",
    "are",
    "this",
    "be",
    "or",
    "an",
    "which",
    "can",
    "has",
    "was",
    "were",
    "not",
    "but",
    "they",
    "their",
    "will",
    "would",
]
_FONTS = (
    "DejaVuSans",
    "DejaVuSans-Bold",
    "DejaVuSerif",
    "DejaVuSerif-Bold",
    "DejaVuSansMono",
    "DejaVuSans-Oblique",
    "STIXGeneral",
    "STIXGeneralBol",
)

Colour = tuple[int, int, int]


def word(chance: random.Random) -> str:
    """One word."""
    return chance.choice(_WORDS)


def phrase(chance: random.Random, count: int) -> str:
    """`count` words."""
    return " ".join(chance.choice(_WORDS) for _ in range(count))


def title(chance: random.Random) -> str:
    """A few words as a heading."""
    return phrase(chance, chance.randint(1, 5)).capitalize()


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(Path(mpl.get_data_path()) / "fonts" / "ttf" / f"{name}.ttf"), size)


def font(chance: random.Random, size: float, name: str = "") -> ImageFont.FreeTypeFont:
    """A font that comes with matplotlib."""
    return _font(name or chance.choice(_FONTS), max(5, round(size)))


def bright(chance: random.Random) -> Colour:
    """Any colour."""
    return (chance.randint(0, 255), chance.randint(0, 255), chance.randint(0, 255))


def pale(chance: random.Random) -> Colour:
    """A colour for a background."""
    return (chance.randint(215, 255), chance.randint(215, 255), chance.randint(215, 255))


def dark(chance: random.Random) -> Colour:
    """A colour for lines and letters."""
    return (chance.randint(0, 90), chance.randint(0, 90), chance.randint(0, 90))
