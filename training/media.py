"""Pictures that are no photographs, drawn with their medium known: no data set offers them freely.

Each kind of picture is one function `(random.Random) -> (image, captions)`. The drawing of example
number n depends on the seed and n alone.
"""

import hashlib
import random
from collections.abc import Callable
from functools import partial

from PIL import Image

from training import media_charts, media_diagrams, media_maps, media_marks, media_pages
from training.archive import Example
from training.media_sheet import Drawing

MEDIA_SET = "media"

Painter = Callable[[random.Random], Drawing]

PAINTERS: dict[str, dict[str, Painter]] = {
    "chart": {kind: partial(media_charts.draw, kind) for kind in media_charts.KINDS},
    "diagram": {
        "flow": media_diagrams.flow_chart,
        "tree": media_diagrams.tree,
        "network": media_diagrams.network,
        "labelled": media_diagrams.labelled_figure,
    },
    "map": {"regions": media_maps.region_map, "streets": media_maps.street_map},
    "logo": {"logo": media_marks.logo},
    "icon": {"icon": media_marks.icon},
    "decorative": {
        "gradient": media_marks.gradient,
        "divider": media_marks.divider,
        "pattern": media_marks.pattern,
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
