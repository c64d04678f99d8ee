"""A picture in a terminal, two pixels in each cell, for those who look at one."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from alttext.errors import ImageError
from alttext.review.tasks import Task

if TYPE_CHECKING:  # Pillow is loaded with the first picture
    from PIL.Image import Image

_ROWS = 24  # of the terminal, at most
_HALF = "▀"


def drawn(task: Task, columns: int, *, color: bool) -> Iterator[str]:
    """Yield the lines of the picture of a task; where it cannot be drawn, say where it is."""
    if task.picture is None:
        yield f"  no file to show: {task.ref.src[:60] or 'drawn in the document'}"
        return
    yield f"  {task.picture}"
    if color:
        yield from _cells(task.picture, columns)


def _cells(path: Path, columns: int) -> Iterator[str]:
    from alttext.ranking import decode  # noqa: PLC0415 - loads Pillow

    try:
        pixels = decode.load_file(path, decode.DecodeOptions(min_side=2 * _ROWS)).pixels
    except ImageError as error:
        yield f"  {error}"
        return
    if pixels is None:
        return
    small = pixels.copy()
    small.thumbnail((columns, 2 * _ROWS))
    for top in range(0, small.height - 1, 2):
        yield "".join(_cell(small, at, top) for at in range(small.width)) + "\x1b[0m"


def _cell(image: "Image", x: int, y: int) -> str:
    red, green, blue, *below = image.crop((x, y, x + 1, y + 2)).tobytes()
    return f"\x1b[38;2;{red};{green};{blue}m\x1b[48;2;{';'.join(map(str, below))}m{_HALF}"
