"""Makes files and pictures in a folder."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from PIL import Image


def files(folder: Path, contents: Mapping[str, str | bytes]) -> None:
    """Write files, given as paths and texts or bytes."""
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def pictures(folder: Path, names: Iterable[str]) -> None:
    """Write pictures of which the first dozen are of different colours."""
    for number, name in enumerate(names):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (80, 60), (number * 20, 80, 120)).save(folder / name)
