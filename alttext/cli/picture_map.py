"""A file of pictures and their alternatives, which sites look them up in while they are built."""

import json
import os
from pathlib import Path

from alttext.cli.report_file import ReportFile
from alttext.errors import AlttextError


class PictureMap:
    """A JSON object of paths and alternatives. What is in the file stays; more is added.

    Raises AlttextError if the file is something else, or cannot be read or written.
    """

    def __init__(self, path: str) -> None:
        self._alternatives = _read(path)
        self._file = ReportFile(path)  # opened before any picture is looked at

    def __contains__(self, picture: str) -> bool:
        return _key(picture) in self._alternatives

    def add(self, picture: str, alternative: str) -> None:
        """Add a picture that is not there."""
        self._alternatives.setdefault(_key(picture), alternative)

    def save(self) -> None:
        """Write the file, in the order of the paths."""
        text = json.dumps(self._alternatives, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        self._file.write(text.encode("utf-8", "surrogateescape"))
        self._file.finish()

    def close(self) -> None:
        """Leave the file as it was, unless it was saved."""
        self._file.close()


def _key(picture: str) -> str:
    """The path as a site knows it: relative to the working folder if the picture is inside."""
    path, here = Path(os.path.normpath(picture)), Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _read(path: str) -> dict[str, str]:
    file = Path(path)
    if not file.parent.is_dir():
        raise AlttextError(f"{path}: there is no folder {file.parent}; make it first")
    try:
        content = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    except OSError as error:
        raise AlttextError(f"{path}: cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        raise AlttextError(f"{path}: is not JSON: {error}") from error
    if not isinstance(content, dict) or not all(isinstance(alt, str) for alt in content.values()):
        raise AlttextError(f"{path}: is not a map of paths and alternatives; name another file")
    return content
