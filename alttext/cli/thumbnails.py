"""Small copies of the pictures of a site, for the report as a page."""

from base64 import b64encode
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from alttext import reach, survey
from alttext.config import Settings
from alttext.errors import ImageError
from alttext.reports import Thumbnail
from alttext.types import FileResult, Finding, Placed

if TYPE_CHECKING:  # Pillow is loaded with the first picture
    from PIL.Image import Image

_SIDE = 192  # pixels; shown at half of it, so that it is sharp on dense displays
_QUALITY = 70
_MOST_BYTES = 32_768  # of one thumbnail


class Thumbnails:
    """Finds, decodes and shrinks pictures inside the roots of a run, when they are asked for."""

    def __init__(self, paths: Iterable[str], settings: Settings) -> None:
        self._folders = [Path(path) for path in paths if Path(path).is_dir()]
        self._settings = settings

    def __call__(self, result: FileResult, finding: Finding) -> Thumbnail | None:
        """Return the thumbnail of an image; None for one that is remote, missing, outside, or a drawing."""
        file = Path(result.path)
        return self.of(Placed(finding.image, file, survey.root_of(file, self._folders)))

    def of(self, placed: Placed) -> Thumbnail | None:
        """Return the thumbnail of an image in its place; None as above."""
        options = replace(reach.decode_options(self._settings, _SIDE), allow_outside_root=False)
        try:
            pixels = reach.load(placed, options).pixels
        except ImageError:
            return None
        return _shrunk(pixels) if pixels else None


def _shrunk(pixels: "Image") -> Thumbnail | None:
    small = pixels.copy()
    small.thumbnail((_SIDE, _SIDE))
    data = BytesIO()
    small.save(data, "JPEG", quality=_QUALITY, optimize=True)
    if data.tell() > _MOST_BYTES:
        return None
    uri = f"data:image/jpeg;base64,{b64encode(data.getvalue()).decode()}"
    return Thumbnail(uri, max(1, small.width // 2), max(1, small.height // 2))
