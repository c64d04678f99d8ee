"""Whether the files of a downloaded model are what the hub says they are; its library compares sizes only.

In its cache a snapshot is a folder of links to contents, each of which is named by its checksum: large
files by their SHA-256, small ones by the SHA-1 that git takes of them.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from alttext.cli.model.hub import downloaded, hub

_GIT, _SHA256 = 40, 64  # digits


def is_incomplete(name: str, commit: str) -> bool:
    """Whether files of a download are not there yet, as far as the library remembers what belongs to it."""
    incomplete: Any = getattr(hub().errors, "IncompleteSnapshotError", ())
    try:
        downloaded(name, commit)
    except incomplete:
        return True
    except (OSError, ValueError):  # not in the cache at all
        return False
    return False


def damaged(folder: Path) -> list[Path]:
    """Files of a snapshot whose content is not the one that they are named by; copies have no such name."""
    return [path for path in sorted(folder.rglob("*")) if path.is_symlink() and not _is_whole(path)]


def remove(paths: list[Path]) -> None:
    """Remove files of a snapshot with their contents, so that the next download brings them anew."""
    for path in paths:
        _content(path).unlink(missing_ok=True)
        path.unlink()


def _is_whole(path: Path) -> bool:
    content = _content(path)
    checksum = {_GIT: _git_checksum, _SHA256: _sha256}.get(len(content.name))
    return path.is_file() and (checksum is None or checksum(content) == content.name)


def _content(path: Path) -> Path:
    """What a link of a snapshot points to; that may be a link itself, named otherwise."""
    return path.parent / path.readlink()


def _sha256(path: Path) -> str:
    return _checksum(path, hashlib.sha256)


def _git_checksum(path: Path) -> str:
    start = b"blob %d\0" % path.stat().st_size
    return _checksum(path, lambda: hashlib.sha1(start, usedforsecurity=False))


def _checksum(path: Path, start: Callable[[], Any]) -> str:
    with path.open("rb") as file:
        return str(hashlib.file_digest(file, start).hexdigest())
