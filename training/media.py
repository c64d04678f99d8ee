"""Pictures that are no photographs, drawn with their medium known: no data set offers them freely.

Each kind of picture is one function `(random.Random) -> (image, captions)`. The drawing of example
number n depends on the seed and n alone.
"""

import hashlib
import random
from collections.abc import Callable
from functools import partial

from PIL import Image

from training import media_charts, media_graphics, media_pages
from training.archive import Example

MEDIA_SET = "media"

Drawing = tuple[Image.Image, tuple[str, ...]]
Painter = Callable[[random.Random], Drawing]

PAINTERS: dict[str, dict[str, Painter]] = {
    "chart": {kind: partial(media_charts.draw, kind) for kind in media_charts.KINDS},
    "diagram": {
        "flow": media_graphics.flow_chart,
        "tree": media_graphics.tree,
        "network": media_graphics.network,
        "labelled": media_graphics.labelled_figure,
    },
    "map": {"regions": media_graphics.region_map, "streets": media_graphics.street_map},
    "logo": {"logo": media_graphics.logo},
    "icon": {"icon": media_graphics.icon},
    "decorative": {
        "gradient": media_graphics.gradient,
        "divider": media_graphics.divider,
        "pattern": media_graphics.pattern,
    },
    "screenshot": {
        "page": media_pages.web_page,
        "window": media_pages.window,
        "terminal": media_pages.terminal,
        "phone": media_pages.phone,
    },
    "text": {
        "scan": media_pages.scan,
        "sign": media_pages.sign,
        "table": media_pages.table,
        "slide": media_pages.slide,
    },
}


def media_examples(count: int, seed: int) -> list[Example]:
    """`count` examples of each medium, spread evenly over its kinds."""
    return [
        _example(medium, kind, number, seed)
        for medium, kinds in PAINTERS.items()
        for kind in kinds
        for number in range(count // len(kinds))
    ]


def _example(medium: str, kind: str, number: int, seed: int) -> Example:
    name = f"{medium}/{kind}/{seed}/{number}"
    digest = hashlib.sha256(name.encode()).hexdigest()
    return Example(MEDIA_SET, name, digest, medium=medium)


def render(example: Example) -> Image.Image:
    """The picture of an example, RGB."""
    return draw(example)[0]


def draw(example: Example) -> Drawing:
    """The picture of an example and the sentences that are true of it."""
    medium, kind, _, _ = example.name.split("/")
    return PAINTERS[medium][kind](random.Random(example.name))
