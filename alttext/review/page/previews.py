"""The pictures of the tasks as the page shows them: made anew, small enough, and without anything that runs.

A picture is asked for by the name of its task, never by a path, and read as everywhere: from inside the
root of its document, never from a network. Drawings go out as they are, shut in by a policy.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from alttext import reach, survey
from alttext.config import Settings
from alttext.errors import ImageError
from alttext.ranking import data_uri
from alttext.review.page.exchange import PICTURE_POLICY, Reply
from alttext.review.tasks import Task
from alttext.types import Placed

if TYPE_CHECKING:  # Pillow is loaded with the first picture
    from PIL.Image import Image

SIDES: Mapping[str, int] = MappingProxyType({"small": 128, "medium": 1280, "large": 4096})  # pixels
_GZIP = b"\x1f\x8b"
_QUALITY = 88
_VEIL = 12  # pixels that are left of a picture that may be hard to look at
_REMEMBERED = 512


class Previews:
    """Finds, decodes and shrinks the pictures of tasks when they are asked for."""

    def __init__(self, paths: Sequence[str | Path], settings: Settings) -> None:
        self._folders = [Path(path) for path in paths if Path(path).is_dir()]
        self._settings = settings
        self._small = lru_cache(_REMEMBERED)(self._made)

    def reply(self, task: Task, size: str, *, veiled: bool) -> Reply | None:
        """Return the picture of a task; None for one that is remote, missing, outside, or cannot be read."""
        made = (self._small if size == "small" else self._made)(task, size, veiled)
        return Reply(made[0], made[1], policy=PICTURE_POLICY) if made else None

    def _made(self, task: Task, size: str, veiled: bool) -> tuple[bytes, str] | None:
        side, root = SIDES[size], survey.root_of(Path(task.path), self._folders)
        try:
            options = reach.decode_options(self._settings, side)
            pixels = reach.load(Placed(task.ref, task.file, root), options).pixels
        except ImageError:
            return None if veiled else self._drawing(task)
        if pixels is None:
            return None if veiled else self._drawing(task)
        return _encoded(_veiled(pixels) if veiled else pixels, side)

    def _drawing(self, task: Task) -> tuple[bytes, str] | None:
        """An SVG file, whatever it calls itself."""
        from alttext.ranking import svg  # noqa: PLC0415 - loads lxml

        most = self._settings.max_image_bytes
        with suppress(OSError, ImageError):
            data = _bytes(task, most)
            data = svg.unpack(data, task.ref.src, most) if data.startswith(_GZIP) else data
            return (data, "image/svg+xml") if svg.is_svg(data) else None
        return None


def _bytes(task: Task, most: int) -> bytes:
    if task.picture is None:
        return data_uri.read(task.ref.src, most) if data_uri.is_data_uri(task.ref.src) else b""
    with task.picture.open("rb") as file:
        data = file.read(most + 1)
    return data if len(data) <= most else b""


def _encoded(pixels: "Image", side: int) -> tuple[bytes, str]:
    small = pixels.copy()
    small.thumbnail((side, side))
    data = BytesIO()
    small.save(data, "JPEG", quality=_QUALITY, subsampling=0)
    return data.getvalue(), "image/jpeg"


def _veiled(pixels: "Image") -> "Image":
    """What is left of a picture from across a large room."""
    from PIL import Image  # noqa: PLC0415

    few = pixels.copy()
    few.thumbnail((_VEIL, _VEIL))
    return few.resize((few.width * 32, few.height * 32), Image.Resampling.BICUBIC)
