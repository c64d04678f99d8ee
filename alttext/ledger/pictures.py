"""Which picture an image reference shows, told by the hash of its bytes; nothing is decoded."""

import hashlib
import re
from pathlib import Path

from alttext import reach
from alttext.config import Settings
from alttext.errors import ImageError
from alttext.ranking import data_uri, locate
from alttext.types import ImageRef

_HEAD = 8000  # bytes that git looks at to tell text from other files
# Source: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md
_LFS_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n"
)


class Pictures:
    """Finds and hashes the pictures of a project, each file once."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root = root
        self._settings = settings
        self._digests: dict[Path, str] = {}

    def digest(self, ref: ImageRef, document: Path) -> str:
        """Return the SHA-256 of the picture that an image of a document shows, "" if it cannot be read.

        Of several sources it is the first that is a file: what lazy loaders embed only stands in for it.
        """
        sources = [source for source in dict.fromkeys(ref.sources or (ref.src,)) if source.strip()]
        embedded = [source for source in sources if data_uri.is_data_uri(source)]
        linked = (self._of_file(source, ref, document) for source in sources if source not in embedded)
        return next(filter(None, linked), "") or next(filter(None, map(self._of_data, embedded)), "")

    def _of_file(self, source: str, ref: ImageRef, document: Path) -> str:
        place = reach.place(ref, document, self._root_around(document), self._settings)
        try:
            path = locate.find(source, place)
            if path not in self._digests:
                self._digests[path] = _hashed(path)
            return self._digests[path]
        except (ImageError, OSError):  # that it is missing is for others to tell
            return ""

    def _root_around(self, document: Path) -> Path:
        """Nothing outside is read: of the project, or of whatever else a document belongs to."""
        is_inside = document.resolve().is_relative_to(self._root)
        return self._root if is_inside else locate.project_root(document.parent)

    def _of_data(self, source: str) -> str:
        try:
            return hashlib.sha256(data_uri.read(source, self._settings.max_image_bytes)).hexdigest()
        except ImageError:
            return ""


def _hashed(path: Path) -> str:
    """The hash of a file, the same on every machine: of what Git LFS stands for, and whatever ends lines."""
    if not path.is_file():  # a pipe would block
        return ""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if pointer := _LFS_POINTER.match(head):
            return pointer[1].decode()
        if b"\0" not in head:  # text to git, such as an SVG
            return hashlib.sha256((head + file.read()).replace(b"\r\n", b"\n")).hexdigest()
        file.seek(0)
        return hashlib.file_digest(file, "sha256").hexdigest()
