"""The pictures that come with a document, laid out so that its sources find them and nothing else."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from alttext_serve import problems

_LONGEST = 1000  # characters of a source
_LONGEST_PART = 255  # bytes of a file name on nearly all systems
_FORBIDDEN = frozenset('\\:*?"<>|') | {chr(code) for code in range(32)} | {"\x7f"}


def lay_out(images: Mapping[str, bytes], folder: Path) -> None:
    """Write pictures below an empty folder, under their sources. Raises Problem for one that is no path."""
    for source, data in images.items():
        path = folder / relative(source)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        except OSError as error:  # such as a file where another source has a folder
            raise _unusable(source, "clashes with another one") from error


def relative(source: str) -> PurePosixPath:
    """Return where the picture of a source lies: below the document, whatever the source says.

    Raises Problem.
    """
    path = unquote(source.partition("?")[0].partition("#")[0]).removeprefix("/")
    parts = path.split("/")
    if len(source) > _LONGEST or any(len(part.encode(errors="replace")) > _LONGEST_PART for part in parts):
        raise _unusable(source, "is too long")
    if any(part in {"", ".", ".."} for part in parts):
        raise _unusable(source, "has to name a file beside or below the document, without . and ..")
    if not _FORBIDDEN.isdisjoint(path):
        raise _unusable(source, "has characters that no file name has")
    return PurePosixPath(*parts)


def _unusable(source: str, why: str) -> problems.Problem:
    return problems.invalid(f"images: {source[:60]!r} {why}")
