"""The file of the picture that an image shows, and its hash, for people who look at it."""

from hashlib import file_digest
from pathlib import Path

from alttext import reach
from alttext.config import Settings
from alttext.errors import ImageError
from alttext.ranking import locate
from alttext.types import ImageRef, Placed


def find(ref: ImageRef, document: Path, root: Path, settings: Settings) -> Path | None:
    """Return the file of the picture; None if it is remote, missing, outside the root or in the document.

    Of several sources it is the one that is described, see `decode.load`.
    """
    place = reach.place(ref, document, root, settings)
    files = (_file(source, place) for source in ref.sources or (ref.src,))
    found = list(dict.fromkeys(file for file in files if file))
    if len(found) < 2:
        return next(iter(found), None)
    return _shown(Placed(ref, document, root), settings) or found[0]


def digest(picture: Path | None) -> str:
    """Return the SHA-256 of a picture's bytes, "" if there is none that can be read."""
    try:
        if picture is None or not picture.is_file():  # a pipe would block, and a device not end
            return ""
        with picture.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _file(source: str, place: locate.Place) -> Path | None:
    try:
        found = locate.find(source, place)
    except ImageError:
        return None
    return found if found.is_file() else None


def _shown(placed: Placed, settings: Settings) -> Path | None:
    try:
        return reach.load(placed, reach.decode_options(settings)).path
    except ImageError:
        return None
